"""What is wrong with a noun of a pack, before anyone asks in which file it stands."""

from typing import NamedTuple


class Flaw(NamedTuple):
    """What is wrong *at* a noun, named as the places of a pack name it, and what to write instead."""

    at: str
    problem: str
    instead: str
