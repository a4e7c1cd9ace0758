"""Written answers: one answer as Markdown or plain text to take along, with its citations."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from web.catalogues import Catalogue
from web.exhibits import informs
from web.labels import Labels
from web.quotes import citations
from web.schemas import AnswerOut, CitationOut, DisagreementOut, GuidanceOut

LineKind = Literal["title", "heading", "strong", "text", "item", "quote", "code", "note", "link"]
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~$#])")
_MARKER = re.compile(r"^(\s*\d*)([-+=.)])")
_BELOW = ("item", "quote", "code", "note", "link")  # stand close to the line above
ADVISED = ("lean", "either", "depends", "disagree")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a written answer; `text` is what is said, not yet in any format."""

    kind: LineKind
    text: str


def markdown_of(lines: Iterable[Line]) -> str:
    """Return lines as CommonMark in which what articles say is read as it stands."""
    return _joined(lines, _markdown, between_quotes="  >")


def text_of(lines: Iterable[Line]) -> str:
    """Return lines as plain text."""
    return _joined(lines, _plain, between_quotes="")


def _joined(lines: Iterable[Line], form: Callable[[Line], str], *, between_quotes: str) -> str:
    """Return each line in its form; items and what belongs to them stand close together."""
    written: list[str] = []
    last = ""
    for line in lines:
        if written and (line.kind not in _BELOW or last == "heading"):
            written.append("")
        if line.kind == last == "quote":
            written.append(between_quotes)
        written.append(form(line))
        last = line.kind
    return "\n".join(written) + "\n"


def _markdown(line: Line) -> str:
    if line.kind == "link":
        return f"  <{line.text}>"
    if line.kind == "code":
        fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`+", line.text))])
        return _each_line(f"{fence}\n{line.text}\n{fence}", "  ")
    text = _SPECIAL.sub(r"\\\1", line.text)
    if line.kind == "quote":
        return _each_line(_guarded(text), "  > ")
    text = _guarded(" ".join(text.split()))
    forms = {
        "title": "# {}",
        "heading": "## {}",
        "strong": "**{}**",
        "item": "- {}",
        "note": "  {}",
    }
    return forms.get(line.kind, "{}").format(text)


def _guarded(text: str) -> str:
    """Return text in which no line begins a list, a rule or an underline."""
    return "\n".join(_MARKER.sub(r"\1\\\2", each) for each in text.split("\n"))


def _plain(line: Line) -> str:
    if line.kind == "code":
        return _each_line(line.text, "    ")
    if line.kind == "quote":
        return _each_line(f"“{line.text}”", "  ")
    text = " ".join(line.text.split())
    if line.kind == "title":
        return f"{text}\n{'=' * min(len(text), 72)}"
    forms = {"item": "- {}", "note": "  {}", "link": "  {}"}
    return forms.get(line.kind, "{}").format(text)


def _each_line(text: str, before: str) -> str:
    return "\n".join(f"{before}{each}".rstrip() for each in text.split("\n"))


def answer_lines(
    reply: AnswerOut, kinds: Mapping[int, str], *, labels: Labels, origin: str
) -> Iterator[Line]:
    """Yield what the page says of an answer: verdict, reasons, conflicts, and what is cited.

    `kinds` are those of its passages, by number; `origin` is where links to the articles start
    ("http://127.0.0.1:8000").
    """
    t, told = labels.texts, reply.guidance
    yield Line("title", reply.question)
    yield Line("strong", _marked(told.headline, _of_headline(told)))
    if told.verdict in ADVISED:
        yield Line("text", f"{t.plain(f'confidence.{told.confidence}')} {told.confidence_because}")
    yield from _part(t.plain("understood.heading"), _understood(reply, labels))
    yield from _argued(reply, labels)
    yield from _part(t.plain("answer.turns"), _conditions(told, labels))
    yield from _disagreements(told.disagreements, labels)
    yield from _part(t.plain("answer.change"), _flips(told, labels))
    yield from _sources(reply, kinds, t, origin)
    yield Line("text", _basis(reply, t))


def _part(heading: str, texts: Iterable[str]) -> Iterator[Line]:
    items = list(texts)
    if items:
        yield Line("heading", heading)
    for text in items:
        yield Line("item", text)


def _marked(text: str, citations: Iterable[CitationOut]) -> str:
    numbers = dict.fromkeys(each.n for each in citations)
    return " ".join([text, *(f"[{n}]" for n in numbers)])


def _of_headline(told: GuidanceOut) -> Sequence[CitationOut]:
    first = told.reasons[:1]
    return first[0].citations if first and first[0].text == told.headline else ()


def _understood(reply: AnswerOut, labels: Labels) -> Iterator[str]:
    read, t = reply.understood, labels.texts
    yield from (labels.option(id) for id in read.options)
    for need in read.criteria:
        if need.importance >= 1 or need.importance < 0:
            key = "required" if need.importance >= 3 else "unwanted" if need.importance < 0 else ""
            note = f" ({t.plain(f'understood.{key}')})" if key else ""
            yield f"{labels.criterion(need.id)}{note}"
    for id, value in read.conditions.items():
        yield f"{labels.condition(id)}: {labels.value(id, value)}"
    for each in read.corrections:
        yield t.plain("understood.read_as", typed=each.typed, read=each.read_as)


def _argued(reply: AnswerOut, labels: Labels) -> Iterator[Line]:
    told, t = reply.guidance, labels.texts
    for reasons, heading in (
        (told.reasons, "answer.also" if informs(reply) else "answer.in_favour"),
        (told.against, "answer.contra"),
    ):
        texts = []
        for each in reasons:
            if each.text != told.headline:
                own = f" ({t.plain('answer.own_rule', rule=each.rule)})" if each.rule else ""
                texts.append(_marked(f"{each.text}{own}", each.citations))
        yield from _part(t.plain(heading), texts)


def _conditions(told: GuidanceOut, labels: Labels) -> Iterator[str]:
    for each in told.conditions:
        yield _marked(f"{each.when.text} → {labels.option(each.option)}", each.citations)


def _flips(told: GuidanceOut, labels: Labels) -> Iterator[str]:
    known = [each.when.text for each in told.conditions]
    for each in told.would_change:
        if each.when.text not in known:
            outcome = labels.option(each.option) or labels.texts.plain(f"outcomes.{each.verdict}")
            yield f"{each.when.text} → {outcome}"


def _disagreements(found: Sequence[DisagreementOut], labels: Labels) -> Iterator[Line]:
    texts = []
    for each in found:
        sides = [
            _marked(
                f"{labels.texts.plain(f'stances.{side.stance}', option=labels.option(side.option))}"
                f": “{side.quote}”",
                [side.citation],
            )
            for side in each.sides
        ]
        texts.append(f"{labels.subject(each.criterion or '')}: {'; '.join(sides)}")
    yield from _part(labels.texts.plain("answer.disagree"), texts)


def _sources(
    reply: AnswerOut, kinds: Mapping[int, str], t: Catalogue, origin: str
) -> Iterator[Line]:
    """Yield the passages that are cited, or all if nothing is, with their places."""
    cited = _quotes(reply.guidance)
    shown = [each for each in reply.passages if each.n in cited] or reply.passages
    if shown:
        yield Line("heading", t.plain("written.sources"))
    for passage in shown:
        known = passage.article
        names = [known.title, known.publisher, known.published, " › ".join(passage.section)]
        yield Line("item", f"[{passage.n}] {', '.join(name for name in names if name)}")
        yield Line("link", f"{origin}{passage.link}")
        if passage.damaged:
            yield Line("note", t.plain("passages.damaged", damage=passage.damaged))
        if known.interest:
            yield Line("note", f"{t.plain('site.interest')} {known.interest.text}")
        if passage.n in cited:
            yield from (Line("quote", quote) for quote in cited[passage.n])
        else:
            yield Line("code" if kinds[passage.n] == "code" else "quote", passage.text)


def _quotes(told: GuidanceOut) -> dict[int, list[str]]:
    """Return the words that are cited, by the number of their passage, each once."""
    found: dict[int, dict[str, None]] = {}
    for each in citations(told):
        found.setdefault(each.n, {})[each.quote] = None
    return {n: list(found[n]) for n in sorted(found)}


def _basis(reply: AnswerOut, t: Catalogue) -> str:
    base = reply.knowledge_base
    articles = t.plain("counts.articles", n=base.articles)
    return t.plain("written.from", articles=articles, revision=base.revision)
