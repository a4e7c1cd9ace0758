"""Whether the knowledge base still holds what a change was made from."""

import sqlite3

from kb.errors import ChangedMeanwhileError
from kb.prepared import Basis, TopicBasis
from kb.sqlite.decisions import read_decisions, read_versions
from kb.sqlite.given import read_given


def check_basis(connection: sqlite3.Connection, article: str, topic: str, basis: Basis) -> None:
    """Refuse a change of an article that was made from what is not there any more.

    `topic` is the id of the topic that the article shall belong to, "" for the one it has.

    Raises:
        ChangedMeanwhileError: the topic, the article or a decision on it is another one by now.
    """
    row = connection.execute(
        "SELECT topic, digest FROM articles WHERE id = ?", (article,)
    ).fetchone()
    stored_topic, digest = row or ("", "")
    texts = connection.execute("SELECT text FROM topics WHERE id = ?", (topic or stored_topic,))
    same_topic = [text for (text,) in texts] == [basis.topic]
    same_article = not basis.digest or (basis.digest == digest and topic in ("", stored_topic))
    if (
        not same_topic
        or not same_article
        or (read_decisions(connection, article) != basis.decisions)
        or (read_given(connection, article) != basis.given)
    ):
        raise _changed(f"Article {article}")


def check_topic_basis(connection: sqlite3.Connection, topic: str, basis: TopicBasis) -> None:
    """Refuse a change of a topic that was made from another text of it, or other articles.

    Raises:
        ChangedMeanwhileError: the topic, or an article of it, is another one by now.
    """
    texts = connection.execute("SELECT text FROM topics WHERE id = ?", (topic,))
    same_text = next((text for (text,) in texts), "") == basis.text
    if not same_text or read_versions(connection, topic) != basis.articles:
        raise _changed(f"Topic {topic}")


def _changed(what: str) -> ChangedMeanwhileError:
    return ChangedMeanwhileError(
        f"{what} was changed by somebody else at the same time.",
        remedy="Nothing was stored; run the command again.",
    )
