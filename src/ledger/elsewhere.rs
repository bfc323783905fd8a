//! What is known of a run's contacts at the same base URL under another account.
//!
//! Another account may be another company, so what it created is no reason to leave a contact out. But it may be the same
//! company's, whose administrator went from a token to a service account, and then all contacts would be there twice.

use super::marks::{Created, half};
use super::plan::{open_records, service_of};
use super::record::{Hash, State};
use super::store::{Result, Store, StoreError, Value, params};
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

fn most_of_sample(store: &Store, run: RunId) -> Result<Option<Elsewhere>> {
    let [first, last] = run.range();
    let marks: Vec<i64> = store.rows(
        "SELECT identity FROM records WHERE id BETWEEN ?1 AND ?2 AND state = 'planned' ORDER BY id LIMIT ?3",
        params![first, last, SAMPLE],
        |row| Ok(half(&row.get(0)?)),
    )?;
    store.optional(
        "SELECT account, count(DISTINCT mark) FROM services JOIN marks ON marks.service = services.id
         WHERE base_url = (SELECT base_url FROM services WHERE id = ?1) AND services.id <> ?1
           AND kind = 0 AND mark = ANY (?2)
         GROUP BY account ORDER BY 2 DESC LIMIT 1",
        &[Value::Integer(service_of(store, run)?), Value::Integers(&marks)],
        |row| {
            let (account, records) = (row.get(0)?, row.get(1)?);
            Ok(Elsewhere { account, records })
        },
    )
}

fn most(store: &Store, run: RunId) -> Result<Option<Elsewhere>> {
    if store.is_remote() {
        return most_of_sample(store, run);
    }
    let others: Vec<(i64, String)> = store.rows(
        "SELECT other.id, other.account FROM services own JOIN services other USING (base_url)
             WHERE own.id = ? AND other.id <> own.id",
        params![service_of(store, run)?],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let mut most: Option<Elsewhere> = None;
    for (service, account) in others {
        let records = known(store, run, service)?;
        if records > most.as_ref().map_or(0, |most| most.records) {
            most = Some(Elsewhere { account, records });
        }
    }
    Ok(most)
}

/// How many of the contacts that a run has planned were created at a service, or are unknown there.
fn known(store: &Store, run: RunId, service: i64) -> Result<u64> {
    let open = open_records(store, service)?;
    let mut created = Created::prepare(store)?;
    let [first, last] = run.range();
    let mut records = 0;
    store.each(
        "SELECT identity FROM records WHERE id BETWEEN ? AND ? AND state = ?",
        params![first, last, State::Planned.as_str()],
        |row| {
            let identity: Hash = row.get(0)?;
            let known = open.has(&identity) || created.has(service, &identity)?;
            records += u64::from(known);
            Ok::<_, StoreError>(())
        },
    )?;
    Ok(records)
}
