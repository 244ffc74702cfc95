"""html out: a page for people, put together from the articles of its rows; MOST_ROWS of them at the most."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import BinaryIO, get_args

from tutor.fronts.batch.layout import Layout, Writer
from tutor.render.answers import page_head, page_tail, row_article
from tutor.row import Row, Status

MOST_ROWS = 5_000  #: that a browser shows and searches without a wait
_ARTICLE = b"<article "  #: nothing that comes from a row holds it: there "<" is escaped


def _part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    return "".join(map(row_article, rows)).encode("utf-8", errors="replace")


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:
    counts: Counter[str] = Counter()
    stream.write(page_head(layout.title).encode("utf-8", errors="replace"))
    shown = total = 0
    for part in parts:
        total += part.count(_ARTICLE)
        counts.update({status: part.count(b'data-status="%s"' % status.encode()) for status in get_args(Status)})
        fits = part if total <= MOST_ROWS else _first(part, MOST_ROWS - shown)
        shown += fits.count(_ARTICLE)
        stream.write(fits)
    stream.write(page_tail(counts, total - shown).encode())


def _first(part: bytes, count: int) -> bytes:
    """Return the first *count* articles of *part*."""
    articles = part.split(_ARTICLE)[1 : count + 1]
    return b"".join(_ARTICLE + article for article in articles)


WRITER = Writer(_part, _join)
