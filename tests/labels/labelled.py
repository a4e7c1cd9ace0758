"""Articles with claims that were labelled by hand, and how well mined claims match them."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.content.shipped import shipped_topics
from kb.extract.raw import Source
from kb.ingest import prepare
from kb.model import Claim
from kb.prepared import PreparedArticle
from kb.topic import Topic
from kb.topic_file import parse_topic

LABELS = Path(__file__).parent
TOPICS = LABELS.parent / "topics"
_FOLDERS = {
    "web": [LABELS / "articles" / "web"],
    "databases": [LABELS / "articles" / "databases", TOPICS / "databases" / "articles"],
    "frontend": [LABELS / "articles" / "frontend"],
}
SETS = ("originals", *_FOLDERS)


@dataclass(frozen=True)
class Label:
    """A claim as a reader found it; `start` and `end` count characters of the stored text."""

    about: tuple[str, ...]
    criterion: str
    stance: str
    start: int
    end: int
    certain: bool

    def matches(self, claim: Claim) -> bool:
        """Same options, criterion and stance, and spans that overlap by half of the shorter."""
        if (claim.criterion, claim.stance) != (self.criterion, self.stance):
            return False
        shared = min(claim.end, self.end) - max(claim.start, self.start)
        shorter = min(claim.end - claim.start, self.end - self.start)
        return set(claim.about) == set(self.about) and shared > 0 and 2 * shared >= shorter


@dataclass(frozen=True)
class Match:
    """How mined claims meet labels: `right` of `judged` claims, `found` of `certain` labels.

    Claims that match uncertain labels only are not judged.
    """

    right: int
    judged: int
    found: int
    certain: int

    @property
    def precision(self) -> float:
        return self.right / self.judged if self.judged else 0.0

    @property
    def recall(self) -> float:
        return self.found / self.certain if self.certain else 0.0

    def __add__(self, other: "Match") -> "Match":
        return Match(
            self.right + other.right,
            self.judged + other.judged,
            self.found + other.found,
            self.certain + other.certain,
        )


def originals() -> Path | None:
    """Return the folder of the four published articles, None where they are not at hand."""
    folder = os.environ.get("ADVISOR_ARTICLES", "")
    return Path(folder) if folder and Path(folder).is_dir() else None


def topic_of(name: str) -> Topic:
    if name in ("originals", "web"):
        return shipped_topics()[0]
    folder = LABELS / "articles" / "frontend" if name == "frontend" else TOPICS / name
    return parse_topic((folder / "topic.toml").read_text("utf-8"), id=name)


def articles_of(name: str) -> Iterator[PreparedArticle]:
    """Yield the articles of a set, read and mined, by file name."""
    folders = _FOLDERS.get(name) or [folder for folder in [originals()] if folder]
    topic = topic_of(name)
    files = [file for folder in folders for file in folder.iterdir() if file.suffix != ".toml"]
    for file in sorted(files):
        yield prepare(Source(file.name, file.read_bytes()), topic, id=file.stem)


def labels_of(name: str, article: PreparedArticle) -> list[Label]:
    """Return the labels of one article."""
    starts = [0]
    for line in article.article.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    listed = (LABELS / f"claims_{name}.jsonl").read_text("utf-8").splitlines()
    rows = (json.loads(row) for row in listed)
    return [_label(row, starts) for row in rows if row["article"] == article.article.id]


def _label(row: dict[str, Any], starts: Sequence[int]) -> Label:
    line = starts[row["line"] - 1]
    return Label(
        about=tuple(row["about"]),
        criterion=row["criterion"],
        stance=row["stance"],
        start=line + row["start"],
        end=line + row["end"],
        certain=row.get("certain", True),
    )


def match(claims: Sequence[Claim], labels: Sequence[Label]) -> Match:
    certain = [label for label in labels if label.certain]
    right = [c for c in claims if any(label.matches(c) for label in certain)]
    open_ = [c for c in claims if any(label.matches(c) for label in labels if not label.certain)]
    judged = [c for c in claims if c in right or c not in open_]
    found = [label for label in certain if any(label.matches(claim) for claim in claims)]
    return Match(len(right), len(judged), len(found), len(certain))
