-- Notes on the shape:
-- - `records.id` is `run << 32 | seq`, so that a run's records are one range of the table, in input order, and a plan only
--   ever appends.
-- - What is long and seldom read lives in `contents`, so that counting, paging and changing a state touch small rows.
-- - `marks` answers "already there?" for what was created: half of a hash, by its kind, and the record that it is of, which
--   has the whole. So a million contacts are a b-tree that stays in memory, in which most look-ups end.
-- - Open records (`sending`, `unknown`) are few; partial indexes find them without weighing on the rest. Without statistics
--   SQLite may choose a far larger range, so the statements that rely on a partial index name it.
-- - Times are microseconds since 1970 in UTC.

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
