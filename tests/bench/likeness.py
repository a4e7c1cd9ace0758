"""How well copied articles and quoted paragraphs are recognised, measured on copies made here.

    python tests/bench/likeness.py

Every article of the shipped topic and of tests/topics is copied with seeded edits: words replaced
by others of the article, the end cut off, paragraphs joined or split, an advert put between
them. A copy stands beside its original and the other articles of the topic. Wrongly recognised is
a passage that repeats another article than the one it was copied from, or an advert, or a passage
of an article as it was written.
"""

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations, product
from pathlib import Path

from kb.content.shipped import shipped_articles, shipped_topics
from kb.extract.raw import Source
from kb.extract.source import read_file
from kb.ingest import prepare
from kb.likeness import shingles, sketch
from kb.prepared import PreparedArticle
from kb.repeats import Repeats
from kb.reposts import find_repeats
from kb.topic import Topic
from kb.topic_file import parse_topic
from kb.words import atoms

TOPICS = Path(__file__).parents[1] / "topics"
ADVERT = "Our newsletter brings you the best of every week, free of charge and without any spam."
PARAGRAPH = re.compile(r"\n\n+")
PROSE = re.compile(r"[A-Z“\"'][^\n]*\Z", re.DOTALL)
Edit = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a topic; all are of one date, and copies, without one, come after them."""

    topic: Topic
    sources: Sequence[Source]
    articles: Sequence[PreparedArticle]


def corpora() -> list[Corpus]:
    found = [(topic, shipped_articles(topic.id)) for topic in shipped_topics()]
    for folder in sorted(TOPICS.iterdir()):
        topic = parse_topic((folder / "topic.toml").read_text(encoding="utf-8"), id=folder.name)
        found.append((topic, [read_file(f) for f in sorted((folder / "articles").iterdir())]))
    return [
        Corpus(topic, sources, [dated(prepare(source, topic), "2024") for source in sources])
        for topic, sources in found
    ]


# Edits of the source, below its front matter


def replaced(share: float) -> Edit:
    def edit(text: str, rng: random.Random) -> str:
        others = sorted({word for word in re.findall(r"[a-z]{3,}", text)})
        return re.sub(
            r"\b[A-Za-z]{2,}\b",
            lambda match: rng.choice(others) if rng.random() < share else match.group(),
            text,
        )

    return edit


def cut(text: str, rng: random.Random) -> str:
    paragraphs = PARAGRAPH.split(text)
    return "\n\n".join(paragraphs[: max(1, len(paragraphs) * 2 // 3)])


def joined(text: str, rng: random.Random) -> str:
    """Every second paragraph of prose is joined to the one before."""
    made: list[str] = []
    for paragraph in PARAGRAPH.split(text):
        if made and PROSE.match(paragraph) and PROSE.match(made[-1]) and rng.random() < 0.5:
            made[-1] += " " + paragraph
        else:
            made.append(paragraph)
    return "\n\n".join(made)


def parted(text: str, rng: random.Random) -> str:
    """Every second sentence of prose begins a paragraph."""
    return "\n\n".join(
        re.sub(r"(?<=[.!?]) (?=[A-Z])", lambda m: rng.choice([" ", "\n\n"]), paragraph)
        if PROSE.match(paragraph)
        else paragraph
        for paragraph in PARAGRAPH.split(text)
    )


def with_adverts(text: str, rng: random.Random) -> str:
    paragraphs = PARAGRAPH.split(text)
    return "\n\n".join(
        paragraph + (f"\n\n{ADVERT}" if PROSE.match(paragraph) and rng.random() < 0.3 else "")
        for paragraph in paragraphs
    )


def without_marks(text: str, rng: random.Random) -> str:
    return re.sub(r"[,;:()*_“”\"]|(?<=\w)\.(?=\s)", "", text)


def both(*edits: Edit) -> Edit:
    def edit(text: str, rng: random.Random) -> str:
        for each in edits:
            text = each(text, rng)
        return text

    return edit


EDITS: dict[str, Edit] = {
    "as it was": both(),
    "5 % of words": replaced(0.05),
    "10 % of words": replaced(0.1),
    "20 % of words": replaced(0.2),
    "end cut off": cut,
    "paragraphs joined": joined,
    "paragraphs split": parted,
    "adverts between": with_adverts,
    "other punctuation": without_marks,
    "10 %, joined, adverts": both(replaced(0.1), joined, with_adverts),
    "10 %, split, cut": both(replaced(0.1), parted, cut),
}


def edited(source: Source, edit: Edit, seed: int, name: str) -> Source:
    text = source.data.decode()
    head, body = "", text
    if text.startswith("---\n"):
        head, body = text[: text.index("\n---\n", 4) + 5], text[text.index("\n---\n", 4) + 5 :]
    return replace(source, name=name, data=(head + edit(body, random.Random(seed))).encode())


# Recognising


def repeats(prepared: Sequence[PreparedArticle]) -> Repeats:
    texts = {each.article.id: each.shingled for each in prepared}
    sketches = {each.article.id: each.index.sketches for each in prepared}
    dates = {each.article.id: each.article.metadata.published for each in prepared}
    return find_repeats(dates, sketches, texts.__getitem__)


def dated(prepared: PreparedArticle, published: str) -> PreparedArticle:
    metadata = replace(prepared.article.metadata, published=published)
    return replace(prepared, article=replace(prepared.article, metadata=metadata))


@dataclass(slots=True)
class Figures:
    copied: int = 0
    recognised: int = 0
    own: int = 0
    wrong: int = 0
    reposts: int = 0
    articles: int = 0

    def count(self, copy: PreparedArticle, original: str, found: Repeats) -> None:
        for passage in copy.passages:
            told = found.passages.get(passage.id)
            own = passage.text.strip() == ADVERT
            self.own += own
            self.copied += not own
            self.recognised += told == original and not own
            self.wrong += told is not None and (own or told != original)
        self.wrong += sum(not id.startswith(copy.article.id) for id in found.passages)
        repost = found.reposts.get(copy.article.id)
        self.reposts += repost is not None and repost.article == original
        self.articles += 1

    def line(self, name: str) -> str:
        recall = f"{self.recognised / self.copied:.3f}"
        precision = f"{self.recognised / (self.recognised + self.wrong):.3f}"
        counts = f"{self.copied:>9}{self.own:>6}{self.wrong:>7}"
        return f"{name:<24}{recall:>8}{precision:>11}{counts}  {self.reposts} of {self.articles}"


def measure(edit: Edit, every: Sequence[Corpus]) -> Figures:
    figures = Figures()
    for corpus in every:
        for seed, source in enumerate(corpus.sources):
            copy = dated(prepare(edited(source, edit, seed, "zz-copy"), corpus.topic), "")
            original = corpus.articles[seed].article.id
            figures.count(copy, original, repeats([*corpus.articles, copy]))
    return figures


def independent(every: Sequence[Corpus]) -> str:
    """Compare every article with every other one, of whatever topic, once as the later one."""
    articles = [article for corpus in every for article in corpus.articles]
    pairs = list(permutations(articles, 2))
    found = [repeats([first, dated(second, "")]) for first, second in pairs]
    passages = sum(len(second.passages) for _, second in pairs)
    repeated = sum(len(each.passages) for each in found)
    spans = sum(len(spans) for each in found for spans in each.spans.values())
    return (
        f"{len(pairs)} pairs of independent articles, {passages} passages:"
        f" {repeated} taken for repeated, {spans} stretches taken for quoted"
    )


def quotations(share: float, every: Sequence[Corpus]) -> tuple[int, int]:
    """Return how many paragraphs put into another article are found, and of how many.

    Found is what is marked to the half; up to five paragraphs go from each article to each other.
    """
    marked = []
    for corpus in every:
        for (seed, host), quoted in product(enumerate(corpus.sources), corpus.articles):
            if quoted is corpus.articles[seed]:
                continue
            rng = random.Random(seed)
            texts = [p.text for p in quoted.passages if p.kind == "prose" and quotable(p.text)]
            for text in rng.sample(texts, min(5, len(texts))):
                inserted = replaced(share)(text, rng)
                source = edited(host, inserting(inserted), seed, "zz-host")
                copy = dated(prepare(source, corpus.topic), "")
                if inserted in copy.article.text:
                    marked.append(covered(inserted, copy, repeats([quoted, copy])))
    return sum(part >= 0.5 for part in marked), len(marked)


def quotable(text: str) -> bool:
    return len(text.split()) >= 12 and "\n\n" not in text


def inserting(inserted: str) -> Edit:
    def edit(text: str, rng: random.Random) -> str:
        paragraphs = PARAGRAPH.split(text)
        paragraphs.insert(len(paragraphs) // 2, inserted)
        return "\n\n".join(paragraphs)

    return edit


def covered(inserted: str, copy: PreparedArticle, found: Repeats) -> float:
    start = copy.article.text.index(inserted)
    end = start + len(inserted)
    spans = found.spans.get(copy.article.id, ())
    return sum(max(0, min(end, s.end) - max(start, s.start)) for s in spans) / len(inserted)


def cpu(texts: Sequence[str]) -> tuple[float, float]:
    """Return microseconds of CPU a passage: its words, and its sketch once they are known."""
    begin = time.thread_time()
    words = [atoms(text) for text in texts]
    parted = time.thread_time()
    for each in words:
        sketch(shingles(each))
    return 1e6 * (parted - begin) / len(texts), 1e6 * (time.thread_time() - parted) / len(texts)


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def main() -> None:
    every = corpora()
    columns = f"{'recall':>8}{'precision':>11}{'copied':>9}{'own':>6}{'wrong':>7}  re-posts"
    say(f"{'copied, then':<24}{columns}")
    for name, edit in EDITS.items():
        say(measure(edit, every).line(name))
    say()
    say(independent(every))
    for share in (0, 0.05, 0.1, 0.2):
        found, total = quotations(share, every)
        say(f"paragraphs quoted with {share:.0%} of their words replaced: {found} of {total} found")
    texts = [p.text for corpus in every for each in corpus.articles for p in each.passages]
    words, sketching = cpu(texts)
    say(f"CPU a passage: {words:.0f} µs for its words, {sketching:.0f} µs for its sketch")


if __name__ == "__main__":
    main()
