//! What the ledger tells.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::marks::{Within, owner};
use super::plan::service_of;
use super::record::{Candidate, Counts, Pending, RecordId, RecordRow, RunId, State, Unknown};
use super::run::{optional_time, time, unsigned};
use super::schema::HAS_LOOKED;
use super::step::LONGEST_ATTEMPT;
use super::{Ledger, LedgerError};
use crate::contact::Code;

/// What the ledger knows of a contact, by one record of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub run: String,
    pub seq: u32,
    pub state: State,
    pub contact_id: Option<String>,
}

impl Ledger {
    /// The next records of a run that may be sent, in input order, after a given one; at most `limit`.
    pub fn pending(
        &self,
        run: RunId,
        after: Option<RecordId>,
        limit: u32,
    ) -> Result<Vec<Pending>, LedgerError> {
        let [first, last] = run.range();
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
    pub fn payload(&self, record: RecordId) -> Result<Option<String>, LedgerError> {
        self.connection
            .prepare_cached("SELECT payload FROM contents WHERE record = ?")
            .and_then(|mut statement| statement.query_row([record.0], |row| row.get(0)))
            .map_err(self.failed("reading a record"))
    }

    /// Shows every record of a run, in input order.
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
        let mut rows = statement.query(run.range()).map_err(&fail)?;
        while let Some(row) = rows.next().map_err(&fail)? {
            visit(record_row(row).map_err(&fail)?)?;
        }
        Ok(())
    }

    /// How many records of a run are in each state.
    pub fn counts(&self, run: RunId) -> Result<Counts, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            let mut counts = Counts::default();
            // Counted here, since SQLite would sort all of them by their state first.
            let mut statement = self.connection.prepare_cached(
                "SELECT state, changed, code FROM records WHERE id BETWEEN ? AND ?",
            )?;
            let mut rows = statement.query(run.range())?;
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
                .query_map(run.range(), |row| Ok((time(row, 0)?, unsigned(row, 1)?)))?
                .collect()
        };
        read().map_err(self.failed("counting what was created in each minute"))
    }

    /// What is not known at the service of a run, in any of its runs, in the order of their attempts.
    pub fn unknowns(&self, run: RunId) -> Result<Vec<Unknown>, LedgerError> {
        let longest = i64::try_from(LONGEST_ATTEMPT.as_micros()).expect("an hour fits");
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT records.id, payload, min(coalesce(service_at, attempts.started_at)),
                            max(coalesce(service_at, attempts.started_at)
                                + min(max(ended_at - attempts.started_at, 0), ?2)), count(*)
                     FROM records INDEXED BY records_open CROSS JOIN runs ON runs.id = records.id >> 32
                          CROSS JOIN contents ON contents.record = records.id
                          CROSS JOIN attempts ON attempts.record = records.id AND outcome = 'unknown'
                     WHERE records.state IN ('sending', 'unknown') AND records.state = 'unknown'
                       AND service = (SELECT service FROM runs WHERE id = ?1)
                     GROUP BY records.id ORDER BY min(attempts.started_at), records.id",
                )?
                .query_map([run.0, longest], |row| {
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

    /// The request bodies of all records at the service of a run that are under way or unknown.
    pub fn open_payloads(&self, run: RunId) -> Result<Vec<(RecordId, String)>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT records.id, payload FROM records INDEXED BY records_open
                          CROSS JOIN runs ON runs.id = records.id >> 32 CROSS JOIN contents ON contents.record = records.id
                     WHERE records.state IN ('sending', 'unknown') AND service = (SELECT service FROM runs WHERE id = ?)",
                )?
                .query_map([run.0], |row| Ok((RecordId(row.get(0)?), row.get(1)?)))?
                .collect()
        };
        read().map_err(self.failed("reading what is under way"))
    }

    /// The properties that the service of a run has shown otherwise than they were sent, each with whether it left them out.
    pub fn altered(&self, run: RunId) -> Result<Vec<(String, bool)>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached(
                    "SELECT DISTINCT field, shown IS NULL FROM altered JOIN runs ON runs.id = record >> 32
                     WHERE service = (SELECT service FROM runs WHERE id = ?)",
                )?
                .query_map([run.0], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        };
        read().map_err(self.failed("reading what the service changes"))
    }

    /// The contacts that may be an unknown record's, as the last look found them.
    pub fn candidates(&self, record: RecordId) -> Result<Vec<Candidate>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            self.connection
                .prepare_cached("SELECT contact_id, differs FROM candidates WHERE record = ?")?
                .query_map([record.0], |row| {
                    Ok(Candidate {
                        contact_id: row.get(0)?,
                        differs: row.get(1)?,
                    })
                })?
                .collect()
        };
        read().map_err(self.failed("reading the candidates of a record"))
    }

    /// The record of this number in a run's input.
    pub fn record(&self, run: RunId, seq: u32) -> Result<Option<RecordRow>, LedgerError> {
        let id = RecordId::new(run.0, seq).0;
        self.connection
            .prepare_cached(SELECT_RECORD)
            .and_then(|mut statement| statement.query_row([id, id], record_row).optional())
            .map_err(self.failed("reading a record"))
    }

    /// The records of all runs that stand for a contact.
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
    pub fn seen_before(&self, run: RunId) -> Result<Option<HashSet<String>>, LedgerError> {
        let read = || -> rusqlite::Result<HashSet<String>> {
            self.connection
                .prepare_cached("SELECT contact_id FROM seen_before WHERE run = ?")?
                .query_map([run.0], |row| row.get(0))?
                .collect()
        };
        let mut seen = read().map_err(self.failed("reading what was there before"))?;
        Ok(seen.remove(HAS_LOOKED).then_some(seen))
    }

    /// How long ago the answers to the latest requests of an operation came, at the base URL of a run (accounts of one company
    /// share its budget), to go on pacing after a restart. For a request without an answer it is when it was found cut off.
    ///
    /// The age of a create is told by the service's clock, `now`: this machine's may have been set since. Without both of its
    /// times the age is not known, and zero.
    pub fn last_answers(
        &self,
        run: RunId,
        operation: &str,
        now: Option<Timestamp>,
    ) -> Result<Vec<Duration>, LedgerError> {
        let read = || -> rusqlite::Result<_> {
            let mut statement = self.connection.prepare_cached(
                "SELECT service_at + max(coalesce(ended_at, attempts.started_at) - attempts.started_at, 0)
                 FROM attempts JOIN runs ON runs.id = record >> 32 JOIN services ON services.id = service
                 WHERE operation = ? AND base_url
                       = (SELECT base_url FROM services JOIN runs ON service = services.id WHERE runs.id = ?)
                 ORDER BY attempts.id DESC LIMIT 1000",
            )?;
            let answered =
                statement.query_map(params![operation, run.0], |row| optional_time(row, 0))?;
            let mut ages = self.last_changes(run, operation)?;
            for answered in answered {
                let age = answered?
                    .zip(now)
                    .map(|(answered, now)| now.duration_since(answered));
                ages.push(
                    age.and_then(|age| Duration::try_from(age).ok())
                        .unwrap_or_default(),
                );
            }
            Ok(ages)
        };
        read().map_err(self.failed("reading the latest attempts"))
    }
}

const SELECT_RECORD: &str = "
SELECT records.id, source, line, number, span_start, span_end, records.name, records.state, identity, attempts, contact_id,
       code, field, message, duplicate_of, origin, origins.name, changed, similar, mended_from, mends.name,
       payload, raw, problems, notes, key IS NOT NULL, undone_at,
       (SELECT json_group_array(json_object('note', 'changed', 'reason', 'SERVICE_CHANGED', 'source_field', altered.field,
                                            'value', sent, 'detail', coalesce(shown, '')))
        FROM altered WHERE altered.record = records.id HAVING count(*) > 0)
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
        notes_json: joined(row.get(24)?, row.get(27)?),
    })
}

/// Two JSON arrays as one.
fn joined(notes: Option<String>, more: Option<String>) -> Option<String> {
    match (notes, more) {
        (Some(notes), Some(more)) if notes.len() > 2 => {
            Some(format!("{},{}", &notes[..notes.len() - 1], &more[1..]))
        }
        (notes, more) => more.or(notes),
    }
}

/// A record named by its run's readable id and its number.
fn elsewhere(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<(String, u32)>> {
    let id: Option<i64> = row.get(column)?;
    let run: Option<String> = row.get(column + 1)?;
    Ok(run.zip(id.map(|id| RecordId(id).seq())))
}
