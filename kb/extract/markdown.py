"""Markdown -> blocks: rendered to plain text without marks, tables as one line per row."""

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.extract.clean import clean
from kb.extract.frontmatter import split_front_matter
from kb.extract.furniture.asides import set_aside_blocks
from kb.extract.render import Rendering, titled
from kb.model import Document, Metadata

NESTING = 40  # lists in lists; deeper ones are read as text
INLINE = 20_000  # characters of one paragraph whose marks are looked for
HEADING = 12  # words of a bold paragraph that stands for a heading

_TAG = re.compile(r"<[^<>]*>")


def read_markdown(
    text: str,
    subjects: Sequence[str] = (),
    *,
    kept: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Document:
    """Return Markdown as a document whose text has no marks; front matter becomes metadata.

    Without a title there, the first heading of level 1 is the title. `subjects` are not needed
    to read marked text; they are taken so that all readers are called alike. What stands in a
    quote of `kept` is never furniture, what stands in one of `dropped` always is.

    Raises:
        UnreadableInputError: faulty front matter.
    """
    found, body = split_front_matter(clean(text))
    document = render_markdown(body, found)
    return replace(document, blocks=set_aside_blocks(document, kept=kept, dropped=dropped))


def render_markdown(body: str, known: Metadata) -> Document:
    """Return Markdown without front matter as a document with the metadata `known`."""
    writer = _Writer()
    env: dict[str, object] = {}
    for token in _parser().parse(body, env):
        writer.take(token, env)
    return titled(Document(writer.rendering.text, tuple(writer.rendering.blocks), known))


@cache
def _parser() -> MarkdownIt:
    """Return the parser; it leaves inline text alone, so that long paragraphs can be kept raw."""
    parser = MarkdownIt("commonmark", {"maxNesting": NESTING}).enable("table")
    parser.core.ruler.disable(["inline"])
    return parser


class _Writer:
    """Walks over the parser's tokens and writes what they hold."""

    def __init__(self) -> None:
        self.rendering = Rendering()
        self._lists = 0  # open lists
        self._group = 0
        self._item_written = True  # whether the open item has its first paragraph
        self._level = 1  # of the last heading
        self._heading = 0  # level of the open heading
        self._columns: tuple[str, ...] | None = None  # of the open table, below its header
        self._cells: list[str] | None = None  # of the open row

    def take(self, token: Token, env: dict[str, object]) -> None:
        """Write the token, or remember what it opens."""
        kind = token.type
        if kind == "inline":
            self._take_inline(token, env)
        elif kind in ("fence", "code_block"):
            self.rendering.add("code", token.content)
        elif kind == "html_block":
            self.rendering.add("paragraph", html.unescape(_TAG.sub(" ", token.content)))
        elif kind in ("heading_open", "heading_close"):
            self._heading = int(token.tag[1]) if kind == "heading_open" else 0
        elif kind in ("bullet_list_open", "ordered_list_open"):
            self._group = self._group if self._lists else self.rendering.new_group()
            self._lists += 1
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._lists -= 1
        elif kind == "list_item_open":
            self._item_written = False
        else:
            self._take_table(kind)

    def _take_table(self, kind: str) -> None:
        if kind == "table_open":
            self._columns = None
            self._group = self.rendering.new_group()
        elif kind == "tr_open":
            self._cells = []
        elif kind == "tr_close" and self._cells is not None:
            self.rendering.add_row(self._cells, self._columns, self._group)
            if self._columns is None:
                self._columns = tuple(" ".join(clean(cell).split()) for cell in self._cells)
            self._cells = None

    def _take_inline(self, token: Token, env: dict[str, object]) -> None:
        children = _inline(token.content, env)
        text = _plain(children)
        if self._cells is not None:
            self._cells.append(text)
        elif self._heading:
            self._level = self._heading
            self.rendering.add("heading", " ".join(text.split()), level=self._heading)
        elif self._lists and self._item_written and self.rendering.blocks[-1:]:
            self._take_more_of_item(text)
        elif self._lists:
            level = self._lists - 1
            self.rendering.add("item", " ".join(text.split()), level=level, group=self._group)
            self._item_written = True
        elif _is_bold_heading(children, text):
            self.rendering.add("heading", text, level=min(self._level + 1, 6))
        else:
            self.rendering.add("paragraph", text)

    def _take_more_of_item(self, text: str) -> None:
        """Write a further paragraph of an item, behind it or, below code, as a paragraph."""
        if self.rendering.blocks[-1].kind == "item":
            self.rendering.extend(" ".join(text.split()))
        else:
            self.rendering.add("paragraph", text)


def _inline(content: str, env: dict[str, object]) -> list[Token]:
    """Return the inline tokens of `content`; a very long text is one token as it stands."""
    if len(content) > INLINE:
        return [Token("text", "", 0, content=content)]
    tokens: list[Token] = []
    parser = _parser()
    parser.inline.parse(content, parser, env, tokens)
    return tokens


def _plain(tokens: Iterable[Token]) -> str:
    """Return the text of inline tokens; pictures and tags leave nothing behind."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak" or token.content.startswith(("<br", "<BR")):
            parts.append("\n")
    return "".join(parts)


def _is_bold_heading(tokens: Sequence[Token], text: str) -> bool:
    """Tell whether a paragraph is a few bold words and nothing else."""
    shown = [token for token in tokens if token.type != "text" or token.content.strip()]
    if len(shown) < 3 or shown[0].type != "strong_open" or shown[-1].type != "strong_close":
        return False
    bold_once = sum(token.type == "strong_open" for token in shown) == 1
    return bold_once and len(text.split()) <= HEADING and not text.rstrip().endswith((".", ","))
