"""A collection with judged questions: documents, questions, and which documents answer which.

The layout is a folder with `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`,
`text`) and `qrels.tsv` (question, document, gain above 0; a heading line is passed over), which is
that of BEIR.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """One passage that can be found; `article` names the article it stands in.

    Passages of one article follow one another and have its title.
    """

    id: str
    article: str
    title: str
    text: str

    @property
    def bytes(self) -> int:
        return len(self.title.encode()) + len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the gain of every passage that answers it, by id."""

    id: str
    text: str
    gains: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection; questions that nothing answers are left out."""

    name: str
    texts: Sequence[Text]
    questions: Sequence[Question]


def load_judged(folder: Path) -> Judged:
    """Return the collection in a folder, every document of it an article of its own."""
    gains = _gains(folder / "qrels.tsv")
    questions = [
        Question(row["_id"], row["text"], gains[row["_id"]])
        for row in _rows(folder / "queries.jsonl")
        if row["_id"] in gains
    ]
    return Judged(folder.name, load_texts(folder), questions)


def load_texts(folder: Path) -> list[Text]:
    """Return the documents of a collection alone."""
    return [
        Text(row["_id"], row["_id"], row.get("title") or "", row["text"])
        for row in _rows(folder / "corpus.jsonl")
    ]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _gains(file: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for line in file.read_text(encoding="utf-8").splitlines():
        question, *_, document, gain = line.split("\t")
        if gain.replace(".", "", 1).isdigit() and float(gain) > 0:
            found[question][document] = float(gain)
    return dict(found)
