"""Words -> made-up words, one for one and never twice: the same text in a vocabulary nobody has seen."""

import re
from collections.abc import Iterable, Iterator
from itertools import product
from random import Random

from tutor.text import stem, words

_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  #: what a name of the camelCase kind consists of
_SYLLABLES = 3
_LETTERS = 2 * _SYLLABLES


class Vocabulary:
    """An endless supply of made-up stems of six letters, none of which begins a *known* word."""

    def __init__(self, known: Iterable[str], seed: int) -> None:
        self._left = _made_up({word[:_LETTERS] for word in known}, seed)

    def renamer(self, kept: frozenset[str]) -> "Renamer":
        """Return a renamer whose words no other renamer of this vocabulary uses; the *kept* words stay."""
        return Renamer(self._left, kept)


class Renamer:
    """Renames the words of texts: forms of one stem keep their endings, and capitals stay capitals."""

    def __init__(self, made_up: Iterator[str], kept: frozenset[str]) -> None:
        self._made_up = made_up
        self._kept = kept
        self._known: dict[str, str] = {}

    def rename(self, text: str) -> str:
        """Return *text* with all words but the kept ones renamed; no longer than the limits of a pack that it met."""
        return _clipped(_PART.sub(lambda match: self._part(match.group()), text), len(text))

    def _part(self, part: str) -> str:
        word = part.lower()
        if word in self._kept or len(word) == 1:
            return part
        made_up = self._word(word)
        return made_up.upper() if part.isupper() else made_up.capitalize() if part[0].isupper() else made_up

    def _word(self, word: str) -> str:
        root = stem(word) if word.startswith(stem(word)) else word
        if root not in self._known:
            self._known[root] = next(self._made_up)
        return self._known[root] + word[len(root) :]


def known_words(texts: Iterable[str]) -> Iterator[str]:
    """Yield the words of all *texts*."""
    for text in texts:
        yield from words(text)


def _made_up(taken: set[str], seed: int) -> Iterator[str]:
    syllables = ["".join(pair) for pair in product(_CONSONANTS, _VOWELS)]
    stems = ["".join(parts) for parts in product(syllables, repeat=_SYLLABLES)]
    Random(seed).shuffle(stems)
    return (made_up for made_up in stems if made_up not in taken)


def _clipped(text: str, before: int) -> str:
    """Return *text* cut to the least limit of a pack that *before* characters met."""
    limit = next((limit for limit in (80, 200, 1200, 2000) if before <= limit), len(text))
    return text[:limit].rstrip()
