//! The connection itself.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::{ToSql, Type};
use postgres::{Client, Row, SimpleQueryMessage, Statement};

use super::address::Address;
use super::values::Parameter;
use crate::ledger::error::{ErrorKind, Result};
use crate::ledger::store::dialect;

/// First half of the key of the advisory lock ("card" in ASCII); the second is the service.
const LOCK: i32 = 0x6361_7264;

/// How long a lost connection is tried to be had again, and the longest wait between two tries.
const PATIENCE: Duration = Duration::from_secs(300);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A machine that is gone holds its lock until the server notices: after a minute at most. A server's own limits would end a run
/// that waits for the service. Every look-up has its index, and a statement that is planned while a table is small serves when it
/// is large as well.
const SETTINGS: &str = "SET search_path TO cardlift; SET client_min_messages TO warning; SET statement_timeout TO 0; \
     SET idle_in_transaction_session_timeout TO 0; SET tcp_keepalives_idle TO 30; SET tcp_keepalives_interval TO 10; \
     SET tcp_keepalives_count TO 3; SET enable_seqscan TO off; SET jit TO off";

pub(super) struct Connection {
    address: Address,
    /// What other sessions see of this one.
    name: String,
    client: Option<Client>,
    statements: HashMap<String, Statement>,
    session: i32,
    /// How a commit is confirmed: on the disk at least.
    level: &'static str,
    place: Option<Epoch>,
    is_released: bool,
    is_in_doubt: bool,
}

/// The epoch that this process has the place of the run of a service for.
#[derive(Clone, Copy)]
struct Epoch {
    service: i64,
    number: i64,
    /// Its transactions that are confirmed.
    done: i64,
}

impl Connection {
    pub(super) fn new(address: Address) -> Connection {
        let host = gethostname::gethostname();
        let name = format!(
            "cardlift {} on {}",
            std::process::id(),
            host.to_string_lossy()
        );
        Connection {
            address,
            // PostgreSQL cuts longer ones off.
            name: name.chars().filter(char::is_ascii).take(60).collect(),
            client: None,
            statements: HashMap::new(),
            session: 0,
            level: "on",
            place: None,
            is_released: false,
            is_in_doubt: false,
        }
    }

    /// Returns how far the server's clock is ahead, in microseconds.
    pub(super) fn connect(&mut self) -> Result<i64> {
        self.client = None;
        self.statements.clear();
        let mut client = self.address.connect(&self.name)?;
        client.batch_execute(SETTINGS).map_err(ErrorKind::from)?;
        let asked = Timestamp::now();
        let settings = client.query_one(
            "SELECT pg_backend_pid(), current_setting('synchronous_commit'), current_setting('fsync'),
                    current_setting('full_page_writes'), (extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
            &[],
        );
        let settings = settings.map_err(ErrorKind::from)?;
        let answered = Timestamp::now();
        for (column, name) in [(2, "fsync"), (3, "full_page_writes")] {
            if settings.get::<_, String>(column) != "on" {
                return Err(ErrorKind::Unsafe(name));
            }
        }
        self.session = settings.get(0);
        self.level = match settings.get::<_, &str>(1) {
            "remote_apply" => "remote_apply",
            "on" => "on",
            weaker => {
                tracing::info!(setting = weaker, "synchronous_commit is on for the ledger");
                "on"
            }
        };
        self.client = Some(client);
        let here = i64::midpoint(asked.as_microsecond(), answered.as_microsecond());
        Ok(settings.get::<_, i64>(4) - here)
    }

    /// Takes the lock and the next epoch of a service; see [`Session::take`](super::Session::take).
    pub(super) fn take(&mut self, service: i64, longest: i64) -> Result<i64> {
        if !self.lock(service)? {
            return Err(ErrorKind::HeldBy(
                self.holder(service)?.map(|(_, name)| name),
            ));
        }
        self.batch(&format!(
            "BEGIN; INSERT INTO epochs (service, epoch, done, released, longest, quiet_at) VALUES ({service}, 0, 0, 1, 0, 0)
             ON CONFLICT DO NOTHING"
        ))?;
        let taken = self.query_once(&format!(
            "UPDATE epochs SET epoch = epoch + 1, done = 0, released = 0, longest = {longest},
                    quiet_at = CASE WHEN released = 1 THEN quiet_at
                                    ELSE (extract(epoch FROM clock_timestamp()) * 1000000)::bigint + greatest(longest, {longest}) END
             WHERE service = {service} RETURNING epoch, quiet_at"
        ))?;
        self.batch("COMMIT")?;
        let row = taken.first().ok_or(ErrorKind::Regressed)?;
        self.place = Some(Epoch {
            service,
            number: row.get(0),
            done: 0,
        });
        Ok(row.get(1))
    }

    /// Gives the place back, if the connection still is there.
    pub(super) fn release(&mut self) {
        let Some(Epoch {
            service, number, ..
        }) = self.place.take()
        else {
            return;
        };
        self.is_released = true;
        let released = format!(
            "UPDATE epochs SET released = 1 WHERE service = {service} AND epoch = {number}; \
             SELECT pg_advisory_unlock({LOCK}, {service})"
        );
        // Without it the next run waits a little longer.
        let _ = self.batch(&released);
    }

    fn lock(&mut self, service: i64) -> Result<bool> {
        let lock = format!("SELECT pg_try_advisory_lock({LOCK}, {service})");
        Ok(self.query_once(&lock)?[0].get(0))
    }

    /// The session that has the lock of a service, and its name.
    fn holder(&mut self, service: i64) -> Result<Option<(i32, String)>> {
        let holder = format!(
            "SELECT pid, coalesce(application_name, '') FROM pg_locks JOIN pg_stat_activity USING (pid)
             WHERE locktype = 'advisory' AND classid = {LOCK} AND objid = {service} AND granted
               AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        );
        let rows = self.query_once(&holder)?;
        Ok(rows.first().map(|row| (row.get(0), row.get(1))))
    }

    /// Connects again, with the place if there is one.
    pub(super) fn reconnect(&mut self) -> Result<()> {
        let since = Instant::now();
        let mut wait = Duration::from_millis(50);
        let before = self.session;
        loop {
            let reason = match self.try_again(before) {
                Err(ErrorKind::Unreachable(reason)) => reason,
                done => return done,
            };
            if since.elapsed() > PATIENCE {
                return Err(ErrorKind::Unreachable(reason));
            }
            tracing::warn!(reason, "the connection to the ledger is lost");
            std::thread::sleep(wait);
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    fn try_again(&mut self, before: i32) -> Result<()> {
        self.connect()?;
        let Some(place) = self.place else {
            return Ok(());
        };
        if self.lock(place.service)? {
            return self.done_of(place).map(drop);
        }
        match self.holder(place.service)? {
            // The server has not noticed yet that our last connection is gone.
            Some((session, name)) if session == before && name == self.name => {
                self.query_once(&format!("SELECT pg_terminate_backend({session})"))?;
                Err(ErrorKind::Unreachable(
                    "the last session is still there".to_owned(),
                ))
            }
            Some(_) => Err(ErrorKind::Displaced),
            None => Err(ErrorKind::Unreachable(
                "the lock is being given back".to_owned(),
            )),
        }
    }

    /// How many transactions of the own epoch the server has.
    fn done_of(&mut self, own: Epoch) -> Result<i64> {
        let service = own.service;
        let select = format!("SELECT epoch, done FROM epochs WHERE service = {service}");
        let rows = self.query_once(&select)?;
        let row = rows.first().ok_or(ErrorKind::Regressed)?;
        let (number, done): (i64, i64) = (row.get(0), row.get(1));
        match number.cmp(&own.number) {
            Ordering::Greater => Err(ErrorKind::Displaced),
            Ordering::Equal if done >= own.done => Ok(done),
            _ => Err(ErrorKind::Regressed),
        }
    }

    /// Begins a transaction that only the holder of the place can commit. Returns `false` if it need not begin: the one whose commit
    /// was in doubt had come through.
    pub(super) fn begin(&mut self) -> Result<bool> {
        let level = self.level;
        let begin = format!("BEGIN; SET LOCAL synchronous_commit TO {level}");
        let Some(place) = self.place else {
            return match self.is_released {
                true => Err(ErrorKind::Displaced),
                false => self.batch(&begin).map(|()| true),
            };
        };
        let Epoch {
            service,
            number,
            done,
        } = place;
        let begin = format!(
            "{begin}; UPDATE epochs SET done = {next} WHERE service = {service} AND epoch = {number} AND done = {done} \
             RETURNING pg_backend_pid()",
            next = done + 1
        );
        let messages = self
            .client()?
            .simple_query(&begin)
            .map_err(ErrorKind::from)?;
        let session = messages.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0)?.parse::<i32>().ok(),
            _ => None,
        });
        match session {
            Some(session) if session == self.session => {
                self.is_in_doubt = false;
                return Ok(true);
            }
            Some(_) => return Err(ErrorKind::Pooled),
            None => {}
        }
        let now = self.done_of(place)?;
        self.rollback();
        if now != done + 1 || !self.is_in_doubt {
            return Err(ErrorKind::Regressed);
        }
        self.confirm();
        Ok(false)
    }

    /// Begins to read, with everything as it is now.
    pub(super) fn begin_reading(&mut self) -> Result<()> {
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }

    pub(super) fn commit(&mut self) -> Result<()> {
        self.is_in_doubt = true;
        // One that has failed is not committed, and the server does not call that an error.
        self.batch("COMMIT")?;
        self.confirm();
        Ok(())
    }

    fn confirm(&mut self) {
        self.is_in_doubt = false;
        if let Some(place) = &mut self.place {
            place.done += 1;
        }
    }

    /// Without a connection there is nothing to take back.
    pub(super) fn rollback(&mut self) {
        let _ = self.batch("ROLLBACK");
    }

    pub(super) fn is_placed(&self) -> bool {
        self.place.is_some()
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<()> {
        self.client()?.batch_execute(sql).map_err(ErrorKind::from)
    }

    pub(super) fn execute(&mut self, sql: &str, values: &[Parameter]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        let changed = self.client()?.execute(&statement, &references(values));
        changed.map_err(ErrorKind::from)
    }

    pub(super) fn query(&mut self, sql: &str, values: &[Parameter]) -> Result<Vec<Row>> {
        let statement = self.prepared(sql)?;
        let rows = self.client()?.query(&statement, &references(values));
        rows.map_err(ErrorKind::from)
    }

    /// Without preparing it for another time.
    pub(super) fn query_once(&mut self, sql: &str) -> Result<Vec<Row>> {
        self.client()?.query(sql, &[]).map_err(ErrorKind::from)
    }

    pub(super) fn copy_in(&mut self, into: &str, rows: &[Vec<Parameter>]) -> Result<()> {
        let copy = format!("COPY {into} FROM STDIN BINARY");
        let writer = self.client()?.copy_in(&copy).map_err(ErrorKind::from)?;
        // The values know of what type they are.
        let types = vec![Type::UNKNOWN; rows.first().map_or(0, Vec::len)];
        let mut writer = BinaryCopyInWriter::new(writer, &types);
        for row in rows {
            writer.write(&references(row)).map_err(ErrorKind::from)?;
        }
        writer.finish().map(drop).map_err(ErrorKind::from)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client()?.prepare(&dialect::statement(sql));
        let statement = statement.map_err(ErrorKind::from)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    fn client(&mut self) -> Result<&mut Client> {
        let client = self.client.as_mut();
        client.ok_or_else(|| ErrorKind::Unreachable("there is no connection".to_owned()))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        blocking(|| self.client = None);
    }
}

fn references(values: &[Parameter]) -> Vec<&(dyn ToSql + Sync)> {
    let values = values.iter().map(|value| value as &(dyn ToSql + Sync));
    values.collect()
}

/// The client waits for answers in a way that an async program does not allow on its threads.
pub(super) fn blocking<T: Send>(job: impl FnOnce() -> T + Send) -> T {
    if tokio::runtime::Handle::try_current().is_err() {
        return job();
    }
    let done = std::thread::scope(|scope| scope.spawn(job).join());
    done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
