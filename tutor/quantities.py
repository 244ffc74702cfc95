"""Amounts in text -> intervals: a closed grammar of comparator, number, unit or rate, and range."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.comparators import Side, after, before
from tutor.model import Unit
from tutor.numbers import MAGNITUDE_WORDS, NUMBER_WORDS, Number, Tokens, cut, pieces, read_number
from tutor.units import BYTES, ORDINARY, PER_SECOND, PERCENT, ROWS, SECONDS, TAKES_ARTICLE, Measured, counts, measured
from tutor.vague import LATELY, PARTS, SUB, Amount, vague

_DIGIT = re.compile(r"\d")
_HYPHENS = frozenset("-–—")
_ARTICLES = frozenset(("a", "an"))
_AND_A_HALF = ("and", "a", "half")
_SIGNS = frozenset(
    (*BYTES, *SECONDS, *PERCENT, *ROWS, *PER_SECOND, *MAGNITUDE_WORDS, *PARTS, *SUB, "cent", "ten", "twenty")
)  #: one of these stands in every amount that has no digit
_STARTS = NUMBER_WORDS | LATELY.keys() | SUB.keys() | PARTS.keys() | SECONDS.keys() | {"sub"}
_AFTER_ARTICLE = MAGNITUDE_WORDS | BYTES.keys() | SECONDS.keys() | PARTS.keys() | {"couple", "few"}


@dataclass(frozen=True)
class Quantity:
    """An amount read from text: everything from *low* to *high* in *unit*, and where it stands, in characters."""

    unit: Unit
    low: float
    high: float
    start: int
    end: int


def read_quantities(text: str) -> Iterator[Quantity]:
    """Yield the amounts in a clean *text*, in order; numbers without a unit or a magnitude are no amounts.

    >>> [(q.unit, q.low, q.high) for q in read_quantities("50M rows in under 80 ms")]
    [('rows', 50000000.0, 50000000.0), ('seconds', 0.0, 0.08)]
    >>> [(q.unit, q.low, q.high) for q in read_quantities("one to two hours at 600 events per minute")]
    [('seconds', 3600.0, 7200.0), ('per-second', 10.0, 10.0)]
    """
    if not _DIGIT.search(text) and _SIGNS.isdisjoint(pieces(text)):
        return
    tokens = cut(text)
    place = floor = 0
    while place < len(tokens.spans):
        amount = _amount(tokens, place, floor) if _may_start(tokens.said, place) else None
        if amount and amount.unit:
            start, end = tokens.spans[amount.start][0], tokens.spans[amount.end - 1][1]
            yield Quantity(amount.unit, amount.low, amount.high, start, end)
        if amount:
            place = floor = amount.end
        else:
            place += 1


def may_hold_amounts(said: Sequence[str]) -> bool:
    """Say whether words *said* without digits may hold an amount: something that begins one, and a unit.

    >>> may_hold_amounts(["a", "few", "rows"]), may_hold_amounts(["all", "rows"])
    (True, False)
    """
    if _SIGNS.isdisjoint(said):
        return False
    after = [word for article, word in pairwise(said) if article in _ARTICLES]
    return not (_STARTS.isdisjoint(said) and _AFTER_ARTICLE.isdisjoint(after))


def read_counts(text: str) -> Iterator[Quantity]:
    """Yield how many things of any kind a clean *text* speaks of, as rows; for texts that are asked how many.

    >>> [(q.unit, q.low) for q in read_counts("1,460 houses, at 4 pm")]
    [('rows', 1460.0)]
    """
    tokens = cut(text)
    for place in range(len(tokens.spans)):
        read = read_number(tokens, place) if _may_start(tokens.said, place) else None
        if read and not read[1] and not measured(tokens, place, read[0]).unit and counts(tokens, place, read[0]):
            number = read[0]
            yield Quantity("rows", number.low, number.high, tokens.spans[place][0], tokens.spans[number.end - 1][1])


def _may_start(said: tuple[str, ...], place: int) -> bool:
    word = said[place]
    return word[0].isdecimal() or word in _STARTS or (word in _ARTICLES and said[place + 1] in _AFTER_ARTICLE)


def _amount(tokens: Tokens, place: int, floor: int) -> Amount | None:
    """Read the amount whose number stands at *place*, its comparator not before *floor*; None where there is none."""
    start, side = before(tokens, place, floor)
    found = vague(tokens, place)
    if found:
        return found if found.start < place else _bounded(tokens, found, start, side)
    between = side is None and start > floor and tokens.said[start - 1] == "between"
    read = _number(tokens, place, between=between, free=side is None)
    if not read:
        return None
    low, high, unit = _extent(tokens, place, *read, between=between)
    if unit.unit is None:
        return Amount(None, 0.0, 0.0, place, read[0].end)
    side = side or ("least" if unit.plus else None)
    return _bounded(tokens, Amount(unit.unit, low, high, place, unit.end), start - between, side)


def _bounded(tokens: Tokens, amount: Amount, start: int, side: Side | None) -> Amount:
    """Return the amount opened to the *side* that the comparator at *start*, or one after the amount, says."""
    end = amount.end
    if side is None:
        end, side = after(tokens, end)
    low = 0.0 if side == "most" else amount.low
    high = math.inf if side == "least" else amount.high
    return Amount(amount.unit, low, high, start, end)


def _number(tokens: Tokens, place: int, *, between: bool, free: bool) -> tuple[Number, Number | None] | None:
    """Return the number at *place*; "an" is one before a unit, unless it says how often: "50 calls an hour"."""
    said = tokens.said
    if said[place] not in _ARTICLES or not (said[place + 1] in SECONDS or said[place + 1] in BYTES):
        return read_number(tokens, place, between=between)
    left = said[place - 1] if place else ""
    is_rate = said[place + 1] in SECONDS and free and not between and left.isalpha() and left not in TAKES_ARTICLE
    is_ordinal = said[place + 1] == "second" and said[place + 2].isalpha() and said[place + 2] not in ORDINARY
    return None if is_rate or is_ordinal else (Number(1.0, 1.0, place + 1), None)


def _extent(
    tokens: Tokens, place: int, first: Number, second: Number | None, *, between: bool
) -> tuple[float, float, Measured]:
    """Return the least and the greatest amount of the one or two numbers from *place* on, and their unit."""
    if second:
        unit = measured(tokens, place, second)
        return *_span(first, None, second, unit), unit
    unit = measured(tokens, place, first)
    joined = _joined(tokens, unit, first, between=between)
    if joined:
        second, last = joined
        return *_span(first, unit if _named(first, unit) else None, second, last), last
    return _compound(tokens, first, unit)


def _joined(tokens: Tokens, unit: Measured, first: Number, *, between: bool) -> tuple[Number, Measured] | None:
    """Return the second number of a range and its unit, where the two belong together."""
    said = tokens.said
    named = _named(first, unit)
    place = unit.end if named else first.end
    place += said[place : place + 2] == ("up", "to")
    join = said[place]
    if not (join in _HYPHENS or join == "to" or (join == "and" and between) or (join == "or" and not named)):
        return None
    read = _number(tokens, place + 1, between=False, free=False)
    if not read or read[1]:
        return None
    last = measured(tokens, place + 1, read[0])
    if named and join == "to" and not last.unit and not said[read[0].end].isalpha():
        return read[0], Measured(unit.unit, unit.factor, read[0].end)  # from 2 hours to 6
    alike = unit.unit in (None, last.unit) or (not named and last.unit == "per-second")
    return (read[0], last) if last.unit and alike else None


def _named(number: Number, unit: Measured) -> bool:
    """Whether the unit has words of its own, and is not told by the magnitude alone."""
    return unit.unit is not None and unit.end > number.end


def _span(first: Number, own: Measured | None, second: Number, last: Measured) -> tuple[float, float]:
    """Return the ends of a range; without a unit of its *own* the first number takes unit and magnitude of the last."""
    factor = own.factor if own else last.factor * (1.0 if first.magnitude else second.scale)
    ends = (first.low * factor, first.high * factor, second.low * last.factor, second.high * last.factor)
    return min(ends), max(ends)


def _compound(tokens: Tokens, number: Number, unit: Measured) -> tuple[float, float, Measured]:
    """Return an amount with what is added to it: "1 hour 30 minutes", "an hour and a half"."""
    low, high, said, end = number.low * unit.factor, number.high * unit.factor, tokens.said, unit.end
    if unit.unit not in ("seconds", "bytes"):
        return low, high, unit
    if said[end : end + 3] == _AND_A_HALF:
        more, end = unit.factor / 2, end + 3
    else:
        place = end + (said[end] == "and")
        read = read_number(tokens, place) if said[place][:1].isdecimal() or said[place] in NUMBER_WORDS else None
        rest = measured(tokens, place, read[0]) if read and not read[1] else None
        if not read or not rest or rest.unit != unit.unit or rest.factor >= unit.factor or read[0].low != read[0].high:
            return low, high, unit
        more, end = read[0].low * rest.factor, rest.end
    return low + more, high + more, Measured(unit.unit, unit.factor, end, unit.plus)
