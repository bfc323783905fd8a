-- Most records of a nightly run are found by their bytes, with all that is asked of them in the index.

ALTER TABLE bytes DROP CONSTRAINT bytes_pkey;
CREATE UNIQUE INDEX bytes_hash ON bytes (service, hash) INCLUDE (record, differed);
