"""The passages that answer a reading: found by words, moved up by what they state."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from advisor.analysed import question_atoms, question_index_words
from advisor.cues import cues
from advisor.followups import FACTUAL
from advisor.model import Reading
from advisor.on_another import is_on_another
from advisor.said import KEPT
from advisor.sought import Sought
from advisor.telling import NOTHING_KNOWN, Told
from advisor.weigh import Weighed
from kb.evidence import subjects_of
from kb.model import Claim, Hit, Passage, ScorePart
from kb.retrieval import nearest, search, words_held
from kb.shortlist import highlights
from kb.store import Snapshot
from kb.topic import Topic
from kb.words import Word, atoms, stem

# Share of the best score that a passage gains which states something on all that is asked.
_EVIDENCE = 0.75
_BESIDE_AN_ANSWER = 0.4  # and of that where some sentence answers by itself
_LEAST = 0.5  # importance from which a statement on a criterion counts
_WEAK = 0.6  # a hedged statement or an example gains this much of it
_RECOMMENDS = 0.2
_DEFINES = 0.5
_LISTS = 0.5
_SHOWS = 0.5
_SHOWS_DAMAGED = 0.15  # code that lost something comes behind sound code that is about as near
_ANSWER = 0.8
_FIRST = 0.3  # what the passage gains besides that the headline quotes
_ANSWERING = 4  # passages that gain by a sentence that answers
_FIGURE = 1.6  # a figure, when a number is asked for, gains this much of what a statement gains
_CANDIDATES = 40
_READ = 30
_READ_FOR_A_NAME = 150  # a name, year or address tells the sentence, the words around it less
_OPENING = 9  # words within which a definition names what it defines


def find(
    snapshot: Snapshot,
    reading: Reading,
    weighed: Weighed,
    claims: Sequence[Claim],
    told: Told,
    *,
    limit: int,
) -> list[Hit]:
    """Return the `limit` best passages, best first, spread over articles.

    What is `told` of a fact that was asked for comes first.
    """
    boosts = dict(_statements(reading, weighed, _BESIDE_AN_ANSWER if told else 1.0))
    if not weighed.weights and reading.intent == "choose":
        boosts |= _recommendations(claims)
    if reading.intent == "definition":
        candidates = nearest(snapshot, reading.query, limit=_CANDIDATES)
        boosts |= _definitions(candidates, reading)
    if reading.intent == "howto":
        candidates = nearest(snapshot, reading.query, limit=_CANDIDATES)
        boosts |= _instructions(candidates, reading, boosts)
    if reading.sides and not weighed.weights:
        boosts |= _sides(reading, claims)
    boosts |= _answers(told)
    hits = search(snapshot, reading.query, limit=limit, boosts=boosts)
    return _told_first(hits, reading, told, snapshot.topic(reading.topic))


def _told_first(hits: list[Hit], reading: Reading, told: Told, topic: Topic) -> list[Hit]:
    """Return hits with what the headline tells in front, and what is on a rival only behind.

    There is a rival where one option was asked about and no two are compared.
    """
    best = told.best(_ANSWERING)
    telling = [each.passage.id for each in best] + [each.id for each in told.shown]
    compares = bool(reading.sides) or reading.intent == "compare"
    one = reading.options[0] if len(reading.options) == 1 and not compares else ""

    def place(hit: Hit) -> tuple[bool, bool]:
        id = hit.passage.id
        on_rival = one and id not in telling and is_on_another(hit.passage, one, topic)
        return id not in telling[:1], bool(on_rival)

    return sorted(hits, key=place)


def _answers(told: Told) -> Mapping[str, ScorePart]:
    """Return what passages gain whose sentence or code answers, the best one most."""
    gains: dict[str, float] = {}
    for place, each in enumerate(told.best(_ANSWERING)):
        gain = _ANSWER * each.score if place else _ANSWER * max(each.score, 1.0) + _FIRST
        gains.setdefault(each.passage.id, gain)
    code = [*told.shown, *told.near]
    for place, passage in enumerate(code):
        gains[passage.id] = _ANSWER + (_FIRST * (not place) if told.shown else 0.0)
    return {id: ScorePart("answers it", gain) for id, gain in gains.items()}


def readable(
    snapshot: Snapshot, reading: Reading, wanted: Sought, claims: Sequence[Claim]
) -> list[Passage]:
    """Return the passages, best first, among whose sentences one may answer a question.

    They are found by the question, and by what is asked alone, without the option: whoever names
    it often says no more. Who uses an option is told where `claims` found an example of it.
    """
    found: dict[str, Passage] = {}
    rare = wanted.kind in ("person", "time", "address") or wanted.subject is not None
    alone = reading.query if wanted.subject is not None else wanted.query(reading.topic)
    for query, limit in ((reading.query, _READ), (alone, _READ_FOR_A_NAME if rare else _READ)):
        passages = nearest(snapshot, query, limit=limit)
        found |= {each.id: each for each in passages if each.id not in found}
    if wanted.kind == "user":
        examples = (c for c in claims if c.kind == "example" and set(c.about) & set(wanted.options))
        found |= snapshot.passages_by_id(dict.fromkeys(claim.passage for claim in examples))
    return list(found.values())


def stems_held(
    snapshot: Snapshot, wanted: Sought, passages: Sequence[Passage], topic: str
) -> Mapping[str, frozenset[str]]:
    """Return the stems of what is `wanted` that passages may hold, by id; none of tables.

    Of an index of few passages nothing is told: the sentences of all of them are remembered.
    """
    if snapshot.index(topic).passages <= KEPT:
        return NOTHING_KNOWN
    plain = [each for each in passages if not each.cells]  # a cell may end within a word
    return words_held(snapshot, topic, plain, wanted.stems)


def _statements(reading: Reading, weighed: Weighed, share: float) -> Mapping[str, ScorePart]:
    """Return, by passage id, what a passage gains by stating something on what was asked.

    It is a `share` of what it gains where no sentence answers by itself.
    """
    factual = reading.intent in FACTUAL
    asked = {
        w.subject: w.importance
        for w in weighed.weights
        if w.importance >= _LEAST and not (factual and "=" in w.subject)
    }
    if not asked and not factual:
        asked = {w.subject: abs(w.importance) for w in weighed.weights}
    figures = any(claim.kind == "figure" for claim in weighed.claims)
    counted = figures and cues().has("asks_number", question_atoms(reading.question))
    total = sum(asked.values())
    options = set(reading.options)
    gains: dict[str, dict[str, float]] = defaultdict(dict)
    for claim in weighed.claims:
        if options and options.isdisjoint(claim.about):
            continue
        strength = _WEAK if claim.hedged or claim.kind == "example" else 1.0
        strength *= _FIGURE if counted and claim.kind == "figure" else 1.0
        for subject in subjects_of(claim):
            if subject in asked:
                gain = strength * asked[subject] / total
                gained = gains[claim.passage]
                gained[subject] = max(gained.get(subject, 0.0), gain)
    return {
        id: ScorePart("states something on it", share * _EVIDENCE * sum(gain.values()))
        for id, gain in gains.items()
    }


def _recommendations(claims: Sequence[Claim]) -> Mapping[str, ScorePart]:
    """Return what passages gain that tell when to choose what, if no need was named."""
    cases: dict[str, set[int]] = defaultdict(set)
    for claim in claims:
        if claim.scope and claim.stance == "for" and claim.kind == "stance":
            cases[claim.passage].add(claim.start)
    most = max(map(len, cases.values()), default=1)
    return {
        id: ScorePart("says when to choose", _RECOMMENDS * len(starts) / most)
        for id, starts in cases.items()
    }


def _definitions(passages: Sequence[Passage], reading: Reading) -> Mapping[str, ScorePart]:
    """Return what passages gain that open with "X is", X being what was asked about."""
    asked = {word.stem for word in question_index_words(reading.question)}
    part = ScorePart("defines it", _DEFINES)
    return {passage.id: part for passage in passages if _defines(passage, asked)}


def _defines(passage: Passage, asked: set[str]) -> bool:
    opening = _opening(passage.text)
    verbs = [place for place, word in enumerate(opening) if word.text in ("is", "are")]
    return bool(verbs) and any(word.stem in asked for word in opening[: verbs[0]])


@lru_cache(maxsize=1024)  # passages are looked at again and again
def _opening(text: str) -> tuple[Word, ...]:
    return tuple(atoms(text[:200])[:_OPENING])


def _instructions(
    passages: Sequence[Passage], reading: Reading, boosts: Mapping[str, ScorePart]
) -> Mapping[str, ScorePart]:
    """Return what code gains when it was asked how to do a thing, beside what it has gained."""
    gains = {}
    for passage in passages:
        if passage.kind == "code" and _is_about(passage, reading):
            gain = _SHOWS_DAMAGED if passage.damage else _SHOWS
            before = boosts[passage.id].value if passage.id in boosts else 0.0
            gains[passage.id] = ScorePart("shows how", gain + before)
    return gains


def _is_about(passage: Passage, reading: Reading) -> bool:
    """True when a passage or its headings hold a word for an option, if one was named."""
    if not reading.options:
        return True
    stems = {stem(option) for option in reading.options}
    return any(highlights(text, stems) for text in (passage.text, *passage.headings))


def _sides(reading: Reading, claims: Sequence[Claim]) -> Mapping[str, ScorePart]:
    """Return what lists of strong or weak points gain when just those were asked for."""
    part = ScorePart("lists them", _LISTS)
    return {
        claim.passage: part
        for claim in claims
        if claim.method == "list"
        and claim.stance in reading.sides
        and set(claim.about) <= set(reading.options)
    }
