"""Share: so many of so many, with its 95 % interval."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

Member = TypeVar("Member")


@dataclass(frozen=True, slots=True)
class Share:
    """`count` of `total`, with the 95 % interval after Wilson (1927)."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        if not self.total:
            return 0.0, 1.0
        z, n, p = 1.959964, self.total, self.value
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return f"{self.value:.3f} ({self.count}/{self.total}, {low:.2f} to {high:.2f})"


def share(group: Collection[Member], holds: Callable[[Member], bool]) -> Share:
    """Return the share of a group of which something holds."""
    return Share(sum(map(holds, group)), len(group))
