//! What is known of a run's contacts at the same base URL under another account.
//!
//! Another account may be another company, so what it created is no reason to leave a contact out. But it may be the same
//! company's, whose administrator went from a token to a service account, and then all contacts would be there twice.

use rusqlite::{Connection, params};

use super::marks::Created;
use super::plan::{open_records, service_of};
use super::record::{Hash, State};
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
        most(&self.connection, run).map_err(self.failed("reading what other accounts created"))
    }
}

fn most(connection: &Connection, run: RunId) -> rusqlite::Result<Option<Elsewhere>> {
    let others: Vec<(i64, String)> = connection
        .prepare_cached(
            "SELECT other.id, other.account FROM services own JOIN services other USING (base_url)
             WHERE own.id = ? AND other.id <> own.id",
        )?
        .query_map([service_of(connection, run)?], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut most: Option<Elsewhere> = None;
    for (service, account) in others {
        let records = known(connection, run, service)?;
        if records > most.as_ref().map_or(0, |most| most.records) {
            most = Some(Elsewhere { account, records });
        }
    }
    Ok(most)
}

/// How many of the contacts that a run has planned were created at a service, or are unknown there.
fn known(connection: &Connection, run: RunId, service: i64) -> rusqlite::Result<u64> {
    let open = open_records(connection, service)?;
    let mut created = Created::prepare(connection)?;
    let mut planned = connection
        .prepare_cached("SELECT identity FROM records WHERE id BETWEEN ? AND ? AND state = ?")?;
    let [first, last] = run.range();
    let mut rows = planned.query(params![first, last, State::Planned.as_str()])?;
    let mut records = 0;
    while let Some(row) = rows.next()? {
        let identity: Hash = row.get(0)?;
        let known = open.has(&identity) || created.has(service, &identity)?;
        records += u64::from(known);
    }
    Ok(records)
}
