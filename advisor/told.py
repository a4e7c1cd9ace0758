"""What passages tell of a fact that was asked for: sentences, code, and what is missing of it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kb.model import Passage, Span

Held = Mapping[str, frozenset[str]]
Possessed = Literal["", "yes", "no", "extension", "disputed", "unsaid"]

_NEAR = 0.25  # share of what is asked by which a sentence may fall behind the best one


class Answering(NamedTuple):
    """A sentence that answers, as a span of its passage counted from the passage's start.

    `score` is the share of what is asked that it holds, with what speaks for it otherwise.
    """

    passage: Passage
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Told:
    """What passages tell of what is asked: sentences, best first, and the code that shows it.

    `near` is code on the same criterion as a how-to that no code shows: no answer. `undefined` is
    the term that they use and do not explain, `left_out` what a closed list that is told does not
    hold. `several` asks for more than one, as many as there are users. `of_another` is true
    when they tell it of another option, `unshown` when they tell of what was asked how to do, and
    not how. `possessed` answers whether an option has a thing: yes, no, by an extension, the
    articles disagree, or do not say. `needs` asks what has to be added for it.
    """

    sentences: tuple[Answering, ...] = ()
    shown: tuple[Passage, ...] = ()
    near: tuple[Passage, ...] = ()
    undefined: str = ""
    left_out: str = ""
    several: bool = False
    of_another: bool = False
    unshown: bool = False
    possessed: Possessed = ""
    needs: bool = False

    def __bool__(self) -> bool:
        return bool(self.sentences or self.shown)

    def best(self, most: int) -> list[Answering]:
        """Return the best sentences that are about as good as the first, one of each passage.

        Where `several` are wanted, they are up to twice as many, and two of each passage.
        """
        told: Counter[str] = Counter()
        near = []
        for each in self.sentences:
            told[each.passage.id] += 1
            good = each.score > self.sentences[0].score - _NEAR
            if good and told[each.passage.id] <= 1 + self.several:
                near.append(each)
        return near[: most * (1 + self.several)]


NOTHING_KNOWN: Held = {}
NOTHING_TOLD = Told()
