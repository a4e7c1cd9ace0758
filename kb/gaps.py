"""Gaps: learned questions grouped by what they are about, for whoever keeps the articles.

A question is the set of its content words, each worth what it tells: how rare it is in English,
little if nearly every question holds it, more if an answer turned on it. Two questions are alike
as their words are (Dice, "Measures of the amount of ecologic association between species", 1945,
with weights). A question joins the group it is most like, of those begun by questions that were
asked more often; the same questions make the same groups, in whatever order they came.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.learned import Asking, Kind, Learned
from kb.spelling import is_checkable, rarity
from kb.topic import Topic
from kb.words import atoms, index_words

ID_LETTERS = 6
_ALIKE = 0.5  # of the worth of both questions' words
_DECISIVE = 3.0  # times what a word is worth on which an answer turned
_COMMON = 0.2  # times what a word is worth that stands for an option or for the whole field
_LEAST = 0.5  # what the commonest word is worth, of about 15
_FEWEST_LETTERS = 5  # of a word that may be another one misspelt
_CONTENT = ("unanswered", "low", "disliked")  # what makes a group a gap

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions on one thing that articles do not answer well, the most asked first."""

    questions: tuple[Learned, ...]

    @property
    def id(self) -> str:
        """What the group is called as long as its most asked question stays the same."""
        return id_of(self.questions[0])

    @property
    def asking(self) -> Asking:
        return self.questions[0].event.asking

    @property
    def is_open(self) -> bool:
        return any(not each.closed for each in self.questions if each.event.kind != "liked")

    @property
    def last(self) -> str:
        """The last day on which one of the questions was asked."""
        return max(each.last for each in self.questions)

    @property
    def missing(self) -> tuple[str, ...]:
        """The words on which answers turned, each once however it is written."""
        words = (word for each in self.questions for word in each.event.missing)
        written: dict[str, str] = {}
        for word in words:
            written.setdefault(word.casefold(), word)
        return tuple(written.values())

    @property
    def wordings(self) -> tuple[str, ...]:
        """The different questions, the most asked first."""
        return tuple(dict.fromkeys(each.event.asking.question for each in self.questions))

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was said by those who disliked an answer."""
        disliked = (each.event for each in self.questions if each.event.kind == "disliked")
        return tuple(dict.fromkeys(event.reason for event in disliked if event.reason))

    def times(self, kind: Kind) -> int:
        return sum(each.times for each in self.questions if each.event.kind == kind)

    @property
    def weight(self) -> int:
        """How often something was missing."""
        return sum(each.times for each in self.questions if each.event.kind in _CONTENT)


def id_of(question: Learned) -> str:
    """Return what names the group of a question on a command line: six letters of a digest."""
    asking = question.event.asking
    return blake2b(repr((asking.question, asking.history)).encode()).hexdigest()[:ID_LETTERS]


def gaps_of(learned: Iterable[Learned], topics: Sequence[Topic]) -> list[Gap]:
    """Return the groups of questions that something was missing for, the most asked first.

    Open and closed ones are kept apart, and likes are counted with the questions they are of.
    """
    kept = list(learned)
    groups: list[list[Learned]] = []
    for closed in (False, True):
        part = [each for each in kept if bool(each.closed) == closed]
        groups += _grouped(part, topics)
    gaps = [Gap(tuple(group)) for group in groups]
    wanted = [gap for gap in gaps if gap.weight]
    return sorted(wanted, key=lambda gap: (-gap.weight, gap.asking.question, gap.id))


def _grouped(learned: Sequence[Learned], topics: Sequence[Topic]) -> list[list[Learned]]:
    """Return groups of alike questions, each led by the one that was asked most often."""
    worth = _Worth(learned, topics)
    groups: list[list[Learned]] = []
    leaders: list[tuple[str, Weights]] = []  # topic and words
    holding: dict[str, list[int]] = defaultdict(list)  # groups, by a word of their leaders
    for each in sorted(learned, key=_leading):
        topic, words = each.event.asking.topic, worth.of(each)
        near = sorted({place for word in words for place in holding[word]})
        likeness = [(_likeness(words, leaders[n][1]), -n) for n in near if leaders[n][0] == topic]
        best, place = max(likeness, default=(0.0, 0))
        if best >= _ALIKE:
            groups[-place].append(each)
            continue
        for word in words:
            holding[word].append(len(groups))
        leaders.append((topic, words))
        groups.append([each])
    return groups


def _leading(each: Learned) -> tuple[bool, int, int, str, str, int]:
    """Sort what is missing before likes, then by how often and how shortly it was asked."""
    question = each.event.asking.question
    return (
        *(each.event.kind == "liked", -each.times, len(question), question),
        *(each.event.kind, each.id),
    )


def _likeness(one: Weights, other: Weights) -> float:
    """Return the share of two questions' worth that lies in the words they have in common."""
    shared = sum(one[word] + other[word] for word in one.keys() & other.keys())
    return shared / ((sum(one.values()) + sum(other.values())) or 1.0)


class _Worth:
    """What the words of questions are worth; misspelt ones are taken for what they stand for."""

    def __init__(self, learned: Sequence[Learned], topics: Sequence[Topic]) -> None:
        self._common = frozenset(stem for topic in topics for stem in _field_stems(topic))
        counts: Counter[str] = Counter()
        typed: dict[str, str] = {}
        for each in learned:
            for word in index_words(asked_text(each)):
                counts[word.stem] += each.times
                typed.setdefault(word.stem, word.text)
        counts.update(dict.fromkeys(self._common, counts.total() + 1))
        self._meant = _meant(counts, typed)

    def of(self, each: Learned) -> Weights:
        """Return the words of a question, each with what it is worth, above 0."""
        missing = {self._stem(word.stem) for text in each.event.missing for word in atoms(text)}
        worth: dict[str, float] = {}
        for word in index_words(asked_text(each)):
            stem = self._stem(word.stem)
            told = max(_LEAST, rarity(word.text)) * (_COMMON if stem in self._common else 1.0)
            worth[stem] = max(worth.get(stem, 0.0), told * (_DECISIVE if stem in missing else 1.0))
        return worth or {each.event.asking.question: 1.0}

    def _stem(self, stem: str) -> str:
        return self._meant.get(stem, stem)


def asked_text(each: Learned) -> str:
    """Return what a question asks, with the one before it: a follow-up means little alone."""
    asking = each.event.asking
    return " ".join([*asking.history[-1:], asking.question])


def _field_stems(topic: Topic) -> set[str]:
    """Return the stems of the words for options, for the choice itself and of the field."""
    words = (*topic.subjects, *topic.subject, *topic.filler)
    return {word.stem for text in words for word in atoms(text)}


def _meant(counts: Mapping[str, int], typed: Mapping[str, str]) -> dict[str, str]:
    """Return the stems that are a more frequent one misspelt, with that one.

    One edit away, of five letters and more, with the same first letter, and no English word.
    """
    ordered = sorted(counts, key=lambda stem: (-counts[stem], stem))
    targets = [stem for stem in ordered if len(stem) >= _FEWEST_LETTERS - 1]
    meant: dict[str, str] = {}
    for place, stem in enumerate(targets):
        text = typed.get(stem, stem)
        if len(stem) < _FEWEST_LETTERS or not is_checkable(text, typed=text):
            continue
        near = process.extract_iter(stem, targets[:place], scorer=OSA.distance, score_cutoff=1)
        found = next((each for each, _, _ in near if each[0] == stem[0]), None)
        if found is not None:
            meant[stem] = meant.get(found, found)
    return meant
