//! The records of a run that a person has to look at, and which of them are new.

use std::collections::HashSet;
use std::path::PathBuf;

use rusqlite::{Connection, params};
use xxhash_rust::xxh3::Xxh3;

use super::bytes::without_line_end;
use super::plan::service_of;
use super::record::{Hash, State};
use super::run::unsigned;
use super::{Ledger, LedgerError, RunId};
use crate::contact::Code;

/// A record that was not created, or may not have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The source as the user named it.
    pub path: PathBuf,
    /// The line where the record starts.
    pub line: u64,
    /// Invalid, rejected, failed or unknown.
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
        rejects(&self.connection, run).map_err(self.failed("reading what was not created"))
    }
}

fn rejects(connection: &Connection, run: RunId) -> rusqlite::Result<Vec<Reject>> {
    let mut known = HashSet::new();
    for earlier in earlier(connection, run)? {
        visit(connection, earlier, |_, problem| known.extend(problem))?;
    }
    let mut rejects = Vec::new();
    visit(connection, run, |reject, problem| {
        let is_new = problem.is_none_or(|problem| !known.contains(&problem));
        rejects.push(Reject { is_new, ..reject });
    })?;
    Ok(rejects)
}

fn earlier(connection: &Connection, run: RunId) -> rusqlite::Result<HashSet<RunId>> {
    const LAST: &str = "SELECT max(runs.id) FROM runs
         WHERE runs.service = ?1 AND runs.id < ?2 AND runs.state = 'finished'";
    let of_path = format!(
        "SELECT ({LAST} AND EXISTS (SELECT 1 FROM sources WHERE sources.run = runs.id AND sources.path = own.path))
         FROM sources own WHERE own.run = ?2"
    );
    let service = service_of(connection, run)?;
    let mut found = HashSet::new();
    for query in [LAST, &of_path] {
        let mut statement = connection.prepare_cached(query)?;
        let mut rows = statement.query(params![service, run.0])?;
        while let Some(row) = rows.next()? {
            found.extend(row.get::<_, Option<i64>>(0)?.map(RunId));
        }
    }
    Ok(found)
}

/// Shows every reject of a run with the hash of its bytes and problem; no hash if its bytes are not kept.
fn visit(
    connection: &Connection,
    run: RunId,
    mut visit: impl FnMut(Reject, Option<Hash>),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT path, line, state, code, field, raw
         FROM records JOIN sources ON sources.run = ?1 AND sources.number = records.source
         LEFT JOIN contents ON contents.record = records.id
         WHERE records.id BETWEEN ?2 AND ?3 AND state IN ('invalid', 'rejected', 'failed', 'unknown') ORDER BY records.id",
    )?;
    let [first, last] = run.range();
    let mut rows = statement.query(params![run.0, first, last])?;
    while let Some(row) = rows.next()? {
        let code: Option<String> = row.get(3)?;
        let code = code.unwrap_or_default();
        if Code::named(&code).is_some_and(Code::is_skip) {
            continue;
        }
        let field = row.get_ref(4)?.as_str_or_null()?.unwrap_or_default();
        let raw = row.get_ref(5)?.as_blob_or_null()?.unwrap_or_default();
        let reject = Reject {
            path: PathBuf::from(row.get::<_, String>(0)?),
            line: unsigned(row, 1)?,
            state: row.get(2)?,
            is_new: true,
            code,
        };
        let raw = without_line_end(raw);
        let problem = (!raw.is_empty()).then(|| {
            let mut hasher = Xxh3::new();
            for part in [reject.state.as_str(), &reject.code, field] {
                hasher.update(part.as_bytes());
                hasher.update(&[0]);
            }
            hasher.update(raw);
            hasher.digest128().to_be_bytes()
        });
        visit(reject, problem);
    }
    Ok(())
}
