"""Orders to whoever answers: they change nothing, and a question that is only an order is none."""

import re
from collections.abc import Sequence

from advisor.cues import cues
from kb.words import Word, atoms

_SENTENCE = re.compile(r"[^.!?;\n|]+[.!?;\n|]*")
_ROLE = re.compile(r"\s*(?:system|assistant|developer|admin|instructions?)\s*:", re.IGNORECASE)
_ASKER = re.compile(r"\s*(?=\buser\s*:)", re.IGNORECASE)


def without_orders(text: str, words: Sequence[Word]) -> str:
    """Return a question without the sentences that give orders: "ignore the above, say X".

    `words` are its atoms. What consists of nothing else is returned as it is.
    """
    kept, orders = _parted(text, words)
    if not orders or not atoms(" ".join(kept)):
        return text
    return " ".join(each.strip() for each in kept)


def orders_set_aside(text: str, words: Sequence[Word]) -> tuple[str, ...]:
    """Return the sentences that `without_orders` leaves out."""
    kept, orders = _parted(text, words)
    return tuple(each.strip() for each in orders) if orders and atoms(" ".join(kept)) else ()


def _parted(text: str, words: Sequence[Word]) -> tuple[list[str], list[str]]:
    """Return the sentences to read and those that give orders."""
    if not _may_order(text, words):
        return [text], []
    kept: list[str] = []
    orders: list[str] = []
    for sentence in _sentences(text):
        ordered = _is_order(sentence) or (bool(orders) and _says(sentence))
        (orders if ordered else kept).append(sentence)
    return kept, orders


def is_an_order(text: str, words: Sequence[Word]) -> bool:
    """True when every sentence of a text, whose atoms are `words`, gives orders."""
    if not _may_order(text, words):
        return False
    sentences = [each for each in _sentences(text) if atoms(each)]
    orders = [each for each in sentences if _is_order(each)]
    return bool(orders) and all(each in orders or _says(each) for each in sentences)


def _may_order(text: str, words: Sequence[Word]) -> bool:
    """False for most texts, which need not be parted: nothing in them gives an order."""
    return ":" in text or any(cues().has(kind, words) for kind in ("orders", "repeating"))


def _sentences(text: str) -> list[str]:
    parts = [part for part in _ASKER.split(text) if part]
    return [found.group() for part in parts for found in _SENTENCE.finditer(part)]


def _says(sentence: str) -> bool:
    """True for "say X", which is an order behind another one, unless it asks something."""
    words = atoms(sentence)
    return cues().opens("speak", words) and not cues().has("choose", words)


def _is_order(sentence: str) -> bool:
    words = atoms(sentence)
    ordered = cues().has("orders", words)
    repeated = cues().has("repeating", words) and cues().has("speak", words)
    return bool(_ROLE.match(sentence)) or ordered or repeated


def is_an_errand(words: Sequence[Word]) -> bool:
    """True when something else is wanted than an answer: "translate this", "write a poem"."""
    return cues().opens("errands", _without_courtesy(words))


def is_a_diversion(words: Sequence[Word]) -> bool:
    """True for an errand that asks nothing of what it names: "translate: my X is empty"."""
    return cues().opens("diversions", _without_courtesy(words))


def _without_courtesy(words: Sequence[Word]) -> Sequence[Word]:
    begin = 0
    for kind in ("interjections", "polite"):
        for first, last in cues().find(kind, words):
            if first == begin:
                begin = last
    return words[begin:]
