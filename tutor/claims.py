"""Single claims, true and false, that an option may come near to: what entries say, and what options of items said."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tutor.model import Distractor, Entry, Pair, Trap
from tutor.wording import Bag, weighed

Kind = Literal["truth", "error", "right", "wrong"]  #: entries have truths and errors, items right and wrong options
KINDS: tuple[Kind, ...] = get_args(Kind)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")

Told = Mapping[str, Sequence[tuple[Mapping[str, int], int]]]
#: of each entry the claims of one kind: how often each has each token, and of which item it is, or -1


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


@dataclass(frozen=True)
class Claims:
    """The claims of one kind about so many *entries*: whose each is, by the entry's number, and of which item, or -1.

    *index* finds the claims that hold a token, and how much of the length of the claim it is.
    """

    entries: int
    owners: Sequence[int]
    items: Sequence[int]
    index: Mapping[str, Sequence[tuple[int, float]]]

    @classmethod
    def of(cls, told: Told, entries: Sequence[str], telling: Mapping[str, float]) -> "Claims":
        """Return the claims *told*, weighed by how *telling* each token is."""
        owners, items = list[int](), list[int]()
        index: dict[str, list[tuple[int, float]]] = {}
        for owner, entry in enumerate(entries):
            for counts, item in told.get(entry, ()):
                bag = weighed(counts, telling)
                length = math.sqrt(math.fsum(count * count for count in bag.values())) or 1.0
                for token, count in bag.items():
                    index.setdefault(token, []).append((len(owners), count / length))
                owners.append(owner)
                items.append(item)
        return cls(len(entries), owners, items, index)

    def likeness(self, bag: Bag) -> list[float]:
        """Return how like *bag* is to each claim: the cosine, from 0 to 1."""
        found = [0.0] * len(self.owners)
        length = math.sqrt(math.fsum(count * count for count in bag.values())) or 1.0
        for token, count in bag.items():
            for claim, value in self.index.get(token, ()):
                found[claim] += count * value / length
        return found

    def nearest(self, bag: Bag, without: int | None = None) -> list[float]:
        """Return for each entry how like *bag* is to its nearest claim, those of the item *without* left out."""
        best = [0.0] * self.entries
        for owner, item, like in zip(self.owners, self.items, self.likeness(bag), strict=True):
            if item < 0 or item != without:
                best[owner] = max(best[owner], like)
        return best
