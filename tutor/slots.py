"""What a text settles: the values of slots, from phrases and amounts, and by which of its words."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from operator import attrgetter, itemgetter

from tutor.clauses import Clause, clauses
from tutor.model import Band, Measure, Slot
from tutor.negation import is_denied
from tutor.phrases import Knows, mended, said_of, spoken
from tutor.quantities import Quantity, read_counts, read_quantities
from tutor.text import clean, fold

_SPAN_BEFORE = frozenset("last past next previous recent coming first".split())  #: then an amount is a time span,
_SPAN_AFTER = frozenset("ago old later earlier".split())  #: no wait
_NEAR = 8  #: words in which a cue must stand for an amount to count
_NEXT_TO_NOTHING = 0.001  #: share of "under 5 percent" that it is at least: nothing at all is not meant


@dataclass(frozen=True)
class Reading:
    """What a text settles: slot -> value; *words* are the text's own that settle it, slot -> words as written there.

    *borderline* has the words of amounts that lie in no band of a slot, slot -> words, and *denied* the values that the
    text denies, slot -> values: the slot stays open.
    """

    filled: Mapping[str, str]
    words: Mapping[str, str]
    borderline: Mapping[str, str]
    denied: Mapping[str, frozenset[str]] = field(default_factory=dict)


def read_slots(
    text: str, slots: Mapping[str, Slot], *, asked: str | None = None, knows: Knows | None = None
) -> Mapping[str, str]:
    """Return the slots that *text* settles, slot -> value, as *reading* has it."""
    return reading(text, slots, asked=asked, knows=knows).filled


def reading(
    text: str,
    slots: Mapping[str, Slot],
    *,
    asked: str | None = None,
    knows: Knows | None = None,
    counting: bool = True,
) -> Reading:
    """Return which slots *text* settles, and by which words. A slot whose phrases disagree stays open.

    *asked* names the slot whose question the text replies to: its short replies count too, amounts need no cue, and,
    with *counting*, things of any kind count as rows.
    Where *knows* is given, words it does not know are taken for slips of the slots' phrases when they are near to one.
    """
    read = _read(clean(text), slots, knows, counting=counting and asked is not None and _counts(slots[asked]))
    filled: dict[str, str] = {}
    spoken_: dict[str, str] = {}
    borderline: dict[str, str] = {}
    denied: dict[str, frozenset[str]] = {}
    for name, slot in slots.items():
        if not (read.quantities and slot.measures) and not spoken(slot).may_stand(read.said, read.pairs):
            continue
        yes, no = _phrased(read, slot, asked=name == asked)
        settled = _settled(read, slot, yes, no, asked=name == asked) if yes or no or read.quantities else None
        if settled:
            filled[name], spoken_[name] = settled
            continue
        if near := _borderline(read, slot, asked=name == asked):
            borderline[name] = near
        if no:
            denied[name] = frozenset(no)
    return Reading(filled, spoken_, borderline, denied)


def value_named(said: str, slot: Slot) -> str | None:
    """Return the value that *said* names by its id, its label or one of its phrases, in any spelling."""
    wanted = fold(said)
    named = ((name, (name, value.label, *value.phrases, *value.replies)) for name, value in slot.values.items())
    return next((name for name, spellings in named if wanted in map(fold, spellings)), None)


@dataclass(frozen=True)
class _Text:
    """A text as it is read: its clauses, and its amounts but for those it denies."""

    text: str
    clauses: Sequence[Clause]
    quantities: Sequence[Quantity]

    @cached_property
    def around(self) -> Sequence[frozenset[str] | None]:
        """What stands around each amount."""
        return list(_around(self.clauses, self.quantities))

    @cached_property
    def said(self) -> frozenset[str]:
        """All its words."""
        return frozenset([word for clause in self.clauses for word in clause.words])

    @cached_property
    def pairs(self) -> frozenset[tuple[str, ...]]:
        """All words that stand next to each other in a clause."""
        return frozenset([pair for clause in self.clauses for pair in pairwise(clause.words)])


def _counts(slot: Slot) -> bool:
    return any(measure.unit == "rows" for measure in slot.measures)


def _read(text: str, slots: Mapping[str, Slot], knows: Knows | None, *, counting: bool) -> _Text:
    read: Sequence[Clause] = clauses(text)
    if knows:
        read = mended(read, slots.values(), knows)
    found = list(read_quantities(text)) or (list(read_counts(text)) if counting else [])
    quantities = [quantity for quantity in found if not _denied(read, quantity)]
    return _Text(text, read, quantities)


@dataclass(frozen=True, slots=True)
class _Meant:
    """A value that is stated or denied: from where to where in the text, and how much that weighs."""

    value: str
    start: int
    end: int
    weight: int


def _settled(
    read: _Text, slot: Slot, yes: dict[str, _Meant], no: Mapping[str, _Meant], *, asked: bool
) -> tuple[str, str] | None:
    """Return the value that the text settles with what it states (*yes*) and denies (*no*), and the words for it."""
    for meant in _measured(read, slot, asked=asked):
        yes[meant.value] = _wider(yes.get(meant.value), meant)
    left = [value for value in yes if value not in no]
    if not left and len(no) == len(slot.values) - 1:
        value = next(value for value in slot.values if value not in no)
        return value, ", ".join(read.text[denied.start : denied.end] for denied in no.values())
    if asked and len(left) > 1:
        longest = max(yes[value].weight for value in left)
        left = [value for value in left if yes[value].weight == longest]
    return (left[0], read.text[yes[left[0]].start : yes[left[0]].end]) if len(left) == 1 else None


def _phrased(read: _Text, slot: Slot, *, asked: bool) -> tuple[dict[str, _Meant], dict[str, _Meant]]:
    """Return what phrases state and what they deny, value -> the weightiest phrase, the first of several."""
    yes: dict[str, _Meant] = {}
    no: dict[str, _Meant] = {}
    found = [said for clause in read.clauses for said in said_of(clause, slot, asked=asked)]
    for said in sorted(found, key=attrgetter("weight"), reverse=True):
        spans = said.clause.spans
        meant = _Meant(said.value, spans[said.start][0], spans[said.end - 1][1], said.weight)
        if not _in_amount(read, slot, meant):
            (no if said.negated else yes).setdefault(said.value, meant)
    return yes, no


def _in_amount(read: _Text, slot: Slot, meant: _Meant) -> bool:
    """Whether a phrase is only a part of an amount that counts for the slot: "seconds" in "100 seconds"."""
    units = {measure.unit for measure in slot.measures}
    return any(
        quantity.unit in units
        and quantity.start <= meant.start
        and meant.end <= quantity.end
        and (quantity.start, quantity.end) != (meant.start, meant.end)
        for quantity in read.quantities
    )


def _wider(phrase: _Meant | None, amount: _Meant) -> _Meant:
    """Return what tells more of the text: an amount that holds a phrase ("10 seconds"), or else the phrase."""
    if phrase is None:
        return amount
    holds = amount.start <= phrase.start and phrase.end <= amount.end
    return _Meant(phrase.value, amount.start, amount.end, phrase.weight) if holds else phrase


def _measured(read: _Text, slot: Slot, *, asked: bool) -> Iterator[_Meant]:
    """Yield the values that amounts mean."""
    for measure, quantity in _amounts(read, slot, asked=asked):
        for value in _bands(quantity, measure):
            yield _Meant(value, quantity.start, quantity.end, 1)


def _borderline(read: _Text, slot: Slot, *, asked: bool) -> str | None:
    """Return the words of the first amount that counts for the slot and lies in no band."""
    for measure, quantity in _amounts(read, slot, asked=asked):
        if len(measure.values) > 1 and not _bands(quantity, measure):
            return read.text[quantity.start : quantity.end]
    return None


def _bands(quantity: Quantity, measure: Measure) -> list[str]:
    """Return the value in whose band the whole amount lies, none where it lies between two, or in more than one."""
    return [value for value, band in measure.values.items() if _within(quantity, band)]


def _amounts(read: _Text, slot: Slot, *, asked: bool) -> Iterator[tuple[Measure, Quantity]]:
    for measure in slot.measures:
        for quantity, around in zip(read.quantities, read.around, strict=True):
            if quantity.unit == measure.unit and (asked or _cued(around, measure)):
                yield measure, quantity


def _within(quantity: Quantity, band: Band) -> bool:
    low = quantity.low or quantity.high * _NEXT_TO_NOTHING
    return band.least <= low and quantity.high <= band.most


def _denied(read: Sequence[Clause], quantity: Quantity) -> bool:
    """Whether the words before an amount in its clause deny it."""
    place = bisect_right(read, quantity.start, key=_end)
    return place < len(read) and is_denied(
        read[place].words, bisect_right(read[place].spans, quantity.start, key=itemgetter(1))
    )


def _end(clause: Clause) -> int:
    return clause.spans[-1][1]


def _cued(around: frozenset[str] | None, measure: Measure) -> bool:
    """Whether an amount stands near a word that ties it to the measure; a stretch of time has nothing around it."""
    return around is not None and (not measure.near or not around.isdisjoint(measure.near))


def _around(read: Sequence[Clause], quantities: Sequence[Quantity]) -> Iterator[frozenset[str] | None]:
    """Yield the words of each amount and those near it, or None for a stretch of time: "the last 30 days"."""
    said = [word for clause in read for word in clause.words]
    spans = [span for clause in read for span in clause.spans]
    for quantity in quantities:
        start = bisect_right(spans, quantity.start, key=itemgetter(1))
        end = bisect_left(spans, quantity.end, key=itemgetter(0))
        before, after = said[max(0, start - _NEAR) : start], said[end : end + _NEAR]
        is_span = not (_SPAN_BEFORE.isdisjoint(before[-1:]) and _SPAN_AFTER.isdisjoint(after[:1]))
        yield None if is_span else frozenset((*before, *said[start:end], *after))
