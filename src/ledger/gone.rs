//! What has left a source: contacts that were created for it, and whose key it no longer has.

use std::collections::HashSet;

use super::change::{ToUndo, to_undo};
use super::marks::Created;
use super::plan::service_of;
use super::record::{Hash, RecordId, RunId};
use super::store::{Result, Statement, Store, params};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

impl GoneOutcome {
    const ALL: [GoneOutcome; 5] = [
        GoneOutcome::Reported,
        GoneOutcome::Deleted,
        GoneOutcome::Gone,
        GoneOutcome::Kept,
        GoneOutcome::Failed,
    ];

    /// The word for it in the ledger and in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            GoneOutcome::Reported => "reported",
            GoneOutcome::Deleted => "deleted",
            GoneOutcome::Gone => "gone",
            GoneOutcome::Kept => "kept",
            GoneOutcome::Failed => "failed",
        }
    }
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
        let points = ("source.before_commit", "source.after_commit");
        self.transact("noting the source", points, |store| {
            let service = service_of(store, run)?;
            store.execute(
                "INSERT INTO source_keys (service, source, key, run)
                 SELECT DISTINCT CAST(?1 AS BIGINT), CAST(?2 AS TEXT), key, CAST(?3 AS BIGINT) FROM records
                 WHERE id BETWEEN ?4 AND ?5 AND key IS NOT NULL
                 ON CONFLICT (service, source, key) DO UPDATE SET run = excluded.run",
                params![service, source, run.0, first, last],
            )?;
            Ok(())
        })
    }

    /// Notes what became of contacts that have left the source of a run.
    pub fn note_gone(
        &mut self,
        run: RunId,
        gone: &[(RecordId, GoneOutcome, String)],
    ) -> Result<(), LedgerError> {
        let points = ("gone.before_commit", "gone.after_commit");
        self.transact("noting what has left the source", points, |store| {
            let mut insert = store.prepare(
                "INSERT INTO gone (run, record, outcome, message) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (run, record) DO UPDATE SET outcome = excluded.outcome, message = excluded.message",
            )?;
            for (record, outcome, message) in gone {
                insert.execute(params![run.0, record.0, outcome.as_str(), message])?;
            }
            Ok(())
        })
    }

    /// The contacts that had left the source of a run, and what became of them.
    pub fn gone(&self, run: RunId) -> Result<Vec<GoneRow>, LedgerError> {
        let read = || -> Result<_> {
            self.store.rows(
                "SELECT contact_id, records.name, gone.outcome, gone.message, runs.name, records.id, path, line
                 FROM gone JOIN records ON records.id = gone.record JOIN runs ON runs.id = records.id >> 32
                      JOIN sources ON sources.run = runs.id AND sources.number = records.source
                 WHERE gone.run = ?1 ORDER BY gone.record",
                params![run.0],
                |row| {
                    let (word, created_by): (String, String) = (row.get(2)?, row.get(4)?);
                    let outcomes = GoneOutcome::ALL.into_iter();
                    Ok(GoneRow {
                        contact_id: row.get(0)?,
                        name: row.get(1)?,
                        outcome: outcomes
                            .clone()
                            .find(|outcome| outcome.as_str() == word)
                            .expect("the table takes only these words"),
                        message: row.get(3)?,
                        record: format!("{created_by}#{}", RecordId(row.get(5)?).seq()),
                        source: row.get(6)?,
                        line: row.get(7)?,
                    })
                },
            )
        };
        read().map_err(self.failed("reading what had left the source"))
    }
}

fn left(store: &Store, run: RunId, source: &str) -> Result<Left> {
    let [first, last] = run.range();
    let service = service_of(store, run)?;
    let known: Vec<Hash> = store.rows(
        "SELECT key FROM source_keys WHERE service = ?1 AND source = ?2 ORDER BY run, key",
        params![service, source],
        |row| row.get(0),
    )?;
    let present: HashSet<Hash> = store.rows(
        "SELECT key FROM records WHERE id BETWEEN ?1 AND ?2 AND key IS NOT NULL",
        params![first, last],
        |row| row.get(0),
    )?;
    if known.iter().all(|key| present.contains(key)) {
        return Ok(Left::default());
    }
    let in_use: HashSet<String> = store.rows(
        "SELECT contact_id FROM records WHERE id BETWEEN ?1 AND ?2 AND contact_id IS NOT NULL",
        params![first, last],
        |row| row.get(0),
    )?;
    let others: Vec<(String, i64)> = store.rows(
        "SELECT source, max(run) FROM source_keys WHERE service = ?1 AND source <> ?2 GROUP BY source",
        params![service, source],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut at_others = store.prepare(
        "SELECT 1 FROM source_keys WHERE service = ?1 AND source = ?2 AND key = ?3 AND run = ?4",
    )?;
    let (mut created, mut made) = (Created::prepare(store)?, Made::prepare(store)?);
    let (mut counted, mut left) = (HashSet::new(), Left::default());
    for key in known {
        let Some(contact) = created.of_key(service, &key)? else {
            continue;
        };
        let Some(made) = made.find(service, &contact.contact_id)? else {
            continue;
        };
        if !counted.insert(made.contact_id.clone()) {
            continue;
        }
        left.of += 1;
        if present.contains(&key) || in_use.contains(&made.contact_id) {
            continue;
        }
        let mut elsewhere = false;
        for (other, latest) in &others {
            let values = params![service, other, key, latest];
            elsewhere |= at_others.optional(values, |_| Ok(()))?.is_some();
        }
        if !elsewhere {
            left.gone.push(made);
        }
    }
    left.gone.sort_by_key(|one| one.record);
    Ok(left)
}

/// Finds the record that a contact was created for.
struct Made<'a>(Statement<'a>);

impl<'a> Made<'a> {
    fn prepare(store: &'a Store) -> Result<Self> {
        Ok(Made(store.prepare(
            "SELECT records.id, records.contact_id, records.name, line, modified_at
             FROM records INDEXED BY records_contact JOIN runs ON runs.id = records.id >> 32
                  LEFT JOIN written ON written.contact_id = records.contact_id AND written.service = runs.service
             WHERE records.contact_id = ?2 AND records.state = 'created' AND undone_at IS NULL AND runs.service = ?1
               AND NOT EXISTS (SELECT 1 FROM found WHERE found.contact_id = records.contact_id
                               AND found.service = runs.service AND adopted_at IS NOT NULL)",
        )?))
    }

    fn find(&mut self, service: i64, contact_id: &str) -> Result<Option<ToUndo>> {
        self.0.optional(params![service, contact_id], to_undo)
    }
}
