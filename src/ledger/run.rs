//! Runs and their sources.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::params;
use xxhash_rust::xxh3::xxh3_64;

use super::record::RunId;
use super::store::{Result, Row, Store, Time};
use super::{ErrorKind, Ledger, LedgerError};

/// What a run is, when it starts.
#[derive(Debug, Clone)]
pub struct RunInfo {
    /// The service's base URL.
    pub base_url: String,
    /// The account at the service: with the base URL it tells one world from another.
    pub account: String,
    pub started: Timestamp,
    /// The options that a later command about it needs, as JSON; version 0.1 wrote `import`.
    pub command: String,
    /// The settings that it goes by, as JSON, without secrets.
    pub settings_json: String,
}

/// How far a run came.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr, strum::VariantArray,
)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum RunState {
    /// Reading its input; nothing was sent.
    Planning,
    /// Planned; sending, unless nothing is to be sent.
    Ready,
    /// Went to its end.
    Finished,
    /// Ended before its end, in order: stopped by a person or by a rule.
    Stopped,
    /// Its process died.
    Interrupted,
}

#[derive(Debug, Clone)]
pub struct RunRow {
    pub id: RunId,
    /// Its id for people: sorts by time, as `20261122-151030-a1b2` (UTC).
    pub name: String,
    /// What it was when it started.
    pub info: RunInfo,
    pub finished: Option<Timestamp>,
    pub state: RunState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceInfo {
    pub path: PathBuf,
    /// How it was read, for people: format, encoding, mapping.
    pub read_as: String,
    pub encoding: String,
    /// The delimiter of a CSV; vCards have none.
    pub delimiter: Option<u8>,
    /// The header line of a CSV, byte for byte; empty for vCards.
    pub header: Vec<u8>,
    pub size: u64,
    /// What a person should know about it, such as lines outside of vCards.
    pub warnings: Vec<String>,
}

/// What an earlier run found at the same place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// That run's readable id.
    pub run: String,
    pub source: SourceInfo,
    pub records: u64,
}

impl Ledger {
    pub fn begin_run(&mut self, info: &RunInfo) -> Result<RunRow, LedgerError> {
        let (id, name) =
            self.transact("beginning a run", "run", |store| insert_run(store, info))?;
        if let Some(lock) = &mut self.lock {
            lock.set_used();
        }
        Ok(RunRow {
            id,
            name,
            info: info.clone(),
            finished: None,
            state: RunState::Planning,
        })
    }

    /// Notes a source of a run; sources are numbered from 0 in the order of these calls.
    pub fn add_source(&mut self, run: RunId, source: &SourceInfo) -> Result<u32, LedgerError> {
        let noted = self.store.transact(|store| {
            let count = "SELECT count(*) FROM sources WHERE run = ?";
            let number: u32 = store.row(count, params![run.0], |row| row.get(0))?;
            // As since the first version.
            let format = source.delimiter.map_or("vcard", |_| "csv");
            let kind = format!("{format}: {}", source.read_as);
            let (path, warnings) = (source.path.to_string_lossy(), source.warnings.join("\n"));
            let SourceInfo { encoding, delimiter, header, size, .. } = source;
            let insert = "INSERT INTO sources (run, number, path, kind, encoding, delimiter, header, size, hash, warnings)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
            let no_hash = [0_u8; 0];
            store.execute(insert, params![run.0, number, path, kind, encoding, delimiter, header, size, no_hash, warnings])?;
            Ok(number)
        });
        noted.map_err(self.failed("noting a source"))
    }

    /// The sources of a run, each at the place of its number.
    pub fn sources(&self, run: RunId) -> Result<Vec<SourceInfo>, LedgerError> {
        let select = "SELECT path, kind, encoding, delimiter, header, size, warnings FROM sources
             WHERE run = ? ORDER BY number";
        let rows = self.store.rows(select, params![run.0], source);
        rows.map_err(self.failed("reading the sources"))
    }

    /// What the latest run that went to its end found at this path, at the service of a run and before it.
    pub fn earlier(&self, run: RunId, path: &Path) -> Result<Option<Earlier>, LedgerError> {
        earlier(&self.store, run, path).map_err(self.failed("reading an earlier run"))
    }

    /// All runs, the latest first.
    pub fn runs(&self) -> Result<Vec<RunRow>, LedgerError> {
        let select =
            format!("{SELECT_RUN} WHERE runs.service = ?1 OR ?1 IS NULL ORDER BY runs.id DESC");
        let values = params![self.store.own_service()];
        let rows = self.store.rows(&select, values, run_row);
        rows.map_err(self.failed("reading the runs"))
    }

    /// The run of this readable id.
    pub fn run_named(&self, name: &str) -> Result<Option<RunRow>, LedgerError> {
        let select =
            format!("{SELECT_RUN} WHERE runs.name = ?1 AND (runs.service = ?2 OR ?2 IS NULL)");
        let values = params![name, self.store.own_service()];
        let row = self.store.optional(&select, values, run_row);
        row.map_err(self.failed("reading a run"))
    }

    pub fn run(&self, run: RunId) -> Result<RunRow, LedgerError> {
        let select = format!("{SELECT_RUN} WHERE runs.id = ?");
        let row = self.store.row(&select, params![run.0], run_row);
        row.map_err(self.failed("reading a run"))
    }

    pub fn finish_run(
        &mut self,
        run: RunId,
        at: Timestamp,
        state: RunState,
    ) -> Result<(), LedgerError> {
        self.transact("ending a run", "finish", |store| {
            let ended = "UPDATE runs SET finished_at = ?, state = ? WHERE id = ?";
            let values = params![store.time(at), state.into_str(), run.0];
            store.execute(ended, values).map(drop)
        })
    }
}

fn earlier(store: &Store, run: RunId, path: &Path) -> Result<Option<Earlier>> {
    let select =
        "SELECT path, kind, encoding, delimiter, header, size, warnings, number, runs.id, runs.name
         FROM sources JOIN runs ON runs.id = sources.run
         WHERE path = ?2 AND state = 'finished' AND runs.id < ?1
           AND service = (SELECT service FROM runs WHERE id = ?1)
         ORDER BY runs.id DESC LIMIT 1";
    let found = store.optional(select, params![run.0, path.to_string_lossy()], |row| {
        let number: u32 = row.get(7)?;
        Ok((source(row)?, number, RunId(row.get(8)?), row.get(9)?))
    })?;
    let Some((source, number, earlier, run)) = found else {
        return Ok(None);
    };
    let [first, last] = earlier.range();
    let count = "SELECT count(*) FROM records WHERE id BETWEEN ? AND ? AND source = ?";
    let records = store.row(count, params![first, last, number], |row| row.get(0))?;
    Ok(Some(Earlier {
        run,
        source,
        records,
    }))
}

const SELECT_RUN: &str = "SELECT runs.id, runs.name, base_url, account, started_at, finished_at, command, settings, state
                          FROM runs JOIN services ON services.id = runs.service";

/// The service of this address and account; it is noted if it is new.
pub(super) fn service(store: &Store, base_url: &str, account: &str) -> Result<i64> {
    let insert = "INSERT INTO services (base_url, account) VALUES (?, ?) ON CONFLICT DO NOTHING";
    store.execute(insert, params![base_url, account])?;
    let there = service_named(store, base_url, account)?;
    there.ok_or_else(|| ErrorKind::Other("the service was not noted".to_owned()))
}

/// The service of a run.
pub(super) fn service_of(store: &Store, run: RunId) -> Result<i64> {
    let select = "SELECT service FROM runs WHERE id = ?";
    store.row(select, params![run.0], |row| row.get(0))
}

/// The service of this address and account, if there is one.
pub(super) fn service_named(store: &Store, base_url: &str, account: &str) -> Result<Option<i64>> {
    let select = "SELECT id FROM services WHERE base_url = ? AND account = ?";
    store.optional(select, params![base_url, account], |row| row.get(0))
}

fn insert_run(store: &Store, info: &RunInfo) -> Result<(RunId, String)> {
    let service = service(store, &info.base_url, &info.account)?;
    let insert = "INSERT INTO runs (name, service, started_at, command, settings, state)
                  VALUES (?, ?, ?, ?, ?, 'planning') ON CONFLICT DO NOTHING RETURNING id";
    for salt in 0.. {
        let name = readable(info.started, salt);
        let started = store.time(info.started);
        let values = params![name, service, started, info.command, info.settings_json];
        if let Some(id) = store.optional(insert, values, |row| row.get(0))? {
            return Ok((RunId(id), name));
        }
    }
    unreachable!("the salts do not run out before a free name is found")
}

/// The second, for people, and four hexadecimal digits against a second run within it.
fn readable(started: Timestamp, salt: u32) -> String {
    let hash = xxh3_64(format!("{}{salt}", started.as_nanosecond()).as_bytes());
    format!(
        "{}-{:04x}",
        started.strftime("%Y%m%d-%H%M%S"),
        hash & 0xffff
    )
}

fn run_row(row: &Row<'_>) -> Result<RunRow> {
    Ok(RunRow {
        id: RunId(row.get(0)?),
        name: row.get(1)?,
        info: RunInfo {
            base_url: row.get(2)?,
            account: row.get(3)?,
            started: row.get::<Time>(4)?.0,
            command: row.get(6)?,
            settings_json: row.get(7)?,
        },
        finished: row.get::<Option<Time>>(5)?.map(|time| time.0),
        state: row.word(8)?,
    })
}

fn source(row: &Row<'_>) -> Result<SourceInfo> {
    let kind = row.text(1)?;
    Ok(SourceInfo {
        path: PathBuf::from(row.get::<String>(0)?),
        read_as: kind.split_once(": ").map_or("", |kind| kind.1).to_owned(),
        encoding: row.get(2)?,
        delimiter: row.get(3)?,
        header: row.get(4)?,
        size: row.get(5)?,
        warnings: row.text(6)?.lines().map(str::to_owned).collect(),
    })
}
