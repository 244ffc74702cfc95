"""Which words of a question pointed to the answer, and which to the tempting distractor: spans of the text."""

import re
from functools import lru_cache

from tutor.answers import tempting
from tutor.blame import cell
from tutor.forms import FRAME
from tutor.model import Entry
from tutor.reply import Pointer
from tutor.router import Router
from tutor.text import stem, words

_WORD = re.compile(r"[^\W_]+(?:['’_.-]?[^\W_]+)*")
_TELLING = 4.0  #: the idf of a word that fewer than one text in twenty has
_SHARE = 0.3  #: of the strongest word's weight, from which another word points as well
_MOST = 4  #: words that are named of each kind


def pointers(router: Router, entry: Entry, text: str) -> tuple[Pointer, ...]:
    """Return the words of *text* that speak for *entry* or for its distractor, in the order of the text.

    A word speaks for the entry by its weight in the entry's model, and for the distractor when the distractor has it
    and the entry's answer has not. Words that frame any question ("difference", "between") point to nothing.
    """
    lure = _stems(tempting(entry) or "") - _stems(f"{entry.title} {entry.answer}")
    found, weights = [], []
    for match in _WORD.finditer(text):
        if match.group().casefold() in FRAME:
            continue
        stems = [stem(router.repaired(word)) for word in words(match.group())]
        if not any(_tells(router, one) for one in stems):
            continue
        if not lure.isdisjoint(stems):
            found.append(Pointer(match.start(), match.end(), match.group(), "distractor"))
        else:
            weights.append((sum(_weight(router, entry.id, one) for one in stems), match))
    least = _SHARE * max((weight for weight, _ in weights), default=0.0)
    strongest = sorted((one for one in weights if one[0] > max(least, 0.0)), key=lambda one: -one[0])[:_MOST]
    found = found[:_MOST] + [Pointer(m.start(), m.end(), m.group(), "answer") for _, m in strongest]
    return tuple(sorted(found, key=lambda pointer: pointer.start))


def _weight(router: Router, entry: str, said: str) -> float:
    """Return how strongly a stem speaks for *entry*."""
    weights, row = router.weights, router.scorer.row("stem", said)
    held = cell(weights.merged, row, router.number(entry)) if row >= 0 else 0
    return weights.idf[row] * weights.merged.scales[row] * held if held else 0.0


def _tells(router: Router, said: str) -> bool:
    row = router.scorer.row("stem", said)
    return row >= 0 and router.weights.idf[row] >= _TELLING


@lru_cache(maxsize=10_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, words(text)))
