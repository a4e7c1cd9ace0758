"""Words from learned questions that a topic does not know, with the criterion they may stand for.

Each has evidence that a person can judge: where articles use the word, which other questions name
the criterion beside it, what was said of answers, and words of the topic that it resembles. A word
without enough of it is only listed. Nothing is changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from os.path import commonprefix

from kb.learned import Learned
from kb.model import Alternative, Claim, Passage, Query, QueryWord
from kb.retrieval import search
from kb.spelling import is_checkable, likely, rarity
from kb.store import Snapshot
from kb.topic import Topic
from kb.topic_words import Key
from kb.words import Word, atoms, index_stems, is_parted

ENOUGH = 1.5  # of evidence, from which a word is proposed
_AHEAD = 1.5  # times the evidence for the next criterion
_SAID = 1.5  # what a reason that names the criterion is worth
_BESIDE = 0.5  # a question that names it beside the word
_QUOTED = 1.0  # a claim on it whose quote holds the word
_HEADED = 0.5  # a passage under a heading that names it
_ONE_ARTICLE = 1.0  # what all that one article says is worth at most
_LIKE = 1.0  # a word of the criterion that begins alike
_MOST_PASSAGES = 30
_MOST_WORDS = 300  # the most asked ones; of each it takes some milliseconds to find evidence
_WIDESPREAD = 0.1  # of a topic's passages; a word that so many hold tells no criterion
_TELLING = 3.0  # rarity from which a word alone may stand for something, of about 15
_FEWEST_LETTERS = 6  # that two words begin with alike
_ALIKE = 0.6  # of the longer word


@dataclass(frozen=True, slots=True)
class Support:
    """Why a word may stand for a criterion: what it is worth, and the reasons as sentences."""

    criterion: str
    worth: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A word of learned questions; `support` is best first, the criterion "" if none is clear.

    `key` is where it belongs in the topic file: what articles use is a hint, so that nothing else
    is read into them; what none uses can be a word like the others.
    """

    word: str
    key: Key
    times: int
    questions: tuple[str, ...]
    support: tuple[Support, ...]

    @property
    def criterion(self) -> str:
        if not self.support or self.support[0].worth < ENOUGH:
            return ""
        others = self.support[1].worth if len(self.support) > 1 else 0.0
        return self.support[0].criterion if self.support[0].worth >= _AHEAD * others else ""


@dataclass(slots=True)
class _Use:
    """Where a word was used."""

    text: str
    stems: frozenset[str]
    learned: list[Learned] = field(default_factory=list)


def proposals(snapshot: Snapshot, topic: Topic, learned: Sequence[Learned]) -> list[Proposal]:
    """Return the unknown words of open questions of a topic, clear ones first, then by how often.

    Of a word and a pair that holds it, with the same questions, the pair is left out unless it
    alone has a criterion.
    """
    every = [each for each in learned if each.event.asking.topic in ("", topic.id)]
    asked = _Questions(topic, every)
    found = [
        Proposal(
            use.text,
            "hints" if _stands_in_articles(snapshot, topic, use) else "words",
            sum(each.times for each in use.learned),
            tuple(dict.fromkeys(each.event.asking.question for each in use.learned)),
            _support(snapshot, topic, use, asked),
        )
        for use in _most_asked(_uses(snapshot, topic, every))
    ]
    return sorted(
        _without_pairs(found), key=lambda each: (not each.criterion, -each.times, each.word)
    )


def _without_pairs(found: Sequence[Proposal]) -> Iterator[Proposal]:
    alone = {each.word: each for each in found if " " not in each.word}
    for each in found:
        parts = [alone[word] for word in each.word.split(" ") if word in alone]
        placed = any(part.criterion == each.criterion for part in parts)
        if each.word in alone or not parts or (each.criterion and not placed):
            yield each


def _uses(snapshot: Snapshot, topic: Topic, learned: Sequence[Learned]) -> list[_Use]:
    """Return the unknown words of questions, and pairs of them, by their stems."""
    uses: dict[tuple[str, ...], _Use] = {}
    for each in learned:
        if each.event.kind == "liked" or each.closed:
            continue
        turned_on = {word.stem for text in each.event.missing for word in atoms(text)}
        for words in _unknown(snapshot, topic, atoms(each.event.asking.question)):
            key = tuple(word.stem for word in words)
            if turned_on and not turned_on.issuperset(key):
                continue  # of an answer that turned on other words
            text = " ".join(word.text for word in words)
            use = uses.setdefault(key, _Use(text, frozenset(key)))
            if not use.learned or use.learned[-1] is not each:
                use.learned.append(each)
    return list(uses.values())


def _unknown(snapshot: Snapshot, topic: Topic, words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield what of a question the topic does not know: words, and two that stand together."""
    covered = {
        place for found in topic.phrases.find(words) for place in range(found.first, found.last)
    }
    free = [
        place
        for place, word in enumerate(words)
        if place not in covered
        and not word.is_stop_word
        and rarity(word.text) >= _TELLING
        and len(word.text) > 1
        and not _is_misspelt(snapshot, topic, word)
    ]
    yield from ((words[place],) for place in free)
    for first, second in pairwise(free):
        if second == first + 1 and not is_parted(words, second):
            yield words[first], words[second]


def _is_misspelt(snapshot: Snapshot, topic: Topic, word: Word) -> bool:
    """True for a word that is read as another one anyway."""
    if not is_checkable(word.text, typed=word.text):
        return False
    if snapshot.known_forms(topic.id, [word.text]):
        return False
    return bool(likely(word.text, snapshot.forms_near(topic.id, word.text), farthest=1))


def _support(
    snapshot: Snapshot, topic: Topic, use: _Use, asked: "_Questions"
) -> tuple[Support, ...]:
    worth: dict[str, float] = defaultdict(float)
    because: dict[str, list[str]] = defaultdict(list)
    for criterion, value, sentence in (
        *_said(topic, use),
        *_beside(use, asked),
        *_in_articles(snapshot, topic, use),
        *_alike(topic, use),
    ):
        worth[criterion] += value
        if sentence not in because[criterion]:
            because[criterion].append(sentence)
    ordered = sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Support(id, value, tuple(because[id])) for id, value in ordered)


_Evidence = Iterator[tuple[str, float, str]]  # criterion, worth, sentence


def _said(topic: Topic, use: _Use) -> _Evidence:
    """Yield what those who disliked an answer named."""
    for each in use.learned:
        for criterion in _named(topic, each.event.reason):
            yield criterion, _SAID, f"said of the answer: “{each.event.reason}”"


class _Questions:
    """Different questions, by the words in them, with the criteria that each names."""

    def __init__(self, topic: Topic, learned: Sequence[Learned]) -> None:
        self._topic = topic
        self._holding: dict[str, set[str]] = defaultdict(set)
        self._named: dict[str, tuple[str, ...]] = {}
        for question in {each.event.asking.question for each in learned}:
            for word in atoms(question):
                self._holding[word.stem].add(question)

    def with_all(self, stems: frozenset[str]) -> list[str]:
        return sorted(set.intersection(*(self._holding[stem] for stem in stems)))

    def named(self, question: str) -> tuple[str, ...]:
        if question not in self._named:
            self._named[question] = _named(self._topic, question)
        return self._named[question]


def _most_asked(uses: Sequence[_Use]) -> list[_Use]:
    def times(use: _Use) -> int:
        return sum(each.times for each in use.learned)

    return sorted(uses, key=lambda use: (-times(use), use.text))[:_MOST_WORDS]


def _beside(use: _Use, asked: _Questions) -> _Evidence:
    """Yield the criteria that questions with the word name."""
    for question in asked.with_all(use.stems):
        for criterion in asked.named(question):
            yield criterion, _BESIDE, f"asked together: “{question}”"


def _in_articles(snapshot: Snapshot, topic: Topic, use: _Use) -> _Evidence:
    """Yield the criteria of claims and headings where articles use the word."""
    words = tuple(QueryWord(stem, (Alternative(stem, 1.0),)) for stem in sorted(use.stems))
    if not _stands_in_articles(snapshot, topic, use):
        return
    held = snapshot.frequencies(topic.id, use.stems)
    if min(held.values()) > max(3, _WIDESPREAD * snapshot.state().passages):
        return
    hits = search(snapshot, Query(topic.id, words), limit=_MOST_PASSAGES)
    passages = {hit.passage.id: hit.passage for hit in hits if _holds(hit.passage, use.stems)}
    left: dict[tuple[str, str], float] = defaultdict(lambda: _ONE_ARTICLE)
    for article, criterion, worth, sentence in _uses_in(snapshot, topic, use, passages):
        counted = min(worth, left[article, criterion])
        left[article, criterion] -= counted
        yield criterion, counted, sentence


def _uses_in(
    snapshot: Snapshot, topic: Topic, use: _Use, passages: Mapping[str, Passage]
) -> Iterator[tuple[str, str, float, str]]:
    """Yield article, criterion, worth and sentence for each use of a word in some passages."""
    for claim in snapshot.claims(topic.id):
        if claim.criterion and claim.passage in passages and _quotes(claim, use.stems):
            said = f"{claim.article} says of it: “{claim.quote}”"
            yield claim.article, claim.criterion, _QUOTED, said
    for passage in passages.values():
        headings = " > ".join(passage.headings)
        for criterion in _named(topic, headings):
            under = f"{passage.article} uses it under “{headings}”"
            yield passage.article, criterion, _HEADED, under


def _stands_in_articles(snapshot: Snapshot, topic: Topic, use: _Use) -> bool:
    return len(snapshot.frequencies(topic.id, use.stems)) == len(use.stems)


def _alike(topic: Topic, use: _Use) -> _Evidence:
    """Yield the criteria that have a word with the same beginning."""
    if " " in use.text:
        return
    for criterion in topic.criteria:
        for phrase in (*criterion.words, *criterion.hints):
            if not phrase.casefold().startswith(use.text[:_FEWEST_LETTERS]):
                continue  # most of thousands
            shared = len(commonprefix([use.text, phrase.casefold()]))
            if shared >= max(_FEWEST_LETTERS, _ALIKE * max(len(phrase), len(use.text))):
                yield criterion.id, _LIKE, f"the topic has “{phrase}”"
                break


def _named(topic: Topic, text: str) -> tuple[str, ...]:
    """Return the criteria that a text names."""
    found = topic.phrases.find(atoms(text))
    return tuple(dict.fromkeys(f.meaning.id for f in found if f.meaning.kind == "criterion"))


def _holds(passage: Passage, stems: frozenset[str]) -> bool:
    return stems <= {*index_stems(passage.text), *index_stems(" ".join(passage.headings))}


def _quotes(claim: Claim, stems: frozenset[str]) -> bool:
    return stems <= {*index_stems(claim.quote)}
