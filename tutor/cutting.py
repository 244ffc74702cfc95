"""Texts -> the rows of their features, by words and pairs of words met before, without making strings of them all."""

import sys
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import fsum
from typing import Any

import numpy as np

from tutor.features import letters_of, names_in, names_of
from tutor.scoring import Scorer
from tutor.terms import Lexicon
from tutor.text import stem, words
from tutor.weights import hashed

ROW = 4  #: bytes of the number of a row
_MOST_KEPT = 30_000  #: features of one block that are kept in memory
_BUCKET = 48  #: bits of a hash that do not tell its bucket
_EDGES = frozenset("<>")


@dataclass(frozen=True, slots=True)
class Cut:
    """What the weights can know of one text.

    *rows* has for each block of features, in the order of WEIGHTS, the rows of those that were learned, one after the
    other, ROW bytes each. *strange* says that a stem was not learned; the rest is as in `Scores`.
    """

    stems: Sequence[str]
    rows: tuple[bytes, ...]
    strange: bool
    known: float
    mass: float
    names: int
    length: int


class Cutter:
    """Cuts texts as `features` does, straight to rows. Safe to share between threads."""

    def __init__(self, scorer: Scorer, lexicon: Lexicon, repaired: Callable[[str], str]) -> None:
        """Cut for *scorer*, with the names of *lexicon*; *repaired* mends each word first."""
        self._lexicon, self._repaired = lexicon, repaired
        self._idf, self._rarest = scorer.weights.idf, scorer.rarest
        find = _Finder(scorer.weights.hashes).find
        self._stems, self._names = _Parts(find, "stem"), _Parts(find, "name")
        self._pairs, self._skips = _Pairs(find, "pair"), _Pairs(find, "skip")
        self._letters = _Joined(_Parts(find, "letters"))
        self._telling = _Telling(self._stems, self._idf)

    def read(self, text: str) -> Cut:
        """Return what the weights can know of a clean *text*."""
        said = tuple(map(self._repaired, words(text)))
        stems = ["<", *map(stem, said), ">"]
        names = list(names_of(said, self._lexicon))
        skips = chain(zip(stems, stems[2:], strict=False), zip(stems, stems[3:], strict=False))
        rows = (
            b"".join(map(self._stems.__getitem__, stems)),
            b"".join(map(self._pairs.__getitem__, pairwise(stems))),
            b"".join(map(self._skips.__getitem__, skips)),
            b"".join(map(self._letters.__getitem__, said)),
            b"".join(map(self._names.__getitem__, names)),
        )
        different = set(stems) - _EDGES
        known, mass = self._known(different)
        strange = len(rows[0]) < ROW * len(stems)
        return Cut(stems, rows, strange, known, mass, names_in({"name": names}) if names else 0, len(different))

    def _known(self, stems: set[str]) -> tuple[float, float]:
        """Return the share of *stems* that were learned, and the same with telling ones counting more."""
        known = [idf for idf in map(self._telling.__getitem__, stems) if idf is not None]
        told = fsum(known)
        total = told + (len(stems) - len(known)) * self._rarest
        return (len(known) / len(stems) if stems else 0.0), (told / total if total else 0.0)


class _Finder:
    """Finds the rows of features among the sorted hashes of all."""

    def __init__(self, hashes: Sequence[int]) -> None:
        firsts = np.arange(1 << (64 - _BUCKET), dtype=np.uint64) << np.uint64(_BUCKET)
        self._starts: list[int] = [*np.searchsorted(np.asarray(hashes, dtype=np.uint64), firsts).tolist(), len(hashes)]
        self._hashes = hashes

    def find(self, feature: str) -> bytes:
        """Return the row of a *feature* ("block feature") as bytes, none when it was not learned."""
        wanted = hashed(feature)
        bucket = wanted >> _BUCKET
        for row in range(self._starts[bucket], self._starts[bucket + 1]):
            if self._hashes[row] == wanted:
                return row.to_bytes(ROW, sys.byteorder)
        return b""


class _Parts(dict[str, bytes]):
    """The rows of the features of one block that were met, as bytes; none for those that were not learned."""

    def __init__(self, find: Callable[[str], bytes], block: str) -> None:
        super().__init__()
        self._find, self._block = find, block

    def __missing__(self, part: str) -> bytes:
        _make_room(self)
        found = self[part] = self._find(f"{self._block} {part}")
        return found


class _Pairs(dict[tuple[str, str], bytes]):
    """The same of pairs of stems."""

    def __init__(self, find: Callable[[str], bytes], block: str) -> None:
        super().__init__()
        self._find, self._block = find, block

    def __missing__(self, pair: tuple[str, str]) -> bytes:
        _make_room(self)
        found = self[pair] = self._find(f"{self._block} {pair[0]} {pair[1]}")
        return found


class _Joined(dict[str, bytes]):
    """The rows of all the runs of letters in the words that were met."""

    def __init__(self, runs: _Parts) -> None:
        super().__init__()
        self._runs = runs

    def __missing__(self, word: str) -> bytes:
        _make_room(self)
        found = self[word] = b"".join(map(self._runs.__getitem__, letters_of(word)))
        return found


class _Telling(dict[str, float | None]):
    """How telling the stems are that were met; None for those that were not learned."""

    def __init__(self, stems: _Parts, idf: Sequence[float]) -> None:
        super().__init__()
        self._stems, self._idf = stems, idf

    def __missing__(self, one: str) -> float | None:
        _make_room(self)
        row = self._stems[one]
        found = self[one] = self._idf[int.from_bytes(row, sys.byteorder)] if row else None
        return found


def _make_room(kept: MutableMapping[Any, Any]) -> None:
    if len(kept) >= _MOST_KEPT:
        kept.clear()
