//! The records of a run that a person has to look at, and which of them are new.

use std::collections::HashSet;
use std::path::PathBuf;

use rusqlite::params;
use xxhash_rust::xxh3::Xxh3;

use super::bytes::without_line_end;
use super::record::{Hash, KEY_NOT_UNIQUE, State};
use super::run::service_of;
use super::store::{Result, Store};
use super::{Ledger, LedgerError, RunId};
use crate::contact::Code;

/// A record that was not created, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The source as the user named it.
    pub path: PathBuf,
    pub line: u64,
    /// Invalid, rejected, failed or unknown, or `exists` where it is not known which contact is its own.
    pub state: State,
    /// Of the first problem; empty if the service named none.
    pub code: String,
    /// Whether the last finished run did not have the same bytes with the same problem.
    pub is_new: bool,
}

impl Ledger {
    /// The rejects of a run, in input order. They are compared with the last finished run at the same service, and for each
    /// source with the last one that read the same path.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn rejects(&self, run: RunId) -> Result<Vec<Reject>, LedgerError> {
        rejects(&self.store, run).map_err(self.failed("reading rejected records"))
    }
}

fn rejects(store: &Store, run: RunId) -> Result<Vec<Reject>> {
    let mut known = HashSet::new();
    for earlier in earlier(store, run)? {
        visit(store, earlier, |_, problem| known.extend(problem))?;
    }
    let mut rejects = Vec::new();
    visit(store, run, |reject, problem| {
        let is_new = problem.is_none_or(|problem| !known.contains(&problem));
        rejects.push(Reject { is_new, ..reject });
    })?;
    Ok(rejects)
}

fn earlier(store: &Store, run: RunId) -> Result<HashSet<RunId>> {
    const LAST: &str = "SELECT max(runs.id) FROM runs
         WHERE runs.service = ?1 AND runs.id < ?2 AND runs.state = 'finished'";
    let of_path = format!(
        "SELECT ({LAST} AND EXISTS (SELECT 1 FROM sources WHERE sources.run = runs.id AND sources.path = own.path))
         FROM sources own WHERE own.run = ?2"
    );
    let service = service_of(store, run)?;
    let mut found = HashSet::new();
    for query in [LAST, &of_path] {
        let runs: Vec<Option<i64>> =
            store.rows(query, params![service, run.0], |row| row.get(0))?;
        found.extend(runs.into_iter().flatten().map(RunId));
    }
    Ok(found)
}

/// Shows every reject of a run with the hash of its bytes and problem; no hash if its bytes are not kept.
fn visit(store: &Store, run: RunId, mut visit: impl FnMut(Reject, Option<Hash>)) -> Result<()> {
    let [first, last] = run.range();
    let select = "SELECT path, line, state, code, field, raw
         FROM records JOIN sources ON sources.run = ?1 AND sources.number = records.source
         LEFT JOIN contents ON contents.record = records.id
         WHERE records.id BETWEEN ?2 AND ?3
           AND (state IN ('invalid', 'rejected', 'failed', 'unknown') OR state = 'exists' AND code = ?4)
         ORDER BY records.id";
    let values = params![run.0, first, last, KEY_NOT_UNIQUE];
    store.each(select, values, |row| {
        let reject = Reject {
            path: PathBuf::from(row.get::<String>(0)?),
            line: row.get(1)?,
            state: row.word(2)?,
            is_new: true,
            code: row.text(3)?.to_owned(),
        };
        if Code::named(&reject.code).is_some_and(Code::is_skip) {
            return Ok(());
        }
        let raw = without_line_end(row.bytes(5)?);
        let mut hasher = Xxh3::new();
        for part in [reject.state.into_str(), &reject.code, row.text(4)?] {
            hasher.update(part.as_bytes());
            hasher.update(&[0]);
        }
        hasher.update(raw);
        let problem = (!raw.is_empty()).then(|| hasher.digest128().to_be_bytes());
        visit(reject, problem);
        Ok(())
    })
}
