"""Phrases: which of a slot's phrases a clause states or denies, and which it only offers or weighs."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tutor.clauses import Clause
from tutor.model import Slot
from tutor.negation import begins_denied, stance
from tutor.spelling import repair
from tutor.text import words

Knows = Callable[[str], bool]  #: whether a word is one the pack knows, and so no slip of another

_OR = frozenset(("or", "vs", "versus"))
_AND = frozenset("and to with from".split())
_WEIGHED = frozenset("between difference compare compares compared comparing whether".split())
_BARE = frozenset(("yes", "no", "it does", "it doesn't", "it does not", "we do", "we don't", "we do not"))
_OR_REACH = 2  #: words between which an "or" joins
_SHORT = 4  #: letters up to which a word is read as written

_cut = lru_cache(maxsize=10_000)(words)  #: the phrases of a pack, cut once


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase found: the value it means, the *clause* from *start* to *end*, whether it is denied, its weight."""

    value: str
    clause: Clause
    start: int
    end: int
    negated: bool
    weight: int


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """The phrases of one slot by their first word: cut into words, the value meant, and whether it takes a cue.

    *alone* are the phrases of one word, *begun* the first two words of the longer ones.
    """

    slot: Slot
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str, bool]]]
    cues: Sequence[tuple[str, ...]]
    words: frozenset[str]
    alone: frozenset[str]
    begun: frozenset[tuple[str, ...]]

    def may_stand(self, said: frozenset[str], pairs: frozenset[tuple[str, ...]]) -> bool:
        """Whether a phrase may stand in a text with the words *said* and the *pairs* of words next to each other."""
        return not (self.alone.isdisjoint(said) and self.begun.isdisjoint(pairs))


_SPOKEN: dict[int, Spoken] = {}  #: what was cut once, by the identity of the slot
_MOST_SPOKEN = 10_000


def spoken(slot: Slot) -> Spoken:
    """Return the phrases of *slot*, cut up when they are needed first."""
    kept = _SPOKEN.get(id(slot))
    if kept is None or kept.slot is not slot:
        if len(_SPOKEN) >= _MOST_SPOKEN:
            _SPOKEN.clear()
        kept = _SPOKEN[id(slot)] = _cut_once(slot)
    return kept


def _cut_once(slot: Slot) -> Spoken:
    phrases: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for name, value in slot.values.items():
        for phrase in dict.fromkeys((*value.phrases, *value.replies, value.label)):
            cut = _cut(phrase)
            if cut:
                phrases.setdefault(cut[0], []).append((cut, name, phrase not in value.phrases))
    cues = [cut for cue in slot.cues if (cut := _cut(cue))]
    known = {word for near in phrases.values() for cut, _, _ in near for word in cut} | {w for cut in cues for w in cut}
    alone = frozenset(cut[0] for near in phrases.values() for cut, _, _ in near if len(cut) == 1)
    begun = frozenset(cut[:2] for near in phrases.values() for cut, _, _ in near if len(cut) > 1)
    return Spoken(slot, phrases, cues, frozenset(known), alone, begun)


def mended(read: Sequence[Clause], slots: Collection[Slot], knows: Knows) -> Sequence[Clause]:
    """Return the clauses *read* with misspelt words of the slots' phrases put right: one slip in five letters or more.

    A word that *knows* says is known is no slip, nor is one that ends in the right word: "unscheduled".
    """
    said = {word for clause in read for word in clause.words if len(word) > _SHORT}
    strange = [word for word in said if not knows(word)]
    if not strange:
        return read
    known = _vocabulary(tuple(map(spoken, slots)))
    right = {
        word: near
        for word in strange
        if word not in known and (near := repair(word, known, most=1)) and not word.endswith(near)
    }
    return [clause.mended(lambda word: right.get(word, word)) for clause in read] if right else read


@lru_cache(maxsize=100)
def _vocabulary(slots: tuple[Spoken, ...]) -> Sequence[str]:
    """Return the words of the phrases of *slots* that may be misspelt, in alphabetical order."""
    return sorted({word for known in slots for word in known.words if len(word) > _SHORT})


def said_of(clause: Clause, slot: Slot, *, asked: bool) -> list[Said]:
    """Return the phrases of *slot* that *clause* states or denies.

    One side of an "or" is only offered, unless both sides mean the same.
    """
    found, stated = list(_phrases(clause, slot, asked=asked)), []
    for index, said in enumerate(found):
        beside = [other for other in found[max(0, index - 1) : index + 2] if other is not said]
        sides = {other.value for other in beside if _offered(clause.words, other, said)}
        if sides == {said.value} or (not sides and (asked or not _weighed(clause.words, said))):
            stated.append(said)
    return stated


def _phrases(clause: Clause, slot: Slot, *, asked: bool) -> Iterator[Said]:
    """Yield the slot's phrases in one clause, none that stands within a longer one, and none only wondered about."""
    last = (0, 0)
    for start, minus_end, name in sorted(_spans(clause.words, spoken(slot), asked=asked)):
        if -minus_end > last[1] or (start, -minus_end) == last:
            last = (start, -minus_end)
            how = stance(clause.words, *last)
            if how != "open":
                weight = 0 if " ".join(clause.words[start:-minus_end]) in _BARE else last[1] - start
                yield Said(name, clause, *last, how == "denied", weight)


def _spans(said: tuple[str, ...], known: Spoken, *, asked: bool) -> set[tuple[int, int, str]]:
    """Return (start, minus end, value) of every phrase: the longest sorts first of those that start together."""
    standing = [
        (start, cut, name, takes_cue)
        for start, word in enumerate(said)
        for cut, name, takes_cue in known.phrases.get(word, ())
        if said[start : start + len(cut)] == cut and (" ".join(cut) not in _BARE or (asked and start == 0))
    ]
    if not standing:
        return set()
    loose = asked or any(_stands(said, cue) for cue in known.cues)
    return {(start, -start - len(cut), name) for start, cut, name, takes_cue in standing if loose or not takes_cue}


def _stands(said: tuple[str, ...], cut: tuple[str, ...]) -> bool:
    """Whether the words *cut* stand in *said*."""
    if len(cut) == 1 or cut[0] not in said:
        return cut[0] in said
    return any(said[start : start + len(cut)] == cut for start, word in enumerate(said) if word == cut[0])


def _offered(said: Sequence[str], one: Said, other: Said) -> bool:
    """Whether an "or" and at most one word more stand between two phrases."""
    between = said[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= _OR_REACH and not _OR.isdisjoint(between)


def _weighed(words: Sequence[str], said: Said) -> bool:
    """Whether a phrase is named beside an "or", or to be compared, and not stated; "no … or …" denies both."""
    behind = () if begins_denied(words, said.start) else words[said.end : said.end + 1]
    beside = (*words[max(0, said.start - _OR_REACH) : said.start], *behind)
    compared = not _AND.isdisjoint(beside) and not _WEIGHED.isdisjoint(words[: said.start])
    return compared or not _OR.isdisjoint(beside)
