//! The database below the ledger: statements, values and rows, without a word on what they mean.
//!
//! # How to write a statement
//! One text serves every database, so it keeps to what all of them take:
//! - `?` or `?1` for a value; `ON CONFLICT … DO NOTHING | DO UPDATE`, `RETURNING`, `CASE`; `"similar"` in quotes, as it is a keyword
//!   elsewhere. Not: `INSERT OR …`, `iif`, the two-valued `min` and `max`, `x''`, a condition where a number is wanted or the other
//!   way round (`changed = 1`, not `changed`), a subquery in `FROM` without a name.
//! - A value whose type has to be guessed stands beside a column before it stands alone: `key = ?1 OR ?1 IS NULL`.
//! - What only SQLite has and others do without (`INDEXED BY`, `CROSS JOIN … ON`, the JSON functions) is rewritten for them by
//!   `dialect`; so is the schema.
//! - Whatever is written belongs into [`Store::transact`]. Its work may be done more than once, until a commit tells that it is done.
//! - A time is written by [`Store::time`]: of several machines, only the database's clock counts.
//! - A hot statement is prepared once ([`Store::prepare`]); the others go by [`Store::execute`], [`row`](Store::row),
//!   [`optional`](Store::optional), [`rows`](Store::rows) and [`each`](Store::each).

mod dialect;
mod fault;
mod postgres;
mod sqlite;
mod value;

use jiff::Timestamp;
use rusqlite::{CachedStatement, params_from_iter};

pub(super) use fault::{Fault, Taken};
pub(super) use postgres::Session;
pub use postgres::{Address, AddressError};
pub(super) use value::{FromValue, ToValue, Value, params};

/// A connection to a database.
#[derive(Debug)]
pub(super) enum Store {
    Sqlite(rusqlite::Connection),
    Postgres(Session),
}

/// A statement that is used many times.
pub(super) struct Statement<'a>(Prepared<'a>);

enum Prepared<'a> {
    Sqlite(CachedStatement<'a>),
    Postgres(&'a Session, String),
}

/// Rows on their way into a table.
pub(super) struct Insert<'a>(Inserted<'a>);

enum Inserted<'a> {
    Sqlite(CachedStatement<'a>),
    Postgres(&'a Session, String, postgres::CopyIn),
}

/// A row of an answer, for as long as it is looked at.
pub(super) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// A step does not fit the state of its record.
    #[error("so many rows were changed: {0}")]
    Misfit(usize),
    #[error("there is no such row")]
    NoRow,
    /// Rows of a table are not what was written into it.
    #[error("table {0} does not hold what was written")]
    Differs(&'static str),
    #[error("column {0} has another kind of value")]
    Value(usize),
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    #[error(transparent)]
    Postgres(#[from] Fault),
}

pub(super) type Result<T, E = StoreError> = std::result::Result<T, E>;

impl Store {
    /// Does the work in one transaction: all of it is kept if it succeeds, and nothing if it fails. Where a connection is lost,
    /// the work is done again by the next one, unless the commit turns out to have come through.
    pub(super) fn transact<T>(&self, mut work: impl FnMut(&Store) -> Result<T>) -> Result<T> {
        match self {
            Store::Sqlite(connection) => {
                let transaction = connection.unchecked_transaction()?;
                let done = work(self)?;
                transaction.commit()?;
                Ok(done)
            }
            Store::Postgres(session) => session.transact(|| work(self)),
        }
    }

    /// Prepares a statement; it stays prepared for the next one who wants it.
    pub(super) fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        Ok(Statement(match self {
            Store::Sqlite(connection) => Prepared::Sqlite(connection.prepare_cached(sql)?),
            Store::Postgres(session) => Prepared::Postgres(session, sql.to_owned()),
        }))
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
        mut visit: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Store::Sqlite(_) => self.prepare(sql)?.each(values, visit),
            Store::Postgres(session) => session.each(sql, values, |row| visit(&Row::Postgres(row))),
        }
    }

    /// Prepares to put many rows into a table, whose columns are separated by commas.
    pub(super) fn insert(&self, table: &str, columns: &str) -> Result<Insert<'_>> {
        let into = format!("{table} ({columns})");
        Ok(Insert(match self {
            Store::Sqlite(connection) => {
                let values = vec!["?"; columns.split(',').count()].join(", ");
                let insert = format!("INSERT INTO {into} VALUES ({values})");
                Inserted::Sqlite(connection.prepare_cached(&insert)?)
            }
            Store::Postgres(session) => Inserted::Postgres(session, into, postgres::CopyIn::new()),
        }))
    }

    /// Whether each statement waits for a network, so that many look-ups are better one.
    pub(super) fn is_remote(&self) -> bool {
        matches!(self, Store::Postgres(_))
    }

    /// A time as it is written: microseconds since 1970, by the clock of the database if machines share it.
    pub(super) fn time(&self, at: Timestamp) -> i64 {
        match self {
            Store::Sqlite(_) => at.as_microsecond(),
            Store::Postgres(session) => at.as_microsecond() + session.clock_offset(),
        }
    }

    /// The service whose rows are all that this connection sees; none for a database of one's own.
    pub(super) fn own_service(&self) -> Option<i64> {
        match self {
            Store::Sqlite(_) => None,
            Store::Postgres(session) => session.service(),
        }
    }
}

impl Statement<'_> {
    /// See [`Store::execute`].
    pub(super) fn execute(&mut self, values: &[Value<'_>]) -> Result<usize> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => Ok(statement.execute(params_from_iter(values))?),
            Prepared::Postgres(session, sql) => session.execute(sql, values),
        }
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
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(params_from_iter(values))?;
                let row = rows.next()?;
                row.map(|row| read(&Row::Sqlite(row))).transpose()
            }
            Prepared::Postgres(session, sql) => {
                let rows = session.query(sql, values)?;
                let row = rows.first();
                row.map(|row| read(&Row::Postgres(row))).transpose()
            }
        }
    }

    /// Reads rows until one gives something.
    pub(super) fn find<T>(
        &mut self,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    let found = read(&Row::Sqlite(row))?;
                    if found.is_some() {
                        return Ok(found);
                    }
                }
                Ok(None)
            }
            Prepared::Postgres(session, sql) => {
                let rows = session.query(sql, values)?;
                let mut found = rows.iter().map(|row| read(&Row::Postgres(row)));
                found.find_map(Result::transpose).transpose()
            }
        }
    }

    /// See [`Store::rows`].
    pub(super) fn rows<T, C: FromIterator<T>>(
        &mut self,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<C> {
        match &mut self.0 {
            Prepared::Sqlite(statement) => {
                let mut rows = statement.query(params_from_iter(values))?;
                std::iter::from_fn(|| match rows.next() {
                    Ok(row) => row.map(|row| read(&Row::Sqlite(row))),
                    Err(error) => Some(Err(error.into())),
                })
                .collect()
            }
            Prepared::Postgres(session, sql) => {
                let rows = session.query(sql, values)?;
                rows.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    /// See [`Store::each`].
    fn each<E: From<StoreError>>(
        &mut self,
        values: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Prepared::Sqlite(statement) = &mut self.0 else {
            unreachable!("the other kind reads by a cursor")
        };
        let rows = statement.query(params_from_iter(values));
        let mut rows = rows.map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            visit(&Row::Sqlite(row))?;
        }
        Ok(())
    }
}

impl Insert<'_> {
    pub(super) fn add(&mut self, values: &[Value<'_>]) -> Result<()> {
        match &mut self.0 {
            Inserted::Sqlite(statement) => {
                statement.execute(params_from_iter(values))?;
            }
            Inserted::Postgres(_, _, rows) => rows.add(values),
        }
        Ok(())
    }

    /// The rows are not in the table before this.
    pub(super) fn finish(self) -> Result<()> {
        match self.0 {
            Inserted::Sqlite(_) => Ok(()),
            Inserted::Postgres(session, into, rows) => session.copy_in(&into, rows.finish()),
        }
    }
}

impl Row<'_> {
    /// A column as what it is read as.
    pub(super) fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        T::from_value(self.value(column)?).ok_or(StoreError::Value(column))
    }

    /// A column as it is, without a copy.
    pub(super) fn value(&self, column: usize) -> Result<Value<'_>> {
        let value = match self {
            Row::Sqlite(row) => sqlite::value(row.get_ref(column)?),
            Row::Postgres(row) => postgres::value(row, column),
        };
        value.ok_or(StoreError::Value(column))
    }
}
