-- What keeps a source and the service in step:
-- - `found` has the contacts that somebody else made and that are a record's; with `adopted_at` the ledger treats one as if it had
--   created it;
-- - `written` has the service's time of our last write to a contact, where it is not the time of its creation;
-- - `source_keys` has the keys of each source, and the last run whose input had it;
-- - `gone` has what became of the contacts whose record had left the source of a run.

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
