"""An export as a folder: topics/ID.toml, articles/ID.md, and sources/ID.html and the like.

A file that says what the folder is, is written last: without it an export is not whole.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from kb.errors import RecordError, UnreadableInputError
from kb.exports.lines import check_heading, heading
from kb.exports.markdown import KEPT_ENDING, kept_name, markdown_of, record_in
from kb.extract.raw import printable
from kb.extract.source import read_file
from kb.record_shapes import checked_id
from kb.records import ArticleRecord, Record, TopicRecord
from kb.store import Snapshot

MARK = "advisor-export.json"

_ID = r"[a-z0-9_-]{1,80}"
_OWN = {  # the files that an export may delete because they are not part of it any more
    "topics": re.compile(rf"{_ID}\.toml"),
    "articles": re.compile(rf"{_ID}\.md"),
    "sources": re.compile(rf"{_ID}\.[a-z0-9]{{1,8}}"),
}


def write_folder(snapshot: Snapshot, folder: Path, *, overwrite: bool = False) -> tuple[int, int]:
    """Write a knowledge base into a folder; return how many topics and articles there are.

    With `overwrite` a former export in it is replaced; files that are not an export's stay.

    Raises:
        RecordError: something else is in the folder, it cannot be written, or an article was
            stored without its source.
    """
    _check_folder(folder, overwrite=overwrite)
    try:
        (folder / MARK).unlink(missing_ok=True)
        for name in _OWN:
            (folder / name).mkdir(parents=True, exist_ok=True)
        written, counts = set(), [0, 0]
        for record in snapshot.records():
            counts[not isinstance(record, TopicRecord)] += 1
            for name, content in _files(snapshot, record):
                _write(folder / name, content)
                written.add(name)
        _delete_others(folder, written)
        _write(folder / MARK, f"{json.dumps(heading())}\n".encode())
    except OSError as error:
        raise RecordError(
            f"{printable(str(folder))} cannot be written: {error.strerror}.",
            remedy="Name a folder that you may write, on a disk that has room.",
        ) from None
    return counts[0], counts[1]


def read_folder(folder: Path) -> Iterator[Record]:
    """Yield what an export in a folder holds, topics first.

    Raises:
        RecordError: it is no whole export, or a file is not what it has to be.
        UnreadableInputError: a file cannot be read.
    """
    try:
        mark = json.loads(read_file(folder / MARK).data)
    except (ValueError, UnreadableInputError):
        raise RecordError(
            f"{printable(str(folder))} is no whole export: there is no {MARK} that says so.",
            remedy="Export again; a folder of articles of your own is added with `kb add`.",
        ) from None
    check_heading(mark)
    kinds: list[tuple[Callable[[Path], Record], str]]
    kinds = [(_topic, "topics/*.toml"), (_article, "articles/*.md")]
    for read, pattern in kinds:
        for file in sorted(folder.glob(pattern)):
            try:
                record = read(file)
            except RecordError as error:
                message = f"{printable(str(file))}: {error.message}"
                raise RecordError(message, remedy=error.remedy) from None
            yield record


def _topic(file: Path) -> TopicRecord:
    try:
        text = read_file(file).data.decode()
    except UnicodeDecodeError:
        raise RecordError("It is not UTF-8.", remedy="Save it as UTF-8.") from None
    return TopicRecord(checked_id(file.stem), text)


def _article(file: Path) -> ArticleRecord:
    id, content = checked_id(file.stem), read_file(file).data
    name = kept_name(content)
    if not name:
        return record_in(content, id)
    ending = name.removeprefix(f"sources/{id}")
    if not KEPT_ENDING.fullmatch(ending):
        raise RecordError(
            f'"{printable(name)}" is not where its source can be.',
            remedy=f"It has to be called {id} and stand in the folder sources.",
        )
    return record_in(content, id, read_file(file.parent.parent / f"sources/{id}{ending}").data)


def _files(snapshot: Snapshot, record: Record) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a topic or an article, by name."""
    if isinstance(record, TopicRecord):
        yield f"topics/{record.id}.toml", record.text.encode()
        return
    file = markdown_of(record, snapshot.article(record.id).text)
    if file.kept is not None:
        yield f"sources/{record.id}{file.ending}", file.kept
    yield f"articles/{record.id}.md", file.content


def _check_folder(folder: Path, *, overwrite: bool) -> None:
    if not os.path.lexists(folder):
        return
    shown = printable(str(folder))
    if not folder.is_dir():
        raise RecordError(f"{shown} is not a folder.", remedy="Name another one.")
    if not overwrite and any(folder.iterdir()):
        raise RecordError(
            f"{shown} is not empty.", remedy="Name another folder, or add --overwrite."
        )
    if any(folder.iterdir()) and not (folder / MARK).exists() and not _is_begun(folder):
        raise RecordError(
            f"{shown} holds no export that could be replaced.", remedy="Name another folder."
        )


def _is_begun(folder: Path) -> bool:
    """Tell whether a folder holds nothing but what a killed export may have left."""
    for name, known in _OWN.items():
        if any(not known.fullmatch(each.name) for each in (folder / name).glob("*")):
            return False
    return {each.name for each in folder.iterdir()} <= set(_OWN)


def _write(path: Path, content: bytes) -> None:
    """Write a file that appears whole or not at all, unless it is the same already."""
    with suppress(UnreadableInputError):
        if read_file(path).data == content:
            return
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with open(draft, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def _delete_others(folder: Path, written: set[str]) -> None:
    for name, known in _OWN.items():
        for file in list((folder / name).iterdir()):
            if known.fullmatch(file.name) and f"{name}/{file.name}" not in written:
                file.unlink()
