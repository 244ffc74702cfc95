"""What comes of one event: what is kept and told, and what is noted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tutor.fronts.slack.call import Call
from tutor.fronts.slack.kept import Kept
from tutor.store import Count, Missed
from tutor.study.review import Review


@dataclass(frozen=True)
class Vote:
    """What a person thinks of a message; *reason* only where one was given."""

    message: str
    helpful: bool
    reason: str | None = None


@dataclass(frozen=True)
class Choice:
    """Settings that were chosen for the person, or for the *channel*, whose name in the store it is."""

    values: Mapping[str, Any]
    channel: str | None = None


@dataclass(frozen=True)
class Forget:
    """A person who wants to be forgotten."""


@dataclass(frozen=True)
class Told:
    """A *call*; with the *entry*, its *topic* and the *question* that it answers, it can be voted on."""

    call: Call
    entry: str | None = None
    topic: str | None = None
    question: str | None = None


@dataclass(frozen=True)
class Answered:
    """What comes of one event; *kept* of None leaves the dialogue as it is. *answers* are those to exercises."""

    kept: Kept | None = None
    told: tuple[Told, ...] = ()
    count: Count | None = None
    missed: Missed | None = None
    noted: Vote | Choice | Forget | None = None
    answers: tuple[Review, ...] = ()


def as_told(calls: Iterable[Call]) -> tuple[Told, ...]:
    """Return *calls* that cannot be voted on."""
    return tuple(map(Told, calls))
