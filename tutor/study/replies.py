"""Replies: what people answer to the question of a slot in their own words, fit to stand in an exercise."""

import re
from collections.abc import Sequence

from tutor.study.exercise import drawn
from tutor.study.material import Material
from tutor.text import stem, words

_LEAST, _MOST = 6, 18  #: words of a reply
_AMENDS = re.compile(
    r"\b(scrap|misread|misspoke|misheard|mistook|mistake|forget|hold on|hang on|wait|turns out|turned out|my bad|"
    r"ignore|rephrase|reread\w*|actually|guess|sorry|pardon|corrected|strike|scratch|oops|meant|i mean|correction|"
    r"update|hm+|confused|looked again|instead|no longer|thinking of|unfortunately not|of course|yes|no|pretty|lol|"
    r"wat|dunno|idk|maybe|probably|changed my mind|oh dear|oh my|anyway|i misjudged|come to think|i was wrong|at all|"
    r"i think|thats)\b"
    r"|^(oh|ah|well|so|ok|okay|right|but|and|not|nope?|the (first|second|third|former|latter|other)|on second|negative|"
    r"after (talking|reading|checking|looking)|having|in fact|both|either|neither|it does|it doesn)\b",
    re.I,
)
_RARE, _USUAL = 1, 5  #: times a word stands in a pack when it may be misspelt, and when it is surely not
_STRANGE = 2  #: times a word stands in a pack that few would use
_LARGE = 20_000  #: words of a pack from which it tells what is strange
_TOLD = 4  #: letters from which a word tells something
_PLAIN = 12  #: times that a plain word stands in a pack


class Replies:
    """Chooses replies of a pack that are whole, well spelt, and do not name an outcome. Costly to make."""

    def __init__(self, material: Material) -> None:
        self._pack, self._counts = material.pack, material.counts
        self._usual = [word for word, count in material.counts.items() if count >= _USUAL and len(word) >= _TOLD]
        self._fit: dict[tuple[str, str], list[str]] = {}

    def of(self, slot: str, value: str, outcomes: Sequence[str]) -> list[str]:
        """Return replies that mean *value*, in an order that hangs on them alone, without words of the *outcomes*.

        The label of the value stands in where the pack has none.
        """
        said = {stem(word) for name in outcomes for word in words(name) if len(word) >= _TOLD}
        return [one for one in self._of(slot, value) if not said & {stem(word) for word in words(one)}]

    def place(self, slot: str, value: str, reply: str) -> int:
        """Return where *reply* stands among those of its value, from 1; an edited wording keeps its place."""
        every = list(map(_written, self._pack.replies.get(slot, {}).get(value, ())))
        return every.index(reply) + 1 if reply in every else 1

    def _of(self, slot: str, value: str) -> list[str]:
        if (slot, value) not in self._fit:
            every = self._pack.replies.get(slot, {}).get(value, ())
            fitting = sorted(filter(self._fits, every), key=lambda one: (self._odd(one), drawn(slot, one)))
            label = self._pack.slots[slot].values[value].label
            self._fit[slot, value] = list(map(_written, fitting)) or [label]
        return self._fit[slot, value]

    def _fits(self, reply: str) -> bool:
        said = words(reply)
        if reply in self._pack.unasked:
            return False
        whole = _LEAST <= len(reply.split()) <= _MOST and not _AMENDS.search(reply) and not set('?"') & set(reply)
        return whole and not self._strange(said) and not any(map(self._misspelt, said))

    def _strange(self, said: Sequence[str]) -> bool:
        """Say whether two words that were *said* are strange; a small pack cannot tell."""
        return self._counts.total() >= _LARGE and sum(self._counts[word] <= _STRANGE for word in said) > 1

    def _odd(self, reply: str) -> int:
        """Return how many words of *reply* are not plain, three of them counting as two."""
        return sum(self._counts[word] < _PLAIN for word in words(reply)) * 2 // 3

    def _misspelt(self, word: str) -> bool:
        """Say whether *word* is rare and but a letter away from a usual one."""
        if self._counts[word] > _RARE or len(word) < _TOLD or not word.isalpha():
            return False
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extractOne

        return extractOne(word, self._usual, scorer=OSA.distance, score_cutoff=1) is not None


def _written(reply: str) -> str:
    """Return *reply* as a sentence begins, without the last full stop.

    >>> _written("a single classroom.")
    'A single classroom'
    """
    begun = (
        reply
        if any(char.isupper() or char in "_/.()=" for char in reply.split(" ")[0])
        else reply[:1].upper() + reply[1:]
    )
    return begun.removesuffix(".")
