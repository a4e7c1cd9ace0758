"""How sure a verdict is, and the sentence that says from what."""

from collections.abc import Sequence

from advisor.model import Confidence
from advisor.selecting import articles_on
from advisor.weigh import Weighed
from kb.disagreements import conflicts
from kb.evidence import Subject
from kb.topic import Topic

_WIDE = 0.5  # of all importance
_CLOSE = 0.25
_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight"}


def confidence(weighed: Weighed, topic: Topic) -> tuple[Confidence, str]:
    """Return how sure the verdict is, and the sentence that says from what."""
    if weighed.verdict == "not_covered":
        return "high", "Words that decide the question stand in no article."
    if weighed.verdict == "depends" and not weighed.weights:
        return "medium", "No need was named, and the articles recommend each in other cases."
    if weighed.verdict == "no_verdict":
        return "medium", "The passages found answer it; nothing was weighed."
    subjects = [w.subject for w in weighed.weights if w.importance >= 1 or "=" in w.subject]
    articles = {a for subject in subjects for a in articles_on(weighed.claims, subject)}
    if not articles:
        return "low", "No article compares the options on this."
    ahead, behind = _sides(weighed, subjects, topic)
    sentence = f"{_count(len(articles))} speak{'s' if len(articles) == 1 else ''} of it"
    if weighed.leader:
        leader = topic.option(weighed.leader).label
        sentence += f"; {_word(ahead)} on balance for {leader}, {_word(behind)} against"
    level = _level(weighed, len(articles), ahead, behind)
    if level == "high" and _is_disputed(weighed, subjects):
        level = "medium"
    return level, f"{sentence}."


def _level(weighed: Weighed, articles: int, ahead: int, behind: int) -> Confidence:
    """High: a wide margin, three articles for it and none against. Low: one article, or close."""
    if weighed.verdict == "lean" and weighed.margin >= _WIDE and ahead >= 3 and not behind:
        return "high"
    return "low" if articles == 1 or weighed.margin < _CLOSE else "medium"


def _is_disputed(weighed: Weighed, subjects: Sequence[Subject]) -> bool:
    """True when articles flatly contradict each other on what was asked."""
    return any(
        conflict.strength == "hard" and conflict.between == "articles"
        for conflict in conflicts(weighed.claims)
        if conflict.subject in subjects
    )


def _sides(weighed: Weighed, subjects: Sequence[Subject], topic: Topic) -> tuple[int, int]:
    """Return how many articles put the leader ahead on what was asked, and how many behind."""
    balance: dict[str, float] = {}
    for subject in subjects:
        for option in topic.option_ids:
            sign = 1.0 if option == weighed.leader else -1.0
            for article, voice in weighed.heard.of(option, subject).items():
                balance[article] = balance.get(article, 0.0) + sign * voice
    ahead = sum(value > 0 for value in balance.values())
    return ahead, sum(value < 0 for value in balance.values())


def _word(number: int) -> str:
    return _WORDS.get(number, str(number)) if number else "none"


def _count(number: int) -> str:
    return f"{_word(number).capitalize()} article{'s' if number != 1 else ''}"
