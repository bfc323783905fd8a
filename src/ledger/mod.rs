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
//! An attempt is committed, with the state `sending`, before its request leaves. [`Step::attempt`] refuses to start one
//! while, at this service, its identity or key (a) is created, or (b) is `sending` or `unknown` in any other record of any
//! run. So at any moment at most one record of an identity can have requests whose fate is not known, and none has them
//! once the identity is created. A crash leaves `sending`, which [`Ledger::open`] makes `unknown` before anything else
//! happens; the lock sees to it that no other process is in the middle of sending. From `unknown` a record comes back to
//! `planned` only by [`Step::not_found`]: what has to be true for that is argued in [`crate::send`].
//!
//! # Why nothing is lost
//! A record leaves `planned` only by an attempt, and becomes `created` only with the id of a contact: the one in the answer
//! to its own request, or one that was found, equals its payload and belongs to no other record
//! ([`Step::found`] refuses a contact that does). Every other end says that it was not created.
//!
//! # Durability
//! WAL with `synchronous=FULL`: a commit is on the disk before it returns. Planning alone does without (nothing has left
//! yet), and the step that ends it ([`Ledger::plan_is_complete`]) brings the whole plan to the disk. A server has every commit on
//! its disk, with `synchronous_commit` on; who may write there is told in `store/postgres.rs`.

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

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use rusqlite::{OpenFlags, params};

use crate::{failpoint, private};
use error::failed;
use store::Store;

pub use change::{ToUndo, Update};
pub use copy::Copied;
pub use elsewhere::Elsewhere;
pub use error::{ErrorKind, LedgerError};
pub use gone::{GoneOutcome, GoneRow, Left};
pub use later::Later;
pub use marks::Within;
pub use news::Reject;
pub use place::{Place, STALE, Server};
pub use read::{First, Known};
pub use record::{
    Candidate, CheckVerdict, Counts, Foreign, Hash, InvalidRecord, KEY_NOT_UNIQUE, LOOKALIKE,
    LOOKUP_INCOMPLETE, Pending, PlannedRecord, RecordId, RecordRow, RunId, State, ToMatch, Unknown,
    ValidRecord,
};
pub use remapped::Remapped;
pub use run::{Earlier, RunInfo, RunRow, RunState, SourceInfo};
pub use step::{
    Applied, AttemptId, ChangeId, ChangeOutcome, Outcome, RequestEnd, RequestStart, Step,
};
pub use store::Address;
pub use writer::Writer;

#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    store: Store,
    lock: Option<lock::Lock>,
    quiet_at: Instant,
}

impl Ledger {
    /// Opens a ledger for a run, making it (and its folder) if it is not there: readable by its owner only, and locked
    /// against every other process until it is dropped. Requests that a crash cut off are `unknown` from here on.
    ///
    /// # Errors
    /// [`ErrorKind::Held`] at once if another process has it; else whatever keeps it from being read and written.
    pub fn open(path: &Path) -> Result<Ledger, LedgerError> {
        make(path).map_err(failed(path, "opening"))?;
        let lock = lock::take(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
        let store = Store::open(path, flags).map_err(failed(path, "opening"))?;
        schema::version(&store).map_err(failed(path, "opening"))?;
        store.tune().map_err(failed(path, "opening"))?;
        schema::migrate(&store).map_err(failed(path, "updating the tables"))?;
        let now = Timestamp::now().as_microsecond();
        recover(&store, now).map_err(failed(path, "recovering"))?;
        let mut ledger = Ledger::of(path, store);
        ledger.lock = Some(lock);
        Ok(ledger)
    }

    /// Opens a ledger for looking into it, also while a run holds it. It is not made, locked or changed.
    ///
    /// # Errors
    /// [`ErrorKind::Missing`] if there is none; else whatever keeps it from being read.
    pub fn open_to_read(path: &Path) -> Result<Ledger, LedgerError> {
        let opened = || -> store::Result<_> {
            if !path.exists() {
                return Err(ErrorKind::Missing);
            }
            let store = Store::open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            schema::version(&store)?;
            Ok(Ledger::of(path, store))
        };
        opened().map_err(failed(path, "opening"))
    }

    fn of(path: &Path, store: Store) -> Ledger {
        Ledger {
            path: path.to_path_buf(),
            store,
            lock: None,
            quiet_at: Instant::now(),
        }
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

    /// Whether its lock file says that a run was begun before. If none is in it all the same, somebody has lost it.
    pub fn was_used(&self) -> bool {
        self.lock.as_ref().is_some_and(|lock| lock.was_used)
    }

    /// Whether no run is in it.
    ///
    /// # Errors
    /// When the ledger can't be read.
    pub fn is_empty(&self) -> Result<bool, LedgerError> {
        let select = "SELECT NOT EXISTS (SELECT 1 FROM runs WHERE service = ?1 OR ?1 IS NULL)";
        let values = params![self.store.own_service()];
        let is_empty = self.store.row(select, values, |row| row.get(0));
        is_empty.map_err(self.failed("reading the runs"))
    }

    /// When everything that earlier runs may have sent has ended. A run on another machine that was cut off from a ledger that
    /// they share may still have requests under way; of a process that had a file, all ended with it.
    pub fn quiet_at(&self) -> Instant {
        self.quiet_at
    }

    /// Whether other machines may take this ledger over.
    pub fn is_shared(&self) -> bool {
        self.store.is_remote()
    }

    /// Starts the thread that writes while records are sent. There is one at a time, and nothing else writes meanwhile.
    pub fn writer(&self) -> Result<Writer, LedgerError> {
        let store = match &self.store {
            Store::Postgres(session) => Ok(Store::Postgres(session.clone())),
            Store::Sqlite(_) => Store::open(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)
                .and_then(|store| store.tune().map(|()| store)),
        };
        writer::start(self.path.clone(), store.map_err(self.failed("opening"))?)
    }

    /// Applies one step by itself, on the disk when this returns.
    pub fn apply(&mut self, step: &Step) -> Result<Applied, LedgerError> {
        self.transact(step.doing, step.point, |store| (step.apply)(store))
    }

    /// Does the work in one transaction, with the fail points before and after its commit.
    fn transact<T>(
        &self,
        doing: &'static str,
        point: &str,
        mut work: impl FnMut(&Store) -> store::Result<T>,
    ) -> Result<T, LedgerError> {
        let done = self.store.transact(|store| {
            let done = work(store)?;
            failpoint::pass(&format!("{point}.before_commit"));
            Ok(done)
        });
        let done = done.map_err(self.failed(doing))?;
        failpoint::pass(&format!("{point}.after_commit"));
        Ok(done)
    }

    fn failed(&self, doing: &'static str) -> impl Fn(ErrorKind) -> LedgerError {
        failed(&self.path, doing)
    }
}

/// Makes the file of a ledger, and its folder, if they are not there. SQLite gives its `-wal` and `-shm` files the permissions of
/// the file that it finds.
fn make(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        private::folder().recursive(true).create(folder)?;
    }
    let mut options = private::file();
    let made = options.read(true).write(true).create(true).open(path);
    made.map(drop)
}

/// Makes `unknown` what a crash left in `sending`. The crash may have been at any moment up to now, so now is when these
/// attempts ended: an earlier guess could send a record again while its create is still on its way through the service.
fn recover(store: &Store, now: i64) -> store::Result<()> {
    let interrupt = "UPDATE runs SET state = 'interrupted'
                     WHERE state IN ('planning', 'ready') AND (service = ?1 OR ?1 IS NULL)";
    let changed = store.transact(|store| {
        let cut_off = apply::cut_off(store, now, None)?;
        let interrupted = store.execute(interrupt, params![store.own_service()])?;
        if cut_off + interrupted > 0 {
            failpoint::pass("recover.before_commit");
        }
        Ok(cut_off + interrupted)
    })?;
    if changed > 0 {
        failpoint::pass("recover.after_commit");
    }
    Ok(())
}
