"""What nobody asks for, because it is there already or because somebody else does it."""

from collections.abc import Iterator, Sequence

from advisor.cues import cues
from kb.words import Word, is_parted

_BEHIND = 6  # words: "we already have a shop with a till"


def done_elsewhere(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of what others do: "somebody else builds the admin", "… by a proxy".

    A part of a sentence tells of it that names others and what they do for us, and no wish.
    """
    if not cues().has("others", words):
        return set()
    return {
        place
        for first, last in _parts(text, words)
        if _tells(words[first:last], "others") and cues().has("doing_for_us", words[first:last])
        for place in range(first, last)
    }


def there_already(text: str, words: Sequence[Word]) -> set[int]:
    """Return the places of what there is: "we already have a shop", "a login is in place"."""
    places: set[int] = set()
    have = cues().find("have_already", words)
    there = cues().find("is_there_already", words)
    wishes = [first for first, _ in cues().find("wishing", words)] if have or there else []
    for first, last in _parts(text, words) if have or there else ():
        wished = min((at for at in wishes if first <= at < last), default=last)
        for _, behind in have:
            if first < behind <= wished and not cues().opens("short_of", words[behind:]):
                places |= set(range(behind, min(behind + _BEHIND, wished)))
        if any(first <= at < wished for at, _ in there):
            places |= set(range(first, wished))
    return places


def is_missing(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """True for what stands between "we have no" and "yet", or behind "it had no"."""
    lacks = cues().find("lacking_now", before)
    past = any(before[first].text in ("had", "did", "didnt") for first, _ in lacks)
    return past or bool(lacks and cues().has("so_far", [*before, *after]))


def _tells(part: Sequence[Word], kind: str) -> bool:
    """True for a part that holds a cue of a kind and wishes nothing."""
    return cues().has(kind, part) and not cues().has("wishing", part)


def _parts(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the parts of `words`, each with a subject of its own, as first and last exclusive."""
    first = 0
    for place in range(1, len(words)):
        if _begins_a_part(text, words, place):
            yield first, place
            first = place
    yield first, len(words)


def _begins_a_part(text: str, words: Sequence[Word], place: int) -> bool:
    if not is_parted(words, place):
        return cues().opens("goes_on_with", words[place : place + 2])
    between = text[words[place - 1].end : words[place].start]
    if any(mark in between for mark in ".;:?!\n"):
        return True
    ahead = words[place : place + 2]
    return cues().opens("goes_on_with", ahead) or cues().opens("somebody", ahead[:1])
