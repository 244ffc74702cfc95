"""What is wrong with a noun of a pack, before anyone asks in which file it stands."""

from typing import NamedTuple

from tutor.errors import Rule


class Flaw(NamedTuple):
    """What is wrong *at* a noun, or at a part *inside* it, named as the places of a pack name it, and what to write."""

    at: str
    rule: Rule
    problem: str
    instead: str
    inside: tuple[str | int, ...] = ()
