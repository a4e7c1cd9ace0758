"""What `kb check` finds: damage, and rules and criteria that no article speaks for."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.cli.output import counted
from kb.cli.shown import repost_text
from kb.corrections import decision_id
from kb.evidence import backing
from kb.model import State
from kb.revising import dormant
from kb.store import Snapshot, Store
from kb.topic import Topic


@dataclass(frozen=True, slots=True)
class Soundness:
    """The state of a knowledge base: `problems` are damage, `remarks` are hints for maintainers."""

    state: State
    problems: tuple[str, ...]
    remarks: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        return {
            "sqlite": sqlite3.sqlite_version,
            "revision": self.state.revision,
            "articles": self.state.articles,
            "passages": self.state.passages,
            "problems": list(self.problems),
            "remarks": list(self.remarks),
        }

    def lines(self) -> Iterator[str]:
        articles = counted(self.state.articles, "article")
        passages = counted(self.state.passages, "passage")
        yield f"Revision {self.state.revision}: {articles}, {passages}."
        yield f"SQLite {sqlite3.sqlite_version}."
        yield from (f"Problem: {problem}" for problem in self.problems)
        yield from (f"Remark: {remark}" for remark in self.remarks)
        if not self.problems:
            yield "No problem found."


def examine(store: Store) -> Soundness:
    """Return everything that is wrong with a knowledge base, or might be.

    Remarks are left out when the stored data is damaged.

    Raises:
        KnowledgeBaseError: it cannot be read at all.
    """
    problems = list(store.check())
    with store.read() as snapshot:
        if problems:
            return Soundness(snapshot.state(), tuple(problems), ())
        topics = snapshot.topics()
        remarks = [each for topic in topics for each in _remarks(snapshot, topic)]
        remarks += _history_remarks(snapshot)
        remarks += [each for topic in topics for each in _article_remarks(snapshot, topic)]
        return Soundness(snapshot.state(), (), tuple(remarks))


def _history_remarks(snapshot: Snapshot) -> Iterator[str]:
    if snapshot.history().extent().uncompacted:
        yield (
            "Words of an article that was forgotten may still stand in the file: run"
            " `kb remove --forget` on it again."
        )


def _remarks(snapshot: Snapshot, topic: Topic) -> Iterator[str]:
    claims = snapshot.claims(topic.id)
    if not snapshot.articles(topic.id):
        yield f"Topic {topic.id} has no article yet."
        return
    heard = snapshot.evidence(topic.id).heard
    for rule in topic.rules:
        found = backing(rule, heard, topic.option_ids)
        if not found.share:
            voice = f"{found.supporting} for it, {found.opposing} against"
            yield f"Rule {rule.id} of topic {topic.id} is not backed by the articles: {voice}."
    for id, repost in snapshot.repeats(topic.id).reposts.items():
        yield f"Article {id} of topic {topic.id} {repost_text(repost)}: they add no voice."
    silent = {c.id for c in topic.criteria} - {claim.criterion for claim in claims}
    if silent:
        listed = ", ".join(c.id for c in topic.criteria if c.id in silent)
        yield f"No article says anything of these criteria of topic {topic.id}: {listed}."


def _article_remarks(snapshot: Snapshot, topic: Topic) -> Iterator[str]:
    """Yield what cannot be read again, and decisions on words that are gone."""
    articles = snapshot.articles(topic.id)
    unread = [article.id for article in articles if not snapshot.has_source(article.id)]
    if unread:
        listed = ", ".join(unread)
        yield f"These articles cannot be read again, because their sources are missing: {listed}."
    for article in articles:
        for each in dormant(snapshot, article):
            yield f"Correction {decision_id(each)} of article {article.id} is dormant."
