"""An exercise: a question made of a pack, its choices with the reason of each, and what helps before the answer."""

import hashlib
from dataclasses import dataclass, replace
from typing import Literal

from tutor.reply import Cited

Kind = Literal["trap", "pair", "tip", "decision", "fact"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its text, whether it is right, *why* it is or is not, and the entry that says so."""

    text: str
    right: bool
    why: str
    entry: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with two or more choices, exactly one of them right.

    *entry* is what it teaches; *decides* is the fact that the right choice hangs on. *sources* hold every statement.
    *key* tells it from the others of its pack, and stays when a wording is edited.
    """

    kind: Kind
    entry: str
    topic: str
    stem: str
    choices: tuple[Choice, ...]
    decides: str
    sources: tuple[Cited, ...]
    key: str = ""

    @property
    def id(self) -> str:
        """The same for the same stem and choices, in whatever order they stand."""
        return drawn(self.stem, *sorted(choice.text for choice in self.choices))[:16]

    @property
    def name(self) -> str:
        """How the log calls it: by its key, so that editing a wording changes nothing, or else by its id."""
        return self.key or self.id

    @property
    def right(self) -> int:
        """The place of the right choice, from 0."""
        return next(place for place, choice in enumerate(self.choices) if choice.right)

    def shuffled(self, seed: int) -> "Exercise":
        """Return the exercise with its choices in an order that hangs on *seed* and the exercise alone."""
        name = self.id
        choices = sorted(self.choices, key=lambda choice: drawn(str(seed), name, choice.text))
        return replace(self, choices=tuple(choices))


def drawn(*parts: str) -> str:
    """Return hexadecimal digits that hang on *parts* alone; an order by them is as good as random and never changes."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
