"""Which end is asked for: who has more of what is good, or who has less of it.

Every word that turns a predicate round is counted: "which is not secure", "which has fewer
features", "which takes more work". An odd number asks for the weak end, an even one ("which needs
no boilerplate", "which takes less work") for the strong one.
"""

import re
from collections.abc import Sequence

from advisor.cues import cues
from kb.claims.lexicon import polarity
from kb.topic import Topic
from kb.words import Word

_LEADING = ("to", "with", "on")  # "forces me to write more", "comes with fewer"
_SHUNNED, _NONE = "avoid", "no"
_MORE, _LESS = ("more", "most", "longer", "longest"), ("less", "least", "fewer", "fewest")
_TO, _WHERE = "to", "where"
_CHORE = 4  # words between what has to be done and how much of it
_ONE = "asks_for_one"
_NEEDS = ("criterion", "condition")
_MARK = re.compile(r"[,.;:?!\n]")


def weak_end(text: str, words: Sequence[Word], topic: Topic) -> range:
    """Return the places of which less is asked for, empty when more is, or nothing.

    Whoever asks which to avoid, and not for what, avoids it for all that is named.
    """
    if (amount := _of_chores(words)) and (words[0].text == _WHERE or cues().has(_ONE, words)):
        return range(len(words)) if amount in _MORE else range(0)
    faults: list[tuple[int, int]] | None = None
    for _, last in _asked(text, words):
        end = _end(text, words, last)
        head = range(last, _head(words, last, end))
        if faults is None:  # words for a fault as such: "mess"
            faults = [(found.first, found.last) for found in topic.fault_phrases.find(words)]
        if _turns(words, head, faults) % 2:
            asked = range(last, end)
            return range(len(words)) if _is_of_all(words, asked, head, topic) else asked
    return range(0)


def _of_chores(words: Sequence[Word]) -> str:
    """Return how much there is to do: "more" of "more to learn" and "have to learn more", or ""."""
    for place, word in enumerate(words):
        if word.text not in (*_MORE, *_LESS):
            continue
        behind = words[place + 1 : place + 3]
        if len(behind) > 1 and behind[0].text == _TO and cues().opens("chores", behind[1:]):
            return word.text
        before = words[max(0, place - _CHORE) : place]
        if any(cues().opens("chores", before[last:]) for _, last in cues().find("obliged", before)):
            return word.text
    return ""


def _is_of_all(words: Sequence[Word], asked: range, head: range, topic: Topic) -> bool:
    """True for "which one to avoid", not for "which is less safe", "which won't hurt"."""
    blamed = words[head.start : head.stop + 1]
    if cues().has("shunned", blamed):
        asked = head
    elif not cues().has("weak_end", blamed):
        return False
    needs = topic.phrases.find(words[asked.start : asked.stop])
    return not any(found.meaning.kind in _NEEDS for found in needs)


def _asked(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """Return where one of several is asked for: "which one", "which of them", not "in which"."""
    longest: dict[int, int] = {}
    for first, last in cues().find(_ONE, words):
        if not (first and cues().closes("in_relation", words[:first])):
            longest[first] = max(last, longest.get(first, 0))
    return sorted(longest.items())


def _end(text: str, words: Sequence[Word], place: int) -> int:
    """Return where the clause ends: at a mark, or where a condition or another clause begins."""
    for at in range(place, len(words)):
        if at > place and _MARK.search(text[words[at - 1].end : words[at].start]):
            return at
        if cues().opens("begins_a_clause", words[at:]):
            return at
    return len(words)


def _head(words: Sequence[Word], place: int, end: int) -> int:
    """Return where what the predicate is said of begins: "for me", "to learn".

    Some verbs lead on: "forces me to write more", "comes with fewer".
    """
    burden = False
    for at in range(place, end):
        burden = burden or cues().opens("burdens", words[at:])
        leads_on = burden or cues().closes("brings", words[place:at])
        if cues().opens("said_of", words[at:]) and not (leads_on and words[at].text in _LEADING):
            return at
    return end


def _turns(words: Sequence[Word], head: range, faults: Sequence[tuple[int, int]]) -> int:
    """Return how often the words of a predicate turn it round; what is needed is a cost."""
    said = words[head.start : head.stop]
    if _is_spared_a_burden(said) or _saves(said):
        return 0
    taken: set[int] = set()
    turns = int(_to_do_harm(words, head.stop, faults))
    for first, last in _bad(words, head, faults):
        if not taken & set(range(first, last)):
            turns += 1
            taken |= set(range(first, last))
    praised = any(polarity([word]) > 0 for word in said)  # "handles errors better" blames nothing
    measured = needed = False
    costly = any(cues().opens("costs", [said[place]]) for place in taken if place < len(said))
    for place, word in enumerate(said):
        measured = measured or cues().opens("measured", said[place : place + 2])
        needed = needed or (not measured and cues().opens("takes_up", said[place:]))
        needed = needed and word.text != _NONE  # "needs no X" is told by its own denial
        small = cues().opens("small", [word])
        if place in taken or (small and place + 1 == len(said)):
            continue  # "which one is smaller" blames nothing
        turner = small or cues().opens("turners", [word])
        amount = not cues().opens("measured", [word]) and not word.is_stop_word
        cost = measured and not costly and (cues().opens("costs", [word]) or (needed and amount))
        costly = costly or cost  # "lines of code", "time and effort" cost once
        turns += turner or cost or (not praised and not costly and polarity([word]) < 0)
    return turns


def _bad(
    words: Sequence[Word], head: range, faults: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return where a predicate blames in phrases, as places in it, the longest first."""
    said = words[head.start : head.stop + 1]  # with the "to" of "longer to"
    kinds = ("weak_end", "bad_end", "shunned")
    found = [span for kind in kinds for span in cues().find(kind, said)]
    found += [(first - head.start, last - head.start) for first, last in faults]
    inside = [span for span in found if 0 <= span[0] < len(head)]
    return sorted(inside, key=lambda span: span[0] - span[1])


def _to_do_harm(words: Sequence[Word], place: int, faults: Sequence[tuple[int, int]]) -> bool:
    """True for "to hack" and the like: what is hard there is good."""
    behind = words[place : place + 2]
    if len(behind) < 2 or behind[0].text != "to":
        return False
    return polarity(behind[1:]) < 0 or any(first == place + 1 for first, _ in faults)


def _saves(said: Sequence[Word]) -> bool:
    """True for "which one avoids X"; whoever should avoid something shuns it."""
    return any(said[first].text != _SHUNNED for first, _ in cues().find("savers", said))


def _is_spared_a_burden(said: Sequence[Word]) -> bool:
    """True for "which does not need X": whether X is wanted is told by its own denial."""
    return any(
        cues().opens("burdens", said[last:])
        and not any(cues().opens("costs", said[at : at + 1]) for at in range(last, len(said)))
        for _, last in cues().find("turners", said)
    )
