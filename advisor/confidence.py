"""How sure a verdict is, and the sentence that says from what."""

from collections.abc import Container, Mapping, Sequence

from advisor.model import Confidence, Reading
from advisor.phrasing import article_count, in_words
from advisor.seeking import kind_asked
from advisor.weigh import Weighed
from kb.disagreements import Conflict
from kb.evidence import Subject
from kb.spelling import frequency
from kb.topic import Topic
from kb.words import atoms

_WIDE = 0.5  # of all importance
_CLOSE = 0.25
_OF_THE_FIELD = ("criterion", "condition", "subject")
_UNHEARD = "No article has these words; in other words they may have an answer."
_UNTOLD = "No sentence that speaks of it names what was asked for."
_UNRELATED = "The question names nothing that the articles speak of."
_NOTHING_NAMED = "The articles recommend each in other cases: say what you build, or for whom."
_NAMED = 0.5  # importance from which something was named, if only in an earlier question
_FOREIGN = "The question seems to be in another language than English, of which little is read."


def confidence(weighed: Weighed, reading: Reading, topic: Topic) -> tuple[Confidence, str]:
    """Return how sure the verdict is, and the sentence that says from what.

    How sure facts and how-tos are is said in telling.py.
    """
    if reading.courtesy:
        return "high", "Nothing was asked yet."
    if weighed.verdict == "not_covered":
        if reading.foreign:
            return "medium", _FOREIGN
        if _is_known_to_be_outside(reading.not_covered, topic):
            return "high", "Words that decide the question stand in no article."
        if only_asks(reading):
            return "medium", _UNTOLD
        return "medium", _UNHEARD if _is_on_topic(reading, topic) else _UNRELATED
    if weighed.verdict == "depends" and not weighed.weights:
        return "medium", _NOTHING_NAMED
    subjects = {
        w.subject: w.importance
        for w in weighed.weights
        if abs(w.importance) >= _NAMED or "=" in w.subject
    }
    articles = {c.article for subject in subjects for c in weighed.by_subject.get(subject, ())}
    if not articles:
        return "low", "No article compares the options on this."
    ahead, behind = _sides(weighed, subjects, topic)
    sentence = f"{_capital(article_count(len(articles)))} speak{_s(len(articles))} of it"
    if weighed.leader:
        leader = topic.option(weighed.leader).label
        contradicted = any(c.strength == "hard" for c in _conflicts(weighed, subjects))
        none = "none on balance" if contradicted else "none"
        rest = in_words(behind) if behind else none
        if reading.weak_end:
            sentence += f"; {in_words(ahead)} on balance see {leader} behind, {rest} ahead"
        else:
            sentence += f"; {in_words(ahead)} on balance for {leader}, {rest} against"
        undecided = len(articles) - ahead - behind
        sentence += f", {in_words(undecided)} undecided" if undecided else ""
    level = _level(weighed, len(articles), ahead, behind)
    wanted = all(weight.importance > 0 for weight in weighed.weights)
    disputed = ahead < len(articles) and _is_disputed(weighed, subjects)
    unsure = disputed or reading.guessed or reading.foreign
    if level == "high" and (unsure or not wanted):
        level = "medium"
    return level, f"{sentence}."


def _is_known_to_be_outside(missing: Sequence[str], topic: Topic) -> bool:
    """True when the topic lists one of the words, or general English does not know one."""
    words = [atoms(text) for text in missing]
    kinds = {found.meaning.kind for each in words for found in topic.phrases.find(each)}
    strange = any(len(each) == 1 and not frequency(each[0].text) for each in words)
    return bool(kinds & {"outside", "uncovered"}) or strange


def only_asks(reading: Reading) -> bool:
    """True when all that is not covered are the words that ask: "who created", "in which year"."""
    return not reading.unheard and reading.not_covered == kind_asked(reading)


def _is_on_topic(reading: Reading, topic: Topic) -> bool:
    """True when a question names something that articles could answer in other words.

    What only hints at a need says nothing of a question that is on something else.
    """
    if reading.options or reading.carried_over:
        return True
    found = topic.statement_phrases.find(atoms(reading.question))
    return any(each.meaning.kind in _OF_THE_FIELD for each in found)


def _level(weighed: Weighed, articles: int, ahead: int, behind: int) -> Confidence:
    """Tell how sure a verdict is that weighed `articles` articles.

    High: a wide margin, three articles for it and none against. Low: one article, a close margin,
    or no more articles for it than against it.
    """
    if weighed.verdict == "lean" and weighed.margin >= _WIDE and ahead >= 3 and not behind:
        return "high"
    shaky = articles == 1 or weighed.margin < _CLOSE or (weighed.leader and ahead <= behind)
    return "low" if shaky else "medium"


def _is_disputed(weighed: Weighed, subjects: Container[Subject]) -> bool:
    """True when articles flatly contradict each other on what was asked.

    It makes a verdict less sure unless on balance all of them see the same option ahead.
    """
    return any(
        conflict.strength == "hard" and conflict.between == "articles"
        for conflict in _conflicts(weighed, subjects)
    )


def _conflicts(weighed: Weighed, subjects: Container[Subject]) -> list[Conflict]:
    return [each for each in weighed.conflicts if each.subject in subjects]


def _sides(weighed: Weighed, subjects: Mapping[Subject, float], topic: Topic) -> tuple[int, int]:
    """Return how many articles put the leader ahead on what was asked, and how many behind."""
    balance: dict[str, float] = {}
    for subject, importance in subjects.items():
        for option in topic.option_ids:
            sign = importance if option == weighed.leader else -importance
            for article, voice in weighed.heard.of(option, subject).items():
                balance[article] = balance.get(article, 0.0) + sign * voice
    ahead = sum(value > 0 for value in balance.values())
    return ahead, sum(value < 0 for value in balance.values())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _s(number: int) -> str:
    return "s" if number == 1 else ""
