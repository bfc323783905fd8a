//! The database below the ledger: statements, values and rows, without a word on what they mean.
//!
//! # How to write a statement
//! One text serves every database, so it keeps to what all of them take:
//! - `?` or `?1` for a value; `ON CONFLICT … DO NOTHING | DO UPDATE`, `RETURNING`, `CASE`; `"similar"` in quotes, as it is a keyword
//!   elsewhere. Not: `INSERT OR …`, `iif`, the two-valued `min` and `max`, `x''`, a condition where a number is wanted or the other
//!   way round (`changed = 1`, not `changed`), a subquery in `FROM` without a name.
//! - A value whose type has to be guessed stands beside a column before it stands alone: `key = ?1 OR ?1 IS NULL`.
//! - Many values are one JSON array: `mark IN (SELECT value FROM json_each(?1))`, and with `unhex(value)` for [hashes](hashes).
//! - What only SQLite has and others do without (`INDEXED BY`, `CROSS JOIN … ON`, the JSON functions) is rewritten for them by
//!   `dialect`; so is the schema.
//! - Whatever is written belongs into [`Store::transact`]. Its work may be done more than once, until a commit tells that it is done.
//! - A time is written by [`Store::time`]: of several machines, only the database's clock counts.
//! - Statements stay prepared. Rows that may be many go by [`Store::each`] and [`Store::insert`].

mod dialect;
mod postgres;
mod sqlite;

use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{CachedStatement, ToSql};

use super::error::ErrorKind;
pub(super) use super::error::Result;
use super::record::Hash;
pub use postgres::Address;
pub(super) use postgres::Session;
use postgres::{Parameter, parameters};

/// A connection to a database. The types of SQLite's client are those of all values.
#[derive(Debug)]
pub(super) enum Store {
    Sqlite(rusqlite::Connection),
    Postgres(Session),
}

/// Rows on their way into a table.
pub(super) enum Insert<'a> {
    Sqlite(CachedStatement<'a>),
    Postgres(&'a Session, String, Vec<Vec<Parameter>>),
}

/// A row of an answer, for as long as it is looked at.
pub(super) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

/// A time as it is read: microseconds since 1970.
pub(super) struct Time(pub(super) Timestamp);

impl FromSql for Time {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let time = Timestamp::from_microsecond(value.as_i64()?);
        time.map(Time).map_err(FromSqlError::other)
    }
}

/// Hashes as one value; see the notes on statements.
pub(super) fn hashes<'a>(hashes: impl IntoIterator<Item = &'a Hash>) -> String {
    let hashes = hashes.into_iter();
    let hashes: Vec<_> = hashes
        .map(|hash| format!("{:032x}", u128::from_be_bytes(*hash)))
        .collect();
    list(&hashes)
}

/// Numbers or texts as one value; see the notes on statements.
pub(super) fn list(values: &impl serde::Serialize) -> String {
    serde_json::to_string(values).expect("numbers and texts are JSON")
}

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

    /// Returns the number of rows that were changed.
    pub(super) fn execute(&self, sql: &str, values: &[&dyn ToSql]) -> Result<usize> {
        match self {
            Store::Sqlite(connection) => Ok(connection.prepare_cached(sql)?.execute(values)?),
            Store::Postgres(session) => session.execute(sql, values),
        }
    }

    /// Changes one row; if it changes none or several, a record is not in the state that a step starts from.
    pub(super) fn execute_one(&self, sql: &str, values: &[&dyn ToSql]) -> Result<()> {
        match self.execute(sql, values)? {
            1 => Ok(()),
            _ => Err(ErrorKind::Inconsistent),
        }
    }

    /// Reads the first row; without one it is an error.
    pub(super) fn row<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let row = self.optional(sql, values, read)?;
        row.ok_or_else(|| ErrorKind::Other("there is no such row".to_owned()))
    }

    /// Reads the first row, if there is one.
    pub(super) fn optional<T>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let rows: Vec<T> = self.rows(sql, values, read)?;
        Ok(rows.into_iter().next())
    }

    /// Reads all rows. For more than a few thousand there is [`each`](Self::each).
    pub(super) fn rows<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<C> {
        match self {
            Store::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_and_then(values, |row| read(&Row::Sqlite(row)));
                rows?.collect()
            }
            Store::Postgres(session) => {
                let rows = session.query(sql, values)?;
                rows.iter().map(|row| read(&Row::Postgres(row))).collect()
            }
        }
    }

    /// Shows every row, however many there are.
    pub(super) fn each(
        &self,
        sql: &str,
        values: &[&dyn ToSql],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        match self {
            Store::Sqlite(_) => self.rows(sql, values, visit),
            Store::Postgres(session) => session.each(sql, values, |row| visit(&Row::Postgres(row))),
        }
    }

    /// Prepares to put many rows into a table, whose columns are separated by commas.
    pub(super) fn insert(&self, table: &str, columns: &str) -> Result<Insert<'_>> {
        let into = format!("{table} ({columns})");
        Ok(match self {
            Store::Sqlite(connection) => {
                let values = vec!["?"; columns.split(',').count()].join(", ");
                let insert = format!("INSERT INTO {into} VALUES ({values})");
                Insert::Sqlite(connection.prepare_cached(&insert)?)
            }
            Store::Postgres(session) => Insert::Postgres(session, into, Vec::new()),
        })
    }

    /// Whether each statement waits for a network.
    pub(super) fn is_remote(&self) -> bool {
        matches!(self, Store::Postgres(_))
    }

    /// A time as it is written: microseconds since 1970, by the clock of the database if machines share it.
    pub(super) fn time(&self, at: Timestamp) -> i64 {
        match self {
            Store::Sqlite(_) => at.as_microsecond(),
            Store::Postgres(session) => at.as_microsecond() + session.clock_offset,
        }
    }

    /// The service whose rows are all that this connection sees; none for a database of one's own.
    pub(super) fn own_service(&self) -> Option<i64> {
        match self {
            Store::Sqlite(_) => None,
            Store::Postgres(session) => session.service,
        }
    }
}

impl Insert<'_> {
    pub(super) fn add(&mut self, values: &[&dyn ToSql]) -> Result<()> {
        match self {
            Insert::Sqlite(statement) => statement.execute(values).map(drop)?,
            Insert::Postgres(_, _, rows) => rows.push(parameters(values)?),
        }
        Ok(())
    }

    /// The rows are not in the table before this.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Insert::Sqlite(_) => Ok(()),
            Insert::Postgres(session, into, rows) => session.copy_in(&into, &rows),
        }
    }
}

impl Row<'_> {
    /// A column as what it is read as.
    pub(super) fn get<T: FromSql>(&self, column: usize) -> Result<T> {
        let value = T::column_result(self.value(column)?);
        value.map_err(|error| ErrorKind::Other(format!("column {column}: {error}")))
    }

    /// A column that has the word for something.
    pub(super) fn word<T: FromStr>(&self, column: usize) -> Result<T> {
        let word = self.text(column)?.parse();
        word.map_err(|_| ErrorKind::Other(format!("column {column} has another word")))
    }

    /// The text of a column, without a copy; empty if it has none.
    pub(super) fn text(&self, column: usize) -> Result<&str> {
        let text = self.value(column)?.as_str_or_null();
        Ok(text.map_err(rusqlite::Error::from)?.unwrap_or_default())
    }

    /// The bytes of a column, without a copy; empty if it has none.
    pub(super) fn bytes(&self, column: usize) -> Result<&[u8]> {
        let bytes = self.value(column)?.as_blob_or_null();
        Ok(bytes.map_err(rusqlite::Error::from)?.unwrap_or_default())
    }

    /// A column as it is, without a copy.
    pub(super) fn value(&self, column: usize) -> Result<ValueRef<'_>> {
        match self {
            Row::Sqlite(row) => Ok(row.get_ref(column)?),
            Row::Postgres(row) => postgres::value(row, column),
        }
    }
}
