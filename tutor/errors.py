"""What can go wrong in a way a person can put right.

TutorError               one clear line, never a traceback
├── PackError            a pack cannot be used; carries every fault found
├── SlotError            a slot or value that the pack does not have
├── EntryError           an entry id that the pack does not have
├── DialogueError        a saved dialogue that cannot be read
└── BatchError           a file of questions that cannot be read or written
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a pack: where it stands, what is wrong, what to write instead.

    >>> print(Fault("slots.yaml", 3, "slots.speed", "has no values", "list at least two"))
    slots.yaml:3: slots.speed: has no values; list at least two
    """

    file: str
    line: int | None
    place: str
    problem: str
    instead: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"{where}: {said}" + (f"; {self.instead}" if self.instead else "")


class TutorError(Exception):
    """Something a person can put right; its text says what and how."""


class PackError(TutorError):
    """A pack that cannot be used, with every fault found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SlotError(TutorError):
    """A slot or value that the pack does not have."""


class EntryError(TutorError):
    """An entry id that the pack does not have."""


class DialogueError(TutorError):
    """A saved dialogue that cannot be read."""


class BatchError(TutorError):
    """A file of questions that cannot be read or written."""
