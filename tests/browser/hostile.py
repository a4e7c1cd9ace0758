"""Hostile words by the hundred: markup, handlers, links that run, bidi controls, endless words.

Whatever runs calls `ran()`, and every element that is injected has the attribute `injected`.
"""

import html
from collections.abc import Callable
from pathlib import Path
from random import Random

from kb.extract.raw import Source
from kb.ingest import add, create, prepare
from kb.model import Interest, Metadata
from kb.store import open_store
from kb.topic_file import parse_topic

DRINKS = Path(__file__).parents[1] / "topics" / "drinks" / "topic.toml"
ENDLESS = 10_000
_SIGNS = str.maketrans({"<": "‹", ">": "›", '"': "”", "'": "’", "&": "+"})

_TAGS = [
    "<script injected>ran()</script>",
    "<script injected src=/static/page.js?evil></script>",
    "<img injected src=x onerror=ran()>",
    "<svg injected onload=ran()>",
    "<svg injected><script>ran()</script></svg>",
    "<math injected><mtext><style><img onerror=ran() src=x></style></mtext></math>",
    "<iframe injected srcdoc='<script>parent.ran()</script>'></iframe>",
    "<object injected data='javascript:ran()'></object>",
    "<embed injected src='data:text/html,<script>ran()</script>'>",
    "<a injected href='javascript:ran()'>free tea</a>",
    "<form injected action='javascript:ran()'><button>Ask</button></form>",
    "<input injected autofocus onfocus=ran()>",
    "<style injected>* { display: none }</style>",
    "<link injected rel=stylesheet href='//evil.invalid/a.css'>",
    "<meta injected http-equiv=refresh content='0;url=javascript:ran()'>",
    "<base injected href='//evil.invalid/'>",
    "<details injected open ontoggle=ran()>",
    "<video injected><source onerror=ran()></video>",
    "<body injected onload=ran()>",
    "<template injected><b>tea</b></template>",
    "<x injected style='position:fixed;inset:0' onclick=ran()>",
    "<b injected>bold</b>",
    "<!-- tea -->",
    "<![CDATA[ tea ]]>",
    "<injected/onwheel=ran()>",
]
_ESCAPES = ['"', "'", ">", '">', "'>", "-->", "]]>", "</title>", "</textarea>", "</script>", "</a>"]
_ESCAPES += ["</bdi></p></main>", "</style>", '" injected x="', "' injected x='", "` injected x=`"]
_ESCAPES += ['" onfocus=ran() autofocus x="', '" style="position:fixed" x="', "\\", "\\'"]
_LINKS = ["javascript:ran()", "JaVaScRiPt:ran()", "java\tscript:ran()", "\x01javascript:ran()"]
_LINKS += ["data:text/html,<script>ran()</script>", "vbscript:ran()", "//evil.invalid/"]
_LINKS += ["https://good.example/?a='onclick=ran()//", "http://[::1", "https://ex.ample:99999/"]
_TEMPLATES = ["{{ 7 * 7 }}", "{% raw %}", "${ran()}", "#{ran()}", "<%= ran() %>", "%3Cscript%3E"]
_TEMPLATES += [
    "&lt;img src=x onerror=ran()&gt;",
    "&#60;b injected&#62;",
    "&",
    "&amp",
    "\\x3cb\\x3e",
]
_BIDI = ["\u202e", "\u202d", "\u202b", "\u2066", "\u2067", "\u2068", "\u2069", "\u202c", "\u200f"]
_ODD = ["\u0000", "\u0007", "\u200b", "\ufeff", "\u2028", "\u00ad", "\ufffd", "\U000e0067"]
_WORDS = ["tea", "coffee", "water", "health", "price", "taste", "morning", "good", "or", "is"]
_WORDS += ["\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"]  # right to left
_LETTERS = "aW_.-/\u0634"
_MARKS = [chr(code) for code in range(0x300, 0x370)]


def hostile(random: Random, *, longest: int = 200) -> str:
    """Return some hostile text; a word in it has up to `longest` characters."""
    kinds: list[Callable[[], str]] = [
        lambda: random.choice(_TAGS),
        lambda: random.choice(_ESCAPES) + random.choice(_TAGS),
        lambda: random.choice(_ESCAPES),
        lambda: random.choice(_LINKS),
        lambda: random.choice(_TEMPLATES),
        lambda: random.choice(_BIDI) + random.choice(_WORDS),
        lambda: random.choice(_ODD),
        lambda: random.choice(_LETTERS) * random.randint(20, longest),
        lambda: (
            "a" + "".join(chr(random.randint(0x300, 0x36F)) for _ in range(random.randint(1, 40)))
        ),
    ]
    pieces = []
    for _ in range(random.randint(1, 4)):
        pieces += [random.choice(_WORDS), random.choice(kinds)()]
    return " ".join(pieces)


def harmless(text: str) -> str:
    """Return `text` with other signs in the place of those that make markup."""
    return text.translate(_SIGNS)


def create_hostile(path: Path, *, articles: int, tame: Callable[[str], str] = str) -> None:
    """Create a knowledge base whose articles hold about a dozen hostile texts each.

    `tame` is applied to each of these; with `harmless` the base is the twin of the one without.
    """
    topic = parse_topic(DRINKS.read_text(encoding="utf-8"), id="drinks")
    create(path, [(topic, [])])
    store = open_store(path)
    for number in range(articles):
        source, known = _article(Random(number), number, tame)
        add(store, prepare(source, topic, metadata=known))


def _article(random: Random, number: int, tame: Callable[[str], str]) -> tuple[Source, Metadata]:
    def text() -> str:
        return tame(hostile(random, longest=ENDLESS if number % 4 == 0 else 200)).replace("\n", " ")

    title = text()
    known = Metadata(
        publisher=text(),
        author=text(),
        url=random.choice(_LINKS),
        interest=Interest(("tea",), text()),
    )
    parts = [
        ("Taste", f"Tea has a rich flavour, says {text()}, and coffee has a poor taste."),
        (f"Health and {text()}", f"Tea is good for your health in every season. Beware: {text()}."),
        ("Price", f"Coffee is bad for your health in the evening. It is expensive, too: {text()}"),
        (text(), f"Water is the cheapest choice, as they say: {text()}; and tea is cheap."),
    ]
    return Source(**_written(title, parts, number)), known


def _written(title: str, parts: list[tuple[str, str]], number: int) -> dict[str, object]:
    """Return name and data of the article, as text or as a page that shows this very text."""
    if number % 2:
        body = "".join(
            f"<h2>{html.escape(heading)}</h2><p>{html.escape(said)}</p>" for heading, said in parts
        )
        shown = html.escape(title)
        page = f"<html><head><title>{shown}</title></head><body><article><h1>{shown}</h1>{body}"
        return {"name": f"page-{number}.html", "data": _bytes(page + "</article></body></html>")}
    text = "\n\n".join([title, *(f"{heading}\n\n{said}" for heading, said in parts)])
    return {"name": f"text-{number}.txt", "data": _bytes(text)}


def _bytes(text: str) -> bytes:
    return text.replace("\u0000", "").encode("utf-8", "replace")
