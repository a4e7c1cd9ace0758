"""Spoken: the language of a page, which its address names or the browser prefers."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from fastapi import Request

from kb.words import all_words
from web.catalogues import CATALOGUES, ENGLISH, Catalogue

ANSWERS = "en"  # the language that questions are read and answers are worded in
PARAMETER = "lang"
_READ = 3000  # characters of an article from which its language is told
_ENGLISH = 0.2  # of its words that are small English ones; in English it is nearly half of them


@dataclass(frozen=True, slots=True)
class Spoken:
    """The texts a page is made with; `chosen` when its address names the language."""

    texts: Catalogue
    chosen: bool = False

    def kept(self, url: str) -> str:
        """Return an address of ours so that the page it leads to keeps the chosen language."""
        if not self.chosen:
            return url
        parts = urlsplit(url)
        query = f"{parts.query}&" if parts.query else ""
        return parts._replace(query=f"{query}{PARAMETER}={self.texts.code}").geturl()


def spoken_to(request: Request) -> Spoken:
    """Return what the address asks for, else what the browser prefers, else English."""
    named = request.query_params.get(PARAMETER, "")
    if named in CATALOGUES:
        return Spoken(CATALOGUES[named], chosen=True)
    return Spoken(preferred(request.headers.get("accept-language", "")))


def preferred(header: str) -> Catalogue:
    """Return the catalogue that an Accept-Language header asks for first; see RFC 9110, 12.5.4."""
    best, most = ENGLISH, 0.0
    for entry in header[:1000].split(","):
        name, _, weight = entry.partition(";")
        found = CATALOGUES.get(name.strip().lower().partition("-")[0])
        if found and (value := _weight(weight)) > most:
            best, most = found, value
    return best


def _weight(text: str) -> float:
    name, _, value = text.strip().partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0


def in_other_languages(request: Request) -> list[tuple[Catalogue, str]]:
    """Return the other catalogues, each with the query that makes this page speak it."""
    current = spoken_to(request).texts.code
    kept = [pair for pair in request.query_params.multi_items() if pair[0] != PARAMETER]
    return [
        (each, f"?{urlencode([*kept, (PARAMETER, each.code)])}")
        for each in CATALOGUES.values()
        if each.code != current
    ]


def language_of(text: str) -> str:
    """Return the language of an article as an HTML `lang`: "en", or "" for one we cannot tell."""
    return _language_of(text[:_READ])


@lru_cache(maxsize=4096)
def _language_of(text: str) -> str:
    words = all_words(text)
    small = sum(word.is_stop_word for word in words)
    return ANSWERS if small >= _ENGLISH * max(len(words), 1) else ""
