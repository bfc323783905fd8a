//! The database below the ledger: statements, values and rows, without a word on what they mean.
//!
//! # How to write a statement
//! One text serves every database, so it keeps to what all of them take:
//! - `?` or `?1` for a value; `ON CONFLICT … DO NOTHING | DO UPDATE`, `RETURNING`, `CASE`; `"similar"` in quotes, as it is a keyword
//!   elsewhere. Not: `INSERT OR …`, `iif`, the two-valued `min` and `max`, `x''`, a condition where a number is wanted or the other
//!   way round (`changed = 1`, not `changed`).
//! - A value whose type has to be guessed stands beside a column before it stands alone: `key = ?1 OR ?1 IS NULL`.
//! - What only SQLite has and others do without (`INDEXED BY`, `CROSS JOIN … ON`, the JSON functions) is rewritten for them by
//!   `dialect`; so is the schema.
//! - Whatever is written belongs into [`Store::transact`]. Its work may be done more than once, until a commit tells that it is done.
//! - A hot statement is prepared once ([`Store::prepare`]); the others go by [`Store::execute`], [`row`](Store::row),
//!   [`optional`](Store::optional), [`rows`](Store::rows) and [`each`](Store::each).

mod sqlite;
mod value;

use rusqlite::CachedStatement;

pub(super) use value::{FromValue, ToValue, Value, params};

/// A connection to a database.
#[derive(Debug)]
pub(super) struct Store(rusqlite::Connection);

/// A statement that is used many times.
pub(super) struct Statement<'a>(CachedStatement<'a>);

/// A row of an answer, for as long as it is looked at.
pub(super) struct Row<'a>(&'a rusqlite::Row<'a>);

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// A step does not fit the state of its record.
    #[error("so many rows were changed: {0}")]
    Misfit(usize),
    #[error("there is no such row")]
    NoRow,
    #[error("column {0} has another kind of value")]
    Value(usize),
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

pub(super) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl Store {
    /// Does the work in one transaction: all of it is kept if it succeeds, and nothing if it fails.
    pub(super) fn transact<T>(&self, mut work: impl FnMut(&Store) -> Result<T>) -> Result<T> {
        let transaction = self.0.unchecked_transaction()?;
        let done = work(self)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Prepares a statement; it stays prepared for the next one who wants it.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(Statement(self.0.prepare_cached(sql)?))
    }

    /// Returns the number of rows that were changed.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize> {
        self.prepare(sql)?.execute(values)
    }

    /// Reads the first row; without one it is an error.
    pub(super) fn row<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare(sql)?.row(values, read)
    }

    /// Reads the first row, if there is one.
    pub(super) fn optional<T>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        self.prepare(sql)?.optional(values, read)
    }

    /// Reads all rows. For more than a few thousand there is [`each`](Self::each).
    pub(super) fn rows<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<C> {
        self.prepare(sql)?.rows(values, read)
    }

    /// Shows every row, however many there are.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        visit: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.prepare(sql)?.each(values, visit)
    }
}

impl Statement<'_> {
    /// See [`Store::execute`].
    pub(super) fn execute(&mut self, values: &[Value<'_>]) -> Result<usize> {
        Ok(self.0.execute(rusqlite::params_from_iter(values))?)
    }

    /// See [`Store::row`].
    pub(super) fn row<T>(
        &mut self,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.optional(values, read)?.ok_or(StoreError::NoRow)
    }

    /// See [`Store::optional`].
    pub(super) fn optional<T>(
        &mut self,
        values: &[Value<'_>],
        read: impl FnOnce(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut rows = self.0.query(rusqlite::params_from_iter(values))?;
        let row = rows.next()?;
        row.map(|row| read(&Row(row))).transpose()
    }

    /// Reads rows until one gives something.
    pub(super) fn find<T>(
        &mut self,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        let mut rows = self.0.query(rusqlite::params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let found = read(&Row(row))?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// See [`Store::rows`].
    pub(super) fn rows<T, C: FromIterator<T>>(
        &mut self,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<C> {
        let mut rows = self.0.query(rusqlite::params_from_iter(values))?;
        std::iter::from_fn(|| match rows.next() {
            Ok(row) => row.map(|row| read(&Row(row))),
            Err(error) => Some(Err(error.into())),
        })
        .collect()
    }

    /// See [`Store::each`].
    pub(super) fn each<E: From<StoreError>>(
        &mut self,
        values: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let values = rusqlite::params_from_iter(values);
        let mut rows = self.0.query(values).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            visit(&Row(row))?;
        }
        Ok(())
    }
}

impl Row<'_> {
    /// A column as what it is read as.
    pub(super) fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        T::from_value(self.value(column)?).ok_or(StoreError::Value(column))
    }

    /// A column as it is, without a copy.
    pub(super) fn value(&self, column: usize) -> Result<Value<'_>> {
        sqlite::value(self.0.get_ref(column)?).ok_or(StoreError::Value(column))
    }
}
