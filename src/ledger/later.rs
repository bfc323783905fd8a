//! What became of a run's records after the run.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::params;

use super::marks::Created;
use super::record::{Hash, RecordId, RunId, State};
use super::run::service_of;
use super::store::{Result, Store, Time};
use super::{Ledger, LedgerError};

/// What became of a record after its run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Later {
    /// Its contact was deleted: by `undo`, or in this run, whose source no longer had it.
    Deleted {
        at: Timestamp,
        gone_in: Option<String>,
    },
    /// A later run created it, as this record.
    Created { run: String, record: u32 },
}

impl Later {
    pub fn is_created(&self) -> bool {
        matches!(self, Later::Created { .. })
    }
}

impl Ledger {
    /// The records of a run to which something happened later.
    pub fn later(&self, run: RunId) -> Result<HashMap<RecordId, Later>, LedgerError> {
        later(&self.store, run).map_err(self.failed("reading what happened later"))
    }
}

fn later(store: &Store, run: RunId) -> Result<HashMap<RecordId, Later>> {
    let mut found = deleted(store, run)?;
    let service = service_of(store, run)?;
    let later_runs = "SELECT 1 FROM runs WHERE id > ?1 AND service = ?2 LIMIT 1";
    let later_runs = store.optional(later_runs, params![run.0, service], |_| Ok(()))?;
    if later_runs.is_some() {
        created(store, run, service, &mut found)?;
    }
    Ok(found)
}

/// Those whose contact was deleted, in whichever run it was created.
fn deleted(store: &Store, run: RunId) -> Result<HashMap<RecordId, Later>> {
    let [first, last] = run.range();
    let gone = "SELECT gone.record, runs.name FROM gone JOIN runs ON runs.id = gone.run
         WHERE gone.outcome = 'deleted' AND gone.record <= ?1";
    let gone: HashMap<i64, String> =
        store.rows(gone, params![last], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let undone = "SELECT records.id, made.id, made.undone_at FROM records
         JOIN records AS made ON made.id = CASE records.state WHEN 'created' THEN records.id ELSE records.origin END
         WHERE records.id BETWEEN ?1 AND ?2 AND records.state IN ('created', 'exists')
           AND made.state = 'created' AND made.undone_at IS NOT NULL";
    store.rows(undone, params![first, last], |row| {
        let at = row.get::<Time>(2)?.0;
        let gone_in = gone.get(&row.get(1)?).cloned();
        Ok((RecordId(row.get(0)?), Later::Deleted { at, gone_in }))
    })
}

/// Adds those that a later run created: with the same content or key, or as the fixed form of a rejected record.
fn created(
    store: &Store,
    run: RunId,
    service: i64,
    found: &mut HashMap<RecordId, Later>,
) -> Result<()> {
    let [first, last] = run.range();
    let open = "SELECT id, identity, key, state FROM records WHERE id BETWEEN ?1 AND ?2 AND identity IS NOT NULL
           AND state IN ('planned', 'rejected', 'failed', 'created', 'exists')";
    let mut open: Vec<(RecordId, Hash, Option<Hash>, State)> =
        store.rows(open, params![first, last], |row| {
            Ok((
                RecordId(row.get(0)?),
                row.get(1)?,
                row.get(2)?,
                row.word(3)?,
            ))
        })?;
    open.retain(|(record, _, _, state)| {
        !matches!(state, State::Created | State::Exists) || found.contains_key(record)
    });
    let pairs = open
        .iter()
        .map(|(_, identity, key, _)| (identity, key.as_ref()));
    let created = Created::of(store, service, pairs)?;
    for (record, identity, key, _) in &open {
        let by = created.find(identity, key.as_ref());
        let Some(by) = by.filter(|by| by.record > last) else {
            continue;
        };
        let run = "SELECT runs.name FROM records JOIN runs ON runs.id = records.id >> 32
             WHERE records.id = ?1 AND records.state = 'created'";
        if let Some(run) = store.optional(run, params![by.record], |row| row.get(0))? {
            let seq = RecordId(by.record).seq();
            found.insert(*record, Later::Created { run, record: seq });
        }
    }
    let fixed = "SELECT mended_from, records.id, runs.name FROM records JOIN runs ON runs.id = records.id >> 32
         WHERE records.id > ?2 AND mended_from BETWEEN ?1 AND ?2 AND records.state = 'created' AND undone_at IS NULL";
    let fixed: Vec<(RecordId, Later)> = store.rows(fixed, params![first, last], |row| {
        let (run, record) = (row.get(2)?, RecordId(row.get(1)?).seq());
        Ok((RecordId(row.get(0)?), Later::Created { run, record }))
    })?;
    found.extend(fixed);
    Ok(())
}
