"""What an xlsx file unpacks to, measured before anything is made of it: bytes, and the cells its sheets reach to.

A sheet in memory is a full rectangle, so that two cells far apart would cost as much as all those between them.
"""

import copy
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.errors import BatchError
from tutor.fronts.batch.sources import Source

LARGEST = 1 << 30  #: bytes that a file may unpack to
MOST_PARTS = 10_000  #: files inside one
MOST_CELLS = 30_000_000  #: of one sheet, empty ones between others too
_CHUNK = 1 << 20
_PLACE = re.compile(rb"""<(?:\w+:)?(?:c|row)\s(?:[^<]*?\s)?r\s*=\s*["']([A-Za-z]{0,3})(\d{0,9})["']""")


def may_unpack(source: Source) -> None:
    """Raise a BatchError when *source* is no zip file, or unpacks to too much, whatever it says itself."""
    try:
        with zipfile.ZipFile(source.path) as packed:
            _must_be_usual(source, packed.infolist())
            left = LARGEST
            for part in packed.infolist():
                left -= _measured(source, packed, part, left)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BatchError(f"{source.called}: cannot be read as xlsx: {error}") from None


def _must_be_usual(source: Source, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MOST_PARTS:
        raise BatchError(f"{source.called}: holds {len(parts)} files; at most {MOST_PARTS} are read")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise BatchError(f"{source.called}: is packed in a way that xlsx is not")


@dataclass
class _Reach:
    """The last row and column of a sheet that has been seen."""

    row: int = 0
    column: int = 0

    def add(self, xml: bytes) -> None:
        for letters, digits in _PLACE.findall(xml):
            self.row = max(self.row, int(digits or 0))
            self.column = max(self.column, _column(letters))


def _measured(source: Source, packed: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    """Return to how many bytes *part* unpacks; a BatchError for more than *most*, or too many cells."""
    size, reach, rest = 0, _Reach(), b""
    for chunk in _chunks(packed, part, most):
        size += len(chunk)
        if size > most:
            raise BatchError(f"{source.called}: unpacks to more than {LARGEST} bytes")
        reach.add(rest + chunk)
        if reach.row * reach.column > MOST_CELLS:
            raise BatchError(
                f"{source.called}: a sheet reaches to row {reach.row}, column {reach.column}; it is too large"
            )
        rest = (rest + chunk)[(rest + chunk).rfind(b"<") :][:_CHUNK]
    return size


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    unbounded = copy.copy(part)
    unbounded.file_size = most + 2
    with packed.open(unbounded) as stream:
        yield from iter(lambda: stream.read(_CHUNK), b"")


def _column(letters: bytes) -> int:
    """Return the number of a column.

    >>> _column(b"A"), _column(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
