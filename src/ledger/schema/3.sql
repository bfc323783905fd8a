-- The bytes that records are known again by. `records.bytes` is of those that may get a contact; `bytes` is of those that have
-- one: `record` has the contact and its marks, and `differed` says that the record with these bytes had other content.

ALTER TABLE records ADD COLUMN bytes BLOB;

CREATE TABLE bytes (
  service  INTEGER NOT NULL REFERENCES services (id),
  hash     BLOB NOT NULL,
  record   INTEGER NOT NULL,
  differed INTEGER NOT NULL,
  PRIMARY KEY (service, hash)
) STRICT, WITHOUT ROWID;
