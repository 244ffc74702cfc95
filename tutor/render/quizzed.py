"""What a button of a quiz carries, so that it works after any time: the quiz, its exercises, and what is pressed."""

import json
from dataclasses import dataclass, replace

from tutor.errors import DialogueError

QUIZ = "tutor_quiz"  #: what the actions of a quiz begin with
_MOST = 2000  #: characters that Slack lets a button carry
_MOST_EXERCISES = 50
_ABOUT = 100  #: characters of the words by which a quiz was wanted


@dataclass(frozen=True)
class Quizzed:
    """The *quiz* and the ids of its *exercises*; the *number* of one of them, and the *place* of a choice, from 0.

    *about* is what the quiz was wanted about.
    """

    quiz: str
    exercises: tuple[str, ...] = ()
    number: int = 0
    place: int | None = None
    about: str = ""

    def packed(self) -> str:
        """Return this as text of at most 2000 characters."""
        said = {"quiz": self.quiz, "of": " ".join(self.exercises), "number": self.number, "place": self.place}
        packed = json.dumps({**said, "about": self.about[:_ABOUT]}, separators=(",", ":"))
        if len(packed) > _MOST:
            raise ValueError(f"a quiz of {len(self.exercises)} exercises does not fit into a button")
        return packed

    def at(self, number: int) -> "Quizzed":
        """Return this for another exercise of the quiz, with no choice."""
        return replace(self, number=number, place=None)


def unquizzed(text: str) -> Quizzed:
    """Return what *text*, the value of a button, carries; a DialogueError when it is none of a quiz.

    >>> unquizzed(Quizzed("a1", ("b2", "c3"), 1).packed()).exercises
    ('b2', 'c3')
    """
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise _strange() from None
    if not isinstance(said, dict):
        raise _strange()
    quiz, of, about = (said.get(name, "") for name in ("quiz", "of", "about"))
    number, place = said.get("number", 0), said.get("place")
    if not (all(isinstance(one, str) for one in (quiz, of, about)) and _is_quiz(quiz) and _is_place(number)):
        raise _strange()
    if not (place is None or _is_place(place)) or len(of.split()) > _MOST_EXERCISES:
        raise _strange()
    return Quizzed(quiz, tuple(of.split()), number, place, about)


def _is_quiz(name: str) -> bool:
    return name.isascii() and name.isalnum() and len(name) <= 32


def _is_place(number: object) -> bool:
    return type(number) is int and 0 <= number < _MOST_EXERCISES


def _strange() -> DialogueError:
    return DialogueError("this button is of another version; ask for a new quiz")
