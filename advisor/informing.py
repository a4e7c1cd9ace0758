"""Guidance for facts, how-tos and comparisons: nothing is recommended, what is said is shown."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.confidence import confidence
from advisor.contradicting import contradicting
from advisor.leads import leads, named
from advisor.model import Confidence, Guidance, Reason
from advisor.owning import names_option, row_label
from advisor.phrasing import in_words, labels_of, listed, phrase
from advisor.possession import on_possession
from advisor.reasons import Case, quoting, stated
from advisor.said import leading_line
from advisor.told import Answering, Told
from advisor.weigh import contenders
from kb.evidence import Evidence, Subject
from kb.model import Span, Stance
from kb.words import atoms

_MOST = 6  # sentences on each side of a comparison
_ANSWERS = 3  # sentences that answer a question for a fact
_SHORT_CELL = 160  # characters of a cell that can be told beside others
_SHORT_ITEM = 40  # characters of an item that a line can hold with others
_EACH = 3  # of these on one option
_SHOWN = "This is how the articles do it."
_NEAREST = "No sentence of the articles answers this by itself: these passages come nearest."
_NEAR = "The articles do not show this itself: their code on the same subject comes nearest."
_NOT_SHOWN = "The articles may not show how to do this: these passages come nearest."
_UNSHOWN = "The articles show no steps for this, and say of it:"
_OF_ANOTHER = "The articles do not say this of {}, but they say:"
_MENTIONED = "The articles mention “{}” and do not explain it:"
_EACH_SIDE = "here is what they say for and against each"
_UNSURE = "Whether they answer it is for you to see."
_QUOTED = "The nearest sentence of one article, in its own words; nothing was weighed."
_DISPUTED = "The articles' own words, of both sides; nothing was weighed."
_COUNTED = "These are the articles' own points; nothing was weighed."


def inform(case: Case, evidence: Evidence, told: Told) -> Guidance:
    """Return the sentence that answers, or the points for and against, or what there is."""
    reading = case.reading
    if reading.sides or reading.intent == "compare":
        reasons, against = _points(case, evidence)
        if reasons or against:
            return _compared(case, reasons, against)
    if told.shown:
        return _guidance(case, _SHOWN, "medium", "Code of the articles, as it stands there.")
    if told.near:
        return _guidance(case, _NEAR, "low", _UNSURE)
    if told.sentences:
        best = told.best(_ANSWERS)
        quoted = [_quoted(each, case) for each in best]
        if told.possessed and not (told.of_another or told.left_out):
            level: Confidence = "low" if told.possessed == "unsaid" else "medium"
            item = _first_item(best[0], case)
            first = [replace(quoted[0], text=item)] if item else quoted[:1]
            return _guidance(
                case, on_possession(told, [*first, *quoted[1:]], case), level, _QUOTED, quoted
            )
        if both := _both_sides(quoted[0], case):
            return _guidance(case, both.text, "medium", _DISPUTED, [both, *quoted[1:]])
        head = _first_item(best[0], case) or quoted[0].text
        if told.undefined:
            return _guidance(
                case, f"{_MENTIONED.format(told.undefined)} {head}", "low", _QUOTED, quoted
            )
        if told.of_another and reading.options:
            about = labels_of(reading.options, case.topic)
            head = f"{_OF_ANOTHER.format(about)} {head}"
        if told.unshown:
            return _guidance(case, f"{_UNSHOWN} {head}", "low", _QUOTED, quoted)
        if told.left_out:
            head += f" {told.left_out[:1].upper()}{told.left_out[1:]} is not among them."
        return _guidance(case, head, "medium", _QUOTED, quoted)
    if told.possessed:
        return _guidance(case, on_possession(told, (), case), "low", _UNSURE)
    return _guidance(case, _NOT_SHOWN if reading.intent == "howto" else _NEAREST, "low", _UNSURE)


def _quoted(answer: Answering, case: Case) -> Reason:
    """Return a sentence with its source; of a row that no one option was asked of, all cells."""
    if row := _row(answer, case):
        return row
    citation = case.citing.quote(answer.passage, answer.span)
    return Reason(f"{quoting([citation], case)}.", "", "", "", (citation,))


def _row(answer: Answering, case: Case) -> Reason | None:
    """Return a short cell below its label, and with its option unless it names one.

    Where not just one option was asked about, the row's other cells are told with it. None for
    what is no cell, for long cells, and for a single one that names its option.
    """
    passage = answer.passage
    cells = [each for each in passage.cells if each.option]
    own = [each for each in cells if each.start == passage.start + answer.span.start]
    asked = case.reading.options
    told = own if len(asked) == 1 else [c for c in cells if not asked or c.option in asked]
    label = row_label(passage)
    if not (own and label) or max(cell.end - cell.start for cell in told) > _SHORT_CELL:
        return None
    spans = [Span(cell.start - passage.start, cell.end - passage.start) for cell in told]
    citations = tuple(case.citing.quote(passage, span) for span in spans)
    words = [_cell(c.quote, cell.option, case) for c, cell in zip(citations, told, strict=True)]
    if len(told) == 1 and words[0].endswith("”"):
        return None
    text = f"“{label}”: {listed(words)} ({case.articles.name(passage.article)})."
    return Reason(text, "", "", "", citations)


def _cell(quote: str, option: str, case: Case) -> str:
    """Return the words of a cell with the label of its option, unless they name one."""
    quoted = f"“{_plain(quote)}”"
    named = names_option(atoms(quote), case.topic)
    return quoted if named else f"{quoted} for {case.topic.option(option).label}"


def _plain(quote: str) -> str:
    return quote.rstrip(" .;,")


def _both_sides(told: Reason, case: Case) -> Reason | None:
    """Return what answers together with what contradicts it, None where nothing does."""
    if case.reading.intent == "howto" or len(told.citations) != 1:
        return None
    (citation,) = told.citations
    others = contradicting(citation, case)
    if not others:
        return None
    other, within = others[0], others[0].article == citation.article
    on = phrase(list(named(case.reading)), case.topic)
    lead = f"One article contradicts itself{on}" if within else f"The articles disagree{on}"
    quoted = f"{told.text.removesuffix('.')}, but {quoting([other], case)}"
    return Reason(f"{lead}: {quoted}.", "", "", "", (citation, case.citing.cite(other)))


def _first_item(answer: Answering, case: Case) -> str:
    """Return a list that answers in one line: what leads in and short items, or labels, or the
    first item.

    "" for what is no list.
    """
    span, text = answer.span, answer.passage.text
    lines = [line.strip(" •") for line in text[span.start : span.end].split("\n") if line.strip()]
    if len(lines) < 2:
        return ""
    name = case.articles.name(answer.passage.article)
    if not leading_line(answer.passage):
        labels = [line.partition(":")[0] for line in lines if ":" in line[:_SHORT_ITEM]]
        if len(labels) == len(lines):
            above = answer.passage.headings[-1:]
            under = f" under “{above[0]}”" if above else ""
            return f"{listed([f'“{label}”' for label in labels])}{under} ({name})."
        others = in_words(len(lines) - 1)
        return f"“{lines[0].rstrip(' .;,')}” and {others} more ({name})."
    if max(map(len, lines[1:])) <= _SHORT_ITEM:
        return f"“{lines[0]}” {listed(lines[1:])} ({name})."
    more = f" and {in_words(len(lines) - 2)} more" if len(lines) > 2 else ""
    return f"“{lines[0]}” “{lines[1].rstrip(' .;,')}”{more} ({name})."


def _guidance(
    case: Case,
    headline: str,
    confidence: Confidence,
    because: str,
    reasons: Sequence[Reason] = (),
    against: Sequence[Reason] = (),
) -> Guidance:
    return Guidance(
        verdict="no_verdict",
        option="",
        headline=headline,
        confidence=confidence,
        confidence_because=because,
        reasons=tuple(reasons),
        against=tuple(against),
        trace=case.weighed.trace,
    )


def _compared(case: Case, reasons: Sequence[Reason], against: Sequence[Reason]) -> Guidance:
    """Return the points of each side; who is ahead, if one thing was named and articles differ."""
    reading, topic = case.reading, case.topic
    options = reading.options or contenders(reading, topic)
    told = phrase(list(named(reading)), topic)
    ahead = leads(reading, topic, case.weighed)
    if len(ahead) == 1 and ahead[0].option and not reading.sides and len(options) > 1:
        head = f"The articles see {topic.option(ahead[0].option).label} ahead{told}: {_EACH_SIDE}."
        level, because = confidence(case.weighed, reading, topic)
        return _guidance(case, head, level, because, reasons, against)
    sides = reading.sides[0] if len(reading.sides) == 1 else "for and against"
    head = f"What the articles say {sides} {labels_of(options, topic)}{told}."
    return _guidance(case, head, "medium", _COUNTED, reasons, against)


def _points(case: Case, evidence: Evidence) -> tuple[list[Reason], list[Reason]]:
    """Return the points for, and those against, of each option that was named, or of all."""
    options = case.reading.options or contenders(case.reading, case.topic)
    asked = list(named(case.reading))
    whole = replace(case, weighed=case.weighed.over(evidence))
    found: dict[Stance, list[Reason]] = {"for": [], "against": []}
    each = _EACH if len(options) > 1 else _MOST
    for stance, reasons in found.items():
        if case.reading.sides and stance not in case.reading.sides:
            continue
        for option in options:
            subjects = asked or told_most(option, stance, evidence)
            told = [
                reason
                for subject in subjects[:each]
                for reason in stated(subject, option, stance, whole, most=2 if asked else 1)
            ]
            reasons += told
    return found["for"], found["against"]


def told_most(option: str, stance: Stance, evidence: Evidence) -> list[Subject]:
    """Return the criteria on which most articles are for, or against, an option."""
    sign = 1.0 if stance == "for" else -1.0
    told: dict[Subject, float] = {}
    for criterion in evidence.criteria_about.get(option, ()):
        voices = evidence.heard.of(option, criterion).values()
        told[criterion] = sum(sign * voice for voice in voices if sign * voice > 0)
    ranked = sorted(told, key=lambda criterion: (-told[criterion], criterion))
    return [criterion for criterion in ranked if told[criterion] > 0]
