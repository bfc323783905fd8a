-- Requests that change a contact which a record has: deleting it again, or bringing it up to date. Repeating such a request
-- does no harm, so the record's state does not depend on them; the row tells what was done, and paces the next process.

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
