"""The tables of what was done: who changed what, and what is needed to undo it."""

HISTORY_MEGABYTES = 200  # that undoing may take of a file, until a maintainer says otherwise

TABLES = f"""
ALTER TABLE revisions ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;

CREATE TABLE changes (
    revision INTEGER PRIMARY KEY REFERENCES revisions(number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    was TEXT NOT NULL,
    became TEXT NOT NULL,
    image BLOB,
    source BLOB
) STRICT;
CREATE INDEX changes_by_thing ON changes (kind, id, revision);

CREATE TABLE given (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    fields TEXT NOT NULL
) STRICT;

CREATE TABLE history (
    row INTEGER PRIMARY KEY CHECK (row = 1),
    cut INTEGER NOT NULL,
    size INTEGER NOT NULL,
    most INTEGER NOT NULL,
    uncompacted INTEGER NOT NULL
) STRICT;
INSERT INTO history
SELECT 1, coalesce(max(number), 0), 0, {HISTORY_MEGABYTES}000000, 0 FROM revisions;
"""
