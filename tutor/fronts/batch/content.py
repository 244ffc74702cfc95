"""The content of a file of questions: told from any other by a hash, and about how many rows it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from tutor.errors import BatchError
from tutor.fronts.batch.formats import Format
from tutor.fronts.batch.sources import PACKINGS

_CHUNK = 1 << 20
_LINES = ("csv", "tsv", "jsonl")  #: formats of about one row a line


@dataclass(frozen=True)
class Content:
    """What a file held when it was looked at: the hash of its bytes, and about how many rows, None where that is dear.

    *stamp* changes when somebody writes to the file.
    """

    digest: str
    rows: int | None
    stamp: tuple[int, int]


def content_of(path: Path, form: Format, called: str) -> Content:
    """Return what the file *path* holds, which is read from beginning to end; a BatchError when it cannot be."""
    digest, lines = blake2b(digest_size=16), 0
    try:
        stamp = _stamp(path)
        for chunk in _chunks(path):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    except OSError as error:
        raise BatchError(f"{called}: cannot be read: {error.strerror}") from None
    counts = form.name in _LINES and path.suffix not in PACKINGS
    return Content(digest.hexdigest(), lines + 1 - form.tabular if counts else None, stamp)


def must_be_unchanged(path: Path, content: Content, called: str) -> None:
    """Raise a BatchError when somebody wrote to *path*, a file that is *called* so, since its content was looked at."""
    if _stamp(path) != content.stamp:
        raise BatchError(f"{called}: was changed while it was read; begin anew with --fresh")


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")
