"""How an exercise about an entry is put together: its kind, what decides, and the citations of all its choices."""

from collections.abc import Iterable
from typing import cast

from tutor.answers import cited
from tutor.model import Entry, Pair
from tutor.reply import Cited
from tutor.study.exercise import Choice, Exercise, Kind
from tutor.subject import Pack


def exercised(pack: Pack, entry: Entry, stem: str, choices: Iterable[Choice], part: str) -> Exercise:
    """Return an exercise about *entry*; *part* tells it from the others about this entry."""
    decides = entry.decides if isinstance(entry, Pair) else entry.why
    every = tuple(choices)
    kind = cast(Kind, entry.kind)
    return Exercise(kind, entry.id, entry.topic, stem, every, decides, resting(pack, every), f"{entry.id}/{part}")


def resting(pack: Pack, choices: Iterable[Choice]) -> tuple[Cited, ...]:
    """Return what *choices* rest on, the right one's first, each citation once."""
    entries = [one.entry for one in sorted(choices, key=lambda one: not one.right)]
    return tuple(dict.fromkeys(source for entry in entries for source in cited(pack, pack.entries[entry])))
