//! The tables, and how an older ledger becomes a newer one.

use super::bytes;
use super::error::ErrorKind;
use super::store::{Result, Store};

/// Marks the file as a ledger of cardlift ("card" in ASCII), so that another program's database is never touched.
pub(super) const APPLICATION_ID: i32 = 0x6361_7264;

/// One step for each schema version: a batch of statements, and what they can't do. The first makes version 1 out of an empty
/// file. Released ones never change; a change of the tables is a further entry.
const MIGRATIONS: &[(&str, Option<Convert>)] = &[
    (include_str!("schema/1.sql"), None),
    (include_str!("schema/2.sql"), None),
    (include_str!("schema/3.sql"), Some(bytes::migrate)),
    (include_str!("schema/4.sql"), None),
    (include_str!("schema/5.sql"), None),
    (include_str!("schema/6.sql"), None),
    (include_str!("schema/7.sql"), None),
];

type Convert = fn(&Store) -> Result<()>;

/// The schema version that this program writes.
pub(super) const VERSION: i32 = MIGRATIONS.len() as i32;

/// Stands among the contacts that were seen before for having looked at all; no contact has an empty id.
pub(super) const HAS_LOOKED: &str = "";

/// The schema version of a database; `None` if it is empty and may become ours.
///
/// # Errors
/// [`ErrorKind::NotALedger`] and [`ErrorKind::Newer`]; else whatever keeps it from being read.
pub(super) fn version(store: &Store) -> Result<Option<i32>> {
    let version = match store {
        Store::Sqlite(sqlite) => {
            let id: i32 = sqlite.pragma_query_value(None, "application_id", |row| row.get(0))?;
            let tables = "SELECT count(*) FROM sqlite_schema";
            match id {
                APPLICATION_ID => {
                    Some(sqlite.pragma_query_value(None, "user_version", |row| row.get(0))?)
                }
                0 if store.row::<u64>(tables, &[], |row| row.get(0))? == 0 => None,
                _ => return Err(ErrorKind::NotALedger),
            }
        }
        Store::Postgres(_) => {
            let there = "SELECT to_regclass('cardlift.version') IS NOT NULL";
            match store.row(there, &[], |row| row.get(0))? {
                true => Some(store.row("SELECT number FROM version", &[], |row| row.get(0))?),
                false => None,
            }
        }
    };
    match version {
        Some(found) if found > VERSION => Err(ErrorKind::Newer {
            found,
            known: VERSION,
        }),
        known => Ok(known),
    }
}

/// Brings a database up to [`VERSION`], all steps in one transaction.
pub(super) fn migrate(store: &Store) -> Result<()> {
    if version(store)? == Some(VERSION) {
        return Ok(());
    }
    store.transact(|store| {
        if let Store::Postgres(session) = store {
            // One at a time, and the others find it done.
            session.batch("SELECT pg_advisory_xact_lock(1667330676, 0)")?;
            // Whoever may not make schemas is given one.
            let there = "SELECT to_regnamespace('cardlift') IS NOT NULL";
            if !store.row(there, &[], |row| row.get::<bool>(0))? {
                session.batch("CREATE SCHEMA cardlift")?;
            }
        }
        let from = usize::try_from(version(store)?.unwrap_or(0)).unwrap_or(0);
        for (number, (statements, convert)) in MIGRATIONS.iter().enumerate().skip(from) {
            match store {
                Store::Sqlite(sqlite) => sqlite.execute_batch(statements)?,
                Store::Postgres(session) if number == 0 => {
                    session.migrate(statements)?;
                    session.batch(include_str!("schema/server.sql"))?;
                }
                Store::Postgres(session) => session.migrate(statements)?,
            }
            if let Some(convert) = convert {
                convert(store)?;
            }
        }
        match store {
            Store::Sqlite(sqlite) => {
                sqlite.pragma_update(None, "application_id", APPLICATION_ID)?;
                sqlite.pragma_update(None, "user_version", VERSION)?;
            }
            Store::Postgres(session) => {
                if from == 0 {
                    session.batch(include_str!("schema/server_index.sql"))?;
                }
                session.batch(&format!("UPDATE version SET number = {VERSION}"))?;
            }
        }
        Ok(())
    })
}
