"""Single claims, true and false, that an option may come near to: what entries say, and what options of items said."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from tutor.model import Distractor, Entry, Pair, Trap
from tutor.wording import Bag, weighed

Kind = Literal["truth", "error", "right", "wrong"]  #: entries have truths and errors, items right and wrong options
KINDS: tuple[Kind, ...] = get_args(Kind)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")

Counts = Mapping[str, int]  #: how often each token stands in a text
_Index = Mapping[str, Sequence[tuple[int, float]]]
Told = Mapping[str, Sequence[tuple[Counts, int]]]  #: of each entry the claims of one kind, and the item of each, or -1


def truths(entry: Entry) -> list[str]:
    """Return what holds by *entry*, sentence by sentence."""
    signs = entry.signs if isinstance(entry, Pair) else {}
    said = [entry.answer, entry.why, entry.decides if isinstance(entry, Pair) else "", entry.practice or ""]
    sides = [f"{side}: {sign}" for side, held in signs.items() for sign in held]
    return [*sentences(*said), *filter(None, [entry.as_choice]), *sides]


def errors(entry: Entry) -> list[Distractor]:
    """Return what *entry* calls wrong, and why it is."""
    mistake = [Distractor(option=entry.mistake, wrong_because=entry.tempts)] if isinstance(entry, Trap) else []
    return [*mistake, *filter(None, [entry.distractor]), *entry.also_wrong]


def sentences(*said: str) -> list[str]:
    """Return the sentences of texts.

    >>> sentences("Brew it. Then pour, e.g. into a cup.", "")
    ['Brew it.', 'Then pour, e.g. into a cup.']
    """
    return [one for text in said for one in _SENTENCE.split(text) if one]


class Claims:
    """The claims of one kind, entry by entry; what entries claim is laid out once somebody asks. Safe to share."""

    def __init__(self, told: Told, entries: Sequence[str], telling: Mapping[str, float]) -> None:
        """Know the claims *told* of *entries*, in their order, weighed by how *telling* each token is."""
        self._told, self._telling = [told.get(entry, ()) for entry in entries], telling
        self._laid_out: dict[int, _Index] = {}

    def likeness(self, entry: int, bag: Bag) -> list[float]:
        """Return how like *bag* is to each claim of *entry*: the cosine, from 0 to 1."""
        found, length, index = [0.0] * len(self._told[entry]), _length(bag), self._index(entry)
        for token, count in bag.items():
            for claim, value in index.get(token, ()):
                found[claim] += count * value / length
        return found

    def nearest(self, entry: int, bag: Bag, counting: Sequence[float] = ()) -> float:
        """Return how like *bag* is to the nearest claim of *entry*; that of an item counts as *counting* says."""
        like = zip(self._told[entry], self.likeness(entry, bag), strict=True)
        return max([one if item < 0 else one * counting[item] for (_, item), one in like], default=0.0)

    def _index(self, entry: int) -> _Index:
        if entry not in self._laid_out:
            self._laid_out[entry] = _index(weighed(counts, self._telling) for counts, _ in self._told[entry])
        return self._laid_out[entry]


def _index(bags: Iterable[Bag]) -> _Index:
    """Return for each token the claims that hold it, and how much of the length of each it is."""
    index: dict[str, list[tuple[int, float]]] = {}
    for number, bag in enumerate(bags):
        length = _length(bag)
        for token, count in bag.items():
            index.setdefault(token, []).append((number, count / length))
    return index


def _length(bag: Bag) -> float:
    return math.sqrt(math.fsum(count * count for count in bag.values())) or 1.0
