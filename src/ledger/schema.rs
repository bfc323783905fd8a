//! The tables, and how an older ledger becomes a newer one.

use super::bytes;
use super::error::ErrorKind;
use super::store::{Result, Store};

/// Marks the file as a ledger of cardlift ("card" in ASCII), so that another program's database is never touched.
pub(super) const APPLICATION_ID: i32 = 0x6361_7264;

/// One step for each schema version: a batch of statements, and what they can't do. The first makes version 1 out of an empty
/// file. Released ones never change; a change of the tables is a further entry.
const MIGRATIONS: &[(&str, Option<Convert>)] = &[
    (VERSION_1, None),
    (VERSION_2, None),
    (VERSION_3, Some(bytes::migrate)),
    (VERSION_4, None),
    (SOURCE_WARNINGS, None),
    (CHANGES_BY_SERVICE_TIME, None),
    (IN_STEP, None),
];

type Convert = fn(&Store) -> Result<()>;

/// The schema version that this program writes.
pub(super) const VERSION: i32 = MIGRATIONS.len() as i32;

/// Notes on the shape:
/// - `records.id` is `run << 32 | seq`, so that a run's records are one range of the table, in input order, and a plan only
///   ever appends.
/// - What is long and seldom read lives in `contents`, so that counting, paging and changing a state touch small rows.
/// - `marks` answers "already there?" for what was created: half of a hash, by its kind, and the record that it is of, which
///   has the whole. So a million contacts are a b-tree that stays in memory, in which most look-ups end.
/// - Open records (`sending`, `unknown`) are few; partial indexes find them without weighing on the rest. Without statistics
///   SQLite may choose a far larger range, so the statements that rely on a partial index name it.
/// - Times are microseconds since 1970 in UTC.
const VERSION_1: &str = "
CREATE TABLE services (
  id       INTEGER PRIMARY KEY,
  base_url TEXT NOT NULL,
  account  TEXT NOT NULL,
  UNIQUE (base_url, account)
) STRICT;

CREATE TABLE runs (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE,
  service     INTEGER NOT NULL REFERENCES services (id),
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  command     TEXT NOT NULL,
  settings    TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('planning', 'ready', 'finished', 'stopped', 'interrupted'))
) STRICT;

CREATE TABLE sources (
  run       INTEGER NOT NULL REFERENCES runs (id),
  number    INTEGER NOT NULL,
  path      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  encoding  TEXT NOT NULL,
  delimiter INTEGER,
  header    BLOB NOT NULL,
  size      INTEGER NOT NULL,
  hash      BLOB NOT NULL,
  PRIMARY KEY (run, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  id           INTEGER PRIMARY KEY,
  source       INTEGER NOT NULL,
  line         INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  span_start   INTEGER NOT NULL,
  span_end     INTEGER NOT NULL,
  name         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('planned', 'held', 'sending', 'created', 'rejected', 'failed', 'unknown',
                                              'invalid', 'duplicate', 'exists')),
  identity     BLOB,
  key          BLOB,
  attempts     INTEGER NOT NULL DEFAULT 0,
  contact_id   TEXT,
  code         TEXT,
  field        TEXT,
  message      TEXT,
  duplicate_of INTEGER,
  origin       INTEGER,
  changed      INTEGER NOT NULL DEFAULT 0,
  similar      TEXT,
  mended_from  INTEGER
) STRICT;
CREATE INDEX records_open ON records (identity) WHERE state IN ('sending', 'unknown');
CREATE INDEX records_open_key ON records (key) WHERE key IS NOT NULL AND state IN ('sending', 'unknown');
CREATE INDEX records_contact ON records (contact_id) WHERE state = 'created';
CREATE INDEX records_held ON records (origin) WHERE state = 'held';

CREATE TABLE contents (
  record   INTEGER PRIMARY KEY REFERENCES records (id),
  payload  TEXT,
  raw      BLOB,
  problems TEXT,
  notes    TEXT,
  persons  BLOB
) STRICT;

CREATE TABLE attempts (
  id          INTEGER PRIMARY KEY,
  record      INTEGER NOT NULL REFERENCES records (id),
  number      INTEGER NOT NULL,
  operation   TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  outcome     TEXT CHECK (outcome IN ('created', 'not_created', 'rejected', 'unknown')),
  status      INTEGER,
  code        TEXT,
  description TEXT
) STRICT;
CREATE INDEX attempts_record ON attempts (record);
CREATE INDEX attempts_unknown ON attempts (ended_at) WHERE outcome = 'unknown';

CREATE TABLE marks (
  service INTEGER NOT NULL REFERENCES services (id),
  kind    INTEGER NOT NULL,
  mark    INTEGER NOT NULL,
  record  INTEGER NOT NULL,
  PRIMARY KEY (service, kind, mark, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_before (
  run        INTEGER NOT NULL REFERENCES runs (id),
  contact_id TEXT NOT NULL,
  PRIMARY KEY (run, contact_id)
) STRICT, WITHOUT ROWID;
";

/// Requests that change a contact which a record has: deleting it again, or bringing it up to date. Repeating such a request
/// does no harm, so the record's state does not depend on them; the row tells what was done, and paces the next process.
const VERSION_2: &str = "
ALTER TABLE records ADD COLUMN undone_at INTEGER;

CREATE TABLE changes (
  id          INTEGER PRIMARY KEY,
  record      INTEGER NOT NULL REFERENCES records (id),
  contact_id  TEXT NOT NULL,
  operation   TEXT NOT NULL,
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER,
  outcome     TEXT CHECK (outcome IN ('deleted', 'gone', 'updated', 'rejected', 'failed')),
  status      INTEGER,
  code        TEXT,
  description TEXT
) STRICT;
CREATE INDEX changes_contact ON changes (contact_id);
";

/// The bytes that records are known again by. `records.bytes` is of those that may get a contact; `bytes` is of those that have
/// one: `record` has the contact and its marks, and `differed` says that the record with these bytes had other content.
const VERSION_3: &str = "
ALTER TABLE records ADD COLUMN bytes BLOB;

CREATE TABLE bytes (
  service  INTEGER NOT NULL REFERENCES services (id),
  hash     BLOB NOT NULL,
  record   INTEGER NOT NULL,
  differed INTEGER NOT NULL,
  PRIMARY KEY (service, hash)
) STRICT, WITHOUT ROWID;
";

/// When an attempt left by the service's clock; what the service showed otherwise than it was sent, which is also how its forms are
/// known; contacts that may be an unknown record's, for a person to choose from.
const VERSION_4: &str = "
ALTER TABLE attempts ADD COLUMN service_at INTEGER;

CREATE TABLE altered (
  record INTEGER NOT NULL REFERENCES records (id),
  field  TEXT NOT NULL,
  sent   TEXT NOT NULL,
  shown  TEXT,
  PRIMARY KEY (record, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE candidates (
  record     INTEGER NOT NULL REFERENCES records (id),
  contact_id TEXT NOT NULL,
  differs    TEXT NOT NULL,
  PRIMARY KEY (record, contact_id)
) STRICT, WITHOUT ROWID;
";

/// Stands among the contacts that were seen before for having looked at all; no contact has an empty id.
pub(super) const HAS_LOOKED: &str = "";

/// What a person should know about a source, one warning a line.
const SOURCE_WARNINGS: &str = "
ALTER TABLE sources ADD COLUMN warnings TEXT NOT NULL DEFAULT '';
";

/// When a change left by the service's clock, as for attempts.
const CHANGES_BY_SERVICE_TIME: &str = "
ALTER TABLE changes ADD COLUMN service_at INTEGER;
";

/// What keeps a source and the service in step:
/// - `found` has the contacts that somebody else made and that are a record's; with `adopted_at` the ledger treats one as if it had
///   created it;
/// - `written` has the service's time of our last write to a contact, where it is not the time of its creation;
/// - `source_keys` has the keys of each source, and the last run whose input had it;
/// - `gone` has what became of the contacts whose record had left the source of a run.
const IN_STEP: &str = "
CREATE TABLE found (
  service    INTEGER NOT NULL REFERENCES services (id),
  contact_id TEXT NOT NULL,
  record     INTEGER NOT NULL REFERENCES records (id),
  adopted_at INTEGER,
  PRIMARY KEY (service, contact_id, record)
) STRICT, WITHOUT ROWID;
INSERT INTO found (service, contact_id, record)
SELECT service, contact_id, records.id FROM records JOIN runs ON runs.id = records.id >> 32
WHERE records.state = 'exists' AND origin IS NULL AND contact_id IS NOT NULL;

CREATE TABLE written (
  service     INTEGER NOT NULL REFERENCES services (id),
  contact_id  TEXT NOT NULL,
  modified_at INTEGER NOT NULL,
  PRIMARY KEY (service, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE source_keys (
  service INTEGER NOT NULL REFERENCES services (id),
  source  TEXT NOT NULL,
  key     BLOB NOT NULL,
  run     INTEGER NOT NULL REFERENCES runs (id),
  PRIMARY KEY (service, source, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE gone (
  run     INTEGER NOT NULL REFERENCES runs (id),
  record  INTEGER NOT NULL REFERENCES records (id),
  outcome TEXT NOT NULL CHECK (outcome IN ('reported', 'deleted', 'gone', 'kept', 'failed')),
  message TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (run, record)
) STRICT, WITHOUT ROWID;
";

/// What a ledger on a server has besides: who has the place of the run of a service (see [`Store`]). Readable ids of runs may
/// repeat among companies.
const SHARED: &str = "
ALTER TABLE runs DROP CONSTRAINT runs_name_key;
ALTER TABLE runs ADD UNIQUE (service, name);

CREATE TABLE epochs (
  service  BIGINT PRIMARY KEY REFERENCES services (id),
  epoch    BIGINT NOT NULL,
  done     BIGINT NOT NULL,
  released BIGINT NOT NULL,
  longest  BIGINT NOT NULL,
  quiet_at BIGINT NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE version (number BIGINT NOT NULL);
INSERT INTO version VALUES (0);
";

/// Most records of a nightly run are found by their bytes, with all that is asked of them in the index.
const COVERING: &str = "
ALTER TABLE bytes DROP CONSTRAINT bytes_pkey;
CREATE UNIQUE INDEX bytes_hash ON bytes (service, hash) INCLUDE (record, differed);
";

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
                    session.batch(SHARED)?;
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
                    session.batch(COVERING)?;
                }
                session.batch(&format!("UPDATE version SET number = {VERSION}"))?;
            }
        }
        Ok(())
    })
}
