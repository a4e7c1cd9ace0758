"""Fetching the page behind a URL, and nothing but a page: no private address, no endless answer."""

import io
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kb.errors import UnreadableInputError
from kb.extract.addresses import Address, may_contact
from kb.extract.raw import Source, printable, read_within, url_name

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Resolver: TypeAlias = Callable[[str, int], list[str]]

PAGE_LIMIT = 5_000_000
MAX_REDIRECTS = 5
MEDIA_TYPES = ("text/html", "text/plain", "text/markdown", "application/xhtml+xml")

_PORTS = {"http": 80, "https": 443}
_LONGEST_URL = 4000
_TRIED_ADDRESSES = 4
_SAVE = "Open it in a browser, save the page as a file and add that."
_LATER = "Try again later. " + _SAVE
_SPELL = "Check the spelling of the URL."
_REMEDIES = {404: _SPELL, 410: _SPELL, 429: _LATER, 500: _LATER, 502: _LATER, 503: _LATER}
_HEADERS = {
    "User-Agent": "grounded-advisor",
    "Accept": ", ".join(MEDIA_TYPES),
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_HOST = re.compile(r"[a-z0-9._-]{1,253}\Z")
_CHARSET = re.compile(r';\s*charset=["\']?([a-z0-9._:+-]{1,40})')
_REDIRECTS = (301, 302, 303, 307, 308)
# Reserved characters and existing escapes stay as they are; everything else is percent-encoded.
_KEPT = "/%:?#[]@!$&'()*+,;=~"


def system_addresses(host: str, port: int) -> list[str]:
    """Return the addresses the system knows for `host`, in the order it would try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch_url(
    url: str,
    *,
    limit: int = PAGE_LIMIT,
    seconds: float = 20.0,
    allow_private: bool = False,
    resolve: Resolver = system_addresses,
) -> Source:
    """Return the text page at `url`, after at most 5 redirects, read within `seconds` altogether.

    Every host is resolved once, each of its addresses has to be public, and one of these very
    addresses is connected to. `allow_private` admits loopback and private networks too, but never
    link-local addresses, where clouds keep their secrets. Proxies are not used.

    Raises:
        UnreadableInputError: the URL or a redirect is refused, or the answer is no page of 1 to
            `limit` bytes.
    """
    deadline = _Deadline(time.monotonic() + seconds)
    target = _parse(url)
    for _ in range(MAX_REDIRECTS + 1):
        with _explained(target, seconds):
            addresses = _resolve_in_time(resolve, target, deadline)
            _check_addresses(target, addresses, allow_private)
            with (
                closing(_Connection(target, addresses, deadline)) as connection,
                _ask(connection, target) as answer,
            ):
                if answer.status not in _REDIRECTS:
                    return _source(target, answer, limit)
                target = _redirected(target, answer)
    raise _refused(target.url, f"redirects more than {MAX_REDIRECTS} times", _SAVE)


@dataclass(frozen=True)
class _Deadline:
    at: float

    def left(self) -> float:
        """Return the seconds left, more than 0.

        Raises:
            TimeoutError: none are.
        """
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


@dataclass(frozen=True)
class _Target:
    """One URL that may be asked for: ASCII throughout, without fragment or user name."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


class _Connection(HTTPConnection):
    """An HTTP(S) connection to the first address that answers, under one deadline."""

    def __init__(self, target: _Target, addresses: list[Address], deadline: _Deadline) -> None:
        super().__init__(target.host, target.port)
        self.default_port = _PORTS[target.scheme]  # so that Host carries only other ports
        self._target = target
        self._addresses = addresses[:_TRIED_ADDRESSES]
        self._deadline = deadline

    def connect(self) -> None:
        self.sock = sock = self._connected()  # so that it is closed whatever happens next
        if self._target.scheme == "https":
            sock.settimeout(self._deadline.left())
            tls = ssl.create_default_context()
            sock = tls.wrap_socket(sock, server_hostname=self._target.host)
        self.sock = _Wire(sock, self._deadline)

    def _connected(self) -> socket.socket:
        trouble = OSError("no address")
        for tried, address in enumerate(self._addresses):
            share = self._deadline.left() / (len(self._addresses) - tried)
            try:
                return socket.create_connection((str(address), self._target.port), share)
            except OSError as error:
                trouble = error
        raise trouble


class _Wire:
    """What http.client needs of a socket; a deadline instead of a time-out for each read."""

    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.left())
        self._sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        self._sock.close()  # the socket lives on until its reader is closed, too


class _TimedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: _Deadline) -> None:
        self._sock = sock
        self._stream = sock.makefile("rb", buffering=0)
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        self._sock.settimeout(self._deadline.left())
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _parse(url: str) -> _Target:
    """Return the parts of `url` in one spelling.

    Raises:
        UnreadableInputError: it is not plainly an http or https URL without a user name.
    """
    if len(url) > _LONGEST_URL:
        raise _refused("The URL", f"is longer than {_LONGEST_URL:,} characters", _SPELL)
    # urlsplit drops tabs and line breaks, and browsers read a backslash as a slash.
    if not url.isprintable() or " " in url or "\\" in url:
        raise _refused("The URL", "contains a blank, a backslash or a control character", _SPELL)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii_host(parts)
    except ValueError as error:
        raise _refused("The URL", "is malformed", _SPELL) from error
    scheme = parts.scheme
    if scheme not in _PORTS:
        raise _refused("The URL", "is neither http nor https", "Give an http or https URL.")
    if "@" in parts.netloc:
        raise _refused("The URL", "contains a user name", f"Remove what stands before @. {_SAVE}")
    if port == 0 or not host:
        raise _refused(url, "has no host or port to connect to", _SPELL)
    query = f"?{parts.query}" if parts.query else ""
    path = quote((parts.path or "/") + query, safe=_KEPT)
    return _Target(scheme, host, port or _PORTS[scheme], path)


def _ascii_host(parts: SplitResult) -> str:
    """Return the host in ASCII, without the final dot that certificates leave out; "" if none.

    Raises:
        ValueError: no host is written like this.
    """
    host = parts.hostname or ""
    if ":" in host:
        return str(IPv6Address(host))
    ascii_host = host.encode("idna").decode("ascii").lower().removesuffix(".")
    if ascii_host and not _HOST.match(ascii_host):
        raise ValueError("odd characters in host")
    return ascii_host


def _resolve_in_time(resolve: Resolver, target: _Target, deadline: _Deadline) -> list[Address]:
    """Return the target's addresses; a thread asks, as the system's resolver knows no time-out."""
    found: Future[list[str]] = Future()

    def ask() -> None:
        try:
            found.set_result(resolve(target.host, target.port))
        except Exception as error:  # raised again by result() below
            found.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        return [ip_address(address) for address in found.result(deadline.left())]
    except TimeoutError:
        raise
    except (OSError, ValueError) as error:
        raise _refused(target.host, "has no address", _SPELL) from error


def _check_addresses(target: _Target, addresses: list[Address], allow_private: bool) -> None:
    if not addresses:
        raise _refused(target.host, "has no address", _SPELL)
    for address in addresses:
        if not may_contact(address, allow_private=allow_private):
            raise _refused(target.host, f"leads to {address}, which is not public", _SAVE)


def _ask(connection: HTTPConnection, target: _Target) -> HTTPResponse:
    connection.request("GET", target.path, headers=_HEADERS)
    return connection.getresponse()


def _redirected(target: _Target, answer: HTTPResponse) -> _Target:
    # http.client reads headers as Latin-1; the way back gives the bytes the server sent.
    location = quote((answer.getheader("Location") or "").encode("latin-1"), safe=_KEPT)
    if not location:
        raise _refused(target.url, "redirects to nowhere", _SAVE)
    try:
        following = _parse(urljoin(target.url, location))
    except ValueError as error:
        raise _refused(target.url, "redirects to a malformed URL", _SAVE) from error
    if target.scheme == "https" and following.scheme == "http":
        raise _refused(target.url, "redirects from https to http", _SAVE)
    return following


def _source(target: _Target, answer: HTTPResponse, limit: int) -> Source:
    if answer.status != HTTPStatus.OK:
        remedy = _REMEDIES.get(answer.status, _SAVE)
        raise _refused(target.url, f"answers {_status(answer.status)}", remedy)
    claim = (answer.getheader("Content-Type") or "").lower()[:200]
    media_type = claim.partition(";")[0].strip()
    _check_form(target, answer, media_type)
    data = read_within(answer, limit, printable(target.url))
    if answer.length:
        raise _refused(target.url, "breaks off before its end", _LATER)
    if not data:
        raise _refused(target.url, "is empty", _SAVE)
    charset = _CHARSET.search(claim)
    encoding = charset[1] if charset else ""
    return Source(url_name(target.url), data, target.url, media_type, encoding)


def _check_form(target: _Target, answer: HTTPResponse, media_type: str) -> None:
    if media_type not in MEDIA_TYPES:
        kind = printable(media_type) or "of unknown type"
        raise _refused(target.url, f"is {kind}, not a page of text", _SAVE)
    compressed = (answer.getheader("Content-Encoding") or "identity").strip().lower() != "identity"
    transfer = (answer.getheader("Transfer-Encoding") or "chunked").strip().lower()
    if compressed or transfer != "chunked":
        raise _refused(target.url, "is compressed although that was not asked for", _SAVE)


def _status(code: int) -> str:
    """Return the code with its standard phrase; the server's own words are not repeated."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


@contextmanager
def _explained(target: _Target, seconds: float) -> Iterator[None]:
    """Turn the network's errors into ours."""
    try:
        yield
    except TimeoutError as error:
        raise _refused(target.url, f"took longer than {seconds:g} seconds", _LATER) from error
    except ssl.SSLCertVerificationError as error:
        raise _refused(target.url, "has no valid certificate", _SAVE) from error
    except OSError as error:
        raise _refused(target.url, f"cannot be reached ({_cause(error)})", _LATER) from error
    except HTTPException as error:
        raise _refused(target.url, f"gives no proper answer ({_cause(error)})", _SAVE) from error


def _cause(error: Exception) -> str:
    return printable(getattr(error, "strerror", None) or type(error).__name__)


def _refused(what: str, trouble: str, remedy: str) -> UnreadableInputError:
    return UnreadableInputError(f"{printable(what)} {trouble}.", remedy=remedy)
