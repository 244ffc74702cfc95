"""Slips of the fingers: a letter added, dropped, changed, or two swapped."""

import re
import string
from collections.abc import Callable
from random import Random

Slip = Callable[[str, Random], str]

LONG_WORD = re.compile(r"(?<![^\W_])[A-Za-z]{4,}(?![^\W_])")  #: what a slip can happen in: at least four letters
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def slip_in(text: str, rng: Random, count: int, slip: Slip) -> str:
    """Return *text* with a *slip* in *count* of its words, or in as many as are long enough."""
    found = list(LONG_WORD.finditer(text))
    for match in sorted(rng.sample(found, min(count, len(found))), key=re.Match.start, reverse=True):
        text = text[: match.start()] + slip(match.group(), rng) + text[match.end() :]
    return text


def any_slip(word: str, rng: Random) -> str:
    """Return *word* with one slip that shows: two equal letters are not swapped, none is replaced by itself."""
    at = rng.randrange(len(word))
    kind = rng.choice((_add, _drop, _replace, _swap))
    return kind(word, at, rng)


def _add(word: str, at: int, rng: Random) -> str:
    return word[:at] + rng.choice(string.ascii_lowercase) + word[at:]


def _drop(word: str, at: int, _: Random) -> str:
    return word[:at] + word[at + 1 :]


def _replace(word: str, at: int, rng: Random) -> str:
    others = string.ascii_lowercase.replace(word[at].lower(), "")
    return word[:at] + rng.choice(others) + word[at + 1 :]


def _swap(word: str, _: int, rng: Random) -> str:
    places = [at for at in range(len(word) - 1) if word[at] != word[at + 1]]
    if not places:
        return _drop(word, 0, rng)
    at = rng.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def neighbour(word: str, rng: Random) -> str:
    """Return *word* with one letter replaced by one beside it on the keyboard."""
    at = rng.randrange(len(word))
    return word[:at] + rng.choice(_beside_key(word[at].lower())) + word[at + 1 :]


def _beside_key(letter: str) -> str:
    row, column = next((row, keys.index(letter)) for row, keys in enumerate(_ROWS) if letter in keys)
    near = (_ROWS[other][max(0, column - 1) : column + 2] for other in range(max(0, row - 1), min(3, row + 2)))
    return "".join(near).replace(letter, "")
