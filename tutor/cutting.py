"""Many texts -> the rows of their features, by words and pairs of words met before, without making strings of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from tutor.features import WEIGHTS, WORDS, letters_of, names_in, names_of
from tutor.scoring import Scorer
from tutor.terms import Lexicon
from tutor.text import stem, words
from tutor.weights import hashed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]
    Placed = tuple[Ints, Ints]  #: of many texts: to which one something belongs, and what

_ROW = np.dtype(np.int32)  #: of the number of a row, where many are kept
_MOST_KEPT = 50_000  #: words, and stems, that are kept in memory
_MOST_PAIRS = 200_000  #: of either block, which take less of it
_BOUNDS = ("<", ">")  #: of a text
_HALF = 32  #: bits of one of two numbers that are put into one


@dataclass(frozen=True)
class Cuts:
    """What the weights can know of many texts.

    *places* tells the text and the block of each feature that was learned, as often as it occurs: the number of the
    text times how many blocks there are, plus the number of the block in WEIGHTS. *rows* has the row of each. *strange*
    holds the stems of each text of which one was not learned, by number. The rest is as in `Scores`, an item a text.
    """

    places: "Ints"
    rows: "Ints"
    strange: Mapping[int, Sequence[str]]
    known: "Floats"
    mass: "Floats"
    length: "Ints"
    names: "Ints"


class Cutter:
    """Cuts texts as `features` does, straight to rows. Safe to share between threads."""

    def __init__(self, scorer: Scorer, lexicon: Lexicon, repaired: Callable[[str], str]) -> None:
        """Cut for *scorer*, with the names of *lexicon*; *repaired* mends each word first."""
        self._rows, self._rarest = scorer.rows, scorer.rarest
        self._lexicon, self._repaired = lexicon, repaired
        self._idf = np.asarray(scorer.weights.idf, dtype=np.float32)
        self._hashes = np.asarray(scorer.weights.hashes, dtype=np.uint64)
        self._letters = _Letters(scorer.rows["letters"])
        self._met = _Met(self._hashes)

    def read(self, texts: Sequence[str]) -> Cuts:
        """Return what the weights can know of clean *texts*."""
        said = [tuple(map(self._repaired, words(text))) for text in texts]
        stems = [["<", *map(stem, one), ">"] for one in said]
        names = [list(names_of(one, self._lexicon)) for one in said]
        met = self._enough_room()
        run = self._run(stems, met)
        places, rows = _placed(run.alone, *met.joined(run), self._in_letters(said), self._in_names(names))
        strange = {number: stems[number] for number in run.texts[run.rows < 0].tolist()}
        named = _whole([names_in({"name": some}) if some else 0 for some in names])
        return Cuts(places, rows, strange, *self._known(run, len(texts)), named)

    def _enough_room(self) -> "_Met":
        """Return the pairs that were met, or a new place for them when there are too many."""
        met = self._met
        if met.full:
            met = self._met = _Met(self._hashes)
        return met

    def _run(self, stems: Sequence[Sequence[str]], met: "_Met") -> "_Run":
        each = list(chain.from_iterable(stems))
        numbers, rows = map(met.stems.__getitem__, each), map(self._rows[WORDS].__getitem__, each)
        return _Run(_repeated(list(map(len, stems))), _whole(list(numbers)), _whole(list(rows)))

    def _in_letters(self, said: Sequence[Sequence[str]]) -> "Placed":
        packed = [b"".join(map(self._letters.__getitem__, one)) for one in said]
        rows = np.frombuffer(b"".join(packed), dtype=_ROW)
        return _repeated([len(one) // _ROW.itemsize for one in packed]), rows.astype(np.int64)

    def _in_names(self, names: Sequence[Sequence[str]]) -> "Placed":
        rows = list(map(self._rows["name"].__getitem__, chain.from_iterable(names)))
        return _repeated(list(map(len, names))), _whole(rows)

    def _known(self, run: "_Run", count: int) -> "tuple[Floats, Floats, Ints]":
        """Return the share of different stems of each text that were learned, the same with telling ones counting more,
        and how many they are.

        How telling a stem is, is a number of single precision from 1 upwards: such add up exactly in any order.
        """
        texts, rows = run.different()
        length, learned = np.bincount(texts, minlength=count), rows >= 0
        known = np.bincount(texts[learned], minlength=count)
        told = np.bincount(texts[learned], weights=self._idf[rows[learned]], minlength=count)
        total = told + (length - known) * self._rarest
        return known / np.maximum(length, 1), told / np.where(total == 0, 1.0, total), length


@dataclass(frozen=True)
class _Run:
    """The stems of many texts, one after the other: the text of each, its number, its row, -1 if it was not learned."""

    texts: "Ints"
    numbers: "Ints"
    rows: "Ints"

    @property
    def alone(self) -> "Placed":
        """The text and the row of each stem."""
        return self.texts, self.rows

    def pairs(self, *gaps: int) -> "Placed":
        """Return the text of each two stems that stand so far apart in it, and their numbers as one."""
        within = [self.texts[:-gap] == self.texts[gap:] for gap in gaps]
        both = [self.numbers[:-gap] << _HALF | self.numbers[gap:] for gap in gaps]
        texts = [self.texts[:-gap][one] for gap, one in zip(gaps, within, strict=True)]
        return np.concatenate(texts), np.concatenate([two[one] for two, one in zip(both, within, strict=True)])

    def different(self) -> "Placed":
        """Return the text and the row of each different stem of a text, but for its bounds."""
        inner = np.flatnonzero(self.numbers >= len(_BOUNDS))
        _, first = np.unique(self.texts[inner] << _HALF | self.numbers[inner], return_index=True)
        return self.texts[inner][first], self.rows[inner][first]


class _Met:
    """The stems that were met, by number, and the rows of what pairs of them make. Safe to share between threads."""

    def __init__(self, hashes: "NDArray[np.uint64]") -> None:
        self.stems = _Stems()
        self._pairs, self._skips = (_Pairs(block, self.stems.said, hashes) for block in ("pair", "skip"))

    @property
    def full(self) -> bool:
        """Whether they are too many to keep."""
        return len(self.stems) > _MOST_KEPT or max(len(self._pairs), len(self._skips)) > _MOST_PAIRS

    def joined(self, run: _Run) -> "tuple[Placed, Placed]":
        """Return the text and the row of each pair in a *run*, and of each two that are further apart."""
        (texts, pairs), (further, skips) = run.pairs(1), run.pairs(2, 3)
        return (texts, self._pairs.find(pairs)), (further, self._skips.find(skips))


class _Stems(dict[str, int]):
    """The stems that were met, each with a number of its own, and what is *said* by which number."""

    def __init__(self) -> None:
        super().__init__((bound, number) for number, bound in enumerate(_BOUNDS))
        self.said = dict(enumerate(_BOUNDS))
        self._fresh = count(len(_BOUNDS))

    def __missing__(self, one: str) -> int:
        number = next(self._fresh)
        self.said[number] = one
        return self.setdefault(one, number)  # two threads that meet it at once agree


class _Pairs:
    """The pairs of stems of one block that were met, by the numbers of both stems as one, in order, and their rows."""

    def __init__(self, block: str, said: Mapping[int, str], hashes: "NDArray[np.uint64]") -> None:
        self._block, self._said, self._hashes = block, said, hashes
        self._met: Placed = (np.array([-1]), np.array([-1]))  # no pair, so that there is always a first one

    def __len__(self) -> int:
        return len(self._met[0])

    def find(self, pairs: "Ints") -> "Ints":
        """Return the row of each pair, -1 where it was not learned."""
        different, which = np.unique(pairs, return_inverse=True)
        met, rows = self._met
        at = np.searchsorted(met, different)
        new = met[np.minimum(at, len(met) - 1)] != different
        if new.any():
            found = self._learned(different[new].tolist())
            met, rows = np.insert(met, at[new], different[new]), np.insert(rows, at[new], found)
            self._met = met, rows  # at once: other threads find both or neither
        return rows[np.searchsorted(met, different)][which]

    def _learned(self, pairs: Sequence[int]) -> "Ints":
        block, said, second = self._block, self._said, (1 << _HALF) - 1
        every = [hashed(f"{block} {said[pair >> _HALF]} {said[pair & second]}") for pair in pairs]
        first, after = (np.searchsorted(self._hashes, np.array(every, np.uint64), side) for side in ("left", "right"))
        return np.where(after > first, first, -1)


class _Letters(dict[str, bytes]):
    """The rows of all the runs of letters in the words that were met, one after the other."""

    def __init__(self, runs: Mapping[str, int]) -> None:
        super().__init__()
        self._runs = runs

    def __missing__(self, word: str) -> bytes:
        if len(self) >= _MOST_KEPT:
            self.clear()
        rows = [row for run in letters_of(word) if (row := self._runs[run]) >= 0]
        found = self[word] = np.array(rows, dtype=_ROW).tobytes()
        return found


def _placed(*blocks: "Placed") -> "Placed":
    """Return the place and the row of each feature that was learned, from the texts and the rows of *blocks*."""
    places = np.concatenate([texts * len(WEIGHTS) + number for number, (texts, _) in enumerate(blocks)])
    rows = np.concatenate([rows for _, rows in blocks])
    return places[rows >= 0], rows[rows >= 0]


def _repeated(times: Sequence[int]) -> "Ints":
    """Return the numbers from 0, each as many *times*."""
    return np.repeat(np.arange(len(times)), _whole(times))


def _whole(numbers: Sequence[int]) -> "Ints":
    return np.array(numbers, dtype=np.int64)
