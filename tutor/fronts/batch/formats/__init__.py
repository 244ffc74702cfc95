"""The formats of a batch: one table, which the command's help, its errors and the documentation are made from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import BatchError
from tutor.fronts.batch.formats import delimited, document, gift, json_lines, outline, page, parquet, sheets
from tutor.fronts.batch.layout import Writer
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.sources import PACKINGS, Source
from tutor.spelling import did_you_mean

Read = Callable[[Source], Iterator[Record]]


@dataclass(frozen=True)
class Format:
    """A format by its *name*: the *suffixes* of its files, how they are read and written, None where they are not.

    *tabular*: all rows have the same columns, which a writer must know before the first; *typed*: their cells may hold
    more than text. *packable*: files may be packed once more, as .gz or .zst.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Read | None = None
    writer: Writer | None = None
    tabular: bool = True
    typed: bool = False
    packable: bool = True


FORMATS = {
    one.name: one
    for one in (
        Format("csv", (".csv",), delimited.read, delimited.CSV),
        Format("tsv", (".tsv", ".tab"), delimited.read, delimited.TSV),
        Format("jsonl", (".jsonl", ".ndjson"), json_lines.read, json_lines.WRITER, tabular=False, typed=True),
        Format("parquet", (".parquet",), parquet.read, parquet.WRITER, typed=True, packable=False),
        Format("xlsx", (".xlsx",), sheets.read, sheets.WRITER, typed=True, packable=False),
        Format("md", (".md", ".markdown"), outline.read_markdown, document.WRITER, tabular=False),
        Format("txt", (".txt",), outline.read_text, tabular=False),
        Format("gift", (".gift",), gift.read, gift.WRITER, tabular=False),
        Format("html", (".html", ".htm"), None, page.WRITER, tabular=False),
    )
}


def readable() -> list[Format]:
    """Return the formats that are read."""
    return [one for one in FORMATS.values() if one.read]


def writable() -> list[Format]:
    """Return the formats that are written."""
    return [one for one in FORMATS.values() if one.writer]


def format_read(path: str, named: str | None = None) -> tuple[Format, str]:
    """Return the format of the file *path*, by its suffix or as *named*, and how it is packed; a BatchError if none."""
    return _format(path, named, readable(), "read")


def format_written(path: str, named: str | None = None) -> tuple[Format, str]:
    """Return the format to write the file *path* in, by its suffix or as *named*, and how to pack it."""
    return _format(path, named, writable(), "write")


def _format(path: str, named: str | None, known: list[Format], verb: str) -> tuple[Format, str]:
    suffix, packing = _suffixes(path)
    if named:
        found = next((one for one in known if one.name == named.lower().removeprefix(".")), None)
        if not found:
            names = [one.name for one in known]
            raise BatchError(f"there is no format {named} to {verb}; {did_you_mean(named, names)}")
    else:
        found = next((one for one in known if suffix in one.suffixes), None)
        if not found:
            told = Path(path).suffix or "a file without a suffix"
            raise BatchError(f"{path}: cannot {verb} {told}; {did_you_mean(told, _all_suffixes(known))}")
    if packing and not found.packable:
        raise BatchError(f"{path}: {found.name} is packed already; leave {packing} out")
    return found, packing


def _suffixes(path: str) -> tuple[str, str]:
    """Return the suffix that tells the format of *path*, and the one that tells how it is packed."""
    named = Path(path)
    packing = named.suffix.lower()
    return (Path(named.stem).suffix.lower(), packing) if packing in PACKINGS else (packing, "")


def _all_suffixes(known: list[Format]) -> list[str]:
    return [one.suffixes[0] for one in known]
