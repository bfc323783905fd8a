//! Contacts that somebody else made and that are a record's: found in the service, and adopted or left as they are.

use jiff::Timestamp;
use rusqlite::params;

use super::bytes::mark_record;
use super::change::{ToUndo, to_undo};
use super::marks::{Within, forget, one, owner, same};
use super::plan::service_of;
use super::record::{RecordId, RunId};
use super::step::Applied;
use super::store::{Result, Store};
use super::{ErrorKind, Ledger, LedgerError};

/// A record whose contact an earlier run has found, and that is compared with it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub record: RecordId,
    pub contact_id: String,
    pub payload: String,
}

impl Ledger {
    /// The records of a run whose contacts earlier runs have found and not adopted, in input order, after a given one; at most
    /// `limit`.
    pub fn found(
        &self,
        run: RunId,
        after: Option<RecordId>,
        limit: u32,
    ) -> Result<Vec<Found>, LedgerError> {
        let [first, last] = run.range();
        let read = self.store.rows(
            "SELECT records.id, contact_id, payload
             FROM records JOIN contents ON contents.record = records.id
             WHERE records.id > ?1 AND records.id <= ?2 AND state = 'exists' AND code IS NULL
               AND payload IS NOT NULL AND changed = 0
               AND EXISTS (SELECT 1 FROM found WHERE found.contact_id = records.contact_id
                           AND found.service = (SELECT service FROM runs WHERE runs.id = ?3))
             ORDER BY records.id LIMIT ?4",
            params![after.map_or(first, |id| id.0), last, run.0, limit],
            |row| {
                Ok(Found {
                    record: RecordId(row.get(0)?),
                    contact_id: row.get(1)?,
                    payload: row.get(2)?,
                })
            },
        );
        read.map_err(self.failed("reading what was found"))
    }

    /// The adoptions of a run, in input order.
    pub fn adopted(&self, run: RunId) -> Result<Vec<ToUndo>, LedgerError> {
        let [first, last] = run.range();
        let read = self.store.rows(
            "SELECT records.id, found.contact_id, name, line, NULL FROM found JOIN records ON records.id = record
             WHERE service = (SELECT service FROM runs WHERE runs.id = ?3) AND record BETWEEN ?1 AND ?2
               AND adopted_at IS NOT NULL ORDER BY record",
            params![first, last, run.0],
            to_undo,
        );
        read.map_err(self.failed("reading what was adopted"))
    }
}

/// [`Step::Matched`](super::Step::Matched)
pub(super) fn matched(
    store: &Store,
    record: RecordId,
    contact_id: Option<&str>,
    code: Option<&str>,
    message: &str,
) -> Result<Applied> {
    let service = service_of(store, RunId(record.run()))?;
    let before = contact_of(store, record)?;
    if let Some(contact_id) = contact_id
        && owner(store, service, contact_id, Within::Account)?.is_some()
    {
        return Ok(Applied::Owned);
    }
    one(store.execute(
        "UPDATE records SET state = 'exists', contact_id = ?1, code = ?2, message = ?3
             WHERE id = ?4 AND (state = 'planned' OR state = 'exists' AND code IS NULL)",
        params![contact_id, code, message, record.0],
    )?)?;
    if before.as_deref() == contact_id {
        return Ok(Applied::Done);
    }
    if let Some(before) = before {
        forget_all(store, service, &before)?;
    }
    if let Some(contact_id) = contact_id {
        store.execute("INSERT INTO found (service, contact_id, record) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING", params![service, contact_id, record.0])?;
        mark_record(store, record)?;
    }
    Ok(Applied::Done)
}

/// [`Step::Missing`](super::Step::Missing)
pub(super) fn missing(store: &Store, record: RecordId) -> Result<Applied> {
    let service = service_of(store, RunId(record.run()))?;
    if let Some(contact_id) = contact_of(store, record)? {
        forget_all(store, service, &contact_id)?;
    }
    one(store.execute(
        "UPDATE records SET state = 'planned', contact_id = NULL, origin = NULL, message = NULL
             WHERE id = ?1 AND state = 'exists' AND code IS NULL",
        params![record.0],
    )?)?;
    Ok(Applied::Done)
}

/// [`Step::Adopt`](super::Step::Adopt)
pub(super) fn adopt(
    store: &Store,
    record: RecordId,
    at: Timestamp,
    code: &str,
    message: &str,
) -> Result<Applied> {
    let service = same(store, record)?.service;
    let contact_id = contact_of(store, record)?;
    let contact_id = contact_id.ok_or(ErrorKind::Inconsistent)?;
    if owner(store, service, &contact_id, Within::Account)?.is_some() {
        return Ok(Applied::Owned);
    }
    // What the contact was known by before is not its content for the record any more.
    forget_all(store, service, &contact_id)?;
    store.execute(
        "INSERT INTO found (service, contact_id, record, adopted_at) VALUES (?1, ?2, ?3, ?4)",
        params![service, contact_id, record.0, store.time(at)],
    )?;
    one(store.execute(
        "UPDATE records SET code = ?1, message = ?2 WHERE id = ?3 AND state = 'exists'",
        params![code, message, record.0],
    )?)?;
    mark_record(store, record)?;
    Ok(Applied::Done)
}

/// [`Step::Forget`](super::Step::Forget)
pub(super) fn forget_adoption(store: &Store, record: RecordId, at: Timestamp) -> Result<Applied> {
    let service = service_of(store, RunId(record.run()))?;
    let contact_id: Option<String> = store.optional(
        "SELECT contact_id FROM found WHERE service = ?1 AND record = ?2",
        params![service, record.0],
        |row| row.get(0),
    )?;
    let contact_id = contact_id.ok_or(ErrorKind::Inconsistent)?;
    forget_all(store, service, &contact_id)?;
    one(store.execute(
        "UPDATE records SET undone_at = ?1, code = NULL, message = NULL WHERE id = ?2",
        params![store.time(at), record.0],
    )?)?;
    Ok(Applied::Done)
}

/// Makes a contact unknown, and that it was found or adopted.
fn forget_all(store: &Store, service: i64, contact_id: &str) -> Result<()> {
    forget(store, service, contact_id)?;
    store.execute(
        "DELETE FROM found WHERE service = ?1 AND contact_id = ?2",
        params![service, contact_id],
    )?;
    Ok(())
}

fn contact_of(store: &Store, record: RecordId) -> Result<Option<String>> {
    store.row(
        "SELECT contact_id FROM records WHERE id = ?1",
        params![record.0],
        |row| row.get(0),
    )
}

/// Notes the service's time of our last write to a contact. Without one, the contact counts as edited unless it was never
/// modified.
pub(super) fn note_written(
    store: &Store,
    record: RecordId,
    contact_id: &str,
    modified: Option<Timestamp>,
) -> Result<()> {
    let Some(modified) = modified else {
        return Ok(());
    };
    let service = service_of(store, RunId(record.run()))?;
    store.execute(
        "INSERT INTO written (service, contact_id, modified_at) VALUES (?1, ?2, ?3)
             ON CONFLICT (service, contact_id) DO UPDATE SET modified_at = excluded.modified_at",
        params![service, contact_id, modified.as_microsecond()],
    )?;
    Ok(())
}
