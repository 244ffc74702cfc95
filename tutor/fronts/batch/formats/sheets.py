"""xlsx: read by calamine, written by XlsxWriter, a row at a time; every text is stored as a text, never as a formula.

calamine gives what a cell showed when it was saved and runs nothing. It holds a sheet in memory, so what a file unpacks
to is measured first. XlsxWriter streams. openpyxl does both, but slower, and has had no release since 2024.
"""

import contextlib
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from tutor.errors import BatchError
from tutor.fronts.batch.extras import needing
from tutor.fronts.batch.formats.json_lines import encoded, json_line
from tutor.fronts.batch.formats.unpacking import may_unpack
from tutor.fronts.batch.header import usable_header
from tutor.fronts.batch.layout import Layout, Writer
from tutor.fronts.batch.record import Record, broken, plain, record, told_of
from tutor.fronts.batch.sources import Source
from tutor.fronts.batch.temporary import kept_for, unkept
from tutor.row import Row

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MOST_ROWS = 1_048_575  #: below the line of names
LONGEST_CELL = 32_767  #: characters
_CHUNK = 1 << 20
_NEVER = datetime(2000, 1, 1)  #: when each file says it was made: equal rows give equal bytes


def read(source: Source) -> Iterator[Record]:
    """Yield the rows of the first sheet of *source* that has the needed column; empty rows are left out."""
    with needing("python-calamine", source.called):
        from python_calamine import CalamineError, CalamineWorkbook
    may_unpack(source)
    try:
        with CalamineWorkbook.from_path(str(source.path)) as book:
            rows = _right_sheet(source, book)
            header = usable_header(source, _names(next(rows, [])))
            filled = (row for row in rows if any(cell != "" for cell in row))
            for number, row in enumerate(filled, start=1):
                yield _record(number, header, row)
    except CalamineError as error:
        raise BatchError(f"{source.called}: cannot be read as xlsx: {error}") from None


def _right_sheet(source: Source, book: Any) -> Iterator[list[Any]]:
    """Return the rows of the first sheet with the needed column, or of the first sheet."""
    sheets = list(book.sheet_names)
    for name in sheets:
        rows = _rows(book, name)
        if source.needs in _names(next(rows, [])):
            return _rows(book, name)
    return _rows(book, sheets[0]) if sheets else iter(())


def _rows(book: Any, sheet: str) -> Iterator[list[Any]]:
    rows = book.get_sheet_by_name(sheet).iter_rows()
    return (row for row in rows if any(cell != "" for cell in row))


def _names(row: Sequence[Any]) -> list[str]:
    names = [str(_plain(cell)).strip() if cell != "" else "" for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _record(number: int, header: list[str], row: Sequence[Any]) -> Record:
    beyond = [cell for cell in row[len(header) :] if cell != ""]
    cells = [*row, *[""] * (len(header) - len(row))]
    named = {name: _plain(cell) for name, cell in zip(header, cells, strict=False)}
    if beyond:
        return broken(number, f"{len(row)} columns, the first line has {len(header)}", told_of(named))
    return record(number, named)


def _plain(cell: Any) -> Any:
    """Return a cell as JSON can hold it; whole numbers, which a sheet keeps as decimals, as such."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else plain(cell)


def _part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    return "".join(json_line(row.to_dict()) for row in rows).encode("utf-8", errors="replace")


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:
    with needing("XlsxWriter", "xlsx"):
        import xlsxwriter
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with contextlib.ExitStack() as stack:
        with kept_for("xlsx"):
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            kept = stack.enter_context(_Draft(Path(folder) / "answers.xlsx", "w+"))
            book = xlsxwriter.Workbook(kept, {**options, "tmpdir": folder})
        book.set_properties({"created": _NEVER})
        try:
            _fill(book.add_worksheet("answers"), parts, layout)
        finally:
            _close(book)
        kept.seek(0)
        stream.writelines(iter(lambda: kept.read(_CHUNK), b""))


class _Draft(io.FileIO):
    """A file that takes everything as if, once it is closed or could not be written.

    So whoever lets go of it later, as a zip file half written does, does not fail once more.
    """

    gone = False

    def write(self, data: "ReadableBuffer", /) -> int:
        left = memoryview(data).cast("B")
        size = len(left)
        try:
            while left and not self.gone:
                left = left[super().write(left) :]
        except OSError:
            self.gone = True
            raise
        return size

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return 0 if self.gone else super().seek(offset, whence)

    def tell(self) -> int:
        return 0 if self.gone else super().tell()

    def flush(self) -> None:
        if not self.gone:
            super().flush()

    def close(self) -> None:
        super().close()
        self.gone = True


def _close(book: Any) -> None:
    from xlsxwriter.exceptions import XlsxFileError

    try:
        book.close()
    except XlsxFileError as error:
        cause = error.__context__
        raise unkept("xlsx", cause if isinstance(cause, OSError) else OSError(str(error))) from None


def _fill(sheet: Any, parts: Iterable[bytes], layout: Layout) -> None:
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(layout.columns):
        sheet.write_string(0, column, name[:LONGEST_CELL].encode("utf-8", errors="replace").decode())
    lines = (line for part in parts for line in part.splitlines())
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROWS:
            raise BatchError(f"xlsx holds at most {MOST_ROWS} rows; write csv, jsonl or parquet")
        said = json.loads(line)
        with kept_for("xlsx"):
            for column, name in enumerate(layout.columns):
                _write(sheet, number, column, said.get(name))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case float() | int() if abs(value) < 1e15:
            sheet.write_number(row, column, value)
        case str():
            sheet.write_string(row, column, _cut(value))
        case _:
            sheet.write_string(row, column, _cut(encoded(value)))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


WRITER = Writer(_part, _join)
