"""The tables of a knowledge base file, version by version: what a migration adds or changes."""

FIRST = """
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    what TEXT NOT NULL
) STRICT;

CREATE TABLE topics (
    id TEXT PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics(id),
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    text_digest TEXT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT NOT NULL,
    author TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    interest_options TEXT NOT NULL,
    interest_text TEXT NOT NULL
) STRICT;

CREATE TABLE asides (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (article, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    headings TEXT NOT NULL,
    kind TEXT NOT NULL,
    cells TEXT NOT NULL,
    digest TEXT NOT NULL,
    body_length INTEGER NOT NULL,
    heading_length INTEGER NOT NULL
) STRICT;
CREATE INDEX passages_by_article ON passages (article, start);

CREATE TABLE words (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics(id),
    word TEXT NOT NULL,
    UNIQUE (topic, word)
) STRICT;

CREATE TABLE postings (
    word INTEGER NOT NULL REFERENCES words(id),
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    numbers BLOB NOT NULL,
    body BLOB NOT NULL,
    heading BLOB NOT NULL,
    PRIMARY KEY (word, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX postings_by_article ON postings (article);

CREATE TABLE forms (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics(id),
    form TEXT NOT NULL,
    frequency INTEGER NOT NULL,
    topical INTEGER NOT NULL,
    UNIQUE (topic, form)
) STRICT;

CREATE TABLE form_counts (
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    form INTEGER NOT NULL REFERENCES forms(id),
    frequency INTEGER NOT NULL,
    PRIMARY KEY (article, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_counts_by_form ON form_counts (form);

CREATE TABLE deletions (
    topic TEXT NOT NULL,
    deletion TEXT NOT NULL,
    form INTEGER NOT NULL REFERENCES forms(id) ON DELETE CASCADE,
    PRIMARY KEY (topic, deletion, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX deletions_by_form ON deletions (form);

CREATE TABLE claims (
    id INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    passage TEXT NOT NULL,
    about TEXT NOT NULL,
    criterion TEXT NOT NULL,
    stance TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    method TEXT NOT NULL,
    kind TEXT NOT NULL,
    hedged INTEGER NOT NULL,
    scope TEXT NOT NULL,
    limits TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL
) STRICT;
CREATE INDEX claims_by_article ON claims (article, start);
"""


SECOND = """
CREATE TABLE sources (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    media_type TEXT NOT NULL,
    encoding TEXT NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    quote TEXT NOT NULL,
    about TEXT NOT NULL,
    criterion TEXT NOT NULL,
    stance TEXT NOT NULL,
    hedged INTEGER NOT NULL,
    scope TEXT NOT NULL,
    claims TEXT NOT NULL,
    limits TEXT NOT NULL,
    value REAL,
    unit TEXT NOT NULL,
    sense TEXT NOT NULL
) STRICT;
CREATE INDEX decisions_by_article ON decisions (article, id);

CREATE TABLE meetings (
    passage TEXT NOT NULL REFERENCES passages(id) ON DELETE CASCADE,
    article TEXT NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    shared INTEGER NOT NULL,
    PRIMARY KEY (passage, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX meetings_by_article ON meetings (article);

CREATE TABLE repetitions (
    article TEXT PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    passages TEXT NOT NULL,
    spans TEXT NOT NULL,
    repost TEXT NOT NULL,
    share REAL NOT NULL
) STRICT;

ALTER TABLE claims ADD COLUMN sense TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN damage TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN likeness BLOB NOT NULL DEFAULT x'';
ALTER TABLE passages ADD COLUMN shingles BLOB NOT NULL DEFAULT x'';
"""


THIRD = """
CREATE TABLE segments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL REFERENCES topics(id),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    body INTEGER NOT NULL,
    heading INTEGER NOT NULL,
    dead BLOB NOT NULL,
    numbers BLOB NOT NULL,
    body_lengths BLOB NOT NULL,
    heading_lengths BLOB NOT NULL,
    words BLOB NOT NULL,
    starts BLOB NOT NULL,
    first_values BLOB NOT NULL
) STRICT;
CREATE INDEX segments_by_topic ON segments (topic, first);

CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    words BLOB NOT NULL,
    counts BLOB NOT NULL,
    places BLOB NOT NULL,
    body BLOB NOT NULL,
    heading BLOB NOT NULL
) STRICT;

CREATE TABLE likenesses (
    id INTEGER PRIMARY KEY,
    "values" BLOB NOT NULL,
    places BLOB NOT NULL
) STRICT;

DROP TABLE deletions;
CREATE TABLE deletions (
    key INTEGER PRIMARY KEY
) STRICT;

DROP TABLE postings;
DROP TABLE words;
DROP TABLE form_counts;
ALTER TABLE passages DROP COLUMN body_length;
ALTER TABLE passages DROP COLUMN heading_length;
ALTER TABLE passages DROP COLUMN shingles;
"""


FOURTH = """
DELETE FROM meetings;
DELETE FROM repetitions;
ALTER TABLE meetings ADD COLUMN matched INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN quoted TEXT NOT NULL DEFAULT '';

CREATE TABLE bars (
    id INTEGER PRIMARY KEY,
    shared BLOB NOT NULL
) STRICT;
"""


FIFTH = """
DROP TABLE meetings;
CREATE TABLE meetings (
    passage INTEGER PRIMARY KEY REFERENCES passages(number) ON DELETE CASCADE,
    others BLOB NOT NULL
) STRICT;
DELETE FROM bars;
DELETE FROM repetitions;

DROP TABLE deletions;
CREATE TABLE deletions (
    id INTEGER PRIMARY KEY,
    keys BLOB NOT NULL
) STRICT;
CREATE TABLE new_deletions (
    key INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE packing (
    new INTEGER NOT NULL,
    packed INTEGER NOT NULL,
    row INTEGER NOT NULL
) STRICT;
INSERT INTO packing VALUES (0, 0, 0);

ALTER TABLE forms RENAME TO old_forms;
CREATE TABLE forms (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    topic TEXT NOT NULL REFERENCES topics(id),
    form TEXT NOT NULL,
    frequency INTEGER NOT NULL,
    topical INTEGER NOT NULL,
    UNIQUE (topic, form)
) STRICT;
INSERT INTO forms SELECT * FROM old_forms;
DROP TABLE old_forms;

UPDATE passages SET digest = substr(digest, 1, 16);

ALTER TABLE articles ADD COLUMN first INTEGER NOT NULL DEFAULT 0;
UPDATE articles SET first = coalesce(
    (SELECT min(number) FROM passages WHERE article = articles.id), 0
);
CREATE INDEX articles_by_first ON articles (topic, first, id, published);
"""


SIXTH = """
DROP TABLE likenesses;
ALTER TABLE segments DROP COLUMN starts;
ALTER TABLE segments DROP COLUMN first_values;
CREATE TABLE sketches (
    id INTEGER PRIMARY KEY,
    keys BLOB NOT NULL
) STRICT;
CREATE TABLE new_sketches (
    key INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE sketches_packing (
    new INTEGER NOT NULL,
    packed INTEGER NOT NULL,
    row INTEGER NOT NULL
) STRICT;
INSERT INTO sketches_packing VALUES (0, 0, 0);

DELETE FROM meetings;
DELETE FROM bars;
DELETE FROM repetitions;
"""
