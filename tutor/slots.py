"""What a text settles: the values of slots, from phrases and amounts, with negation bound to the phrase it negates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor.model import Measure, Slot
from tutor.quantities import Quantity, read_quantities
from tutor.text import clean, fold, words

_NOT = frozenset(
    "not no never without don't doesn't isn't aren't needn't cannot can't won't neither nor hardly".split()
)
_CLAUSE_END = frozenset("but however although though instead rather yet while whereas because".split())
_OR = frozenset(("or", "vs", "versus"))
_CLAUSE = re.compile(r"[,;:.!?()–—]|\s-\s")
_REACH = 4  #: words over which a negation carries
_NEAR = 8  #: words in which a cue must stand for an amount to count


@dataclass(frozen=True)
class _Said:
    """One phrase found: the value it means, its words from *start* to *end*, and whether it is negated."""

    value: str
    start: int
    end: int
    negated: bool


def read_slots(text: str, slots: Mapping[str, Slot], *, asked: str | None = None) -> dict[str, str]:
    """Return the slots that *text* settles: slot -> value. A slot whose phrases disagree stays open.

    *asked* names the slot whose question the text replies to: its short replies count too, and amounts need no cue.
    """
    clauses = [words(part) for part in _CLAUSE.split(_joined_numbers(clean(text)))]
    quantities = list(read_quantities(clean(text)))
    filled = {}
    for name, slot in slots.items():
        value = _read(clauses, clean(text), quantities, slot, asked=name == asked)
        if value:
            filled[name] = value
    return filled


def value_named(said: str, slot: Slot) -> str | None:
    """Return the value that *said* names by its id or label, in any spelling."""
    wanted = fold(said)
    return next((name for name, value in slot.values.items() if wanted in (fold(name), fold(value.label))), None)


def _joined_numbers(text: str) -> str:
    return re.sub(r"(?<=\d)[.,](?=\d)", "", text)


def _read(
    clauses: Sequence[Sequence[str]], text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool
) -> str | None:
    found = [
        said for clause in clauses for said in _stated(clause, list(_phrases(clause, slot, asked=asked)), asked=asked)
    ]
    yes = {said.value: said.end - said.start for said in sorted(found, key=_length) if not said.negated}
    no = {said.value for said in found if said.negated}
    for value in _measured(text, quantities, slot, asked=asked):
        yes.setdefault(value, 1)
    meant = [value for value in yes if value not in no]
    if not meant and len(no) == len(slot.values) - 1:
        return next(value for value in slot.values if value not in no)
    if asked and len(meant) > 1:
        longest = max(yes[value] for value in meant)
        meant = [value for value in meant if yes[value] == longest]
    return meant[0] if len(meant) == 1 else None


def _phrases(clause: Sequence[str], slot: Slot, *, asked: bool) -> Iterator[_Said]:
    """Yield the slot's phrases in one clause, none that stands within a longer one."""
    loose = asked or any(_stands(clause, words(cue)) for cue in slot.cues)
    spans = [
        (start, start + len(cut), name)
        for name, value in slot.values.items()
        for phrase in (*value.phrases, *((*value.replies, value.label) if loose else ()))
        if (cut := words(phrase))
        for start in _stands(clause, cut)
    ]
    for start, end, name in spans:
        if not any(low <= start and end <= high and (low, high) != (start, end) for low, high, _ in spans):
            yield _Said(name, start, end, _negated(clause, start))


def _length(said: _Said) -> int:
    return said.end - said.start


def _stated(clause: Sequence[str], found: Sequence[_Said], *, asked: bool) -> list[_Said]:
    """Return the phrases that *clause* states; one side of an "or" is only offered, unless both sides mean the same."""
    stated = []
    for said in found:
        sides = {other.value for other in found if other.end + 1 == said.start or said.end + 1 == other.start}
        beside = (*clause[max(0, said.start - 2) : said.start], *clause[said.end : said.end + 1])
        if asked or _OR.isdisjoint(beside) or sides == {said.value}:
            stated.append(said)
    return stated


def _stands(clause: Sequence[str], cut: Sequence[str]) -> list[int]:
    """Return where the words *cut* begin in *clause*."""
    if cut[0] not in clause:
        return []
    return [start for start, word in enumerate(clause) if word == cut[0] and clause[start : start + len(cut)] == cut]


def _negated(clause: Sequence[str], start: int) -> bool:
    before = list(clause[max(0, start - _REACH) : start])
    for index in range(len(before) - 1, -1, -1):
        if before[index] in _CLAUSE_END:
            return False
        if before[index] in _NOT:
            return "only" not in before[index:]
    return False


def _measured(text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool) -> Iterator[str]:
    for measure in slot.measures:
        for quantity in quantities:
            if quantity.unit == measure.unit and (asked or _cued(text, quantity, measure)):
                if quantity.high <= measure.up_to:
                    yield measure.small
                elif quantity.low >= measure.from_:
                    yield measure.large


def _cued(text: str, quantity: Quantity, measure: Measure) -> bool:
    if not measure.near:
        return True
    before, after = words(text[: quantity.start])[-_NEAR:], words(text[quantity.end :])[:_NEAR]
    return not set(measure.near).isdisjoint(before + after)
