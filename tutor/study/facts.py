"""Exercises of facts: an entry's own words with a name missing, among others of its kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tutor.model import Entry
from tutor.study.exercise import Choice, Exercise, drawn
from tutor.study.exercised import exercised
from tutor.study.leads import lead, sentences
from tutor.study.material import Material
from tutor.study.names import BLANK, Name, Names

_LONGEST = 300  #: characters of what is shown
_SHORTEST = 50
_OF_ONE = 3  #: exercises of one entry at the most
_WRONG = 3
_LEANS = re.compile(
    r"(It|Its|They|Their|This|That|These|Those|Both|One|Either|Neither|Then|There|Otherwise|Each|For each)\b"
)


@dataclass(frozen=True)
class _Gap:
    name: Name
    shown: str


def from_facts(material: Material) -> Iterator[Exercise]:
    """Yield for every entry what it says with a name missing, where the pack has enough other names of that kind."""
    names = Names(material)
    for entry in material.entries:
        for number, gap in enumerate(_gaps(names, entry), 1):
            if len(wrong := _others(material, names, entry, gap, number)) == _WRONG:
                right = Choice(gap.name.shown, True, entry.why, entry.id)
                stem = f"What is missing? “{gap.shown}”"
                yield exercised(material.pack, entry, stem, (right, *wrong), f"gap-{number}")


def _gaps(names: Names, entry: Entry) -> Iterator[_Gap]:
    """Yield the names that stand in the answer of *entry*, each with what is shown around its gap."""
    text = " ".join(_window(entry.answer))
    about = names.every(entry.title)
    found = [(name, names.without(name, text)) for name in names.within(text) if name.code or name.key in about]
    gaps = [_Gap(name, shown) for name, shown in found if _fits(shown) and not names.left(name, shown)]
    yield from gaps[:_OF_ONE]


def _fits(shown: str) -> bool:
    return shown.count(BLANK) in (1, 2) and len(shown) >= _SHORTEST


def _window(answer: str) -> list[str]:
    """Return the first sentences of *answer* that fit, none that leans on what is left out."""
    shown: list[str] = []
    for one in sentences(answer):
        if shown and len(" ".join([*shown, one])) > _LONGEST:
            break
        shown.append(one)
    return shown if not _LEANS.match(shown[0]) else []


def _others(material: Material, names: Names, entry: Entry, gap: _Gap, number: int) -> list[Choice]:
    """Return other names of the same kind that stand nowhere in *entry*, each with what the pack says of it.

    Those of its topic come first; where there is none, nothing is returned, since the others are too easy.
    """
    here = names.every(f"{entry.title} {entry.answer} {entry.why}")
    near = [one.id for one in material.entries if one.topic == entry.topic and one is not entry]
    far = [one.id for one in material.siblings(entry)]
    order = {name: place for place, name in enumerate(dict.fromkeys((*near, *far)))}
    fitting = [
        (name, home)
        for name, home in names.like(gap.name)
        if name.key not in here and home.id in order and not _overlap(name.shown, gap.name.shown)
    ]
    fitting.sort(
        key=lambda one: (
            one[1].topic != entry.topic,
            abs(len(one[0].shown) - len(gap.name.shown)) > 12,
            order[one[1].id] // 8,
            drawn(entry.id, str(number), one[0].shown),
        )
    )
    if not any(home.topic == entry.topic for _, home in fitting):
        return []
    return [
        Choice(name.shown, False, f"That belongs elsewhere: {_told(names, name, home)}.", home.id)
        for name, home in fitting[:_WRONG]
    ]


def _told(names: Names, name: Name, home: Entry) -> str:
    """Return what *home* says of *name*: its answer from the first sentence that holds the name, made short."""
    said = sentences(home.answer)
    first = next((place for place, one in enumerate(said) if name.key in names.every(one)), 0)
    return lead(" ".join(said[first:]))


def _overlap(one: str, other: str) -> bool:
    """Say whether one of two names is a part of the other, so that both may fill a gap.

    >>> _overlap("`model.predict()`", "`predict()`"), _overlap("`fit()`", "`predict()`")
    (True, False)
    """
    bare, beside = one.strip("`").lower(), other.strip("`").lower()
    return bare in beside or beside in bare
