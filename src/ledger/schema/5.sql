-- What a person should know about a source, one warning a line.

ALTER TABLE sources ADD COLUMN warnings TEXT NOT NULL DEFAULT '';
