//! SQLite: a file, of one process.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{Result, Store};

/// How long to wait for another connection of our own; two of them never write at once, so this is for readers.
const BUSY: Duration = Duration::from_secs(10);

impl Store {
    /// Opens a file that is there, to look into it or to write as well.
    pub(in super::super) fn open(path: &Path, writes: OpenFlags) -> Result<Store> {
        let flags = writes | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        Ok(Store::Sqlite(connection))
    }

    /// Writes a copy into a file that is not there.
    pub(in super::super) fn copy_to(&self, path: &Path) -> Result<()> {
        let path = path.to_string_lossy();
        self.sqlite().execute("VACUUM INTO ?1", [path.as_ref()])?;
        Ok(())
    }

    /// What SQLite can do beyond statements.
    pub(in super::super) fn sqlite(&self) -> &Connection {
        match self {
            Store::Sqlite(connection) => connection,
            Store::Postgres(_) => unreachable!("only the file of a ledger is asked for this"),
        }
    }

    /// Sets a connection that writes up.
    pub(in super::super) fn tune(&self) -> Result<()> {
        let connection = self.sqlite();
        connection.pragma_update(None, "journal_mode", "WAL")?;
        self.set_synced(true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // Random look-ups among millions of identities want the inner pages in memory: 64 MiB at most.
        connection.pragma_update(None, "cache_size", -65_536)?;
        // A plan of 100,000 records writes some 150 MB; fewer and larger checkpoints sync less often (32 MiB each).
        connection.pragma_update(None, "wal_autocheckpoint", 8192)?;
        // Else SQLite prepares a look-up anew for each value, to see whether a partial index serves that value better.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    /// Whether a commit is on the disk when it returns. It brings those before it there as well. A server always has it there:
    /// it may restart within a run, where SQLite ends with it.
    pub(in super::super) fn set_synced(&self, is_synced: bool) -> Result<()> {
        let level = if is_synced { "FULL" } else { "NORMAL" };
        match self {
            Store::Sqlite(connection) => {
                Ok(connection.pragma_update(None, "synchronous", level)?)
            }
            Store::Postgres(_) => Ok(()),
        }
    }
}
