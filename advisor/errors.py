"""Advisor's own errors: what cannot be asked or compared, files that cannot be evaluated."""

from kb.errors import HelpfulError


class QuestionError(HelpfulError):
    """A question that cannot be asked: empty, too long, with too long a history, or misadjusted."""


class EvaluationError(HelpfulError):
    """A file that an evaluation cannot use; the message names it, and the place in it."""


class DeadlineError(HelpfulError):
    """Answering took longer than it may; nothing is shortened, the caller asks again."""


class ComparisonError(HelpfulError):
    """An option or criterion to compare that the topic does not have, or that can be several."""
