//! The ledger: what cardlift remembers of every record and attempt, in one SQLite file or, for many machines, on a PostgreSQL
//! server ([`Place`]).
//!
//! It is the only module that knows SQL, and it knows neither HTTP nor files of contacts. What is kept:
//! - a **run** for each import, with its sources, settings and service (base URL and account: what was created at one
//!   service is not "already there" at another);
//! - a **record** for each record of its input, with its state;
//! - an **attempt** for each request that was to create it;
//! - what was **created**, by identity, key and person, for all runs of a service;
//! - what was **found** in the service, where somebody else had made it, and whether it was adopted;
//! - what the service **altered** in its answers, and the **candidates** for a record that can't be resolved;
//! - a **change** for each request that deleted such a contact again, or brought it up to date.
//!
//! # States
//! ```text
//! planned ──▶ sending ──▶ created | rejected | failed
//!    ▲           ├──▶ planned       certainly not created: may be sent again
//!    │           └──▶ unknown ──▶ created          found in the service, or named by a person
//!    └───────────────────┘  └───▶ planned | failed   proved not to be there, or a person said so
//! held ──▶ exists | planned         an earlier run's unknown of the same identity was resolved
//! ```
//! `invalid` and `duplicate` are decided by planning and never change. `exists` is, too, or by what is found in the service
//! before sending; an update that the service refuses makes it `rejected` or `failed`. Every transition is a [`Step`], applied in
//! one transaction; a step that does not fit the state of its record is refused.
//!
//! # Why nothing is created twice
//! An attempt is committed, with the state `sending`, before its request leaves. [`Step::Attempt`] refuses to start one
//! while, at this service, its identity or key (a) is created, or (b) is `sending` or `unknown` in any other record of any
//! run. So at any moment at most one record of an identity can have requests whose fate is not known, and none has them
//! once the identity is created. A crash leaves `sending`, which [`Ledger::open`] makes `unknown` before anything else
//! happens; the lock sees to it that no other process is in the middle of sending. From `unknown` a record comes back to
//! `planned` only by [`Step::NotFound`]: what has to be true for that is argued in [`crate::send`].
//!
//! # Why nothing is lost
//! A record leaves `planned` only by an attempt, and becomes `created` only with the id of a contact: the one in the answer
//! to its own request, or one that was found, equals its payload and belongs to no other record
//! ([`Step::Found`] refuses a contact that does). Every other end says that it was not created.
//!
//! # Durability
//! WAL with `synchronous=FULL`: a commit is on the disk before it returns. Planning alone does without (nothing has left
//! yet), and the step that ends it ([`Ledger::plan_is_complete`]) brings the whole plan to the disk. A server has every commit on
//! its disk, with `synchronous_commit` on; who may write there is told in `store/postgres.rs`.

mod adopt;
mod ahead;
mod apply;
mod bytes;
mod change;
mod copy;
mod elsewhere;
mod error;
#[cfg(test)]
#[path = "tests/files.rs"]
mod file_tests;
mod gone;
mod later;
mod lock;
mod marks;
mod news;
mod place;
mod plan;
mod read;
mod record;
mod remapped;
mod run;
mod schema;
mod step;
mod store;
// The same tests with a ledger on a server.
#[cfg(all(test, feature = "server"))]
#[path = "tests/mod.rs"]
#[expect(
    clippy::duplicate_mod,
    reason = "both kinds of ledgers have to pass them"
)]
mod server_tests;
#[cfg(test)]
pub(crate) mod tests;
mod writer;

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;

use crate::failpoint;
use store::{Store, StoreError, params};

pub use adopt::{Adopted, Found};
pub use change::{ToUndo, Update};
pub use copy::Copied;
pub use elsewhere::Elsewhere;
pub use error::LedgerError;
pub use gone::{GoneOutcome, GoneRow, Left};
pub use later::Later;
pub use marks::Within;
pub use news::Reject;
pub use place::{Place, STALE, Server};
pub use read::{First, Known};
pub use record::{
    Altered, Candidate, CheckVerdict, Counts, Foreign, Hash, KEY_NOT_UNIQUE, LOOKALIKE,
    LOOKUP_INCOMPLETE, Pending, PlannedRecord, RecordId, RecordRow, RunId, State, Unknown,
};
pub use remapped::Remapped;
pub use run::{Earlier, RunInfo, RunRow, RunState, SourceInfo, SourceRow};
pub use step::{Applied, AttemptId, ChangeId, ChangeOutcome, Outcome, Step};
pub use store::{Address, AddressError};
pub use writer::Writer;

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    store: Store,
    recovered: u64,
    lock: Option<lock::Lock>,
    quiet_at: Instant,
}

impl Ledger {
    /// Opens a ledger for a run, making it (and its folder) if it is not there: readable by its owner only, and locked
    /// against every other process until it is dropped.
    ///
    /// Requests that a crash cut off are `unknown` from here on; see [`recovered`](Self::recovered).
    ///
    /// # Errors
    /// [`LedgerError::Held`] at once if another process has it; else whatever keeps it from being read and written.
    pub fn open(path: &Path) -> Result<Ledger, LedgerError> {
        make_folder(path)?;
        make_file(path)?;
        let lock = lock::take(path)?;
        let fail = |error| LedgerError::from_store(path, "opening", &error);
        let store = Store::open(path).map_err(fail)?;
        check_version(path, &store)?;
        store.tune().map_err(fail)?;
        schema::migrate(&store)
            .map_err(|error| LedgerError::from_store(path, "updating the tables", &error))?;
        let recovered = recover(&store, Timestamp::now().as_microsecond())
            .map_err(|error| LedgerError::from_store(path, "recovering", &error))?;
        Ok(Ledger {
            path: path.to_path_buf(),
            store,
            recovered,
            lock: Some(lock),
            quiet_at: Instant::now(),
        })
    }

    /// Opens a ledger for looking into it, also while a run holds it. It is not made, locked or changed.
    ///
    /// # Errors
    /// [`LedgerError::Missing`] if there is none; else whatever keeps it from being read.
    pub fn open_to_read(path: &Path) -> Result<Ledger, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing {
                path: path.to_path_buf(),
            });
        }
        let store = Store::open_to_read(path)
            .map_err(|error| LedgerError::from_store(path, "opening", &error))?;
        check_version(path, &store)?;
        Ok(Ledger {
            path: path.to_path_buf(),
            store,
            recovered: 0,
            lock: None,
            quiet_at: Instant::now(),
        })
    }

    /// Opens a copy of a ledger, made in a folder, to plan in it; an empty one if there is none. The ledger is not made, locked or
    /// changed, and a run may hold it.
    ///
    /// # Errors
    /// When it can't be read, or the copy can't be written.
    pub fn open_copy(path: &Path, folder: &Path) -> Result<Ledger, LedgerError> {
        let copy = folder.join("plan.sqlite3");
        if path.exists() {
            let ledger = Ledger::open_to_read(path)?;
            let copied = ledger.store.copy_to(&copy);
            copied.map_err(ledger.failed("copying"))?;
        }
        let mut ledger = Ledger::open(&copy)?;
        if let Some(lock) = &mut ledger.lock {
            lock.was_used = lock::was_used(path);
        }
        Ok(ledger)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether no run is in it, although its lock file says that one was begun: somebody has lost it.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn is_emptied(&self) -> Result<bool, LedgerError> {
        let was_used = self.lock.as_ref().is_some_and(|lock| lock.was_used);
        Ok(was_used && self.is_empty()?)
    }

    /// Whether no run is in it.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn is_empty(&self) -> Result<bool, LedgerError> {
        self.store
            .row(
                "SELECT NOT EXISTS (SELECT 1 FROM runs WHERE service = ?1 OR ?1 IS NULL)",
                params![self.store.own_service()],
                |row| row.get(0),
            )
            .map_err(self.failed("reading the runs"))
    }

    /// When everything that earlier runs may have sent has ended. A run on another machine that was cut off from a ledger that
    /// they share may still have requests under way; of a process that had a file, all ended with it.
    pub fn quiet_at(&self) -> Instant {
        self.quiet_at
    }

    /// Whether other machines may take this ledger over.
    pub fn is_shared(&self) -> bool {
        matches!(self.store, Store::Postgres(_))
    }

    /// How many requests an earlier process had under way when it died: they are `unknown` now.
    pub fn recovered(&self) -> u64 {
        self.recovered
    }

    /// Starts the thread that writes while records are sent. There is one at a time, and nothing else writes meanwhile.
    pub fn writer(&self) -> Result<Writer, LedgerError> {
        let fail = |error| LedgerError::from_store(&self.path, "opening", &error);
        let store = match &self.store {
            Store::Postgres(session) => Store::Postgres(session.again()),
            Store::Sqlite(_) => {
                let store = Store::open(&self.path).map_err(fail)?;
                store.tune().map_err(fail)?;
                store
            }
        };
        writer::start(self.path.clone(), store)
    }

    /// Applies one step by itself, on the disk when this returns.
    pub fn apply(&mut self, step: &Step) -> Result<Applied, LedgerError> {
        self.transact(step.name(), step.points(), |store| {
            apply::apply(store, step)
        })
    }

    /// Does the work in one transaction, with the fail points before and after its commit.
    fn transact<T>(
        &self,
        doing: &'static str,
        (before, after): (&str, &str),
        mut work: impl FnMut(&Store) -> store::Result<T>,
    ) -> Result<T, LedgerError> {
        let done = self.store.transact(|store| {
            let done = work(store)?;
            failpoint::pass(before);
            Ok(done)
        });
        let done = done.map_err(self.failed(doing))?;
        failpoint::pass(after);
        Ok(done)
    }

    fn failed(&self, doing: &'static str) -> impl Fn(StoreError) -> LedgerError + use<> {
        let path = self.path.clone();
        move |error| LedgerError::from_store(&path, doing, &error)
    }
}

fn make_folder(path: &Path) -> Result<(), LedgerError> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder
        .create(folder)
        .map_err(|error| LedgerError::from_io(path, "making its folder", &error))
}

/// SQLite gives its `-wal` and `-shm` files the permissions of the file that it finds.
fn make_file(path: &Path) -> Result<(), LedgerError> {
    lock::private(OpenOptions::new().read(true).write(true).create(true))
        .open(path)
        .map(drop)
        .map_err(|error| LedgerError::from_io(path, "opening", &error))
}

fn check_version(path: &Path, store: &Store) -> Result<(), LedgerError> {
    let fail = |error| LedgerError::from_store(path, "opening", &error);
    if !schema::is_ours(store).map_err(fail)? {
        return Err(LedgerError::NotALedger {
            path: path.to_path_buf(),
        });
    }
    let found = schema::version(store).map_err(fail)?;
    if found > schema::VERSION {
        return Err(LedgerError::Newer {
            path: path.to_path_buf(),
            found,
            known: schema::VERSION,
        });
    }
    Ok(())
}

/// Makes `unknown` what a crash left in `sending`. The crash may have been at any moment up to now, so now is when these
/// attempts ended: an earlier guess could send a record again while its create is still on its way through the service.
fn recover(store: &Store, now: i64) -> store::Result<u64> {
    let interrupt = "UPDATE runs SET state = 'interrupted'
                     WHERE state IN ('planning', 'ready') AND (service = ?1 OR ?1 IS NULL)";
    let (cut_off, interrupted) = store.transact(|store| {
        let cut_off = apply::cut_off(store, now, None)?;
        let interrupted = store.execute(interrupt, params![store.own_service()])?;
        if cut_off + interrupted as u64 > 0 {
            failpoint::pass("recover.before_commit");
        }
        Ok((cut_off, interrupted))
    })?;
    if cut_off + interrupted as u64 > 0 {
        failpoint::pass("recover.after_commit");
    }
    Ok(cut_off)
}
