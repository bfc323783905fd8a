//! Requests that change a contact which a record has: deleting it again, or bringing it up to date.

use jiff::Timestamp;
use rusqlite::params;

use super::adopt::note_written;
use super::bytes::mark_record;
use super::marks::{forget, unmark};
use super::plan::service_of;
use super::record::{RecordId, RunId};
use super::step::{Applied, ChangeId, ChangeOutcome, RequestEnd, RequestStart, Step};
use super::store::{Result, Row, Store, Time};
use super::{Ledger, LedgerError};

/// A contact that a run created and that was not deleted again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToUndo {
    pub record: RecordId,
    pub contact_id: String,
    pub name: String,
    pub line: u64,
    /// The service's time of our last write, where it is not that of the creation.
    pub written: Option<Timestamp>,
}

/// A record whose content has changed since its contact was created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub record: RecordId,
    pub contact_id: String,
    /// What the contact should be.
    pub payload: String,
    /// What was sent last, where it is known.
    pub sent: Option<String>,
}

impl Ledger {
    /// The contacts that a run created and that were not deleted again, in input order.
    pub fn to_undo(&self, run: RunId) -> Result<Vec<ToUndo>, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT records.id, records.contact_id, name, line, modified_at FROM records
             LEFT JOIN written ON written.contact_id = records.contact_id
                  AND written.service = (SELECT service FROM runs WHERE runs.id = ?3)
             WHERE records.id BETWEEN ?1 AND ?2 AND state = 'created' AND undone_at IS NULL
             ORDER BY records.id";
        let rows = (self.store).rows(select, params![first, last, run.0], to_undo);
        rows.map_err(self.failed("reading created records"))
    }

    /// How many of the contacts that a run created were deleted again.
    pub fn undone(&self, run: RunId) -> Result<u64, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT count(*) FROM records
             WHERE id BETWEEN ? AND ? AND state = 'created' AND undone_at IS NOT NULL";
        let count = (self.store).row(select, params![first, last], |row| row.get(0));
        count.map_err(self.failed("reading deleted records"))
    }

    /// The records of a run that have a contact by their key, and other content than it was created with, in input order. A
    /// contact that was found and not adopted is somebody else's.
    pub fn updates(&self, run: RunId) -> Result<Vec<Update>, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT records.id, contact_id, new.payload, old.payload
             FROM records JOIN contents AS new ON new.record = records.id
                  LEFT JOIN contents AS old ON old.record = origin
             WHERE records.id BETWEEN ? AND ? AND state = 'exists' AND changed = 1 AND key IS NOT NULL
               AND code IS NULL AND new.payload IS NOT NULL
             ORDER BY records.id";
        let rows = self.store.rows(select, params![first, last], |row| {
            Ok(Update {
                record: RecordId(row.get(0)?),
                contact_id: row.get(1)?,
                payload: row.get(2)?,
                sent: row.get(3)?,
            })
        });
        rows.map_err(self.failed("reading changed records"))
    }
}

pub(super) fn to_undo(row: &Row<'_>) -> Result<ToUndo> {
    Ok(ToUndo {
        record: RecordId(row.get(0)?),
        contact_id: row.get(1)?,
        name: row.get(2)?,
        line: row.get(3)?,
        written: row.get::<Option<Time>>(4)?.map(|time| time.0),
    })
}

impl Step {
    /// A request that changes the contact of a record is about to leave.
    pub fn change(record: RecordId, contact_id: &str, start: RequestStart) -> Step {
        let contact_id = contact_id.to_owned();
        Step::new("recording a change", "change", move |store| {
            let (at, service_at) = start.times(store);
            let insert =
                "INSERT INTO changes (record, contact_id, operation, started_at, service_at)
                 VALUES (?, ?, ?, ?, ?) RETURNING id";
            let values = params![record.0, contact_id, start.operation, at, service_at];
            let id = store.row(insert, values, |row| row.get(0))?;
            Ok(Applied::Change(ChangeId(id)))
        })
    }

    /// A request that changes the contact of a record ended. `modified` is the `modifiedTime` of the contact in the answer.
    pub fn changed(
        record: RecordId,
        change: ChangeId,
        end: RequestEnd,
        outcome: ChangeOutcome,
        modified: Option<Timestamp>,
    ) -> Step {
        Step::new("recording the end of a change", "changed", move |store| {
            changed(store, record, change, &end, outcome, modified)
        })
    }
}

fn changed(
    store: &Store,
    record: RecordId,
    change: ChangeId,
    end: &RequestEnd,
    outcome: ChangeOutcome,
    modified: Option<Timestamp>,
) -> Result<Applied> {
    let at = store.time(end.at);
    let (status, code, description) = (&end.status, &end.code, &end.description);
    let ended =
        "UPDATE changes SET ended_at = ?, outcome = ?, status = ?, code = ?, description = ?
         WHERE id = ? AND ended_at IS NULL RETURNING contact_id, operation";
    let values = params![at, outcome.into_str(), status, code, description, change.0];
    let (contact_id, operation): (String, String) =
        store.row(ended, values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let service = service_of(store, record.run())?;
    let is_update = operation.starts_with("PATCH");
    let say = |state: &str| {
        let said =
            "UPDATE records SET state = ?, code = ?, message = ? WHERE id = ? AND state = 'exists'";
        store.execute_one(said, params![state, code, description, record.0])
    };
    match outcome {
        ChangeOutcome::Deleted | ChangeOutcome::Gone if !is_update => {
            let undone = "UPDATE records SET undone_at = ? WHERE id = ? AND state = 'created'";
            store.execute_one(undone, params![at, record.0])?;
            forget(store, service, &contact_id)?;
        }
        ChangeOutcome::Updated => {
            say("exists")?;
            unmark_others(store, record, service, &contact_id)?;
            mark_record(store, record)?;
            note_written(store, service, &contact_id, modified)?;
        }
        ChangeOutcome::Rejected | ChangeOutcome::Gone if is_update => say("rejected")?,
        ChangeOutcome::Failed if is_update => say("failed")?,
        _ => {}
    }
    Ok(Applied::Done)
}

/// What the contact was known by before is not its content any more.
fn unmark_others(store: &Store, record: RecordId, service: i64, contact_id: &str) -> Result<()> {
    let select = "SELECT origin FROM records WHERE id = ?";
    let origin: Option<i64> = store.row(select, params![record.0], |row| row.get(0))?;
    if let Some(origin) = origin {
        unmark(store, service, origin)?;
    }
    forget(store, service, contact_id)
}
