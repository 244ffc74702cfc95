"""What a learner may say to an exercise in a line of words: a choice, how sure, and what else there is."""

import re
from dataclasses import dataclass
from typing import Literal

from tutor.moves import read_number
from tutor.study.certainty import Certainty
from tutor.study.exercise import Exercise
from tutor.text import fold, words

Wish = Literal["hint", "skip", "stop", "why", "back", "again"]

# fmt: off
_WISHES: dict[Wish, tuple[str, ...]] = {
    "hint": ("hint", "hints", "h", "help me", "a hint", "give me a hint", "another hint", "hint please", "tip"),
    "skip": ("skip", "pass", "next", "don't know", "i don't know", "do not know", "i do not know", "dont know", "idk",
             "no idea", "skip it", "next question", "show me the answer", "give up", "i give up"),
    "stop": ("stop", "end", "enough", "stop the quiz", "end the quiz", "stop quiz", "end quiz", "leave the quiz",
             "that's enough", "cancel", "done", "finish", "no more"),
    "why": ("why", "why not", "explain", "why is that", "more"),
    "again": ("again", "repeat", "repeat the question", "say that again", "show the question", "question"),
    "back": ("back", "go back", "undo"),
}
_SURE: dict[Certainty, tuple[str, ...]] = {
    "sure": ("sure", "s", "certain", "very sure", "i am sure", "i'm sure", "quite sure", "positive"),
    "unsure": ("unsure", "u", "not sure", "i am not sure", "i'm not sure", "not certain", "maybe", "think so",
               "i think so", "probably"),
    "guess": ("guess", "g", "guessing", "guessed", "a guess", "just a guess", "i guess", "i am guessing",
              "i'm guessing", "just guessing"),
}
# fmt: on
_WISH_OF = {fold(phrase): wish for wish, phrases in _WISHES.items() for phrase in phrases}
_SURE_OF = {fold(phrase): certainty for certainty, phrases in _SURE.items() for phrase in phrases}
_GLUED = re.compile(r"(\d{1,2}|[a-z])([sug])", re.IGNORECASE)
_LETTER = re.compile(r"(?:option |answer )?[(\[]?([a-z])[.)\]]?", re.IGNORECASE)
_LONGEST = 2_000  #: characters of a line that is read


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choice at *place*, and how sure, where that was said with it."""

    place: int
    certainty: Certainty | None = None


def read_said(line: str, exercise: Exercise) -> Chosen | Wish | None:
    """Return what *line* says to *exercise*: a choice by its number, letter or text, or a wish; None for other words.

    How sure one is may stand behind a number or letter: "2 sure", "b guess", "2s".
    """
    if len(line) > _LONGEST:
        return None
    said = fold(line)
    texts = [fold(choice.text) for choice in exercise.choices]
    if said in texts:
        return Chosen(texts.index(said))
    place = _place(line, len(texts))
    if place is not None:
        return Chosen(place)
    return _WISH_OF.get(said) or _with_certainty(line, len(texts))


def read_certainty(line: str) -> Certainty | None:
    """Return how sure *line* says one is, by a word or as one of three numbers; None for other words.

    >>> read_certainty("I'm not sure"), read_certainty("1"), read_certainty("2 s")
    ('unsure', 'sure', None)
    """
    if len(line) > _LONGEST:
        return None
    number = read_number(line, len(_SURE))
    return tuple(_SURE)[number - 1] if number else _SURE_OF.get(fold(line))


def _with_certainty(line: str, count: int) -> Chosen | None:
    if glued := _GLUED.fullmatch(line.strip()):
        first, rest = glued.groups()
    else:
        first, _, rest = line.strip().partition(" ")
    place, certainty = _place(first.rstrip(",;:"), count), _SURE_OF.get(" ".join(words(rest)))
    return None if place is None or certainty is None else Chosen(place, certainty)


def _place(said: str, count: int) -> int | None:
    """Return the place that *said* names by a number or a letter."""
    if number := read_number(said, count):
        return number - 1
    letter = _LETTER.fullmatch(said.strip())
    place = ord(letter[1].casefold()) - ord("a") if letter else count
    return place if place < count else None
