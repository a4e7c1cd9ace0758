"""Links of the page: a question and everything around it as one address that can be shared."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode, urlsplit

from web.questions import MOST_EARLIER, MOST_EARLIER_CHARACTERS, Asked
from web.schemas import ChangeOut, CitationOut, PassageOut


@dataclass(frozen=True, slots=True)
class Field:
    """A hidden field of a form."""

    name: str
    value: str


def fields(asked: Asked) -> list[Field]:
    """Return everything but the question as the page's parameters."""
    return [
        *(Field("h", earlier) for earlier in asked.history),
        *([Field("topic", asked.topic)] if asked.topic else []),
        *(Field("given", f"{condition}:{value}") for condition, value in asked.given),
        *(Field("without", part) for part in asked.without),
        *(Field("exact", word) for word in asked.exact),
        *([Field("dropped", str(asked.dropped))] if asked.dropped else []),
    ]


def address(asked: Asked) -> str:
    """Return the link that asks `asked`; the page opens at the new answer, behind earlier ones."""
    return f"/?{_query(asked)}{place(asked)}"


def place(asked: Asked) -> str:
    """Return the anchor of the new answer if earlier questions stand above it."""
    return "#answer" if asked.history else ""


def file(asked: Asked, format: str) -> str:
    """Return the link to the same answer as a file, "markdown" or "text"."""
    return f"/?{_query(asked)}&format={format}"


def back(asked: Asked) -> str:
    """Return the address of an answer to come back to, without an anchor."""
    return f"/?{_query(asked)}"


def _query(asked: Asked) -> str:
    pairs = [("q", asked.question), *((field.name, field.value) for field in fields(asked))]
    return urlencode(pairs)


def asking(question: str, *, topic: str = "") -> str:
    """Return the link that asks a first question."""
    return address(Asked(question, topic=topic))


def without(asked: Asked, part: str) -> str:
    """Return the link that takes out what was understood; a condition set by hand is unset."""
    kind, _, id = part.partition(":")
    kept = tuple(pair for pair in asked.given if kind != "condition" or pair[0] != id)
    return address(replace(asked, given=kept, without=(*asked.without, part)))


def put_back(asked: Asked, part: str) -> str:
    """Return the link that lets count again what was taken out."""
    return address(replace(asked, without=tuple(each for each in asked.without if each != part)))


def exactly(asked: Asked, word: str) -> str:
    """Return the link that undoes a correction."""
    return address(replace(asked, exact=(*asked.exact, word)))


def corrected(asked: Asked, word: str) -> str:
    """Return the link that lets a word be corrected again."""
    return address(replace(asked, exact=tuple(each for each in asked.exact if each != word)))


def changed(asked: Asked, change: ChangeOut) -> str:
    """Return the link that makes a change; conditions it sets replace those set before."""
    given = {**dict(asked.given), **change.given}
    set_again = {f"condition:{condition}" for condition in change.given}
    taken_out = [part for part in asked.without if part not in set_again]
    return address(
        replace(
            asked,
            given=tuple(sorted(given.items())),
            without=tuple(dict.fromkeys([*taken_out, *change.without])),
        )
    )


def follow_up(asked: Asked) -> Asked:
    """Return what a follow-up starts from: the questions so far and what was set by hand.

    What was taken out is not carried along: a new question may well name it again. The oldest
    questions are left behind when there are too many, and counted.
    """
    every = (*asked.history, asked.question)
    history = every[-MOST_EARLIER:]
    while sum(map(len, history)) > MOST_EARLIER_CHARACTERS:
        history = history[1:]
    dropped = asked.dropped + len(every) - len(history)
    return replace(asked, question="", history=history, without=(), dropped=dropped)


def asked_next(next: Asked, question: str) -> str:
    """Return the link that asks a suggested question as a follow-up."""
    return address(replace(next, question=question))


def earlier(asked: Asked) -> list[Asked]:
    """Return the earlier questions, oldest first, each with those before it."""
    return [
        Asked(question, history=asked.history[:place], topic=asked.topic, dropped=asked.dropped)
        for place, question in enumerate(asked.history)
    ]


def citation(passage: PassageOut, cited: CitationOut) -> str:
    """Return the link that opens an article where `cited` stands, highlighted."""
    path, _, anchor = passage.link.partition("#")
    return f"{path}?from={cited.start}&to={cited.end}#{anchor}"


def outside(url: str | None) -> str:
    """Return `url` if a reader may follow it: http or https with a host; else nothing."""
    try:
        parts = urlsplit(url or "")
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # such as a port that no host has
        return ""
    return parts.geturl() if usable else ""


def host(url: str) -> str:
    """Return the host an outside link leads to."""
    return urlsplit(url).hostname or ""
