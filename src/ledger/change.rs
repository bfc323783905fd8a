//! Contacts of records after they were made or found: adopting those that somebody else made, bringing them up to date, and deleting
//! them again.

use jiff::Timestamp;
use rusqlite::params;

use super::bytes::mark_record;
use super::marks::{Within, forget, owner, unmark};
use super::record::{RecordId, RunId};
use super::run::service_of;
use super::step::{Applied, ChangeId, ChangeOutcome, RequestEnd, RequestStart, Step};
use super::store::{Result, Row, Store, Time};
use super::{ErrorKind, Ledger, LedgerError};

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

    /// The adoptions of a run, in input order.
    pub fn adopted(&self, run: RunId) -> Result<Vec<ToUndo>, LedgerError> {
        let [first, last] = run.range();
        let select = "SELECT records.id, found.contact_id, name, line, NULL FROM found JOIN records ON records.id = record
             WHERE service = (SELECT service FROM runs WHERE runs.id = ?3) AND record BETWEEN ?1 AND ?2
               AND adopted_at IS NOT NULL ORDER BY record";
        let rows = (self.store).rows(select, params![first, last, run.0], to_undo);
        rows.map_err(self.failed("reading what was adopted"))
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
    /// A record's contact was found in the service, where somebody else has made it: the record, `planned` or found before, is
    /// `exists`. There is no contact if several may be the record's: then nothing is known of it by the next run.
    pub fn matched(
        record: RecordId,
        contact_id: Option<String>,
        code: Option<&'static str>,
        message: String,
    ) -> Step {
        Step::new("recording an existing contact", "matched", move |store| {
            let service = service_of(store, record.run())?;
            let before = contact_of(store, record)?;
            if let Some(contact_id) = &contact_id
                && owner(store, service, contact_id, Within::Account)?.is_some()
            {
                return Ok(Applied::Owned);
            }
            let exists =
                "UPDATE records SET state = 'exists', contact_id = ?1, code = ?2, message = ?3
                 WHERE id = ?4 AND (state = 'planned' OR state = 'exists' AND code IS NULL)";
            store.execute_one(exists, params![contact_id, code, message, record.0])?;
            if before == contact_id {
                return Ok(Applied::Done);
            }
            if let Some(before) = before {
                forget_all(store, service, &before)?;
            }
            if let Some(contact_id) = &contact_id {
                note_found(store, service, contact_id, record, None)?;
            }
            Ok(Applied::Done)
        })
    }

    /// A contact that was found before is not in the service any more: its record, which was `exists` for it, is `planned`.
    pub fn missing(record: RecordId) -> Step {
        let doing = "noting a contact that is not there any more";
        Step::new(doing, "matched", move |store| {
            let service = service_of(store, record.run())?;
            if let Some(contact_id) = contact_of(store, record)? {
                forget_all(store, service, &contact_id)?;
            }
            let planned =
                "UPDATE records SET state = 'planned', contact_id = NULL, origin = NULL, message = NULL
                 WHERE id = ?1 AND state = 'exists' AND code IS NULL";
            store.execute_one(planned, params![record.0])?;
            Ok(Applied::Done)
        })
    }

    /// From now on the contact that was found for an `exists` record is treated as if it had been created for it. Refused with
    /// [`Applied::Owned`] if it belongs to another record.
    pub fn adopt(
        record: RecordId,
        at: Timestamp,
        code: Option<String>,
        message: Option<String>,
    ) -> Step {
        Step::new("adopting a contact", "matched", move |store| {
            let service = service_of(store, record.run())?;
            let contact_id = contact_of(store, record)?;
            let contact_id = contact_id.ok_or(ErrorKind::Inconsistent)?;
            if owner(store, service, &contact_id, Within::Account)?.is_some() {
                return Ok(Applied::Owned);
            }
            // What the contact was known by before is not its content for the record any more.
            forget_all(store, service, &contact_id)?;
            let said =
                "UPDATE records SET code = ?1, message = ?2 WHERE id = ?3 AND state = 'exists'";
            store.execute_one(said, params![code, message, record.0])?;
            note_found(store, service, &contact_id, record, Some(at))?;
            Ok(Applied::Done)
        })
    }

    /// An adoption is taken back: the ledger knows nothing of the contact any more.
    pub fn forget(record: RecordId, at: Timestamp) -> Step {
        Step::new("forgetting an adoption", "matched", move |store| {
            let service = service_of(store, record.run())?;
            let select = "SELECT contact_id FROM found WHERE service = ?1 AND record = ?2";
            let values = params![service, record.0];
            let contact_id: Option<String> = store.optional(select, values, |row| row.get(0))?;
            forget_all(store, service, &contact_id.ok_or(ErrorKind::Inconsistent)?)?;
            let undone =
                "UPDATE records SET undone_at = ?1, code = NULL, message = NULL WHERE id = ?2";
            store.execute_one(undone, params![store.time(at), record.0])?;
            Ok(Applied::Done)
        })
    }

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

/// Notes that a contact was found for a record, and when it was adopted, if it was.
fn note_found(
    store: &Store,
    service: i64,
    contact_id: &str,
    record: RecordId,
    adopted_at: Option<Timestamp>,
) -> Result<()> {
    let insert = "INSERT INTO found (service, contact_id, record, adopted_at) VALUES (?, ?, ?, ?)
         ON CONFLICT DO NOTHING";
    let adopted_at = adopted_at.map(|at| store.time(at));
    store.execute(insert, params![service, contact_id, record.0, adopted_at])?;
    mark_record(store, record)
}

/// Makes a contact unknown, and that it was found or adopted.
fn forget_all(store: &Store, service: i64, contact_id: &str) -> Result<()> {
    forget(store, service, contact_id)?;
    let delete = "DELETE FROM found WHERE service = ?1 AND contact_id = ?2";
    store.execute(delete, params![service, contact_id])?;
    Ok(())
}

fn contact_of(store: &Store, record: RecordId) -> Result<Option<String>> {
    let select = "SELECT contact_id FROM records WHERE id = ?1";
    store.row(select, params![record.0], |row| row.get(0))
}

/// Notes the service's time of our last write to a contact. Without one, the contact counts as edited unless it was never
/// modified.
pub(super) fn note_written(
    store: &Store,
    service: i64,
    contact_id: &str,
    modified: Option<Timestamp>,
) -> Result<()> {
    if let Some(modified) = modified {
        let insert = "INSERT INTO written (service, contact_id, modified_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (service, contact_id) DO UPDATE SET modified_at = excluded.modified_at";
        let values = params![service, contact_id, modified.as_microsecond()];
        store.execute(insert, values)?;
    }
    Ok(())
}
