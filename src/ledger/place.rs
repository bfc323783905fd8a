//! Where a ledger is: in a file, or on a server that many machines share.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::store::{Address, Session, Store, params};
use super::{Ledger, LedgerError, recover, run, schema};

/// Where a ledger is.
#[derive(Debug, Clone)]
pub enum Place {
    /// In a SQLite file.
    File(PathBuf),
    /// On a PostgreSQL server.
    Server(Box<Server>),
}

/// The ledger of one service and account on a server. It sees the rows of no other.
#[derive(Debug, Clone)]
pub struct Server {
    pub address: Address,
    /// The variable or file that has the address: what messages name it by.
    pub named: PathBuf,
    pub base_url: String,
    pub account: String,
    /// How long a request may take.
    pub timeout: Duration,
}

/// A request leaves at most so long after its attempt was asked to be noted, or the attempt is noted again.
pub const STALE: Duration = Duration::from_secs(5);

impl Place {
    /// Opens the ledger for a run; see [`Ledger::open`].
    ///
    /// # Errors
    /// [`LedgerError::Held`] and [`LedgerError::HeldBy`] at once if another run has it.
    pub fn open(&self) -> Result<Ledger, LedgerError> {
        match self {
            Place::File(path) => Ledger::open(path),
            Place::Server(server) => server.open(),
        }
    }

    /// Opens the ledger for looking into it; see [`Ledger::open_to_read`].
    ///
    /// # Errors
    /// [`LedgerError::Missing`] if there is none.
    pub fn open_to_read(&self) -> Result<Ledger, LedgerError> {
        match self {
            Place::File(path) => Ledger::open_to_read(path),
            Place::Server(server) => server.open_to_read(),
        }
    }

    /// Opens a copy to plan in, which is gone with it; see [`Ledger::open_copy`]. On a server it is a transaction that is never
    /// committed.
    pub fn open_copy(&self, folder: &Path) -> Result<Ledger, LedgerError> {
        match self {
            Place::File(path) => Ledger::open_copy(path, folder),
            Place::Server(server) => server.open_copy(),
        }
    }

    /// What messages name it by.
    pub fn path(&self) -> &Path {
        match self {
            Place::File(path) => path,
            Place::Server(server) => &server.named,
        }
    }
}

impl Server {
    fn open(&self) -> Result<Ledger, LedgerError> {
        let fail = |error| LedgerError::from_store(&self.named, "opening", &error);
        let session = Session::connect(self.address.clone()).map_err(fail)?;
        let store = Store::Postgres(session.again());
        let service = self.service(&store)?;
        let longest = (self.timeout + STALE).as_micros();
        let longest = i64::try_from(longest).unwrap_or(i64::MAX);
        let taken = session.take(service, longest).map_err(fail)?;
        let now = store.time(Timestamp::now());
        // Until then a run that was cut off may have a request under way.
        let ended = taken.quiet_at.max(now);
        let quiet = Duration::from_micros((ended - now).unsigned_abs());
        let recovered = recover(&store, ended)
            .map_err(|error| LedgerError::from_store(&self.named, "recovering", &error))?;
        Ok(Ledger {
            path: self.named.clone(),
            store,
            recovered,
            lock: None,
            quiet_at: Instant::now() + quiet,
        })
    }

    fn open_copy(&self) -> Result<Ledger, LedgerError> {
        let fail = |error| LedgerError::from_store(&self.named, "opening", &error);
        let session = Session::connect(self.address.clone()).map_err(fail)?;
        session.begin_for_good().map_err(fail)?;
        let store = Store::Postgres(session);
        let service = self.service(&store)?;
        Ok(self.seen(store, service))
    }

    /// The service, in tables that are up to date.
    fn service(&self, store: &Store) -> Result<i64, LedgerError> {
        let fail = |error| LedgerError::from_store(&self.named, "opening", &error);
        self.check(schema::migrate_shared(store).map_err(fail)?)?;
        let (base_url, account) = (&self.base_url, &self.account);
        let service = store.transact(|store| run::service(store, base_url, account));
        service.map_err(fail)
    }

    fn open_to_read(&self) -> Result<Ledger, LedgerError> {
        let fail = |error| LedgerError::from_store(&self.named, "opening", &error);
        let session = Session::connect(self.address.clone()).map_err(fail)?;
        let store = Store::Postgres(session);
        let missing = || LedgerError::Missing {
            path: self.named.clone(),
        };
        let version = schema::shared_version(&store).map_err(fail)?;
        self.check(version.ok_or_else(missing)?)?;
        let service = store.optional(
            "SELECT id FROM services WHERE base_url = ? AND account = ?",
            params![self.base_url, self.account],
            |row| row.get(0),
        );
        let service = service.map_err(fail)?.ok_or_else(missing)?;
        Ok(self.seen(store, service))
    }

    /// A ledger without the place of a run.
    fn seen(&self, store: Store, service: i64) -> Ledger {
        if let Store::Postgres(session) = &store {
            session.look_at(service);
        }
        Ledger {
            path: self.named.clone(),
            store,
            recovered: 0,
            lock: None,
            quiet_at: Instant::now(),
        }
    }

    fn check(&self, version: i32) -> Result<(), LedgerError> {
        if version <= schema::VERSION {
            return Ok(());
        }
        Err(LedgerError::Newer {
            path: self.named.clone(),
            found: version,
            known: schema::VERSION,
        })
    }
}

impl Drop for Ledger {
    /// The place on a server is given back, so that the next run need not wait for what this one may have under way. A panic says
    /// nothing of that.
    fn drop(&mut self) {
        if let Store::Postgres(session) = &self.store
            && !std::thread::panicking()
        {
            session.release();
        }
    }
}
