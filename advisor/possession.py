"""The headline on whether an option has a thing: yes, no, only as an extension, or not said."""

from collections.abc import Sequence

from advisor.leads import named
from advisor.model import Reason
from advisor.phrasing import labels_of, phrase
from advisor.reasons import Case
from advisor.told import Told

_HAS = {"yes": "Yes: {}", "no": "No: {}", "extension": "Only as an extension: {}"}
_NEEDS = {
    "yes": "Nothing has to be added: {}",
    "no": "It is not built in: {}",
    "extension": "Yes, an extension: {}",
}
_DISPUTED = "{}{}: {}, but {}"
_UNSAID = "The articles do not say this of {} in so many words. What comes nearest: {}"
_SILENT = "The articles do not say whether {} has this: these passages come nearest."


def on_possession(told: Told, quoted: Sequence[Reason], case: Case) -> str:
    """Return the headline; `quoted` are what is told, in order, with their sources."""
    about = labels_of(case.reading.options, case.topic)
    if not quoted:
        return _SILENT.format(about)
    first = quoted[0].text
    if told.possessed == "disputed" and len(quoted) > 1:
        one = len({each.citations[0].article for each in quoted[:2]}) == 1
        lead = "One article contradicts itself" if one else "The articles disagree"
        on = phrase(list(named(case.reading)), case.topic)
        return _DISPUTED.format(lead, on, first.removesuffix("."), quoted[1].text)
    words = (_NEEDS if told.needs else _HAS).get(told.possessed)
    return words.format(first) if words else _UNSAID.format(about, first)
