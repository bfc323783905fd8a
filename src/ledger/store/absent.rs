//! Stands for PostgreSQL in a program that was built without it.

use super::{Result, StoreError, Taken, Value};

/// No text is an address.
#[derive(Debug, Clone)]
pub struct Address(());

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddressError {
    /// This program knows no servers.
    Absent,
}

impl Address {
    pub fn parse(_: &str) -> Result<Address, AddressError> {
        Err(AddressError::Absent)
    }
}

#[derive(Debug)]
pub(in super::super) struct Session(());

pub(in super::super) struct Row(());

pub(super) fn value(_: &Row, _: usize) -> Option<Value<'_>> {
    absent()
}

pub(super) struct CopyIn;

impl CopyIn {
    pub(super) fn new() -> CopyIn {
        CopyIn
    }

    pub(super) fn add(&mut self, _: &[Value<'_>]) {}

    pub(super) fn finish(self) -> Vec<u8> {
        Vec::new()
    }
}

impl Session {
    pub(in super::super) fn connect(_: Address) -> Result<Session> {
        absent()
    }

    pub(in super::super) fn again(&self) -> Session {
        absent()
    }

    pub(in super::super) fn look_at(&self, _: i64) {
        absent()
    }

    pub(in super::super) fn take(&self, _: i64, _: i64) -> Result<Taken> {
        absent()
    }

    pub(in super::super) fn begin_for_good(&self) -> Result<()> {
        absent()
    }

    pub(in super::super) fn release(&self) {
        absent()
    }

    pub(super) fn service(&self) -> Option<i64> {
        absent()
    }

    pub(super) fn clock_offset(&self) -> i64 {
        absent()
    }

    pub(super) fn transact<T>(&self, _: impl FnMut() -> Result<T>) -> Result<T> {
        absent()
    }

    pub(super) fn execute(&self, _: &str, _: &[Value<'_>]) -> Result<usize> {
        absent()
    }

    pub(super) fn query(&self, _: &str, _: &[Value<'_>]) -> Result<Vec<Row>> {
        absent()
    }

    pub(super) fn each<E: From<StoreError>>(
        &self,
        _: &str,
        _: &[Value<'_>],
        _: impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        absent()
    }

    pub(in super::super) fn batch(&self, _: &str) -> Result<()> {
        absent()
    }

    pub(in super::super) fn migrate(&self, _: &str) -> Result<()> {
        absent()
    }

    pub(super) fn copy_in(&self, _: &str, _: Vec<u8>) -> Result<()> {
        absent()
    }
}

fn absent() -> ! {
    unreachable!("no text is an address")
}
