"""Types of the fixtures that ask the drinks knowledge base, and how to look at what was read."""

from collections.abc import Callable

from advisor.model import Answer, Reading
from advisor.spotting import Spotted
from kb.topic import Topic
from kb.topic_file import parse_topic

Asking = Callable[..., Answer]
Reads = Callable[..., Reading]
Spotting = Callable[[str], Spotted]


def needs(understood: Reading | Spotted) -> dict[str, float]:
    """Return the importance of each criterion."""
    return {need.criterion: need.importance for need in understood.needs}


_TOOLS = """
name = "Tools"
[options.saw]
label = "Saw"
words = ["saw"]
[options.axe]
label = "Axe"
words = ["axe"]
"""


def tools_topic(tables: str) -> Topic:
    """Return a topic on saw and axe with criteria and conditions as in a topic file."""
    return parse_topic(f"{_TOOLS}{tables}[outside]\nwords = []\n", id="tools")
