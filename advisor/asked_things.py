"""The things a question for a fact asks about: criteria, names, idioms, other content words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from advisor.analysed import question_atoms
from advisor.corrections import is_written_as_a_name
from advisor.cues import cues
from advisor.importance import WANTED
from advisor.model import Reading
from kb.lexicon.english import synonyms
from kb.spelling import frequency, rarity
from kb.topic import Topic
from kb.words import Word, atoms

LIKE = 0.8  # a word of like meaning counts this much of the word itself
CRITERION = 8.0  # what a criterion tells, however common its words are
_RARE = 100  # occurrences in English below which a word is a name
_ON_IT = 0.55  # other words for the same criterion, which may speak of another part of it
_PART = 0.5  # and some words of several, or words of a criterion in another sense
_FOR = "for"
_WHICH = ("which", "what")
_STRANGE = 12.0  # what a word tells at most that English does not know
_CARRIED = 4.0  # what a criterion of an earlier question tells
_FILLER = 0.3  # a word without a subject of its own tells this much of what it would tell


class Asked(NamedTuple):
    """One thing that is asked about: the question's own `stems`, and `like` ones.

    `criterion` is the criterion whose words it is, or that it is `hinted` at by, "" for none.
    `weight` is what it tells, above 0. What is `named` has to be there: a name, or a word that
    English does not know. `large` is how a name is written, `aim` what it is wanted for, and
    `head` the noun behind "which".
    """

    stems: frozenset[str]
    like: frozenset[str]
    criterion: str
    weight: float
    hinted: bool = False
    named: bool = False
    large: bool = False
    aim: bool = False
    head: bool = False

    def share(self, held: frozenset[str], criteria: frozenset[str]) -> float:
        """Return how far the `held` stems and `criteria` are what is asked, from 0 to 1."""
        whole = self.stems <= held
        if self.criterion and not self.hinted:
            if self.criterion not in criteria:
                return _PART if whole and self.stems else 0.0
            close = not self.stems or bool(held & (self.stems | self.like))
            return 1.0 if whole else LIKE if close else _ON_IT
        if whole:
            return 1.0
        if held & self.like or (self.hinted and self.criterion in criteria):
            return LIKE
        return _PART if held & self.stems else 0.0


def things_asked(
    text: str, topic: Topic, form_kinds: Sequence[str], *, plain: bool = False
) -> Iterator[Asked]:
    """Yield the things that `text` asks about: criteria, idioms, and the other content words.

    Cues of the `form_kinds` say how it is asked. Words of the field that say nothing ("project")
    are asked about only in `plain` questions.
    """
    words = question_atoms(text)
    counted = cues().has("asks_number", words)
    form: set[int] = set()
    for meant, places in _idioms(words, topic):
        form |= places
        yield plain_thing(atoms(meant), "")
    form |= {
        place
        for kind in form_kinds
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    stated = {(f.first, f.last) for f in topic.statement_phrases.find(words)}
    users = set(_users(words))
    heads = set(_heads(words))
    for found in topic.phrases.find(words):
        places = set(range(found.first, found.last)) - form
        if found.meaning.kind in (("option",) if plain else ("option", "subject", "filler")):
            form |= places
        if found.meaning.kind == "criterion" and places:
            form |= places
            own = [words[p] for p in sorted(places) if not words[p].is_stop_word]
            if places & users:
                yield plain_thing(own, "")._replace(named=True, large=True)
            elif (found.first, found.last) in stated and own:
                yield plain_thing(own, found.meaning.id)._replace(head=bool(places & heads))
            else:
                aim = found.first > 0 and words[found.first - 1].text == _FOR
                hints = (
                    _hint(word, found.meaning.id, counted=counted)._replace(
                        aim=aim, head=bool(places & heads)
                    )
                    for word in own
                )
                yield from (_name(e, word, text) for e, word in zip(hints, own, strict=True))
    for place, word in enumerate(words):
        if place in form or word.is_stop_word or len(word.text) < 2:
            continue
        if word.text not in cues().numbers:
            head = place in heads
            yield _name(plain_thing([word], ""), word, text)._replace(head=head)


def _heads(words: Sequence[Word]) -> Iterator[int]:
    """Yield the places right behind "which" and "what", up to the verb: what is asked for."""
    for place, word in enumerate(words[:-1]):
        if word.text in _WHICH and not words[place + 1].is_stop_word:
            yield place + 1


def _users(words: Sequence[Word]) -> Iterator[int]:
    """Yield the places of who uses something: "which newspaper uses X" asks for a newspaper."""
    for first, _ in cues().find("makes_use", words):
        yield from (first - 1,) if words[max(0, first - 2)].text in ("which", "what") else ()


def _idioms(words: Sequence[Word], topic: Topic) -> Iterator[tuple[str, set[int]]]:
    """Yield what idioms stand for, and their places; an option may stand within one."""
    kept = besides_options(words, topic)
    rest = tuple(words[place] for place in kept) if len(kept) < len(words) else words
    for meant, first, last in cues().idioms_in(rest):
        yield meant, set(kept[first:last])


def besides_options(words: Sequence[Word], topic: Topic) -> list[int]:
    """Return the places of the words that name no option: "a new X project"."""
    named = {
        place
        for found in topic.phrases.find(words)
        if found.meaning.kind == "option"
        for place in range(found.first, found.last)
    }
    return [place for place in range(len(words)) if place not in named]


def _name(thing: Asked, word: Word, text: str) -> Asked:
    """Mark what has to be there: a name, a word unknown to English, or what singles out one.

    A name is written large within a sentence. Of all stores one is the default.
    """
    large = is_written_as_a_name(text, word.start, word.end)
    alone = cues().opens("singles_out", [word])
    return thing._replace(named=large or alone or frequency(word.text) < _RARE, large=large)


def carried(reading: Reading, words: Sequence[Word], topic: Topic) -> Iterator[Asked]:
    """Yield the criteria that earlier questions named: "who uses it for that?"."""
    own = {found.meaning.id for found in topic.phrases.find(words)}
    if reading.carried_over:
        for need in reading.needs:
            if need.criterion not in own and need.importance >= WANTED:
                yield Asked(frozenset(), frozenset(), need.criterion, _CARRIED)


def plain_thing(words: Sequence[Word], criterion: str) -> Asked:
    """Return the thing that words name, of a criterion or "" for none."""
    like = {s for word in words for s in _like(word.text)}
    if criterion:
        weight = CRITERION
    else:
        told = (rarity(w.text) * (_FILLER if cues().is_filler(w) else 1.0) for w in words)
        weight = min(max(told), _STRANGE)
    return Asked(frozenset(word.stem for word in words), frozenset(like), criterion, weight)


def _hint(word: Word, criterion: str, *, counted: bool) -> Asked:
    """Return what a word that only hints at a criterion asks about: itself, or else that.

    Where something is counted, only itself: how much memory it needs is not how fast it is.
    """
    if counted:
        return plain_thing([word], "")
    return plain_thing([word], "")._replace(criterion=criterion, hinted=True)


@lru_cache(maxsize=1024)
def _like(text: str) -> frozenset[str]:
    """Return the stems of words of like meaning."""
    others = (word for other in synonyms().get(text, ()) for word in atoms(other))
    return frozenset(word.stem for word in others if not word.is_stop_word)
