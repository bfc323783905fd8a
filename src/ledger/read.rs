//! What the ledger tells.

use std::collections::HashSet;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::params;

use super::marks::{Within, owner};
use super::record::{
    Candidate, Counts, Foreign, Pending, RecordId, RecordRow, RunId, State, ToMatch, Unknown,
};
use super::run::service_of;
use super::schema::HAS_LOOKED;
use super::step::LONGEST_ATTEMPT;
use super::store::{Result, Row, Store, Time, list};
use super::{ErrorKind, Ledger, LedgerError};
use crate::contact::Code;

/// What the ledger knows of a contact, by one record of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub run: String,
    pub seq: u32,
    pub state: State,
    pub contact_id: Option<String>,
}

/// Where a record is in its input, and what it is called that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    pub source: u32,
    pub line: u64,
    pub code: Option<String>,
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
        let select = "SELECT records.id, payload FROM records JOIN contents ON contents.record = records.id
             WHERE records.id > ? AND records.id <= ? AND state = 'planned' ORDER BY records.id LIMIT ?";
        let values = params![after.map_or(first, |id| id.0), last, limit];
        let rows = self.store.rows(select, values, pending);
        rows.map_err(self.failed("reading planned records"))
    }

    /// The records of a run that are compared with the contacts of the service, in input order, after a given one; at most `limit`:
    /// those that may be sent, and those whose contacts earlier runs have found and not adopted.
    pub fn to_match(
        &self,
        run: RunId,
        after: Option<RecordId>,
        limit: u32,
    ) -> Result<Vec<ToMatch>, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT records.id, payload, CASE WHEN state = 'exists' THEN contact_id END
             FROM records JOIN contents ON contents.record = records.id
             WHERE records.id > ?1 AND records.id <= ?2 AND payload IS NOT NULL
               AND (state = 'planned' OR state = 'exists' AND code IS NULL AND changed = 0
                    AND EXISTS (SELECT 1 FROM found WHERE found.contact_id = records.contact_id
                                AND found.service = (SELECT service FROM runs WHERE runs.id = ?3)))
             ORDER BY records.id LIMIT ?4";
        let values = params![after.map_or(first, |id| id.0), last, run.0, limit];
        let rows = self.store.rows(select, values, |row| {
            let Pending {
                id: record,
                payload,
            } = pending(row)?;
            let before = row.get(2)?;
            Ok(ToMatch {
                record,
                payload,
                before,
            })
        });
        rows.map_err(self.failed("reading what is compared with the service"))
    }

    /// The request body of a record, where it is kept.
    pub fn payload(&self, record: RecordId) -> Result<Option<String>, LedgerError> {
        let select = "SELECT payload FROM contents WHERE record = ?";
        let payload = self.store.row(select, params![record.0], |row| row.get(0));
        payload.map_err(self.failed("reading a record"))
    }

    /// Shows every record of a run, in input order.
    pub fn records<E: From<LedgerError>>(
        &self,
        run: RunId,
        mut visit: impl FnMut(RecordRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let [first, last] = run.range();
        let mut stopped = None;
        let read = self.store.each(SELECT_RECORD, params![first, last], |row| {
            visit(record_row(row)?).map_err(|error| {
                stopped = Some(error);
                ErrorKind::Other("it was stopped".to_owned())
            })
        });
        match stopped {
            Some(error) => Err(error),
            None => Ok(read.map_err(self.failed("reading the records"))?),
        }
    }

    /// The first records of a run in a state, at most `most`; those that are skipped are left out.
    pub fn first(&self, run: RunId, state: State, most: usize) -> Result<Vec<First>, LedgerError> {
        let skipped = Code::ALL.iter().filter(|code| code.is_skip());
        let skipped: Vec<&str> = skipped.map(|code| code.as_str()).collect();
        let select = "SELECT source, line, code FROM records
             WHERE id BETWEEN ? AND ? AND state = ?
               AND NOT coalesce(code, '') IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?";
        let [first, last] = run.range();
        let values = params![first, last, state.into_str(), list(&skipped), most as u64];
        let rows = self.store.rows(select, values, |row| {
            let (source, line, code) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(First { source, line, code })
        });
        rows.map_err(self.failed("reading the first records"))
    }

    pub fn counts(&self, run: RunId) -> Result<Counts, LedgerError> {
        let [first, last] = run.range();
        let mut counts = Counts::default();
        // Counted here, since SQLite would sort all of them by their state first; a server need not send them all.
        let select = match self.store.is_remote() {
            false => "SELECT state, changed, code, 1 FROM records WHERE id BETWEEN ? AND ?",
            true => {
                "SELECT state, changed, code, count(*) FROM records WHERE id BETWEEN ? AND ?
                 GROUP BY state, changed, code"
            }
        };
        let read = self.store.each(select, params![first, last], |row| {
            let count: u64 = row.get(3)?;
            counts.add(row.word(0)?, count);
            counts.changed += row.get::<u64>(1)? * count;
            let code = Code::named(row.text(2)?);
            counts.skipped += u64::from(code.is_some_and(Code::is_skip)) * count;
            Ok(())
        });
        read.map_err(self.failed("counting the records"))?;
        Ok(counts)
    }

    /// How many contacts of a run were created in each minute, by the minute's start; minutes without one are left out. One
    /// that was found only later counts when the answer to its last request came, or was given up.
    pub fn created_per_minute(&self, run: RunId) -> Result<Vec<(Timestamp, u64)>, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT minute * 60000000, count(*)
             FROM (SELECT max(coalesce(ended_at, started_at)) / 60000000 AS minute
                   FROM records CROSS JOIN attempts ON attempts.record = records.id
                   WHERE records.id BETWEEN ? AND ? AND state = 'created' GROUP BY records.id) AS minutes
             GROUP BY minute ORDER BY minute";
        let rows = self.store.rows(select, params![first, last], |row| {
            Ok((row.get::<Time>(0)?.0, row.get(1)?))
        });
        rows.map_err(self.failed("counting created records by minute"))
    }

    /// What is not known at the service of a run, in any of its runs, in the order of their attempts.
    pub fn unknowns(&self, run: RunId) -> Result<Vec<Unknown>, LedgerError> {
        let longest = i64::try_from(LONGEST_ATTEMPT.as_micros()).expect("an hour fits");
        let select = "SELECT records.id, payload, min(coalesce(service_at, attempts.started_at)),
                    max(coalesce(service_at, attempts.started_at)
                        + CASE WHEN ended_at < attempts.started_at THEN 0
                               WHEN ended_at - attempts.started_at > ?2 THEN ?2
                               ELSE ended_at - attempts.started_at END), count(*), count(service_at)
             FROM records INDEXED BY records_open CROSS JOIN runs ON runs.id = records.id >> 32
                  CROSS JOIN contents ON contents.record = records.id
                  CROSS JOIN attempts ON attempts.record = records.id AND outcome = 'unknown'
             WHERE records.state IN ('sending', 'unknown') AND records.state = 'unknown'
               AND service = (SELECT service FROM runs WHERE id = ?1)
             GROUP BY records.id, payload ORDER BY min(attempts.started_at), records.id";
        let rows = self.store.rows(select, params![run.0, longest], |row| {
            let Pending { id, payload } = pending(row)?;
            let (unknown_attempts, timed): (u32, u32) = (row.get(4)?, row.get(5)?);
            Ok(Unknown {
                id,
                payload,
                since: row.get::<Time>(2)?.0,
                ended: row.get::<Time>(3)?.0,
                is_timed: timed == unknown_attempts,
                unknown_attempts,
                run: id.run(),
            })
        });
        rows.map_err(self.failed("reading unknown records"))
    }

    /// All records at the service of a run that are under way or unknown.
    pub fn open_payloads(&self, run: RunId) -> Result<Vec<Pending>, LedgerError> {
        let select = "SELECT records.id, payload FROM records INDEXED BY records_open
                  CROSS JOIN runs ON runs.id = records.id >> 32 CROSS JOIN contents ON contents.record = records.id
             WHERE records.state IN ('sending', 'unknown') AND service = (SELECT service FROM runs WHERE id = ?)";
        let rows = self.store.rows(select, params![run.0], pending);
        rows.map_err(self.failed("reading records in progress"))
    }

    /// The properties that the service of a run has shown otherwise than they were sent, each with whether it left them out.
    pub fn altered(&self, run: RunId) -> Result<Vec<(String, bool)>, LedgerError> {
        let select =
            "SELECT DISTINCT field, shown IS NULL FROM altered JOIN runs ON runs.id = record >> 32
             WHERE service = (SELECT service FROM runs WHERE id = ?)";
        let rows = (self.store).rows(select, params![run.0], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.map_err(self.failed("reading what the service changes"))
    }

    /// The contacts that may be an unknown record's, as the last look found them.
    pub fn candidates(&self, record: RecordId) -> Result<Vec<Candidate>, LedgerError> {
        let select = "SELECT contact_id, differs FROM candidates WHERE record = ?";
        let rows = self.store.rows(select, params![record.0], |row| {
            let (contact_id, differs) = (row.get(0)?, row.get(1)?);
            Ok(Candidate {
                contact_id,
                differs,
            })
        });
        rows.map_err(self.failed("reading the candidates of a record"))
    }

    /// The record of this number in a run's input.
    pub fn record(&self, run: RunId, seq: u32) -> Result<Option<RecordRow>, LedgerError> {
        let id = RecordId::new(run.0, seq).0;
        let row = (self.store).optional(SELECT_RECORD, params![id, id], record_row);
        row.map_err(self.failed("reading a record"))
    }

    /// The records of all runs that stand for a contact.
    pub fn of_identity(&self, identity: &super::Hash) -> Result<Vec<Known>, LedgerError> {
        let select = "SELECT runs.name, records.id, records.state, records.contact_id
             FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.identity = ?1 AND (service = ?2 OR ?2 IS NULL) ORDER BY records.id";
        let values = params![identity, self.store.own_service()];
        let rows = self.store.rows(select, values, |row| {
            Ok(Known {
                run: row.get(0)?,
                seq: RecordId(row.get(1)?).seq(),
                state: row.word(2)?,
                contact_id: row.get(3)?,
            })
        });
        rows.map_err(self.failed("reading the records of a contact"))
    }

    /// The record of the ledger that a contact at the base URL of a run belongs to.
    pub fn owner(
        &self,
        run: RunId,
        contact_id: &str,
        within: Within,
    ) -> Result<Option<RecordId>, LedgerError> {
        service_of(&self.store, run)
            .and_then(|service| owner(&self.store, service, contact_id, within))
            .map_err(self.failed("reading the owner of a contact"))
    }

    /// The latest contacts that were in the service before the first attempt of a run; `None` if they could not be read.
    pub fn seen_before(&self, run: RunId) -> Result<Option<HashSet<String>>, LedgerError> {
        let select = "SELECT contact_id FROM seen_before WHERE run = ?";
        let seen = self.store.rows(select, params![run.0], |row| row.get(0));
        let mut seen: HashSet<String> = seen.map_err(self.failed("reading earlier contacts"))?;
        Ok(seen.remove(HAS_LOOKED).then_some(seen))
    }

    /// How long ago the answers to the latest requests of an operation came, at the base URL of a run (accounts of one company
    /// share its budget; on a server, others are other companies), to go on pacing after a restart. A request without an answer
    /// counts as answered after an hour.
    ///
    /// The age is told by the service's clock, `now`: this machine's may have been set since. Without both of its times it is
    /// not known, and zero, and so is one in the future.
    pub fn last_answers(
        &self,
        run: RunId,
        operation: &str,
        now: Option<Timestamp>,
    ) -> Result<Vec<Duration>, LedgerError> {
        let both =
            ["attempts", "changes"].map(|table| ages(&self.store, table, run, operation, now));
        let both: Result<Vec<_>> = both.into_iter().collect();
        Ok(both
            .map_err(self.failed("reading the latest requests"))?
            .concat())
    }
}

fn ages(
    store: &Store,
    table: &str,
    run: RunId,
    operation: &str,
    now: Option<Timestamp>,
) -> Result<Vec<Duration>> {
    let select = format!(
        "SELECT service_at, latest.started_at, ended_at
         FROM {table} AS latest JOIN runs ON runs.id = record >> 32 JOIN services ON services.id = service
         WHERE operation = ?1 AND (service = ?3 OR ?3 IS NULL) AND base_url
               = (SELECT base_url FROM services JOIN runs ON service = services.id WHERE runs.id = ?2)
         ORDER BY latest.id DESC LIMIT 1000"
    );
    let since = |from: Time, to: Timestamp| Duration::try_from(to.duration_since(from.0));
    let values = params![operation, run.0, store.own_service()];
    let ages: Vec<(Duration, Duration)> = store.rows(&select, values, |row| {
        let (left, started): (Option<Time>, Time) = (row.get(0)?, row.get(1)?);
        let took = match row.get::<Option<Time>>(2)? {
            Some(ended) => since(started, ended.0)
                .unwrap_or_default()
                .min(LONGEST_ATTEMPT),
            None => LONGEST_ATTEMPT,
        };
        let age = left.zip(now).and_then(|(left, now)| since(left, now).ok());
        Ok((age.unwrap_or_default(), took))
    })?;
    // All before one that left so long ago left even earlier, whether they say so or not.
    let latest = ages
        .into_iter()
        .take_while(|(age, _)| *age <= LONGEST_ATTEMPT * 2);
    Ok(latest.map(|(age, took)| age.saturating_sub(took)).collect())
}

fn pending(row: &Row<'_>) -> Result<Pending> {
    let (id, payload) = (RecordId(row.get(0)?), row.get(1)?);
    Ok(Pending { id, payload })
}

const SELECT_RECORD: &str = "
SELECT records.id, source, line, number, span_start, span_end, records.name, records.state, identity, attempts, contact_id,
       code, field, message, origin, origins.name,
       CASE WHEN records.state <> 'exists' OR contact_id IS NULL THEN NULL ELSE
         (SELECT max(CASE WHEN adopted_at IS NULL THEN 0 ELSE 1 END) FROM found
          WHERE found.contact_id = records.contact_id
            AND found.service = (SELECT service FROM runs WHERE runs.id = records.id >> 32)) END,
       changed, key IS NOT NULL, undone_at, mended_from, mends.name, payload, raw, problems, notes,
       (SELECT json_group_array(json_object('note', 'changed', 'reason', 'SERVICE_CHANGED', 'source_field', altered.field,
                                            'value', sent, 'detail', coalesce(shown, '')))
        FROM altered WHERE altered.record = records.id HAVING count(*) > 0)
FROM records LEFT JOIN contents ON contents.record = records.id
     LEFT JOIN runs AS origins ON origins.id = origin >> 32
     LEFT JOIN runs AS mends ON mends.id = mended_from >> 32
WHERE records.id BETWEEN ? AND ? ORDER BY records.id";

fn record_row(row: &Row<'_>) -> Result<RecordRow> {
    Ok(RecordRow {
        id: RecordId(row.get(0)?),
        source: row.get(1)?,
        line: row.get(2)?,
        number: row.get(3)?,
        span: (row.get(4)?, row.get(5)?),
        name: row.get(6)?,
        state: row.word(7)?,
        identity: row.get(8)?,
        attempts: row.get(9)?,
        contact_id: row.get(10)?,
        code: row.get(11)?,
        field: row.get(12)?,
        message: row.get(13)?,
        origin: elsewhere(row, 14)?,
        foreign: (row.get::<Option<bool>>(16)?).map(|is_adopted| match is_adopted {
            true => Foreign::Adopted,
            false => Foreign::Found,
        }),
        changed: row.get(17)?,
        keyed: row.get(18)?,
        undone: row.get::<Option<Time>>(19)?.map(|time| time.0),
        mended_from: elsewhere(row, 20)?,
        payload: row.get(22)?,
        raw: row.get(23)?,
        problems_json: row.get(24)?,
        notes_json: joined(row.get(25)?, row.get(26)?),
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
fn elsewhere(row: &Row<'_>, column: usize) -> Result<Option<(String, u32)>> {
    let id: Option<i64> = row.get(column)?;
    let run: Option<String> = row.get(column + 1)?;
    Ok(run.zip(id.map(|id| RecordId(id).seq())))
}
