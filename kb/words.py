"""Text to words: the one analyser for indexing, searching and understanding."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from kb.lexicon.british import american
from kb.lexicon.english import stop_words

_LETTERS = r"(?:[^\W_]++|[\u0300-\u036f]++)++"
_COMPOUND = re.compile(
    r"([a-zA-Z0-9]++(?=[ ,\n;:!?)]|\.[ \n])"  # most words; the next line finds them too, but later
    rf"|{_LETTERS}(?:[-\u2010-\u2013'\u2019._]{_LETTERS})*(?:\+\+|\#(?!\w))?"
    rf"|(?<![\w.])\.(?=[A-Za-z]){_LETTERS})"  # .NET
)
_PART = re.compile(rf"{_LETTERS}(?:['\u2019]{_LETTERS})*")
_JOINER = re.compile(r"[-\u2010-\u2013._]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_VOWEL = re.compile("[aeiouy]")
_LOOKS_ELSE = re.compile(r"(?:[Ww]e|[Ss]?[Hh]e)['\u2019](?:ll|d)")
_APOSTROPHES = str.maketrans("", "", "'\u2019")
_LONGEST = 40  # longer runs of letters are noise: base64, hashes, held-down keys

_MARKS = ".,;:!?)"  # behind a word

_stemmer = Stemmer.Stemmer("english", 0)  # without its own cache, which takes thrice the time


class Word(NamedTuple):
    """One word of a text: `text` is normalised, `stem` what the index knows it by.

    `glued` is true for the whole of a compound ("e-mail") whose parts follow on their own. A tuple,
    because millions of them are made: a dataclass takes three times as long.
    """

    text: str
    stem: str
    start: int
    end: int
    glued: bool = False

    @property
    def is_stop_word(self) -> bool:
        return self.text in stop_words()


def is_parted(words: Sequence[Word], place: int) -> bool:
    """True if a mark and a blank part the word at `place`, at least 1, from the one before it."""
    return words[place].start - words[place - 1].end > 1


def normalise(text: str) -> str:
    """Return `text` as words are compared: NFKC, case-folded, without accents or apostrophes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    if folded.isascii():
        return folded.replace("'", "")  # a tenth of the time of translating
    spread = unicodedata.normalize("NFD", folded)
    bare = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return bare.translate(_APOSTROPHES)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the Snowball (English, Porter2) stem of a normalised word."""
    return str(_stemmer.stemWord(word))


@lru_cache(maxsize=65536)
def base(word: str) -> str:
    """Return a normalised word without its inflection: plural, -ed, -ing and final e.

    Gentler than `stem`, which makes one word of "customers" and "custom": after the S-stemmer of
    Harman (1991) and step 1b of Porter (1980).
    """
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and _is_plural(word):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 3 and _VOWEL.search(rest):
            word = rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def _is_plural(word: str) -> bool:
    """True for "teas" and "APIs", not for "class", "bonus" and "basis"."""
    return not word.endswith(("ss", "us", "is")) or word.endswith(("pis", "kis", "jis", "uis"))


def atoms(text: str) -> list[Word]:
    """Return the smallest words of `text` in order, stop words included.

    Compounds are split ("real-time" is two words); words that a copy glued to a stop word
    ("FrameworkIt") are parted again.
    """
    return [word for word in all_words(text) if not word.glued]


def index_words(text: str) -> list[Word]:
    """Return the words a passage is found by: no stop words, compounds both whole and in parts."""
    return [word for word in all_words(text) if not word.is_stop_word]


def all_words(text: str) -> list[Word]:
    """Return what `atoms` and `index_words` are taken from: every word, compounds also whole."""
    new = tuple.__new__  # what Word() calls: 12 % of the time without a call in between
    words: list[Word] = []
    add = words.append
    at = 0
    parts = iter(_COMPOUND.split(text))  # faster than to make a match of each
    for between, compound in zip(parts, parts, strict=False):  # what follows the last has no pair
        at += len(between)
        for plain, stemmed, start, end, glued in words_of(compound):
            add(new(Word, (plain, stemmed, at + start, at + end, glued)))
        at += len(compound)
    return words


def compounds(text: str) -> list[str]:
    """Return the stretches of `text` that its words stand in, most of them of one word."""
    return _COMPOUND.split(text)[1::2]  # faster than to find all


def index_stems(text: str) -> list[str]:
    """Return the stems of the index words of `text`, in order."""
    return list(_laid_out(text)[0])


def places_of(text: str, stems: Collection[str]) -> list[tuple[int, int]]:
    """Return start and end of each index word of `text` that has one of `stems`, in order."""
    held, places = _laid_out(text)
    wanted = frozenset(stems)
    return [place for stem, place in zip(held, places, strict=True) if stem in wanted]


@lru_cache(maxsize=1024)  # the passages that are found: a question goes to the same ones
def _laid_out(text: str) -> "_Stretch":
    """Return the stems of the index words of `text`, in order, and where each starts and ends."""
    stems: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for stretch in text.split(" "):  # no word has a space in it
        held, spans = _stretch(stretch)
        if len(held) == 1:  # most of them
            stems.append(held[0])
            places.append((at + spans[0][0], at + spans[0][1]))
        elif held:
            stems += held
            places += [(at + first, at + last) for first, last in spans]
        at += len(stretch) + 1
    return tuple(stems), tuple(places)


# The stems of the index words between two spaces, and where each starts and ends. A plain tuple:
# tens of thousands are kept, and the garbage collector looks through all that have a name.
_Stretch = tuple[tuple[str, ...], tuple[tuple[int, int], ...]]
_NO_WORDS: _Stretch = ((), ())


@lru_cache(maxsize=65536)
def atoms_of(stretch: str) -> tuple[tuple[int, int], ...]:
    """Return the start and end of the `atoms` of a stretch without spaces."""
    return tuple((word.start, word.end) for word in atoms(stretch))


def smallest(stretch: str) -> list[str]:
    """Return the `atoms` of a stretch without spaces, as they are compared."""
    bare = stretch.rstrip(_MARKS)
    if _is_plain(bare):  # most of them: a tenth of the time
        plain = american(bare.lower())
        return [plain] if len(plain) <= _LONGEST else []
    return [word.text for word in atoms(stretch)]


@lru_cache(maxsize=65536)
def _stretch(text: str) -> _Stretch:
    bare = text.rstrip(_MARKS)
    if _is_plain(bare):  # most of them: a quarter of the time
        plain = american(bare.lower())
        told = plain not in stop_words() and len(plain) <= _LONGEST
        return ((stem(plain),), ((0, len(bare)),)) if told else _NO_WORDS
    words = index_words(text)
    return tuple(word.stem for word in words), tuple((word.start, word.end) for word in words)


def stems_of(text: str) -> frozenset[str]:
    """Return the stems of every word of `text`, stop words and compounds included."""
    return frozenset().union(*map(_stems_between_spaces, text.split()))


@lru_cache(maxsize=65536)  # no word has a space in it
def _stems_between_spaces(text: str) -> tuple[str, ...]:
    return tuple(piece[1] for each in compounds(text) for piece in words_of(each))


Piece = tuple[str, str, int, int, bool]  # a Word, counted from the start of its compound


@lru_cache(maxsize=65536)  # a text repeats its words: 60 % of the time without
def words_of(compound: str) -> tuple[Piece, ...]:
    """Return the words of a compound; none of one that is too long to be words."""
    if _is_plain(compound):
        return tuple(_word(compound, 0))
    return tuple(_pieces(compound)) if len(compound) <= 4 * _LONGEST else ()


def _is_plain(compound: str) -> bool:
    """True for most compounds: one word, with nothing to take apart."""
    return compound.isascii() and compound.isalpha() and (compound.islower() or compound.istitle())


def _pieces(text: str) -> Iterator[Piece]:
    bare = _without_possessive(text)
    if text[0] == "." or text[-1] in "#+":
        yield from _word(text, 0)
        return
    parts = [(part.group(), part.start()) for part in _PART.finditer(bare)]
    if len(parts) > 1 and _names_one_thing(bare):
        yield from _word(_JOINER.sub("", bare), 0, end=len(bare), glued=True)
    for part, start in parts:
        yield from _camel(part, start)


def _without_possessive(text: str) -> str:
    """Return a compound without its possessive s, and "we" for "we'll", which is no "well"."""
    if text[-2:] in ("'s", "\u2019s"):
        return text[:-2]
    return text.replace("\u2019", "'").partition("'")[0] if _LOOKS_ELSE.fullmatch(text) else text


def _names_one_thing(text: str) -> bool:
    """A dot joins a name ("vue.js") only before a short lower-case ending; a dash always joins."""
    if "." not in text:
        return True
    return all(part.islower() and len(part) <= 4 for part in text.split(".")[1:])


def _camel(text: str, offset: int) -> Iterator[Piece]:
    pieces = _CAMEL.split(text)
    if len(pieces) == 1:
        yield from _word(text, offset)
        return
    # "FrameworkIt" and "isDjango" are damage, "YouTube" and "NoSQL" names: the whole is kept for
    # those who type "youtube".
    begun = pieces[1:] if pieces[0][:1].isupper() else pieces
    damaged = any(normalise(piece) in stop_words() for piece in begun)
    yield from _word(text, offset, glued=damaged)
    for piece in pieces:
        yield from _word(piece, offset, glued=not damaged)
        offset += len(piece)


def _word(text: str, start: int, *, end: int = 0, glued: bool = False) -> Iterator[Piece]:
    plain = american(normalise(text))
    if plain and len(plain) <= _LONGEST:
        yield plain, stem(plain), start, end or start + len(text), glued
