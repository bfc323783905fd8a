//! What is known of a run's contacts at the same base URL under another account.
//!
//! Another account may be another company, so what it created is no reason to leave a contact out. But it may be the same
//! company's, whose administrator went from a token to a service account, and then all contacts would be there twice.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use super::marks::half;
use super::run::service_of;
use super::store::{Result, Store, list};
use super::{Ledger, LedgerError, RunId};

/// Contacts that a run is about to create and that another account has created, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// That account; empty for a token.
    pub account: String,
    pub records: u64,
}

impl Ledger {
    /// The other account at the base URL of a run under which most of the contacts that the run has planned were created or
    /// are unknown.
    pub fn elsewhere(&self, run: RunId) -> Result<Option<Elsewhere>, LedgerError> {
        most(&self.store, run).map_err(self.failed("reading other accounts' contacts"))
    }
}

/// On a server there may be hundreds of accounts, so some of the contacts stand for all.
const SAMPLE: u32 = 200;

fn most(store: &Store, run: RunId) -> Result<Option<Elsewhere>> {
    let service = service_of(store, run)?;
    let others = "SELECT count(*) FROM services
         WHERE id <> ?1 AND base_url = (SELECT base_url FROM services WHERE id = ?1)";
    let others: u32 = store.row(others, params![service], |row| row.get(0))?;
    if others == 0 {
        return Ok(None);
    }
    let [first, last] = run.range();
    let limit = if store.is_remote() { SAMPLE } else { u32::MAX };
    let planned = "SELECT identity FROM records WHERE id BETWEEN ?1 AND ?2 AND state = 'planned' ORDER BY id LIMIT ?3";
    let planned: Vec<i64> = store.rows(planned, params![first, last, limit], |row| {
        Ok(half(&row.get(0)?))
    })?;
    let created =
        "SELECT account, mark FROM services CROSS JOIN marks ON marks.service = services.id
         WHERE base_url = (SELECT base_url FROM services WHERE id = ?1) AND services.id <> ?1
           AND kind = 0 AND mark IN (SELECT value FROM json_each(?2))";
    let created: Vec<(String, i64)> =
        store.rows(created, params![service, list(&planned)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    let open = "SELECT account, identity FROM records INDEXED BY records_open JOIN runs ON runs.id = records.id >> 32
                JOIN services ON services.id = service
         WHERE records.state IN ('sending', 'unknown') AND services.id <> ?1
           AND base_url = (SELECT base_url FROM services WHERE id = ?1)";
    let open: Vec<(String, i64)> = store.rows(open, params![service], |row| {
        Ok((row.get(0)?, half(&row.get(1)?)))
    })?;
    let mut known: HashMap<String, HashSet<i64>> = HashMap::new();
    for (account, identity) in created.into_iter().chain(open) {
        known.entry(account).or_default().insert(identity);
    }
    let counted = known.into_iter().map(|(account, known)| {
        let records = planned.iter().filter(|one| known.contains(one)).count() as u64;
        Elsewhere { account, records }
    });
    let most = counted.max_by_key(|elsewhere| elsewhere.records);
    Ok(most.filter(|elsewhere| elsewhere.records > 0))
}
