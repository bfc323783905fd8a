//! Contacts that somebody else made and that are a record's: found in the service, and adopted or left as they are.

use jiff::Timestamp;
use rusqlite::params;

use super::bytes::mark_record;
use super::change::{ToUndo, to_undo};
use super::marks::{Within, forget, owner};
use super::plan::service_of;
use super::record::{RecordId, RunId};
use super::step::{Applied, Step};
use super::store::{Result, Store};
use super::{ErrorKind, Ledger, LedgerError};

impl Ledger {
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
