"""Types of the fixtures that ask the drinks knowledge base, and how to look at what was read."""

from collections.abc import Callable

from advisor.model import Answer, Reading
from advisor.spotting import Spotted

Asking = Callable[..., Answer]
Reads = Callable[..., Reading]
Spotting = Callable[[str], Spotted]


def needs(understood: Reading | Spotted) -> dict[str, float]:
    """Return the importance of each criterion."""
    return {need.criterion: need.importance for need in understood.needs}
