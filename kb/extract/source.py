"""Reading a source: a file, the files of a folder, a URL or standard input."""

import errno
import hashlib
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from io import FileIO
from typing import BinaryIO
from urllib.parse import unquote

from kb.errors import UnreadableInputError
from kb.extract.raw import Source, check_size, escaped, printable, read_within, url_name

FILE_LIMIT = 50_000_000
PATTERNS = ("*.md", "*.markdown", "*.txt", "*.html", "*.htm")

_SLUG = 80
_HASH = 8
# O_NONBLOCK opens a FIFO without waiting for its writer; O_NOCTTY keeps terminals from adopting us.
_SAFELY = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_SCHEME = re.compile(r"(https?|file|ftp)(?=:)|[a-z][a-z0-9+.-]*(?=://)", re.IGNORECASE)
# Only these endings are cut from a name: "python-3.11" and "ASP.NET" keep theirs.
_ENDING = re.compile(r"\.(md|markdown|txt|text|rst|x?html?|php|aspx?|jsp|pdf|docx?|odt|epub)\Z")
_PERMISSION = ("may not be read by you", "Ask for permission, or allow it with chmod u+r.")
_MISSING = ("does not exist", "Check the spelling and the folder you are in.")
_TROUBLES = {
    errno.ENOENT: _MISSING,
    errno.ENOTDIR: _MISSING,
    errno.EACCES: _PERMISSION,
    errno.EPERM: _PERMISSION,
    errno.ELOOP: ("is a symbolic link", "Give the path of the file it points to."),
    errno.EISDIR: ("is a folder", "Give the files inside it."),
    errno.ENXIO: ("is not a regular file", "Copy its content into a file and give that."),
    errno.ENAMETOOLONG: ("is too long for a file name", "Give a shorter path."),
}


@dataclass(frozen=True)
class Bounds:
    """How much of a folder is walked before it is refused as a whole.

    `depth` 1 is the folder itself; `files` and `size` (bytes) count matching files, `entries` all.
    """

    depth: int = 20
    files: int = 10_000
    entries: int = 200_000
    size: int = 2_000_000_000


DEFAULT_BOUNDS = Bounds()


def read_source(
    location: str,
    *,
    stdin: BinaryIO | None = None,
    name: str = "",
    limit: int = FILE_LIMIT,
    allow_private: bool = False,
) -> Source:
    """Return what lies at `location`: a file's path, an http or https URL, or "-" for `stdin`.

    `name` replaces the name found. `limit` (bytes) holds for files and stdin; URLs have their own
    smaller one, and `allow_private` lets them lead into the local network.

    Raises:
        UnreadableInputError: it cannot be read, or it is of a kind that is never read.
    """
    scheme = _SCHEME.match(location)
    if location == "-":
        source = _read_stdin(stdin, limit)
    elif scheme is None:
        source = read_file(location, limit=limit)
    elif scheme[0].lower() in ("http", "https"):
        # Imported here: who reads files need not wait 40 ms for TLS.
        from kb.extract.fetch import fetch_url

        source = fetch_url(location, allow_private=allow_private)
    else:
        raise UnreadableInputError(
            f"{printable(scheme[0])}: addresses are not read.",
            remedy="Give an http or https URL, or the path of a file (./ before a colon).",
        )
    return replace(source, name=escaped(name)) if name else source


def read_file(path: str | os.PathLike[str], *, limit: int = FILE_LIMIT) -> Source:
    """Return the regular file at `path`, whole; it never waits for a pipe or a device.

    Raises:
        UnreadableInputError: it is missing, empty, forbidden, a link, no regular file, or holds
            more than `limit` bytes.
    """
    shown = printable(os.fspath(path)) or "An empty name"
    try:
        with _open_regular(path, shown) as stream:
            check_size(os.fstat(stream.fileno()).st_size, limit, shown)
            data = read_within(stream, limit, shown)
    except OSError as error:
        raise _explained(error, shown) from error
    return Source(escaped(os.path.basename(os.fspath(path))), _not_empty(data, shown))


def expand(
    inputs: Sequence[str],
    *,
    patterns: Sequence[str] = PATTERNS,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> Iterator[str]:
    """Yield `inputs` in order, each folder replaced by the sorted paths of its matching files.

    Folders are walked to the bottom; links and names that begin with a dot are left out, and
    `patterns` (lower case) match a name whatever its case. Whatever is no folder passes unchanged.

    Raises:
        UnreadableInputError: a folder holds no matching file, may not be read or exceeds `bounds`;
            nothing of that folder was yielded.
    """
    for given in inputs:
        if _is_folder(given):
            yield from _files_below(given, patterns, bounds)
        else:
            yield given


def slug(name: str) -> str:
    """Return the article id for a file name or URL: 1 to 80 of a-z, 0-9, "-" and "_".

    Of a URL the last part of the path counts, or else the host, and the query. A name without such
    characters becomes "article-" and a hash; one that is too long ends in a hash.
    """
    part = _last_part(name)
    # The cap comes before normalising, which is quadratic in runs of marks.
    plain = _ENDING.sub("", unicodedata.normalize("NFKD", part[:1000]).casefold())
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.sub(r"[^a-z0-9_]+", "-", letters).strip("-")
    if words and len(words) <= _SLUG:
        return words
    digest = hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH]
    return f"{words[: _SLUG - _HASH - 1].rstrip('-') or 'article'}-{digest}"


def _read_stdin(stdin: BinaryIO | None, limit: int) -> Source:
    # sys.stdin is None when the caller closed it.
    stream = stdin or (sys.stdin and sys.stdin.buffer)
    if not stream:
        raise UnreadableInputError(
            "There is no standard input.", remedy="Give the path of a file instead of -."
        )
    shown = "Standard input"
    try:
        data = read_within(stream, limit, shown)
    except OSError as error:
        raise _explained(error, shown) from error
    return Source("stdin", _not_empty(data, shown))


def _open_regular(path: str | os.PathLike[str], shown: str) -> FileIO:
    try:
        stream = FileIO(path, opener=_open_safely)
    except ValueError as error:  # NUL or a lone surrogate
        raise UnreadableInputError(
            f"{shown} cannot be a file name.", remedy="Check the spelling."
        ) from error
    if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
        return stream
    stream.close()
    raise _explained(OSError(errno.ENXIO, os.strerror(errno.ENXIO)), shown)


def _open_safely(path: str, flags: int) -> int:
    return os.open(path, flags | _SAFELY)


def _not_empty(data: bytes, shown: str) -> bytes:
    if not data:
        raise UnreadableInputError(f"{shown} is empty.", remedy="Give one that holds text.")
    return data


def _explained(error: OSError, shown: str) -> UnreadableInputError:
    otherwise = (f"cannot be read: {error.strerror}", "Copy it to another place and try again.")
    trouble, remedy = _TROUBLES.get(error.errno or 0, otherwise)
    return UnreadableInputError(f"{shown} {trouble}.", remedy=remedy)


def _is_folder(given: str) -> bool:
    if given == "-" or _SCHEME.match(given):
        return False
    return os.path.isdir(given) and not os.path.islink(given)


def _files_below(folder: str, patterns: Sequence[str], bounds: Bounds) -> list[str]:
    try:
        found = _matching(folder, patterns, bounds)
    except OSError as error:
        raise _explained(error, printable(error.filename or folder)) from error
    if not found:
        raise UnreadableInputError(
            f"{printable(folder)} holds no file named {', '.join(patterns)}.",
            remedy="Give another folder, or the files themselves.",
        )
    return sorted(found)


def _matching(folder: str, patterns: Sequence[str], bounds: Bounds) -> list[str]:
    found: list[str] = []
    size = 0
    for entry in _walk(folder, bounds):
        if not any(fnmatchcase(entry.name.lower(), pattern) for pattern in patterns):
            continue
        found.append(entry.path)
        size += _size(entry)
        if len(found) > bounds.files or size > bounds.size:
            raise _too_much(folder, f"more than {bounds.files:,} files or {bounds.size:,} bytes")
    return found


def _walk(folder: str, bounds: Bounds) -> Iterator[os.DirEntry[str]]:
    """Yield the regular files below `folder` that are not hidden, in no particular order."""
    pending = [(folder, 1)]
    seen = 0
    while pending:
        here, depth = pending.pop()
        if depth > bounds.depth:
            raise _too_much(folder, f"folders nested more than {bounds.depth} deep")
        with os.scandir(here) as entries:
            for entry in entries:
                seen += 1
                if seen > bounds.entries:
                    raise _too_much(folder, f"more than {bounds.entries:,} entries")
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    yield entry


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:  # removed during the walk, or forbidden: reading it will say so
        return 0


def _too_much(folder: str, what: str) -> UnreadableInputError:
    return UnreadableInputError(
        f"{printable(folder)} holds {what}.", remedy="Give the folders you need one by one."
    )


def _last_part(name: str) -> str:
    if not _SCHEME.match(name):
        return name.rpartition("/")[2]
    query = unquote(name.partition("#")[0].partition("?")[2])
    # The ending goes first, so that page.html?id=1 becomes page-id-1.
    return f"{_ENDING.sub('', url_name(name).lower())} {query}".rstrip()
