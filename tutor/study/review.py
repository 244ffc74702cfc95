"""A review: what was answered as the log keeps it, with the pack it was about and the revisions of its entries."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.study.answered import Answered
from tutor.subject import Pack


@dataclass(frozen=True, slots=True)
class Review:
    """What was *answered* of the pack called *pack*, whose entries then had these *revisions*.

    *revisions* holds the entry that was asked for and those that the wrong choices spoke for.
    """

    answered: Answered
    pack: str
    revisions: Mapping[str, int]


def reviewed(pack: Pack, answered: Answered) -> Review:
    """Return *answered* as the log keeps it; a KeyError when its entry is none of *pack*."""
    others = (entry for entry in answered.beside if entry in pack.entries)
    revisions = {entry: pack.entries[entry].revision for entry in (answered.entry, *others)}
    return Review(answered, pack.about.name, revisions)
