"""What one engine does in a child process of speed.py: build its index, then answer and change."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clocks import Spent, disk_bytes, fresh_peak, own_megabytes, resident_megabytes, timed
from engine import Changing, Engine, Opening
from ours import Ours
from peers import PEERS
from printed import Progress
from synthetic import PASSAGES_OF_ARTICLE, Synthesis
from tasks import Task

ENGINES: dict[str, Opening] = {"ours": Ours, **PEERS}
_LIMIT = 10  # passages wanted of a question
_BATCHES = 50  # at least this many, or of this many passages at most
_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Built:
    """The index of one engine: what each part of the passages took, and what it came to.

    `indexed` is the index step alone, for an engine where it can be told from storing.
    `peak_megabytes` is the memory that indexing took beside that of making the passages. `parts`
    are bytes on disk by what they hold, of our engine alone.
    """

    batches: list[Spent]
    indexed: list[Spent]
    passages: int
    text_bytes: int
    disk_bytes: int
    peak_megabytes: float
    parts: dict[str, int]

    def rate(self, spent: Sequence[Spent]) -> str:
        total = sum(spent, Spent(0, 0))
        return f"{self.passages / total.cpu:,.0f} ({self.passages / total.wall:,.0f})"

    @property
    def growth(self) -> float:
        """What the last fifth of the passages took, divided by what the first fifth took."""
        part = max(1, (len(self.batches) - 1) // 5)
        first, last = self.batches[:part], self.batches[-part - 1 : -1]  # the end is finishing
        return sum(each.cpu for each in last) / max(sum(each.cpu for each in first), 1e-9)


@dataclass(frozen=True, slots=True)
class Answered:
    """What questions took one engine; `base_megabytes` is memory before the index was opened.

    `own_megabytes` is memory that no file stands behind, after the questions.

    `reading`, `finding` and `corrections` are told of our engine alone: the two steps of an
    answer, and one misspelt word.
    """

    opening: Spent
    clean: list[Spent]
    misspelt: list[Spent]
    base_megabytes: float
    peak_megabytes: float
    own_megabytes: float
    added: list[Spent]
    removed: list[Spent]
    reading: list[Spent]
    finding: list[Spent]
    corrections: list[float]


def build(name: str, folder: Path, synthesis: Synthesis, passages: int) -> Built:
    base = fresh_peak()
    engine = ENGINES[name](folder)
    progress = Progress(f"{name}, indexing", passages)
    step = max(PASSAGES_OF_ARTICLE, min(_BATCH, passages // _BATCHES))
    batches: list[Spent] = []
    indexed: list[Spent] = []
    text_bytes = 0
    gc.freeze()  # what the passages are made of is not looked through while they are indexed
    for first in range(0, passages, step):
        texts = list(synthesis.passages(first, min(step, passages - first)))
        text_bytes += sum(each.bytes for each in texts)
        if isinstance(engine, Ours):
            articles, indexing = timed(engine.prepared, texts)
            indexed.append(indexing)
            batches.append(indexing + timed(engine.save, articles)[1])
        else:
            batches.append(timed(engine.add, texts)[1])
        progress.step(len(texts))
    batches.append(timed(engine.finish)[1])
    peak = resident_megabytes() - base
    parts = engine.disk() if isinstance(engine, Ours) else {}
    return Built(batches, indexed, passages, text_bytes, disk_bytes(folder), peak, parts)


def answer(name: str, folder: Path, task: Task) -> Answered:
    base = resident_megabytes(peak=False)
    engine, opening = timed(opened, name, folder, task.warming[0])
    progress = Progress(f"{name}, asking", len(task.warming) + 2 * len(task.clean))
    times(engine, task.warming, progress)
    gc.collect()
    gc.freeze()  # as the server does
    # In turn, so that neither kind finds more in caches than the other.
    pairs = zip(task.clean, task.misspelt, strict=True)
    spent = times(engine, [question for pair in pairs for question in pair], progress)
    peak, own = resident_megabytes(), own_megabytes()
    reading, finding, corrections = steps(engine, task)
    added, removed = changes(engine, task)
    asked = (opening, spent[::2], spent[1::2], base, peak, own)
    return Answered(*asked, added, removed, reading, finding, corrections)


def opened(name: str, folder: Path, question: str) -> Engine:
    """Return an engine that has answered its first question."""
    engine = ENGINES[name](folder)
    engine.search(question, _LIMIT)
    return engine


def times(engine: Engine, questions: Sequence[str], progress: Progress) -> list[Spent]:
    spent = []
    for question in questions:
        spent.append(timed(engine.search, question, _LIMIT)[1])
        progress.step()
    return spent


def steps(engine: Engine, task: Task) -> tuple[list[Spent], list[Spent], list[float]]:
    """Return what reading a question, finding its passages and correcting one word take us."""
    if not isinstance(engine, Ours):
        return [], [], []
    read = [timed(engine.read, question) for question in task.steps]
    finding = [timed(engine.find, query, _LIMIT)[1] for query, _ in read]
    return [spent for _, spent in read], finding, engine.correction_seconds(task.words)


def changes(engine: Engine, task: Task) -> tuple[list[Spent], list[Spent]]:
    """Return what adding each article takes, and removing it again."""
    added: list[Spent] = []
    removed: list[Spent] = []
    for texts in task.articles if isinstance(engine, Changing) else ():
        assert isinstance(engine, Changing)
        added.append(timed(engine.put, texts)[1])
        check_found(engine, texts[0].text, texts[0].id, there=True)
        removed.append(timed(engine.remove, texts[0].article)[1])
        check_found(engine, texts[0].text, texts[0].id, there=False)
    return added, removed


def check_found(engine: Engine, text: str, id: str, *, there: bool) -> None:
    """Make sure that a change can be seen at once, by asking for the words of a passage."""
    question = " ".join(text.split()[:40])
    found = id in [each for each, _ in engine.search(question, _LIMIT)]
    if found != there:
        raise SystemExit(f"{engine.name}: {id} is {'not ' * there}found after the change.")
