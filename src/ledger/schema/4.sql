-- When an attempt left by the service's clock; what the service showed otherwise than it was sent, which is also how its forms are
-- known; contacts that may be an unknown record's, for a person to choose from.

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
