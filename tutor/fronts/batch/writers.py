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


@contextlib.contextmanager
def writing(path: str) -> Iterator[Write]:
    """Open *path* for rows in the format of its suffix ("-": jsonl on standard output); it appears at the end."""
    start = _WRITERS.get(Path(path).suffix.lower() if path != "-" and not _special(path) else ".jsonl")
    if start is None:
        suffix = Path(path).suffix or "a file without a suffix"
        raise BatchError(f"{path}: cannot write {suffix}; {did_you_mean(suffix, _WRITERS)}")
    if path == "-":
        yield start(sys.stdout)
        return
    try:
        with _whole(Path(path)) as stream:
            yield start(stream)
    except OSError as error:
        raise BatchError(f"{path}: cannot be written: {error.strerror}") from None


def _special(path: str) -> bool:
    return Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()


@contextlib.contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    if _special(str(path)):
        with path.open("w", encoding="utf-8") as stream:
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


def _jsonl(stream: TextIO) -> Write:
    return lambda row: print(json.dumps(row.to_dict(), ensure_ascii=False), file=stream)


def _csv(stream: TextIO) -> Write:
    writer = csv.writer(stream)
    columns: list[str] = []

    def write(row: Row) -> None:
        if not columns:
            columns.extend([name for name in row.passed if name not in FIELDS] + list(FIELDS))
            writer.writerow(columns)
        said = row.to_dict()
        writer.writerow([_cell(said.get(name)) for name in columns])

    return write


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value


_WRITERS: dict[str, Callable[[TextIO], Write]] = {".csv": _csv, ".jsonl": _jsonl}
