"""HelpfulError and kb's own errors: what is wrong, and the remedy."""


class HelpfulError(Exception):
    """Base of every error raised on purpose: what is wrong and, in `remedy`, what to do."""

    def __init__(self, message: str, *, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class UnreadableInputError(HelpfulError):
    """A file, URL or text that cannot become an article."""


class TopicError(HelpfulError):
    """A topic file that breaks its own rules; the message names the file and the place."""


class UnknownTopicError(HelpfulError):
    """A topic was named that the knowledge base does not hold."""


class UnknownArticleError(HelpfulError):
    """An article or passage was named that the knowledge base does not hold."""


class CorrectionError(HelpfulError):
    """A correction that cannot be made: what it names is not there, or is not the only one."""


class HistoryError(HelpfulError):
    """A revision that is not there, is not kept any more, or cannot be undone as things are now."""


class RecordError(HelpfulError):
    """An export that cannot be imported, or not be written; the message names the place."""


class KnowledgeBaseError(HelpfulError):
    """The knowledge base file cannot be used: missing, foreign, damaged, of another version."""


class EmptyKnowledgeBaseError(KnowledgeBaseError):
    """The knowledge base is fine and holds no article yet."""


class BusyKnowledgeBaseError(KnowledgeBaseError):
    """Another writer has held the lock for longer than this one was willing to wait."""


class ChangedMeanwhileError(KnowledgeBaseError):
    """What was to be stored was made from a state that is no longer the present one."""


class LearnedFileError(HelpfulError):
    """The file of what a server learned cannot be used; answers do not need it."""


class UnknownGapError(HelpfulError):
    """A group of questions was named that is not among those that were learned."""
