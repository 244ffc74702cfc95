"""What a line typed into the shell comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.part import Part
from tutor.yaml_text import visible

if TYPE_CHECKING:
    from tutor.reply import Reply

_LONGEST = 200  #: characters of a learner's words that are said again


@dataclass(frozen=True)
class Told:
    """What a line comes to: *parts* to show, the *reply* where the tutor gave one, and whether the shell is *left*."""

    parts: tuple[Part, ...] = ()
    reply: "Reply | None" = None
    left: bool = False


def fault(said: str) -> Told:
    """Return a line about what went wrong."""
    return Told((Part("fault", visible(said)),))


def told(*lines: str) -> Told:
    """Return *lines* that the shell says itself."""
    return Told(tuple(Part("told", visible(line), apart=False) for line in lines))


def listed(name: str, rows: Iterable[str]) -> Told:
    """Return a list with its name."""
    return Told((Part("told", name=name, items=tuple(rows)),))


def short(said: str) -> str:
    """Return *said*, but not more of it than one likes to read again.

    >>> short("x" * 1000).count("x")
    199
    """
    return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"


def counted(number: int, noun: str) -> str:
    """Return how many there are.

    >>> counted(1, "entry"), counted(2, "entry"), counted(0, "slot")
    ('1 entry', '2 entries', '0 slots')
    """
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
