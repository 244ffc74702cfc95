"""The header of a table: the names of its columns, which tell them apart and have the needed one among them."""

from collections import Counter
from collections.abc import Iterable
from shlex import quote

from tutor.errors import BatchError
from tutor.fronts.batch.record import MOST_COLUMNS
from tutor.fronts.batch.sources import Source

_MOST_NAMED = 12  #: columns that an error lists
_LONGEST = 40  #: characters of a name that are shown


def usable_header(source: Source, header: list[str]) -> list[str]:
    """Return the names in *header*, those of columns without one made up; a BatchError where they cannot be used.

    That is where there are too many, where two are the same, and where the needed one is not among them.
    """
    if len(header) > MOST_COLUMNS:
        raise BatchError(f"{source.called}: {len(header)} columns; at most {MOST_COLUMNS} are read")
    names = [name if name.strip() else f"column {number}" for number, name in enumerate(header, start=1)]
    if source.needs not in names:
        raise BatchError(
            f"{source.called}: the first line has no column called {source.needs}{_instead(source, names)}"
        )
    double = next((name for name, count in Counter(names).items() if count > 1), None)
    if double is not None:
        raise BatchError(f"{source.called}: two columns are called {_short(double)}; give one of them another name")
    return names


def hint(source: Source, names: Iterable[str]) -> str | None:
    """Return how to say that one of *names*, which differs only in its capitals or blanks, is the needed column."""
    like = source.needs.strip().casefold()
    found = next((name for name in names if name != source.needs and name.strip().casefold() == like), None)
    return f"--column {quote(f'{source.role}={found}')}" if found and source.role else None


def _instead(source: Source, names: list[str]) -> str:
    if not any(names):
        return ""
    more = " …" if len(names) > _MOST_NAMED else ""
    meant = hint(source, names)
    return f", but {', '.join(map(_short, names[:_MOST_NAMED]))}{more}" + (f"; say {meant}" if meant else "")


def _short(name: str) -> str:
    said = " ".join(name.split())
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"
