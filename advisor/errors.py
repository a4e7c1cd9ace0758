"""Advisor's own errors: questions that cannot be asked, question files that cannot be read."""

from kb.errors import HelpfulError


class QuestionError(HelpfulError):
    """A question that cannot be asked: empty, too long, with too long a history, or misadjusted."""


class EvaluationError(HelpfulError):
    """A question file that cannot be evaluated; the message names file and line."""


class DeadlineError(HelpfulError):
    """Answering took longer than it may; nothing is shortened, the caller asks again."""
