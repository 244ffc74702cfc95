"""The journal of a batch: the parts that are done, kept beside the output until all of it is there."""

import contextlib
import json
import os
import shutil
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tutor.draft import drafted
from tutor.errors import BatchError
from tutor.fronts.batch.shards import Part

GO_ON = "go on with --resume, or begin anew with --fresh"
_HEADER = "header.json"
_LOCK = "lock"
_MOST_HEAD = 1_000  #: bytes of a line that heads a part

Bound = Mapping[str, str]  #: what the rows of a batch hang on: name -> hash


def journal_of(target: str) -> Path:
    """Return where the journal of a batch into *target* lies."""
    return Path(f"{target}.journal")


class Journal:
    """Keeps parts on disk, each whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def rows(self) -> int:
        """How many rows are kept."""
        return sum(map(_rows, self.folder.glob("*.part")))

    def keep(self, part: Part) -> None:
        """Write *part* to disk."""
        content = json.dumps(part.counted).encode() + b"\n" + part.content
        _write(self._path(part.number), b"%08x\n" % zlib.crc32(content) + content)

    def part(self, number: int) -> Part | None:
        """Return the part *number*, None where it is not kept or damaged."""
        try:
            total, counted, content = self._path(number).read_bytes().split(b"\n", 2)
        except (FileNotFoundError, ValueError):
            return None
        if total != b"%08x" % zlib.crc32(counted + b"\n" + content):
            return None
        return Part(number, Counter(json.loads(counted)), content)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:08}.part"


def may_begin(target: str, *, resume: bool, fresh: bool) -> None:
    """Raise a BatchError where a batch into *target* was stopped before, unless *resume* or *fresh* says what to do.

    Another one is where a batch is at it just now.
    """
    folder = journal_of(target)
    if (folder / _LOCK).exists():
        with _locked(folder, target):
            pass
    if folder.exists() and not (resume or fresh):
        raise BatchError(f"{folder}: a batch into {target} was stopped before; {GO_ON}")


@contextlib.contextmanager
def journal(target: str, bound: Bound, *, resume: bool, fresh: bool) -> Iterator[Journal]:
    """Open the journal of a batch into *target*, which nobody else may use meanwhile; at the end it is removed.

    What fails leaves it, unless nothing is kept yet. A BatchError when it is *bound* to something else.
    """
    may_begin(target, resume=resume, fresh=fresh)
    folder = journal_of(target)
    folder.mkdir(exist_ok=True)
    with _locked(folder, target):
        opened, whole = _opened(folder, bound, fresh=fresh), False
        try:
            yield opened
            whole = True
        finally:
            if whole or not opened.rows:
                shutil.rmtree(folder, ignore_errors=True)


def _opened(folder: Path, bound: Bound, *, fresh: bool) -> Journal:
    before = None if fresh else _header(folder)
    other = next((name for name in bound if before is not None and before.get(name) != bound[name]), None)
    if other:
        raise BatchError(f"{folder}: was begun with another {other}; begin anew with --fresh")
    for path in folder.iterdir():
        if path.name != _LOCK and (before is None or not (path.suffix == ".part" or path.name == _HEADER)):
            path.unlink()
    if before is None:
        _write(folder / _HEADER, json.dumps(dict(bound)).encode())
    return Journal(folder)


def _header(folder: Path) -> dict[str, Any] | None:
    try:
        said: dict[str, Any] = json.loads((folder / _HEADER).read_bytes())
    except (FileNotFoundError, ValueError):
        return None
    return said


def _rows(path: Path) -> int:
    """Return how many rows a part has, by its first lines; 0 where it is damaged."""
    with path.open("rb") as file:
        lines = file.readline(_MOST_HEAD), file.readline(_MOST_HEAD)
    with contextlib.suppress(ValueError, AttributeError, TypeError):
        return sum(json.loads(lines[1]).values())
    return 0


@contextlib.contextmanager
def _locked(folder: Path, target: str) -> Iterator[None]:
    """Hold the lock of *folder*, which the system lets go when the process ends, however it ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (folder / _LOCK).open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BatchError(f"{target}: another batch is writing it") from None
        yield


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or not at all, even when the power fails."""
    with drafted(path) as file:
        file.write(content)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
