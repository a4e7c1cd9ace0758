"""How well questions are answered, clean and with typos, by our engine and by others.

    python tests/bench/quality.py FOLDER... [--seed 7] [--questions N] [--engines NAME...]

Each FOLDER is a collection with judged questions (see judged.py). Every document is a passage of
an article of its own. nDCG@10, Recall@10 and MRR@10 are means over the questions; retention is
nDCG@10 with typos divided by nDCG@10 without, of the same questions. A question gets the same
typos for every engine.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import nan
from pathlib import Path
from random import Random
from statistics import mean

from clocks import Spent, machine, milliseconds, percentile, timed
from engine import Engine, Opening
from figures_of_ranking import DEPTH, ndcg, recall, reciprocal_rank
from judged import Judged, Question, UnusableCollectionError, load_judged
from ours import Ours
from peers import PEERS, STRONGER
from printed import Progress, print_table, say
from typos import LEVELS, Level, content_words, mistyped, with_typos

ENGINES: dict[str, Opening] = {
    "ours": Ours,
    "ours, uncorrected": partial(Ours, name="ours, uncorrected", corrects=False),
    **PEERS,
    **STRONGER,
}
_MISSPELT = 300  # words whose correction is timed


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the questions of a collection: a ranking each, and the time it took."""

    rankings: Sequence[Sequence[str]]
    times: Sequence[Spent]


@dataclass(frozen=True, slots=True)
class Measured:
    """One engine on one collection: the questions as they are, and at each level of typos."""

    name: str
    clean: Asked
    mistyped: Sequence[Asked]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--questions", type=int, help="ask only the first N of each collection")
    parser.add_argument(
        "--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES), metavar="NAME"
    )
    asked = parser.parse_args()
    started = time.perf_counter()
    try:
        collections = [load_judged(folder) for folder in asked.folders]
    except UnusableCollectionError as error:
        parser.error(str(error))
    for judged in collections:
        report(judged, asked.engines, asked.seed, asked.questions)
    say(f"{machine()}. {time.perf_counter() - started:.0f} seconds.")


def report(judged: Judged, names: Sequence[str], seed: int, most: int | None) -> None:
    questions = judged.questions[:most]
    levels = [[retyped(each, level, seed) for each in questions] for level in LEVELS]
    results = []
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            engine = ENGINES[name](Path(folder))
            engine.add(judged.texts)
            engine.finish()
            results.append(measured(engine, judged.name, questions, levels))
            if name == "ours":
                correction = correction_times(Path(folder), questions, seed)
    say(f"## {judged.name}: {len(judged.texts)} passages, {len(questions)} questions\n")
    print_figures(results, questions)
    print_retention(results, questions, levels)
    if "ours" in names:
        say(correction + "\n")


def retyped(question: Question, level: Level, seed: int) -> str:
    """Return a question with typos, the same ones for one seed."""
    return with_typos(question.text, level, Random(f"{seed} {level.name} {question.id}"))


def measured(
    engine: Engine, collection: str, questions: Sequence[Question], levels: Sequence[Sequence[str]]
) -> Measured:
    progress = Progress(f"{collection}, {engine.name}", len(questions) * (1 + len(levels)))
    clean = ask(engine, [each.text for each in questions], progress)
    return Measured(engine.name, clean, [ask(engine, texts, progress) for texts in levels])


def ask(engine: Engine, texts: Sequence[str], progress: Progress) -> Asked:
    rankings: list[list[str]] = []
    times = []
    for text in texts:
        found, spent = timed(engine.search, text, DEPTH)
        rankings.append([id for id, _ in found])
        times.append(spent)
        progress.step()
    return Asked(rankings, times)


def print_figures(results: Sequence[Measured], questions: Sequence[Question]) -> None:
    rows = []
    for each in results:
        pairs = list(zip(each.clean.rankings, questions, strict=True))
        figures = (
            mean(figure(ranking, question.gains) for ranking, question in pairs)
            for figure in (ndcg, recall, reciprocal_rank)
        )
        times = [milliseconds(each.clean.times, share) for share in (0.5, 0.95)]
        rows.append([each.name, *(f"{value:.4f}" for value in figures), *times])
    heading = ["Engine", "nDCG@10", "Recall@10", "MRR@10", "p50 ms CPU (wall)", "p95 ms CPU (wall)"]
    print_table(heading, rows)


def print_retention(
    results: Sequence[Measured], questions: Sequence[Question], levels: Sequence[Sequence[str]]
) -> None:
    rows = []
    for each in results:
        kept = [
            retention(each.clean, asked, questions, texts)
            for asked, texts in zip(each.mistyped, levels, strict=True)
        ]
        rows.append([each.name, *(f"{value:.3f}" for value in [*kept, mean(kept)])])
    print_table(["Retention", *(level.name for level in LEVELS), "mean"], rows)


def retention(
    clean: Asked, mistyped: Asked, questions: Sequence[Question], texts: Sequence[str]
) -> float:
    """Return nDCG with typos divided by nDCG without, of the questions that have any; or NaN."""
    asked = zip(questions, texts, clean.rankings, mistyped.rankings, strict=True)
    pairs = [
        (ndcg(before, question.gains), ndcg(after, question.gains))
        for question, text, before, after in asked
        if text != question.text
    ]
    before = sum(clean for clean, _ in pairs)
    return sum(after for _, after in pairs) / before if before else nan


def correction_times(folder: Path, questions: Sequence[Question], seed: int) -> str:
    """Return a sentence on how long one misspelt word takes, one and two edits alike often."""
    random = Random(seed)
    words = sorted({w.group() for each in questions for w in content_words(each.text)})
    if not words:
        return "No question has a word of four letters or more to misspell."
    typed = [mistyped(random.choice(words), 1 + n % 2, random) for n in range(_MISSPELT)]
    spent = Ours(folder).correction_seconds(typed)
    return (
        f"One misspelt word takes {percentile(spent, 0.5) * 1000:.2f} ms of CPU at the median, "
        f"{percentile(spent, 0.95) * 1000:.2f} at p95 ({len(typed)} words)."
    )


if __name__ == "__main__":
    main()
