"""Siblings: the entries whose answers may stand as wrong choices beside another entry's answer."""

from collections.abc import Iterator

from tutor.model import Entry
from tutor.subject import Pack


def linked(one: Entry, other: Entry) -> bool:
    """Say whether one of two entries points to the other, so that both may hold for one question."""
    return other.id in one.see_also or one.id in other.see_also


def siblings(pack: Pack, entry: Entry) -> Iterator[Entry]:
    """Yield the entries that say something else than *entry*, those of its own topic first."""
    others = [one for one in pack.entries.values() if one.id != entry.id and not linked(one, entry)]
    yield from sorted(others, key=lambda one: one.topic != entry.topic)
