"""web's own errors: requests that cannot be read, and a server that cannot take more."""

from kb.errors import HelpfulError


class UnreadableRequestError(HelpfulError):
    """A request whose body or query is not what it says it is."""


class MediaTypeError(HelpfulError):
    """A body of another type than JSON."""


class BodyTooLargeError(HelpfulError):
    """A body of more bytes than are read."""


class UnknownHostError(HelpfulError):
    """A request for a host this server does not answer for."""


class OverloadError(HelpfulError):
    """More requests wait than can be answered in time."""


class CrossOriginError(HelpfulError):
    """A form that a page of another site sent."""


class FeedbackOffError(HelpfulError):
    """Feedback for a server that keeps none."""


class TooMuchFeedbackError(HelpfulError):
    """More feedback than is taken in a minute."""


class ServerStartError(HelpfulError):
    """The server cannot listen where it was told to."""
