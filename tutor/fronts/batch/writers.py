"""Rows -> files, written whole or not at all."""

from collections.abc import Iterable, Iterator
from itertools import islice

from tutor.fronts.batch.formats import Format, format_written
from tutor.fronts.batch.layout import Layout
from tutor.fronts.batch.targets import opened, special
from tutor.row import Row

_TOGETHER = 1_000  #: rows of a part


def target_format(target: str, named: str | None = None) -> tuple[Format, str]:
    """Return the format to write *target* in, and how to pack it; to a pipe it is jsonl unless *named*."""
    return format_written(target, named or ("jsonl" if target == "-" or special(target) else None))


def write_rows(target: str, rows: Iterable[Row], layout: Layout, named: str | None = None) -> None:
    """Write *rows* into the file *target*, "-" for standard output; it appears at the end, or not at all.

    A BatchError when it cannot be written. Rows are taken as they are needed.
    """
    form, packing = target_format(target, named)
    assert form.writer
    with opened(target, packing) as stream:
        form.writer.join(_parts(rows, form, layout), layout, stream)


def _parts(rows: Iterable[Row], form: Format, layout: Layout) -> Iterator[bytes]:
    assert form.writer
    waiting = iter(rows)
    while some := list(islice(waiting, _TOGETHER)):
        yield form.writer.part(some, layout)
