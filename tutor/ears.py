"""A quick look at a text: which slots it may speak of at all, before it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.clauses import rewritten
from tutor.model import Slot
from tutor.numbers import pieces
from tutor.once import Once
from tutor.phrases import Knows, slips, spoken
from tutor.quantities import may_hold_amounts
from tutor.text import words

_DIGIT = re.compile(r"[0-9]")
_JOINED = re.compile(r"[%_]|[a-z][A-Z]")  #: with these, amounts are cut otherwise than words

_Phrase = tuple[tuple[str, ...], int, bool]  #: its words, the number of the slot it means, whether it takes a cue


@dataclass(frozen=True, slots=True, eq=False)
class _Ears:
    """The phrases of some slots, of one word or by their first two, and the cues of each slot."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, ...]]
    alone: Mapping[str, Sequence[_Phrase]]
    begun: Mapping[tuple[str, ...], Sequence[_Phrase]]
    cues: Sequence[Sequence[tuple[str, ...]]]


def slots_heard(text: str, slots: Mapping[str, Slot], knows: Knows | None) -> Sequence[str] | None:
    """Return the slots of which a phrase may stand in a clean *text* that nobody asked for, in the order of *slots*.

    None where a quick look does not tell: where there may be amounts, slips, or words that are read as others.
    """
    said = words(text)
    if not said:
        return ()
    if not text.isascii() or _DIGIT.search(text) or rewritten(text, said):
        return None
    if may_hold_amounts(pieces(text) if _JOINED.search(text) else said):
        return None
    if knows and slips(said, slots.values(), knows):
        return None
    ears = _ears(*slots.values())
    if ears.words.isdisjoint(said) and ears.pairs.isdisjoint(pairwise(said)):
        return ()
    near = [phrase for word in said for phrase in ears.alone.get(word, ())]
    near += [phrase for pair in pairwise(said) for phrase in ears.begun.get(pair, ())]
    whole = f" {' '.join(said)} "
    found = {slot for cut, slot, cued in near if _stands(cut, whole) and not (cued and _silent(ears.cues[slot], whole))}
    return [name for number, name in enumerate(slots) if number in found]


def slots_named(said: frozenset[str], pairs: frozenset[tuple[str, ...]], slots: Mapping[str, Slot]) -> frozenset[str]:
    """Return the slots of which a phrase may stand among the words *said* and the *pairs* of neighbours."""
    ears = _ears(*slots.values())
    near = [phrase for word in said & ears.words for phrase in ears.alone[word]]
    near += [phrase for pair in pairs & ears.pairs for phrase in ears.begun[pair]]
    names = list(slots)
    return frozenset([names[number] for _, number, _ in near])


def _silent(cues: Sequence[tuple[str, ...]], said: str) -> bool:
    return not any(_stands(cue, said) for cue in cues)


def _stands(cut: Sequence[str], said: str) -> bool:
    return f" {' '.join(cut)} " in said


def _made(*slots: Slot) -> _Ears:
    alone: dict[str, list[_Phrase]] = {}
    begun: dict[tuple[str, ...], list[_Phrase]] = {}
    for number, known in enumerate(map(spoken, slots)):
        for cut, _, cued in (phrase for near in known.phrases.values() for phrase in near):
            if len(cut) > 1:
                begun.setdefault(cut[:2], []).append((cut, number, cued))
            else:
                alone.setdefault(cut[0], []).append((cut, number, cued))
    return _Ears(frozenset(alone), frozenset(begun), alone, begun, [spoken(slot).cues for slot in slots])


_ears = Once(_made, most=1_000)
