"""Numbers with units in text -> intervals: a closed grammar for counts, bytes, durations and percentages."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Unit = Literal["rows", "bytes", "seconds", "percent"]

# fmt: off
_MAGNITUDE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9,
              "billion": 1e9, "billions": 1e9, "trillion": 1e12}
_BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30,
          "tib": 2.0**40, "megabyte": 1e6, "megabytes": 1e6, "gigabyte": 1e9, "gigabytes": 1e9, "terabyte": 1e12,
          "terabytes": 1e12, "petabyte": 1e15, "petabytes": 1e15, "gig": 1e9, "gigs": 1e9}
_SECONDS = {"ms": 1e-3, "millisecond": 1e-3, "milliseconds": 1e-3, "msec": 1e-3, "s": 1.0, "sec": 1.0, "secs": 1.0,
            "second": 1.0, "seconds": 1.0, "min": 60.0, "mins": 60.0, "minute": 60.0, "minutes": 60.0, "h": 3600.0,
            "hr": 3600.0, "hrs": 3600.0, "hour": 3600.0, "hours": 3600.0, "day": 86400.0, "days": 86400.0,
            "week": 604800.0, "weeks": 604800.0}
_PERCENT = {"%": 1.0, "percent": 1.0, "per cent": 1.0, "pct": 1.0}
_WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
          "nine": 9.0, "ten": 10.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
          "fifty": 50.0, "sixty": 60.0, "hundred": 100.0, "a": 1.0, "an": 1.0, "half a": 0.5}
# fmt: on
_ROWS = (
    "rows row records record customers users events images documents transactions lines observations examples samples "
    "predictions items accounts messages points"
).split()
_AT_MOST = ("under", "below", "less than", "fewer than", "at most", "no more than", "up to", "within", "max", "maximum")
_AT_LEAST = ("over", "above", "more than", "at least", "no less than", "no fewer than", "min", "minimum")


def _any(names: object) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))  # type: ignore[call-overload]


_AMOUNT = re.compile(
    rf"(?<![\w.])(?:(?P<bound>{_any(_AT_MOST + _AT_LEAST)})\s+)?"
    rf"(?P<number>\d+(?:,\d{{3}}(?!\d))*(?:\.\d+)?|\b(?:{_any(_WORDS)})\b)"
    rf"(?:\s*(?:-|–|to)\s*(?P<upper>\d+(?:\.\d+)?))?"
    rf"\s*-?(?P<magnitude>\b(?:{_any(_MAGNITUDE)})\b|(?<=\d)(?:k|m|b|bn)\b)?"
    rf"\s*-?(?:(?P<unit>{_any([*_BYTES, *_SECONDS, *_ROWS, *_PERCENT])})(?!\w)"
    rf"|(?:(?:\w+\s+){{1,2}}(?P<late>{_any(_ROWS)})\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Quantity:
    """An amount read from text: everything from *low* to *high* in *unit*, and where it stands, in characters."""

    unit: Unit
    low: float
    high: float
    start: int
    end: int


def read_quantities(text: str) -> Iterator[Quantity]:
    """Yield the amounts in *text*, in order; numbers without a unit or magnitude are no amounts.

    >>> [(q.unit, q.low, q.high) for q in read_quantities("50M rows in under 80 ms")]
    [('rows', 50000000.0, 50000000.0), ('seconds', 0.0, 0.08)]
    """
    for match in _AMOUNT.finditer(text.lower()):
        quantity = _quantity(match)
        if quantity:
            yield quantity


def _quantity(match: re.Match[str]) -> Quantity | None:
    unit, factor = _unit(match)
    if unit is None:
        return None
    low = _number(match["number"]) * factor
    high = float(match["upper"]) * factor if match["upper"] else low
    match match["bound"]:
        case None:
            pass
        case bound if bound in _AT_MOST:
            low = 0.0
        case _:
            high = math.inf
    return Quantity(unit, min(low, high), max(low, high), match.start(), match.end())


def _unit(match: re.Match[str]) -> tuple[Unit | None, float]:
    magnitude = _MAGNITUDE.get(match["magnitude"] or "", 1.0)
    name = match["unit"] or match["late"] or ""
    if name in _BYTES:
        return "bytes", _BYTES[name] * magnitude
    if name in _SECONDS:
        return "seconds", _SECONDS[name] * magnitude
    if name in _PERCENT:
        return "percent", magnitude
    if name in _ROWS and (match["unit"] or match["magnitude"]):
        return "rows", magnitude
    return ("rows", magnitude) if match["magnitude"] and magnitude >= 1e6 and not name else (None, 1.0)


def _number(said: str) -> float:
    return _WORDS[said] if said in _WORDS else float(said.replace(",", ""))
