//! Where a ledger is: in a file, or on a server that many machines share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::error::failed;
use super::store::{self, Address, Session, Store};
use super::{ErrorKind, Ledger, LedgerError, recover, run, schema};

/// Where a ledger is.
#[derive(Debug, Clone)]
pub enum Place {
    File(PathBuf),
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
    /// [`ErrorKind::Held`] and [`ErrorKind::HeldBy`] at once if another run has it.
    pub fn open(&self) -> Result<Ledger, LedgerError> {
        self.opened(Ledger::open, Server::open)
    }

    /// Opens the ledger for looking into it; see [`Ledger::open_to_read`].
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] if there is none.
    pub fn open_to_read(&self) -> Result<Ledger, LedgerError> {
        self.opened(Ledger::open_to_read, Server::open_to_read)
    }

    /// Opens a copy to plan in, which is gone with it; see [`Ledger::open_copy`]. On a server it is a transaction that is never
    /// committed.
    pub fn open_copy(&self, folder: &Path) -> Result<Ledger, LedgerError> {
        self.opened(|path| Ledger::open_copy(path, folder), Server::open_copy)
    }

    fn opened(
        &self,
        of_file: impl FnOnce(&Path) -> Result<Ledger, LedgerError>,
        of_server: fn(&Server) -> store::Result<Ledger>,
    ) -> Result<Ledger, LedgerError> {
        match self {
            Place::File(path) => of_file(path),
            Place::Server(server) => of_server(server).map_err(failed(&server.named, "opening")),
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
    fn open(&self) -> store::Result<Ledger> {
        let mut session = Session::connect(self.address.clone())?;
        let service = self.service(&session)?;
        let longest = (self.timeout + STALE).as_micros();
        let quiet_at = session.take(service, i64::try_from(longest).unwrap_or(i64::MAX))?;
        session.service = Some(service);
        let store = Store::Postgres(session);
        let now = store.time(Timestamp::now());
        // Until then a run that was cut off may have a request under way.
        let ended = quiet_at.max(now);
        recover(&store, ended)?;
        let mut ledger = Ledger::of(&self.named, store);
        ledger.quiet_at += Duration::from_micros((ended - now).unsigned_abs());
        Ok(ledger)
    }

    fn open_copy(&self) -> store::Result<Ledger> {
        let mut session = Session::connect(self.address.clone())?;
        session.begin_for_good()?;
        session.service = Some(self.service(&session)?);
        Ok(Ledger::of(&self.named, Store::Postgres(session)))
    }

    /// The service, in tables that are up to date.
    fn service(&self, session: &Session) -> store::Result<i64> {
        let store = Store::Postgres(session.clone());
        schema::migrate(&store)?;
        store.transact(|store| run::service(store, &self.base_url, &self.account))
    }

    fn open_to_read(&self) -> store::Result<Ledger> {
        let mut session = Session::connect(self.address.clone())?;
        let store = Store::Postgres(session.clone());
        schema::version(&store)?.ok_or(ErrorKind::Missing)?;
        let service = run::service_named(&store, &self.base_url, &self.account)?;
        session.service = Some(service.ok_or(ErrorKind::Missing)?);
        Ok(Ledger::of(&self.named, Store::Postgres(session)))
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
