"""How fast articles become passages, claims and index entries, and what a huge text costs.

    python tests/bench/reading.py
    python tests/bench/reading.py --huge 20

Without an option: passages a second of one core for the articles of this repository, and what part
each step takes (CPU time, best of five rounds). With --huge: CPU seconds and peak memory of one
text of so many megabytes, made of their sentences in random order.
"""

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parent.parent / "labels"))

from labelled import articles_of  # noqa: E402

from kb.chunk import chunk  # noqa: E402
from kb.claims.mining import mine  # noqa: E402
from kb.content.shipped import shipped_articles, shipped_topics  # noqa: E402
from kb.extract.raw import Source  # noqa: E402
from kb.extract.reader import read_document  # noqa: E402
from kb.extract.source import read_file  # noqa: E402
from kb.index import index_article  # noqa: E402
from kb.ingest import prepare  # noqa: E402
from kb.topic import Topic  # noqa: E402

ROUNDS = 5
PARAGRAPH = 5  # sentences
Result = TypeVar("Result")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--huge", type=float, metavar="MEGABYTES")
    size = parser.parse_args().huge
    lines = measured_huge(size) if size else measured()
    for line in lines:
        sys.stdout.write(line + "\n")


def measured() -> list[str]:
    topic = shipped_topics()[0]  # read once, as the program does
    rounds = [_round(topic) for _ in range(ROUNDS)]
    passages, best = min(rounds, key=lambda each: sum(each[1].values()))
    total = sum(best.values())
    lines = [f"{passages} passages, {passages / total:.0f} a second"]
    return lines + [f"  {step:10} {seconds / total:4.0%}" for step, seconds in best.items()]


def _round(topic: Topic) -> tuple[int, dict[str, float]]:
    spent = dict.fromkeys(("reading", "chunking", "claims", "indexing"), 0.0)
    count = 0

    def timed(step: str, work: Callable[[], Result]) -> Result:
        start = time.process_time()
        result = work()
        spent[step] += time.process_time() - start
        return result

    for source in _sources():
        document = timed(
            "reading",
            lambda source=source: read_document(
                source.data,
                name=source.name,
                media_type=source.media_type,
                subjects=topic.subjects,
            ),
        )
        passages = timed(
            "chunking",
            lambda document=document: list(chunk(document, article="a", subjects=topic.subjects)),
        )
        timed("claims", lambda passages=passages: mine(passages, topic))
        timed("indexing", lambda passages=passages: index_article(passages, title="A title"))
        count += len(passages)
    return count, spent


def _sources() -> list[Source]:
    folder = Path(__file__).parent.parent / "labels" / "articles" / "web"
    shipped = shipped_articles(shipped_topics()[0].id)
    return shipped + [read_file(file) for file in sorted(folder.iterdir())]


def measured_huge(megabytes: float) -> list[str]:
    text = _huge(megabytes)
    start = time.process_time()
    prepared = prepare(Source("huge.txt", text.encode()), shipped_topics()[0])
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        f"{len(text) / 1e6:.1f} MB, {len(prepared.passages)} passages, "
        f"{len(prepared.claims)} claims: {spent:.0f} CPU seconds, {peak:.0f} MB at the peak"
    ]


def _huge(megabytes: float) -> str:
    sentences = [
        claim.article.text[passage.start : passage.end]
        for claim in articles_of("web")
        for passage in claim.passages
        if passage.kind == "prose"
    ]
    pick = random.Random(7)
    parts: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        part = " ".join(pick.choices(sentences, k=PARAGRAPH)).replace("\n", " ")
        parts.append(part)
        size += len(part) + 2
    return "\n\n".join(parts)


if __name__ == "__main__":
    main()
