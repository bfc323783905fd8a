//! Takes the rows of one account from a file into an account on a server that has none yet.

use std::collections::HashMap;

use rusqlite::types::Value;
use rusqlite::{ToSql, params};
use xxhash_rust::xxh3::xxh3_128;

use super::run::service_named;
use super::store::{Result, Row, Store};
use super::{ErrorKind, Ledger, LedgerError};

/// The tables, each after those that its rows name. Numbers that only one machine gives out are given out again.
pub(super) const TABLES: [&str; 15] = [
    "runs",
    "sources",
    "records",
    "contents",
    "attempts",
    "changes",
    "marks",
    "seen_before",
    "bytes",
    "altered",
    "candidates",
    "found",
    "written",
    "source_keys",
    "gone",
];

/// Rows that are sent at a time.
const BATCH: u64 = 5000;

/// What a copy came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub runs: u64,
    pub records: u64,
    /// Rows of all tables, each of which was compared.
    pub rows: u64,
}

impl Ledger {
    /// The accounts that have runs at an address, as a file knows them.
    pub fn accounts(&self, base_url: &str) -> Result<Vec<String>, LedgerError> {
        let select = "SELECT account FROM services WHERE base_url = ?1
             AND EXISTS (SELECT 1 FROM runs WHERE service = services.id) ORDER BY account";
        let accounts = self.store.rows(select, params![base_url], |row| row.get(0));
        accounts.map_err(self.failed("reading the accounts"))
    }

    /// Takes everything of an account from a file into this ledger, which has no run yet: all of it, compared row by row, or
    /// nothing.
    ///
    /// # Errors
    /// When something can't be read or written, or was not written as it was read.
    pub fn copy_from(
        &mut self,
        file: &Ledger,
        base_url: &str,
        account: &str,
    ) -> Result<Copied, LedgerError> {
        let none = || ErrorKind::Other("there is no such account".to_owned());
        let from = service_named(&file.store, base_url, account)
            .and_then(|from| from.ok_or_else(none))
            .map_err(file.failed("reading the accounts"))?;
        let copied = self.store.transact(|store| copy(&file.store, from, store));
        let copied = copied.map_err(self.failed("copying"))?;
        if let Store::Postgres(session) = &self.store {
            // The first run would be slow without; the server does it by itself some time later.
            let _ = session.batch("VACUUM (ANALYZE) records, contents, marks, bytes");
        }
        Ok(copied)
    }
}

fn copy(file: &Store, from: i64, server: &Store) -> Result<Copied> {
    let to = server.own_service();
    let to = to.ok_or_else(|| ErrorKind::Other("it is no server".to_owned()))?;
    let runs = "SELECT id FROM runs WHERE service = ? ORDER BY id";
    let runs: Vec<i64> = file.rows(runs, params![from], |row| row.get(0))?;
    let numbers =
        "SELECT nextval(pg_get_serial_sequence('cardlift.runs', 'id')) FROM generate_series(1, ?1)";
    let numbers: Vec<i64> = server.rows(numbers, params![runs.len() as u64], |row| row.get(0))?;
    let now = Now {
        service: to,
        runs: runs.into_iter().zip(numbers).collect(),
    };
    let mut copied = Copied {
        runs: now.runs.len() as u64,
        records: 0,
        rows: 0,
    };
    for name in TABLES {
        let table = Table::of(file, name)?;
        let read = table.copy(file, from, server, &now)?;
        if read != table.sum(server, &now)? {
            let text = format!("table {name} does not hold what was written");
            return Err(ErrorKind::Other(text));
        }
        copied.rows += read.rows;
        if name == "records" {
            copied.records = read.rows;
        }
    }
    Ok(copied)
}

/// The numbers that rows have on the server.
struct Now {
    service: i64,
    runs: HashMap<i64, i64>,
}

impl Now {
    fn number(&self, column: Column, number: i64) -> Option<i64> {
        match column {
            Column::Plain => Some(number),
            Column::Service => Some(self.service),
            Column::Run => self.runs.get(&number).copied(),
            // A record of a run that is not copied was one of another account, and is not named any more.
            Column::Record => {
                let run = self.runs.get(&(number >> 32))?;
                Some(run << 32 | number & 0xffff_ffff)
            }
        }
    }
}

/// What a number in a column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Plain,
    Service,
    Run,
    Record,
}

/// A table as the file has it.
struct Table {
    name: &'static str,
    columns: Vec<(String, Column)>,
}

/// Stands for all rows of a table, in whatever order.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    hash: u128,
}

impl Table {
    fn of(file: &Store, name: &'static str) -> Result<Table> {
        let columns = "SELECT name FROM pragma_table_info(?) ORDER BY cid";
        let columns: Vec<String> = file.rows(columns, params![name], |row| row.get(0))?;
        // Nothing names these by their numbers.
        let numbered = ["attempts", "changes"].contains(&name);
        let columns = columns
            .into_iter()
            .filter(|column| !(numbered && column == "id"));
        let columns = columns.map(|column| {
            let kind = match (name, column.as_str()) {
                ("runs", "id") | (_, "run") => Column::Run,
                ("records", "id") | (_, "record" | "origin" | "mended_from") => Column::Record,
                (_, "service") => Column::Service,
                _ => Column::Plain,
            };
            (column, kind)
        });
        Ok(Table {
            name,
            columns: columns.collect(),
        })
    }

    fn names(&self) -> String {
        let names = self.columns.iter().map(|(name, _)| format!("\"{name}\""));
        names.collect::<Vec<_>>().join(", ")
    }

    /// Which rows are of a service.
    fn of_service(&self) -> &'static str {
        let has = |wanted| self.columns.iter().any(|(_, kind)| *kind == wanted);
        match self.name {
            "records" => "(id >> 32) IN (SELECT id FROM runs WHERE service = ?1)",
            _ if has(Column::Service) => "service = ?1",
            _ if has(Column::Run) => "run IN (SELECT id FROM runs WHERE service = ?1)",
            _ => "(record >> 32) IN (SELECT id FROM runs WHERE service = ?1)",
        }
    }

    fn select(&self) -> String {
        let order = match self.name {
            "attempts" | "changes" => " ORDER BY id",
            _ => "",
        };
        let (names, name, rows) = (self.names(), self.name, self.of_service());
        format!("SELECT {names} FROM {name} WHERE {rows}{order}")
    }

    fn copy(&self, file: &Store, from: i64, server: &Store, now: &Now) -> Result<Sum> {
        let mut sum = Sum::default();
        let new = || server.insert(self.name, &self.names());
        let mut insert = new()?;
        file.each(&self.select(), params![from], |row| {
            let values = self.values(row, Some(now))?;
            sum.add(&values);
            let values: Vec<&dyn ToSql> = values.iter().map(|value| value as &dyn ToSql).collect();
            insert.add(&values)?;
            if sum.rows.is_multiple_of(BATCH) {
                std::mem::replace(&mut insert, new()?).finish()?;
            }
            Ok(())
        })?;
        insert.finish()?;
        Ok(sum)
    }

    /// What the server has.
    fn sum(&self, server: &Store, now: &Now) -> Result<Sum> {
        let mut sum = Sum::default();
        server.each(&self.select(), params![now.service], |row| {
            sum.add(&self.values(row, None)?);
            Ok(())
        })?;
        Ok(sum)
    }

    /// A row, with the numbers that it has on the server if they are given.
    fn values(&self, row: &Row<'_>, now: Option<&Now>) -> Result<Vec<Value>> {
        let columns = self.columns.iter().enumerate();
        let values = columns.map(|(place, (_, column))| {
            Ok(match (row.get(place)?, now) {
                (Value::Integer(number), Some(now)) => {
                    let number = now.number(*column, number);
                    number.map_or(Value::Null, Value::Integer)
                }
                // A text of PostgreSQL has no NUL.
                (Value::Text(text), _) if text.contains('\0') => {
                    Value::Text(text.replace('\0', "\u{fffd}"))
                }
                (value, _) => value,
            })
        });
        values.collect()
    }
}

impl Sum {
    fn add(&mut self, values: &[Value]) {
        let hash = xxh3_128(format!("{values:?}").as_bytes());
        self.rows += 1;
        self.hash = self.hash.wrapping_add(hash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_copied() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let ledger = Ledger::open(&folder.path().join("ledger.db")).expect("it opens");
        let mut there: Vec<String> = (ledger.store)
            .rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'services' ORDER BY name",
                &[],
                |row| row.get(0),
            )
            .expect("they are read");
        let mut copied = TABLES.map(str::to_owned);
        copied.sort();
        there.sort();
        assert_eq!(there, copied);
    }
}
