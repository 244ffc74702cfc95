"""Rows -> files, written whole or not at all."""

import contextlib
import csv
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from tutor.errors import BatchError
from tutor.row import FIELDS, Row
from tutor.spelling import did_you_mean

Write = Callable[[Row], None]

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}  #: ends of a line to some who read lines


@contextlib.contextmanager
def writing(path: str) -> Iterator[Write]:
    """Open *path* for rows in the format of its suffix ("-": jsonl on standard output); it appears at the end."""
    start = _WRITERS.get(Path(path).suffix.lower() if path != "-" and not _special(path) else ".jsonl")
    if start is None:
        suffix = Path(path).suffix or "a file without a suffix"
        raise BatchError(f"{path}: cannot write {suffix}; {did_you_mean(suffix, _WRITERS)}")
    try:
        with _stream(path) as stream, start(stream) as write:
            yield write
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BatchError(f"{path}: cannot be written: {error.strerror}") from None


def write_text(path: Path, text: str) -> None:
    """Write *text* into the file *path*, whole or not at all; a BatchError when it cannot be."""
    may_write(path)
    try:
        with _whole(path) as stream:
            stream.write(text)
    except OSError as error:
        raise BatchError(f"{path}: cannot be written: {error.strerror}") from None


def may_write(path: Path) -> None:
    """Raise a BatchError when *path* is a folder or its folder does not exist."""
    if path.is_dir():
        raise BatchError(f"{path}: is a folder; name a file in it")
    if not path.parent.is_dir():
        raise BatchError(f"{path}: there is no folder {path.parent}")


@contextlib.contextmanager
def _stream(path: str) -> Iterator[TextIO]:
    if path == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    with _whole(Path(path)) as stream:
        yield stream


def _special(path: str) -> bool:
    return Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    if _special(str(path)):
        with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    draft = Path(name)
    try:
        with draft.open("w", encoding="utf-8", errors="replace", newline="") as stream:
            yield stream
        _like_any_file(draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _like_any_file(draft: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    draft.chmod(0o666 & ~mask)


@contextlib.contextmanager
def _jsonl(stream: TextIO) -> Iterator[Write]:
    yield lambda row: print(json.dumps(row.to_dict(), ensure_ascii=False).translate(_BREAKS), file=stream)


@contextlib.contextmanager
def _csv(stream: TextIO) -> Iterator[Write]:
    """Keep the rows beside until the last one: only then are all the columns known that pass through."""
    passed: dict[str, None] = {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as kept:

        def write(row: Row) -> None:
            said = row.to_dict()
            passed.update(dict.fromkeys(name for name in said if name not in FIELDS))
            print(json.dumps(said), file=kept)

        yield write
        kept.seek(0)
        writer = csv.writer(stream)
        columns = [*passed, *FIELDS]
        writer.writerow(columns)
        writer.writerows([_cell(said.get(name)) for name in columns] for said in map(json.loads, kept))


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


_WRITERS: dict[str, Callable[[TextIO], contextlib.AbstractContextManager[Write]]] = {".csv": _csv, ".jsonl": _jsonl}
