//! PostgreSQL: a server, which many machines share.
//!
//! The ledger has one [`Session`] on the connection, and the writer another. Whoever is within a transaction has the connection to
//! itself until it ends.
//!
//! # Who may write
//! One run at a time for each service and account. An advisory lock refuses a second one; it goes with the connection, so a
//! machine that dies leaves nothing locked. But a connection can be lost while its process lives on, stopped or cut off. So whoever
//! has the lock takes the next **epoch** of its service, and every transaction begins with an update of that row: it counts the
//! transactions of the epoch, and fails if the epoch is not the own one any more. From that update to its commit a transaction
//! holds the row, so the taking of an epoch waits for it, and none can be committed after that.
//!
//! # Connections that are lost
//! The next one takes the lock again, if need be by ending the session that the server still holds open for the lost one, and goes
//! on if the epoch is still its own. The count of transactions tells whether a commit whose answer was lost had come through:
//! then its work is done, else it is done again. A count that has gone back means that the server has lost what it had confirmed,
//! and ends the run.

mod address;
mod connection;
mod values;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use parking_lot::ReentrantMutex;
use rusqlite::ToSql;

use super::dialect;
use crate::ledger::error::{ErrorKind, Result};
use connection::{Connection, blocking};

pub use address::Address;
pub(super) use values::{Parameter, Row, parameters, value};

/// Rows that are fetched at a time where there may be many.
const PAGE: u32 = 5000;

/// A handle on a connection.
#[derive(Clone)]
pub(in super::super) struct Session {
    connection: Arc<ReentrantMutex<RefCell<Connection>>>,
    /// The service whose rows are all that it sees.
    pub(in super::super) service: Option<i64>,
    /// How far the server's clock is ahead of this machine's, in microseconds.
    pub(super) clock_offset: i64,
    /// Whether it is within a transaction that is never committed.
    is_for_good: bool,
    /// Cursors that are open.
    cursors: Cell<u32>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Connects. Nothing is taken yet, and nothing is written.
    pub(in super::super) fn connect(address: Address) -> Result<Session> {
        let mut connection = Connection::new(address);
        let clock_offset = blocking(|| connection.connect())?;
        Ok(Session {
            connection: Arc::new(ReentrantMutex::new(RefCell::new(connection))),
            service: None,
            clock_offset,
            is_for_good: false,
            cursors: Cell::new(0),
        })
    }

    /// Takes the place of the run of a service. `longest` is how long a request of the next one who loses it may be under way.
    /// Returns when everything that earlier runs may have sent has ended, by the server's clock; it may have passed.
    pub(in super::super) fn take(&self, service: i64, longest: i64) -> Result<i64> {
        self.call(|connection| connection.take(service, longest))
    }

    /// Begins a transaction that is never committed. There must be no other handle.
    pub(in super::super) fn begin_for_good(&mut self) -> Result<()> {
        self.is_for_good = true;
        self.call(Connection::begin).map(drop)
    }

    /// Gives the place back: nothing that was sent is under way any more.
    pub(in super::super) fn release(&self) {
        self.call(Connection::release);
    }

    /// See [`Store::transact`](super::Store::transact).
    pub(super) fn transact<T>(&self, mut work: impl FnMut() -> Result<T>) -> Result<T> {
        if self.is_busy() {
            return work();
        }
        let _held = self.connection.lock();
        // What a commit would have brought, if its answer was lost.
        let mut in_doubt = None;
        loop {
            let done = match self.call(Connection::begin) {
                Ok(true) => {
                    in_doubt = None;
                    work()
                }
                Ok(false) => return in_doubt.ok_or(ErrorKind::Regressed),
                Err(error) => Err(error),
            };
            let lost = match done {
                Ok(done) => match self.call(Connection::commit) {
                    Ok(()) => return Ok(done),
                    Err(error) => {
                        in_doubt = Some(done);
                        error
                    }
                },
                Err(error) => error,
            };
            if !matches!(lost, ErrorKind::Unreachable(_)) {
                self.call(Connection::rollback);
                return Err(lost);
            }
            if !self.call(|connection| connection.is_placed()) {
                return Err(lost);
            }
            self.call(Connection::reconnect)?;
        }
    }

    /// Changes rows, within a transaction.
    pub(super) fn execute(&self, sql: &str, values: &[&dyn ToSql]) -> Result<usize> {
        if !self.is_busy() {
            return self.transact(|| self.execute(sql, values));
        }
        let values = parameters(values)?;
        let changed = self.call(|connection| connection.execute(sql, &values))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(super) fn query(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<Row>> {
        let values = parameters(values)?;
        let query = |connection: &mut Connection| connection.query(sql, &values);
        match self.is_busy() {
            true => self.call(query),
            false => self.retried(query),
        }
    }

    /// Shows all rows, page by page, as they were when the first was read.
    pub(super) fn each(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        mut visit: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        if self.is_busy() {
            return self.pages(sql, values, &mut visit);
        }
        let _held = self.connection.lock();
        self.retried(Connection::begin_reading)?;
        let read = self.pages(sql, values, &mut visit);
        self.call(Connection::rollback);
        read
    }

    fn pages(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        visit: &mut impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        let depth = self.cursors.get();
        let open = format!("DECLARE cursor_{depth} NO SCROLL CURSOR FOR {sql}");
        let fetch = format!("FETCH {PAGE} FROM cursor_{depth}");
        let values = parameters(values)?;
        self.call(|connection| connection.execute(&open, &values))?;
        self.cursors.set(depth + 1);
        let read = loop {
            let rows = match self.call(|connection| connection.query_once(&fetch)) {
                Ok(rows) => rows,
                Err(error) => break Err(error),
            };
            if let Err(error) = rows.iter().try_for_each(&mut *visit) {
                break Err(error);
            }
            if rows.len() < PAGE as usize {
                break self.batch(&format!("CLOSE cursor_{depth}"));
            }
        };
        self.cursors.set(depth);
        read
    }

    /// Statements without values, several at a time.
    pub(in super::super) fn batch(&self, sql: &str) -> Result<()> {
        self.call(|connection| connection.batch(sql))
    }

    /// A migration, written for SQLite.
    pub(in super::super) fn migrate(&self, sql: &str) -> Result<()> {
        self.batch(&dialect::schema(sql))
    }

    /// Puts rows into a table, all at once.
    pub(super) fn copy_in(&self, into: &str, rows: &[Vec<Parameter>]) -> Result<()> {
        self.call(|connection| connection.copy_in(into, rows))
    }

    /// Does something outside of a transaction, by the next connection if this one is lost.
    fn retried<T: Send>(
        &self,
        job: impl Fn(&mut Connection) -> Result<T> + Send + Sync,
    ) -> Result<T> {
        loop {
            match self.call(&job) {
                Err(ErrorKind::Unreachable(_)) => self.call(Connection::reconnect)?,
                done => return done,
            }
        }
    }

    /// Whether it is within a transaction: then the thread keeps all others waiting.
    fn is_busy(&self) -> bool {
        self.is_for_good || self.connection.is_owned_by_current_thread()
    }

    fn call<T: Send>(&self, job: impl FnOnce(&mut Connection) -> T + Send) -> T {
        let held = self.connection.lock();
        let connection: &mut Connection = &mut held.borrow_mut();
        blocking(|| job(connection))
    }
}
