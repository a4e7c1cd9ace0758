"""Bringing a knowledge base file to the present tables, by migrations."""

from sqlite_utils import Database, Migrations

from kb.likeness import sketch, text_shingles
from kb.sqlite import history_tables, tables
from kb.sqlite.alike import save_all_sketches
from kb.sqlite.rebuilding import rebuild_index
from kb.sqlite.repetitions import save_all_repetitions

APPLICATION_ID = 0x41445652  # "ADVR"
USER_VERSION = 7

migrations = Migrations("knowledge_base")


@migrations()
def first_tables(db: Database) -> None:
    """Topics, and articles with their passages, index and claims."""
    _run(db, tables.FIRST)


@migrations()
def second_tables(db: Database) -> None:
    """Sources, decisions, repetitions; marks of passages, also of those that are there; senses."""
    _run(db, tables.SECOND)
    _sketch_passages(db)


def _sketch_passages(db: Database) -> None:
    """Tell anew by which values the likes of every passage are found."""
    articles = db.execute("SELECT id, text FROM articles").fetchall()
    for article, text in articles:
        places = db.execute(
            'SELECT number, start, "end" FROM passages WHERE article = ?', [article]
        )
        for number, start, end in places.fetchall():
            db.execute(
                "UPDATE passages SET likeness = ? WHERE number = ?",
                [sketch(text_shingles([text[start:end]])[0]), number],
            )


@migrations()
def third_tables(db: Database) -> None:
    """The index in segments."""
    _run(db, tables.THIRD)


@migrations()
def fourth_tables(db: Database) -> None:
    """What comparing two texts found is kept."""
    _run(db, tables.FOURTH)


@migrations()
def fifth_tables(db: Database) -> None:
    """Passages meet passages, what finds misspelt words is packed, and British words are American.

    What is told by words is made anew, the rest of it by the next ones.
    """
    _run(db, tables.FIFTH)
    _sketch_passages(db)


@migrations()
def sixth_tables(db: Database) -> None:
    """A meeting tells the other's article, and sketches are packed; the index is made anew."""
    _run(db, tables.SIXTH)
    rebuild_index(db.conn)
    save_all_sketches(db.conn)
    save_all_repetitions(db.conn)


@migrations()
def seventh_tables(db: Database) -> None:
    """What is needed to undo a change, and what a maintainer gave of an article's metadata."""
    _run(db, history_tables.TABLES)


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";"):
        if statement.strip():
            db.execute(statement)


def apply(db: Database) -> None:
    """Bring a database, new or older, to the present tables in one transaction of the caller's."""
    migrations.apply(db)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {USER_VERSION}")
