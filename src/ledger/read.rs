//! What the ledger tells.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Row, params};

use super::marks::{Within, owner};
use super::plan::{range, service_of};
use super::record::{Counts, Pending, RecordId, RecordRow, State, Unknown};
use super::run::{optional_time, time, unsigned};
use super::{Ledger, LedgerError, RunId};
use crate::contact::Code;

/// No request takes longer than this from its start to its end.
pub(super) const LONGEST_ATTEMPT: Duration = Duration::from_secs(3600);

/// What the ledger knows of a contact, by one record of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The run's readable id.
    pub run: String,
    /// The record's number in the run's input.
    pub seq: u32,
    /// What is known of its fate.
    pub state: State,
    /// The contact in the service.
    pub contact_id: Option<String>,
}

impl Ledger {
    /// The next records of a run that may be sent, in input order, after a given one; at most `limit`.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn pending(
        &self,
        run: RunId,
        after: Option<RecordId>,
        limit: u32,
    ) -> Result<Vec<Pending>, LedgerError> {
        let [first, last] = range(run);
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT records.id, payload FROM records JOIN contents ON contents.record = records.id
                     WHERE records.id > ? AND records.id <= ? AND state = 'planned' ORDER BY records.id LIMIT ?",
                )?
                .query_map(params![after.map_or(first, |id| id.0), last, limit], |row| {
                    Ok(Pending {
                        id: RecordId(row.get(0)?),
                        payload: row.get(1)?,
                    })
                })?
                .collect()
        };
        read().map_err(self.failed("reading what is planned"))
    }

    /// The request body of a record, where it is kept.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn payload(&self, record: RecordId) -> Result<Option<String>, LedgerError> {
        self.connection
            .prepare_cached("SELECT payload FROM contents WHERE record = ?")
            .and_then(|mut statement| statement.query_row([record.0], |row| row.get(0)))
            .map_err(self.failed("reading a record"))
    }

    /// Shows every record of a run, in input order.
    ///
    /// # Errors
    /// When the ledger can't be read; or what `visit` returns.
    pub fn records<E: From<LedgerError>>(
        &self,
        run: RunId,
        mut visit: impl FnMut(RecordRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let fail = self.failed("reading the records");
        let mut statement = self
            .connection
            .prepare_cached(SELECT_RECORD)
            .map_err(&fail)?;
        let mut rows = statement.query(range(run)).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            visit(record_row(row).map_err(&fail)?)?;
        }
        Ok(())
    }

    /// How many records of a run are in each state.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn counts(&self, run: RunId) -> Result<Counts, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            let mut counts = Counts::default();
            // Counted here, since SQLite would sort all of them by their state first.
            let mut statement = self.connection.prepare_cached(
                "SELECT state, changed, code FROM records WHERE id BETWEEN ? AND ?",
            )?;
            let mut rows = statement.query(range(run))?;
            while let Some(row) = rows.next()? {
                counts.add(row.get(0)?);
                counts.changed += unsigned(row, 1)?;
                let code = row.get_ref(2)?.as_str_or_null()?.and_then(Code::named);
                counts.skipped += u64::from(code.is_some_and(Code::is_skip));
            }
            Ok(counts)
        };
        read().map_err(self.failed("counting the records"))
    }

    /// How many contacts of a run were created in each minute, by the minute's start; minutes without one are left out. One
    /// that was found only later counts when the answer to its last request came, or was given up.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn created_per_minute(&self, run: RunId) -> Result<Vec<(Timestamp, u64)>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT minute * 60000000, count(*)
                     FROM (SELECT max(coalesce(ended_at, started_at)) / 60000000 AS minute
                           FROM records CROSS JOIN attempts ON attempts.record = records.id
                           WHERE records.id BETWEEN ? AND ? AND state = 'created' GROUP BY records.id)
                     GROUP BY minute ORDER BY minute",
                )?
                .query_map(range(run), |row| Ok((time(row, 0)?, unsigned(row, 1)?)))?
                .collect()
        };
        read().map_err(self.failed("counting what was created in each minute"))
    }

    /// What is not known at the service of a run, in any of its runs, in the order of their attempts.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn unknowns(&self, run: RunId) -> Result<Vec<Unknown>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT records.id, payload, min(attempts.started_at), max(ended_at), count(*)
                     FROM records INDEXED BY records_open CROSS JOIN runs ON runs.id = records.id >> 32
                          CROSS JOIN contents ON contents.record = records.id
                          CROSS JOIN attempts ON attempts.record = records.id AND outcome = 'unknown'
                     WHERE records.state IN ('sending', 'unknown') AND records.state = 'unknown'
                       AND service = (SELECT service FROM runs WHERE id = ?)
                     GROUP BY records.id ORDER BY min(attempts.started_at), records.id",
                )?
                .query_map([run.0], |row| {
                    let id = RecordId(row.get(0)?);
                    Ok(Unknown {
                        id,
                        payload: row.get(1)?,
                        since: time(row, 2)?,
                        ended: time(row, 3)?,
                        unknown_attempts: row.get(4)?,
                        run: RunId(id.run()),
                    })
                })?
                .collect()
        };
        read().map_err(self.failed("reading what is unknown"))
    }

    /// When the last attempt ended that may have created a contact, at whatever service and whatever became of its record
    /// since. Until a while after it, contacts may appear that nobody expects any more.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn last_unknown(&self) -> Result<Option<Timestamp>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached("SELECT max(ended_at) FROM attempts WHERE outcome = 'unknown'")?
                .query_row([], |row| optional_time(row, 0))
        };
        read().map_err(self.failed("reading the latest unknown attempt"))
    }

    /// The records of all runs that stand for a contact.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn of_identity(&self, identity: &super::Hash) -> Result<Vec<Known>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare(
                    "SELECT runs.name, records.id, records.state, records.contact_id
                     FROM records JOIN runs ON runs.id = records.id >> 32
                     WHERE records.identity = ? ORDER BY records.id",
                )?
                .query_map([identity], |row| {
                    Ok(Known {
                        run: row.get(0)?,
                        seq: RecordId(row.get(1)?).seq(),
                        state: row.get(2)?,
                        contact_id: row.get(3)?,
                    })
                })?
                .collect()
        };
        read().map_err(self.failed("reading what is known of a contact"))
    }

    /// Whether a contact at the base URL of a run belongs to a record of the ledger.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn is_owned(
        &self,
        run: RunId,
        contact_id: &str,
        within: Within,
    ) -> Result<bool, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            let service = service_of(&self.connection, run)?;
            Ok(owner(&self.connection, service, contact_id, within)?.is_some())
        };
        read().map_err(self.failed("reading who a contact belongs to"))
    }

    /// The latest contacts that were in the service before the first attempt of a run; `None` if they could not be read.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn seen_before(&self, run: RunId) -> Result<Option<HashSet<String>>, LedgerError> {
        let read = || -> rusqlite::Result<HashSet<String>> {
            self.connection
                .prepare_cached("SELECT contact_id FROM seen_before WHERE run = ?")?
                .query_map([run.0], |row| row.get(0))?
                .collect()
        };
        let mut seen = read().map_err(self.failed("reading what was there before"))?;
        Ok(seen.remove(super::step::HAS_LOOKED).then_some(seen))
    }

    /// When the answers to the latest requests of an operation came, at the base URL of a run and since a time, to go on
    /// pacing after a restart: accounts of one company share its budget. For a request without an answer it is when it was
    /// found cut off.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn last_answers(
        &self,
        run: RunId,
        operation: &str,
        since: Timestamp,
    ) -> Result<Vec<Timestamp>, LedgerError> {
        let longest = i64::try_from(LONGEST_ATTEMPT.as_micros()).expect("an hour fits");
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.connection.prepare_cached(
                "SELECT coalesce(ended_at, attempts.started_at), attempts.started_at, operation, base_url
                        = (SELECT base_url FROM services JOIN runs ON service = services.id WHERE runs.id = ?)
                 FROM attempts JOIN runs ON runs.id = record >> 32 JOIN services ON services.id = service
                 ORDER BY attempts.id DESC",
            )?;
            let mut rows = statement.query([run.0])?;
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                if row.get::<_, i64>(1)? < since.as_microsecond() - longest {
                    break;
                }
                let answered = time(row, 0)?;
                if answered >= since && row.get::<_, String>(2)? == operation && row.get(3)? {
                    answers.push(answered);
                }
            }
            answers.extend(self.last_changes(run, operation, since)?);
            Ok(answers)
        };
        read().map_err(self.failed("reading the latest attempts"))
    }
}

const SELECT_RECORD: &str = "
SELECT records.id, source, line, number, span_start, span_end, records.name, records.state, identity, attempts, contact_id,
       code, field, message, duplicate_of, origin, origins.name, changed, similar, mended_from, mends.name,
       payload, raw, problems, notes, key IS NOT NULL, undone_at
FROM records LEFT JOIN contents ON contents.record = records.id
     LEFT JOIN runs AS origins ON origins.id = origin >> 32
     LEFT JOIN runs AS mends ON mends.id = mended_from >> 32
WHERE records.id BETWEEN ? AND ? ORDER BY records.id";

fn record_row(row: &Row<'_>) -> rusqlite::Result<RecordRow> {
    let state: State = row.get(7)?;
    Ok(RecordRow {
        id: RecordId(row.get(0)?),
        source: row.get(1)?,
        line: unsigned(row, 2)?,
        number: unsigned(row, 3)?,
        span: (unsigned(row, 4)?, unsigned(row, 5)?),
        name: row.get(6)?,
        state,
        identity: row.get(8)?,
        attempts: row.get(9)?,
        contact_id: row.get(10)?,
        code: row.get(11)?,
        field: row.get(12)?,
        message: row.get(13)?,
        duplicate_of: row.get(14)?,
        origin: elsewhere(row, 15)?,
        changed: row.get(17)?,
        keyed: row.get(25)?,
        undone: optional_time(row, 26)?,
        similar: row.get(18)?,
        mended_from: elsewhere(row, 19)?,
        payload: row.get(21)?,
        raw: row.get(22)?,
        problems_json: row.get(23)?,
        notes_json: row.get(24)?,
    })
}

/// A record named by its run's readable id and its number.
fn elsewhere(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<(String, u32)>> {
    let id: Option<i64> = row.get(column)?;
    let run: Option<String> = row.get(column + 1)?;
    Ok(run.zip(id.map(|id| RecordId(id).seq())))
}
