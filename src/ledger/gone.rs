//! What has left a source: contacts that were created for it, and whose key it no longer has.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::change::{ToUndo, to_undo};
use super::marks::{Created, Kind};
use super::record::{Hash, RecordId, RunId};
use super::run::service_of;
use super::store::{Result, Store, list};
use super::{Ledger, LedgerError};

/// What a source no longer has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The contacts, by the records that they were created for.
    pub gone: Vec<ToUndo>,
    /// How many contacts were created for the source and not deleted again.
    pub of: u64,
}

/// What became of a contact whose record has left the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum GoneOutcome {
    /// It was left as it is.
    Reported,
    /// It is in the service's trash.
    Deleted,
    /// It was not in the service any more.
    Gone,
    /// Somebody has edited it, or may have: it was left as it is.
    Kept,
    /// It could not be deleted.
    Failed,
}

/// A contact whose record has left the source, for a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneRow {
    pub contact_id: String,
    pub name: String,
    pub outcome: GoneOutcome,
    pub message: String,
    /// The record that it was created for, as `RUN#RECORD`.
    pub record: String,
    /// The file that this was in.
    pub source: String,
    pub line: u64,
}

impl Ledger {
    /// The contacts that were created for a source and whose key a run's input does not have. One that another source has, by its
    /// last run, or that a record of the run has, is none of them; nor is one that was adopted.
    pub fn left(&self, run: RunId, source: &str) -> Result<Left, LedgerError> {
        left(&self.store, run, source).map_err(self.failed("reading what has left the source"))
    }

    /// Notes that a source has the keys of a run's records, whose input was read completely.
    pub fn note_source(&mut self, run: RunId, source: &str) -> Result<(), LedgerError> {
        let [first, last] = run.range();
        self.transact("noting the source", "source", |store| {
            let service = service_of(store, run)?;
            let insert = "INSERT INTO source_keys (service, source, key, run)
                 SELECT DISTINCT CAST(?1 AS BIGINT), CAST(?2 AS TEXT), key, CAST(?3 AS BIGINT) FROM records
                 WHERE id BETWEEN ?4 AND ?5 AND key IS NOT NULL
                 ON CONFLICT (service, source, key) DO UPDATE SET run = excluded.run";
            let values = params![service, source, run.0, first, last];
            store.execute(insert, values).map(drop)
        })
    }

    /// Notes what became of contacts that have left the source of a run.
    pub fn note_gone(
        &mut self,
        run: RunId,
        gone: &[(RecordId, GoneOutcome, String)],
    ) -> Result<(), LedgerError> {
        let insert = "INSERT INTO gone (run, record, outcome, message) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (run, record) DO UPDATE SET outcome = excluded.outcome, message = excluded.message";
        self.transact("noting what has left the source", "gone", |store| {
            for (record, outcome, message) in gone {
                let values = params![run.0, record.0, outcome.into_str(), message];
                store.execute(insert, values)?;
            }
            Ok(())
        })
    }

    /// The contacts that had left the source of a run, and what became of them.
    pub fn gone(&self, run: RunId) -> Result<Vec<GoneRow>, LedgerError> {
        let select = "SELECT contact_id, records.name, gone.outcome, gone.message, runs.name, records.id, path, line
             FROM gone JOIN records ON records.id = gone.record JOIN runs ON runs.id = records.id >> 32
                  JOIN sources ON sources.run = runs.id AND sources.number = records.source
             WHERE gone.run = ?1 ORDER BY gone.record";
        let rows = self.store.rows(select, params![run.0], |row| {
            Ok(GoneRow {
                contact_id: row.get(0)?,
                name: row.get(1)?,
                outcome: row.word(2)?,
                message: row.get(3)?,
                record: format!("{}#{}", row.text(4)?, RecordId(row.get(5)?).seq()),
                source: row.get(6)?,
                line: row.get(7)?,
            })
        });
        rows.map_err(self.failed("reading what had left the source"))
    }
}

fn left(store: &Store, run: RunId, source: &str) -> Result<Left> {
    let [first, last] = run.range();
    let service = service_of(store, run)?;
    let own = params![service, source];
    let known = "SELECT key FROM source_keys WHERE service = ?1 AND source = ?2 ORDER BY run, key";
    let known: Vec<Hash> = store.rows(known, own, |row| row.get(0))?;
    let present = "SELECT key FROM records WHERE id BETWEEN ?1 AND ?2 AND key IS NOT NULL";
    let present: HashSet<Hash> = store.rows(present, params![first, last], |row| row.get(0))?;
    if known.iter().all(|key| present.contains(key)) {
        return Ok(Left::default());
    }
    let in_use =
        "SELECT contact_id FROM records WHERE id BETWEEN ?1 AND ?2 AND contact_id IS NOT NULL";
    let in_use: HashSet<String> = store.rows(in_use, params![first, last], |row| row.get(0))?;
    let at_others = "SELECT key FROM source_keys
         JOIN (SELECT source AS other, max(run) AS latest FROM source_keys
               WHERE service = ?1 AND source <> ?2 GROUP BY source) AS others ON source = other AND run = latest
         WHERE service = ?1";
    let at_others: HashSet<Hash> = store.rows(at_others, own, |row| row.get(0))?;
    let mut created = Created::default();
    created.look_up(store, service, Kind::Key, known.iter())?;
    let contact_of = |key: &Hash| created.of_key(key)?.contact_id.as_deref();
    let contacts: Vec<&str> = known.iter().filter_map(contact_of).collect();
    let mut made = made(store, service, &contacts)?;
    let mut left = Left {
        of: made.len() as u64,
        ..Left::default()
    };
    for key in &known {
        // Of several keys of a contact, the first counts.
        let Some(made) = contact_of(key).and_then(|contact| made.remove(contact)) else {
            continue;
        };
        let is_there = present.contains(key) || in_use.contains(&made.contact_id);
        if !is_there && !at_others.contains(key) {
            left.gone.push(made);
        }
    }
    left.gone.sort_by_key(|one| one.record);
    Ok(left)
}

/// The records that these contacts were created for, by contact.
fn made(store: &Store, service: i64, contacts: &[&str]) -> Result<HashMap<String, ToUndo>> {
    let select = "SELECT records.id, records.contact_id, records.name, line, modified_at
         FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
              LEFT JOIN written ON written.contact_id = records.contact_id AND written.service = runs.service
         WHERE records.contact_id IN (SELECT value FROM json_each(?2)) AND records.state = 'created'
           AND undone_at IS NULL AND runs.service = ?1
           AND NOT EXISTS (SELECT 1 FROM found WHERE found.contact_id = records.contact_id
                           AND found.service = runs.service AND adopted_at IS NOT NULL)
         ORDER BY records.id DESC";
    store.rows(select, params![service, list(&contacts)], |row| {
        let made = to_undo(row)?;
        Ok((made.contact_id.clone(), made))
    })
}
