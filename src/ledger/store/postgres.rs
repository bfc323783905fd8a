//! PostgreSQL: a server, which many machines share.
//!
//! The client lives on a thread of its own ([`connection`]), since it waits for answers in a way that an async program does not
//! allow on its threads. A [`Session`] is a handle on it: the ledger has one, and the writer another. Whoever is within a
//! transaction has the connection for himself until it ends.
//!
//! # Who may write
//! One run at a time for each service and account. An advisory lock refuses a second one; it goes with the connection, so a
//! machine that dies leaves nothing locked. But a connection can be lost while its process lives on, stopped or cut off. So whoever
//! has the lock takes the next **epoch** of its service, and every transaction begins with an update of that row: it counts the
//! transactions of the epoch, and fails if the epoch is not the own one any more. From that update to its commit a transaction
//! holds the row, so the taking of an epoch waits for it, and none can be committed after that.
//!
//! # Connections that are lost
//! The next one takes the lock again, if need be by ending the session that the server still holds open for the lost one, and goes
//! on if the epoch is still its own. The count of transactions tells whether a commit whose answer was lost had come through:
//! then its work is done, else it is done again. A count that has gone back means that the server has lost what it had confirmed,
//! and ends the run.

mod address;
mod connection;
mod values;

use std::cell::Cell;
use std::sync::mpsc;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::{Fault, Result, StoreError, Taken, Value, dialect};
use connection::{Begun, Connection};
use values::Owned;

pub use address::{Address, AddressError};
pub(super) use values::{CopyIn, Row, value};

/// Rows that are fetched at a time where there may be many.
const PAGE: u32 = 5000;

/// A handle on a connection.
pub(in super::super) struct Session {
    shared: Arc<Shared>,
    /// Whether this handle is within a transaction.
    is_busy: Cell<bool>,
    /// Cursors that are open.
    cursors: Cell<u32>,
}

struct Shared {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    is_busy: Mutex<bool>,
    freed: Condvar,
    known: Mutex<Known>,
}

/// What the threads of the callers know of the connection.
#[derive(Default, Clone, Copy)]
struct Known {
    service: Option<i64>,
    clock_offset: i64,
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl Session {
    /// Connects. Nothing is taken yet, and nothing is written.
    pub(in super::super) fn connect(address: Address) -> Result<Session> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("postgres".to_owned())
            .spawn(move || {
                let mut connection = Connection::new(address);
                for job in queue {
                    job(&mut connection);
                }
            })
            .map_err(|error| Fault::Lost(error.to_string()))?;
        let session = Session::of(Arc::new(Shared {
            jobs: Some(jobs),
            thread: Some(thread),
            is_busy: Mutex::new(false),
            freed: Condvar::new(),
            known: Mutex::default(),
        }));
        let clock_offset = session.call(Connection::connect)?;
        session.know(|known| known.clock_offset = clock_offset);
        Ok(session)
    }

    /// Another handle on the same connection.
    pub(in super::super) fn again(&self) -> Session {
        Session::of(Arc::clone(&self.shared))
    }

    fn of(shared: Arc<Shared>) -> Session {
        Session {
            shared,
            is_busy: Cell::new(false),
            cursors: Cell::new(0),
        }
    }

    /// Sees the rows of a service only, without taking its place.
    pub(in super::super) fn look_at(&self, service: i64) {
        self.know(|known| known.service = Some(service));
    }

    /// Takes the place of the run of a service. `longest` is how long a request of the next one who loses it may be under way.
    pub(in super::super) fn take(&self, service: i64, longest: i64) -> Result<Taken> {
        let taken = self.call(move |connection| connection.take(service, longest))?;
        self.look_at(service);
        Ok(taken)
    }

    /// Begins a transaction that is never committed.
    pub(in super::super) fn begin_for_good(&self) -> Result<()> {
        std::mem::forget(self.turn());
        self.call(Connection::begin)?;
        Ok(())
    }

    /// Gives the place back: nothing that was sent is under way any more.
    pub(in super::super) fn release(&self) {
        self.call(Connection::release);
    }

    pub(super) fn service(&self) -> Option<i64> {
        self.known().service
    }

    /// How far the server's clock is ahead of this machine's, in microseconds.
    pub(super) fn clock_offset(&self) -> i64 {
        self.known().clock_offset
    }

    /// See [`Store::transact`](super::Store::transact).
    pub(super) fn transact<T>(&self, mut work: impl FnMut() -> Result<T>) -> Result<T> {
        if self.is_busy.get() {
            return work();
        }
        let _turn = self.turn();
        // What a commit would have brought, if its answer was lost.
        let mut in_doubt = None;
        loop {
            let done = match self.call(Connection::begin) {
                Ok(Begun::Now) => {
                    in_doubt = None;
                    work()
                }
                Ok(Begun::Before) => match in_doubt.take() {
                    Some(done) => return Ok(done),
                    None => return Err(Fault::Regressed.into()),
                },
                Err(fault) => Err(fault.into()),
            };
            let lost = match done {
                Ok(done) => match self.call(Connection::commit) {
                    Ok(()) => return Ok(done),
                    Err(fault) => {
                        in_doubt = Some(done);
                        fault.into()
                    }
                },
                Err(error) => error,
            };
            if !matches!(&lost, StoreError::Postgres(Fault::Lost(_))) {
                self.call(Connection::rollback);
                return Err(lost);
            }
            if !self.call(|connection| connection.is_placed()) {
                return Err(lost);
            }
            self.call(Connection::reconnect)?;
        }
    }

    /// Changes rows, within a transaction.
    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize> {
        if !self.is_busy.get() {
            return self.transact(|| self.execute(sql, values));
        }
        let (sql, values) = (sql.to_owned(), values::owned(values));
        let changed = self.call(move |connection| connection.execute(&sql, &values))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(super) fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Row>> {
        let values = values::owned(values);
        if self.is_busy.get() {
            let sql = sql.to_owned();
            return Ok(self.call(move |connection| connection.query(&sql, &values))?);
        }
        let _turn = self.turn();
        loop {
            let (sql, values) = (sql.to_owned(), values.clone());
            match self.call(move |connection| connection.query(&sql, &values)) {
                Err(Fault::Lost(_)) => self.call(Connection::reconnect)?,
                read => return Ok(read?),
            }
        }
    }

    /// Shows all rows, page by page, as they were when the first was read.
    pub(super) fn each<E: From<StoreError>>(
        &self,
        sql: &str,
        values: &[Value<'_>],
        mut visit: impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let _turn = match self.is_busy.get() {
            true => None,
            false => {
                let turn = self.turn();
                let begun = self.call(Connection::begin_reading);
                if let Err(Fault::Lost(_)) = begun {
                    self.call(Connection::reconnect).map_err(StoreError::from)?;
                    self.call(Connection::begin_reading)
                        .map_err(StoreError::from)?;
                } else {
                    begun.map_err(StoreError::from)?;
                }
                Some(turn)
            }
        };
        let depth = self.cursors.get();
        self.cursors.set(depth + 1);
        let read = self.pages(depth, sql, values::owned(values), &mut visit);
        self.cursors.set(depth);
        if depth == 0 && _turn.is_some() {
            self.call(Connection::rollback);
        }
        read
    }

    fn pages<E: From<StoreError>>(
        &self,
        depth: u32,
        sql: &str,
        values: Vec<Owned>,
        visit: &mut impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let open = format!("DECLARE cursor_{depth} NO SCROLL CURSOR FOR {sql}");
        let fetch = format!("FETCH {PAGE} FROM cursor_{depth}");
        let close = format!("CLOSE cursor_{depth}");
        let fail = StoreError::from;
        self.call(move |connection| connection.execute(&open, &values))
            .map_err(fail)?;
        loop {
            let fetch = fetch.clone();
            let rows = self.call(move |connection| connection.query_once(&fetch));
            let rows = rows.map_err(fail)?;
            for row in &rows {
                visit(row)?;
            }
            if rows.len() < PAGE as usize {
                break;
            }
        }
        self.call(move |connection| connection.batch(&close))
            .map_err(fail)?;
        Ok(())
    }

    /// Statements without values, several at a time.
    pub(in super::super) fn batch(&self, sql: &str) -> Result<()> {
        let sql = sql.to_owned();
        Ok(self.call(move |connection| connection.batch(&sql))?)
    }

    /// A migration, written for SQLite.
    pub(in super::super) fn migrate(&self, sql: &str) -> Result<()> {
        self.batch(&dialect::schema(sql))
    }

    /// Puts rows into a table, all at once.
    pub(super) fn copy_in(&self, into: &str, rows: Vec<u8>) -> Result<()> {
        let sql = format!("COPY {into} FROM STDIN BINARY");
        Ok(self.call(move |connection| connection.copy_in(&sql, &rows))?)
    }

    /// Waits until the connection is nobody's, and takes it.
    fn turn(&self) -> Turn<'_> {
        let mut is_busy = self
            .shared
            .is_busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        while *is_busy {
            let freed = self.shared.freed.wait(is_busy);
            is_busy = freed.unwrap_or_else(PoisonError::into_inner);
        }
        *is_busy = true;
        self.is_busy.set(true);
        Turn(self)
    }

    fn call<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> T + Send + 'static,
    ) -> T {
        let (answer, answered) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |connection| {
            let _ = answer.send(job(connection));
        });
        let jobs = self
            .shared
            .jobs
            .as_ref()
            .expect("it is there until the last handle goes");
        jobs.send(job)
            .expect("the thread takes jobs until the last handle goes");
        answered
            .recv()
            .expect("a job is answered, unless it has panicked")
    }

    fn know(&self, change: impl FnOnce(&mut Known)) {
        change(
            &mut self
                .shared
                .known
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    fn known(&self) -> Known {
        *self
            .shared
            .known
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// The connection, for oneself.
struct Turn<'a>(&'a Session);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let shared = &self.0.shared;
        *shared
            .is_busy
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = false;
        self.0.is_busy.set(false);
        shared.freed.notify_one();
    }
}

impl Drop for Shared {
    /// Waits until the connection is closed, so that the next one finds its lock free.
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
