-- What a ledger on a server has besides: who has the place of the run of a service (see `Store`). Readable ids of runs may
-- repeat among companies.

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
