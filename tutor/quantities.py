"""Numbers with units in text -> intervals: a closed grammar for counts, bytes, durations and percentages."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from tutor.model import Unit
from tutor.text import words

# fmt: off
_MAGNITUDE = {"hundred": 1e2, "k": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
              "b": 1e9, "bn": 1e9, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "hundred thousand": 1e5,
              "hundred million": 1e8, "hundred billion": 1e11}
_BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30,
          "tib": 2.0**40, "megabyte": 1e6, "megabytes": 1e6, "gigabyte": 1e9, "gigabytes": 1e9, "terabyte": 1e12,
          "terabytes": 1e12, "petabyte": 1e15, "petabytes": 1e15, "gig": 1e9, "gigs": 1e9}
_SECONDS = {"microsecond": 1e-6, "microseconds": 1e-6, "μs": 1e-6, "ms": 1e-3, "millisecond": 1e-3,
            "milliseconds": 1e-3, "msec": 1e-3, "s": 1.0, "sec": 1.0, "secs": 1.0, "second": 1.0, "seconds": 1.0,
            "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0, "h": 3600.0, "hr": 3600.0, "hrs": 3600.0,
            "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0, "week": 604800.0, "weeks": 604800.0}
_PERCENT = {"%": 1.0, "percent": 1.0, "per cent": 1.0, "pct": 1.0}
_WORDS = {"a": (1.0, 1.0), "an": (1.0, 1.0), "half a": (0.5, 0.5), "half an": (0.5, 0.5), "a couple of": (2.0, 2.0),
          "a few": (2.0, 9.0), "few": (2.0, 9.0), "several": (3.0, 9.0), "hundred": (100.0, 100.0)} | {
    word: (float(number), float(number)) for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(), start=1)} | {
    word: (float(number), float(number)) for number, word in zip(
        range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True)}
_ROWS = (
    "rows row records record customers users events images documents transactions lines observations examples samples "
    "predictions items accounts messages points"
).split()
_NO_ROWS = "parameter param weight dollar euro usd eur pound".split()
_UNDER = ("under", "below", "less than", "fewer than", "shorter than", "faster than", "at most", "up to", "within",
          "max", "maximum", "maximum of", "max of")
_OVER = ("over", "above", "more than", "longer than", "later than", "greater than", "larger than", "exceeding",
         "exceeds", "exceed", "at least", "min", "minimum", "minimum of", "min of")
# fmt: on
_AT_MOST = {"<", "<=", "≤", *_UNDER, *(f"{no} {bound}" for no in ("no", "not") for bound in _OVER)}
_AT_LEAST = {">", ">=", "≥", *_OVER, *(f"{no} {bound}" for no in ("no", "not") for bound in _UNDER)}
_AFTER_MOST, _AFTER_LEAST = ("less", "fewer", "faster", "sooner"), ("more", "longer", "later")
_MILLIONS = re.compile(r"M|(?i:mio|.*illions?|bn)")  #: magnitudes that are a count of rows even without a noun
_TAKES_ARTICLE = frozenset("in after for every about takes take took than of wait waits until roughly nearly".split())


def _any(names: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(name).replace(r"\ ", r"\s+") for name in names), key=len, reverse=True))


_FIGURE = r"(?:\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?(?:e\d{1,2})?)(?![.,]?\d)"


def _side(end: str) -> str:
    """Return the pattern of one amount; its groups are numbered by *end*."""
    return (
        rf"(?P<number{end}>{_FIGURE}|\b(?:{_any(_WORDS)})\b)"
        rf"(?:\s*+-?(?P<magnitude{end}>\b(?:{_any(_MAGNITUDE)})\b|(?<=\d)(?:k|m|b|bn)\b)"
        rf"(?!\s*+-?(?:{_any(_NO_ROWS)})))?(?P<plus{end}>\+)?"
        rf"(?:\s*+-?(?P<unit{end}>{_any([*_BYTES, *_SECONDS, *_ROWS, *_PERCENT])})(?!\w))?"
    )


_AMOUNT = (
    rf"(?P<between>\bbetween\s++)?(?:(?P<bound>(?<![\w.])(?:{_any(b for b in _AT_MOST | _AT_LEAST if b[0].isalpha())})"
    rf"(?=\s)|[<>]=?|[≤≥])\s*+)?(?<![\w.$€£])(?<!\d,)"
    rf"{_side('1')}(?:\s*+(?:-|–|to\b|(?(between)and\b|–))\s*+{_side('2')})?"
    rf"(?(unit1)|(?(unit2)|(?:\s++(?:[^\W\d]+\s++){{1,2}}?(?P<late>{_any(_ROWS)})\b)?))"
    rf"(?:\s++or\s++(?P<after>{_any([*_AFTER_MOST, *_AFTER_LEAST])})\b)?"
)


_SIGNS = frozenset(
    word for names in (_MAGNITUDE, _BYTES, _SECONDS, _PERCENT, _ROWS) for name in names for word in name.split()
)  #: no amount without a digit or one of these


@cache
def _amount() -> re.Pattern[str]:
    """Return the pattern of an amount; compiling it takes as long as reading a thousand texts."""
    return re.compile(_AMOUNT, re.IGNORECASE)


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
    """
    if not any(map(str.isdigit, text)) and "%" not in text and _SIGNS.isdisjoint(words(text)):
        return
    for match in _amount().finditer(text):
        unit = None if _is_rate(match) else _unit(match)
        if unit:
            low, high = _bounded(match, *_ends(match))
            yield Quantity(unit, low, high, match.start(), match.end())


def _said(match: re.Match[str], group: str) -> str:
    return " ".join((match[group] or "").casefold().split())


def _unit(match: re.Match[str]) -> Unit | None:
    name = _said(match, "unit2") or _said(match, "unit1")
    if name in _BYTES:
        return "bytes"
    if name in _SECONDS:
        return "seconds"
    if name in _PERCENT:
        return "percent"
    magnitude = match["magnitude2"] or match["magnitude1"] or ""
    return "rows" if name or (magnitude and match["late"]) or _MILLIONS.fullmatch(magnitude) else None


def _is_rate(match: re.Match[str]) -> bool:
    """Whether "a second" or "an hour" only says how often, as in "50 requests a second"."""
    if _said(match, "number1") not in ("a", "an") or match["magnitude1"] or match["bound"]:
        return False
    before = match.string[max(0, match.start() - 20) : match.start()].casefold().split()
    return bool(before) and before[-1] not in _TAKES_ARTICLE


def _ends(match: re.Match[str]) -> tuple[float, float]:
    """Return the least and the greatest amount; the first end of a range takes what only the second one names."""
    second = "2" if match["number2"] else "1"
    magnitude = match["magnitude1"] or (match[f"magnitude{second}"] if not match["unit1"] else None)
    unit = _said(match, "unit1") or _said(match, f"unit{second}")
    first = _amounts(match["number1"], magnitude, unit)
    last = _amounts(match[f"number{second}"], match[f"magnitude{second}"], _said(match, f"unit{second}") or unit)
    return min(*first, *last), max(*first, *last)


def _amounts(number: str, magnitude: str | None, unit: str) -> tuple[float, float]:
    factor = _MAGNITUDE[" ".join(magnitude.casefold().split())] if magnitude else 1.0
    factor *= _BYTES.get(unit) or _SECONDS.get(unit) or 1.0
    low, high = _number(" ".join(number.casefold().split()))
    return low * factor, high * factor


def _number(said: str) -> tuple[float, float]:
    if said in _WORDS:
        return _WORDS[said]
    plain = said.replace(".", "") if said.count(".") > 1 else said
    value = float(re.sub(r"[,_ ]", "", plain))
    return value, value


def _bounded(match: re.Match[str], low: float, high: float) -> tuple[float, float]:
    bound = _said(match, "bound")
    if bound in _AT_MOST or (match["after"] and _said(match, "after") in _AFTER_MOST):
        return 0.0, high
    if bound or match["after"] or match["plus1"] or match["plus2"]:
        return low, math.inf
    return low, high
