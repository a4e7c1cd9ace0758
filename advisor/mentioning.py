"""What a question mentions: the topic's phrases, found as people use them in a question."""

from collections.abc import Iterator, Sequence

from advisor.cues import cues
from kb.phrases import Found
from kb.topic import Mention, Topic
from kb.words import Word

_WEIGHED = ("criterion", "condition")


def mentioned(words: Sequence[Word], topic: Topic) -> tuple[Found[Mention], ...]:
    """Return what `words` mention of the topic, in order.

    A phrase is also found with an option's name between its words ("find Acme developers").
    Figures of speech ("the safer bet") mention nothing, talk of the articles themselves neither,
    and one adjective ("small") says nothing of the project when it stands before something that
    the topic has no word for ("a small town").
    """
    found = _with_parted(words, topic.phrases.find(words), topic)
    masked = {
        place
        for kind in ("figures_of_speech", "sources")
        for first, last in cues().find(kind, words)
        for place in range(first, last)
    }
    told = [each for each in found if not _is_masked(each, masked)]
    return tuple(each for each in told if not _describes_another_thing(each, words, told))


def _is_masked(found: Found[Mention], masked: set[int]) -> bool:
    """True when a criterion or condition stands wholly in words that mean something else."""
    return found.meaning.kind in _WEIGHED and set(range(found.first, found.last)) <= masked


def _with_parted(
    words: Sequence[Word], found: list[Found[Mention]], topic: Topic
) -> list[Found[Mention]]:
    """Add the phrases that an option's name parts, in the place of what stands inside them."""
    named = {p for each in found if each.meaning.kind == "option" for p in _places(each)}
    if not named:
        return found
    parted = list(_parted(words, named, topic))
    inside = {p for each in parted for p in range(each.first, each.last)} - named
    kept = [each for each in found if not inside & _places(each)]
    return sorted([*kept, *parted], key=lambda each: (each.first, each.last))


def _parted(words: Sequence[Word], named: set[int], topic: Topic) -> Iterator[Found[Mention]]:
    """Yield the criteria and conditions whose phrases hold one option between their words."""
    kept = [place for place in range(len(words)) if place not in named]
    for each in topic.phrases.find([words[place] for place in kept]):
        first, last = kept[each.first], kept[each.last - 1] + 1
        if each.meaning.kind in _WEIGHED and last - first == each.last - each.first + 1:
            yield Found(each.meaning, first, last, words[first].start, words[last - 1].end)


def _describes_another_thing(
    found: Found[Mention], words: Sequence[Word], every: Sequence[Found[Mention]]
) -> bool:
    """True for one word for a condition right before a noun that the topic does not know."""
    if found.meaning.kind != "condition" or found.last - found.first > 1:
        return False
    if found.last >= len(words) or words[found.last].is_stop_word:
        return False
    following = words[found.last]
    known = any(
        found.last in _places(each) and not (_is_compared(words[found.first]) and _is_need(each))
        for each in every
    )
    return not known and not cues().is_filler(following) and not _is_number(following)


def _is_compared(word: Word) -> bool:
    """True for "smaller": of a thing that is compared, and so not of the project."""
    return word.text.endswith("er")


def _is_need(found: Found[Mention]) -> bool:
    return found.meaning.kind == "criterion"


def _is_number(word: Word) -> bool:
    return word.text.isdecimal() or word.text in cues().numbers


def _places(found: Found[Mention]) -> set[int]:
    return set(range(found.first, found.last))
