"""A collection with judged questions: documents, questions, and which documents answer which.

The layout is a folder with `corpus.jsonl` (`_id`, `text` and, if there are any, `title`),
`queries.jsonl` (`_id`, `text`) and `qrels.tsv` (question, document, gain), which is that of BEIR;
`qrels/test.tsv` is read where there is no `qrels.tsv`, and so are the four columns of TREC. A
heading line is passed over, and what has no gain above 0 answers nothing.
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


class UnusableCollectionError(ValueError):
    """A folder is no collection of the layout, or nothing in it can be measured."""


def load_judged(folder: Path) -> Judged:
    """Return the collection in a folder, every document of it an article of its own.

    Raises:
        UnusableCollectionError: a file is missing or malformed, or no question has an answer.
    """
    judgements = folder / "qrels.tsv"
    gains = _gains(judgements if judgements.exists() else folder / "qrels" / "test.tsv")
    texts = load_texts(folder)
    ids = {text.id for text in texts}
    if len(ids) < len(texts):
        raise UnusableCollectionError(f"{folder}: two documents have the same _id")
    questions = [
        Question(id, _value(row, "text"), gains[id])
        for row in _rows(folder / "queries.jsonl")
        if (id := str(_value(row, "_id"))) in gains
    ]
    if not any(ids.intersection(question.gains) for question in questions):
        raise UnusableCollectionError(f"{folder}: no document is judged to answer a question")
    return Judged(folder.resolve().name, texts, questions)


def load_texts(folder: Path) -> list[Text]:
    """Return the documents of a collection alone."""
    return [
        Text(id, id, row.get("title") or "", _value(row, "text"))
        for row in _rows(folder / "corpus.jsonl")
        for id in [str(_value(row, "_id"))]
    ]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    for number, line in enumerate(_lines(file), start=1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnusableCollectionError(f"{file}, line {number}: not JSON: {error}") from error
        if not isinstance(row, dict):
            raise UnusableCollectionError(f"{file}, line {number}: not an object")
        yield row


def _value(row: dict[str, str], name: str) -> str:
    if row.get(name) is None:
        raise UnusableCollectionError(f"a document or question has no `{name}`: {str(row)[:80]}")
    return row[name]


def _gains(file: Path) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for number, line in enumerate(_lines(file), start=1):
        columns = line.split("\t") if "\t" in line else line.split()
        try:
            question, *_, document, gain = columns
            value = float(gain)
        except ValueError as error:
            if number == 1:  # the heading
                continue
            raise UnusableCollectionError(
                f"{file}, line {number}: not a question, a document and a gain"
            ) from error
        if value > 0:
            found[question][document.strip()] = value
    return dict(found)


def _lines(file: Path) -> Iterator[str]:
    """Yield the lines that hold anything, without what ends them."""
    try:
        with file.open(encoding="utf-8-sig") as lines:
            yield from (line.rstrip("\r\n") for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise UnusableCollectionError(f"{file} cannot be read: {error}") from error
