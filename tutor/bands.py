"""The numeric intervals of slots: where the bands of two values meet, and the borders that are asked about."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from tutor.flaw import Flaw
from tutor.model import Band, Measure, Slot, Unit

_SCALES: dict[Unit, dict[str, float]] = {
    "seconds": {"d": 86400, "h": 3600, "min": 60, "s": 1, "ms": 0.001},
    "bytes": {"TB": 1e12, "GB": 1e9, "MB": 1e6, "kB": 1e3},
}
_SIGNS: dict[Unit, str] = {"percent": " %", "per-second": "/s"}


def flaws(slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    """Yield every band that holds nothing, and every two bands by which one amount would mean two values."""
    for name, slot in slots.items():
        for index, measure in enumerate(slot.measures):
            yield from _empty(name, index, measure)
            yield from _overlapping(name, index, measure)
        for (_, one), (index, other) in combinations(enumerate(slot.measures), 2):
            yield from _disagreeing(name, index, one, other)


def borders(slots: Mapping[str, Slot]) -> Iterator[str]:
    """Yield the amounts of each slot that lie between two values, so that the learner is asked."""
    for name, slot in slots.items():
        for measure in slot.measures:
            for (_, below), (_, above) in pairwise(_sorted(measure)):
                between = f"{amount(below.most, measure.unit)} < {measure.unit} < {amount(above.least, measure.unit)}"
                yield f"{name}: {between} is asked about" + (", beside its words" if measure.near else "")


def amount(number: float, unit: Unit) -> str:
    """Return an amount with its unit, as short as can be.

    >>> amount(1800, "seconds"), amount(2e11, "bytes"), amount(10_000_000, "rows"), amount(30, "percent")
    ('30 min', '200 GB', '10,000,000', '30 %')
    """
    for sign, scale in _SCALES.get(unit, {}).items():
        if number >= scale:
            return f"{number / scale:g} {sign}"
    return f"{number:,.10g}{_SIGNS.get(unit, '')}"


def _sorted(measure: Measure) -> list[tuple[str, Band]]:
    return sorted(measure.values.items(), key=lambda named: named[1].least)


def _empty(slot: str, index: int, measure: Measure) -> Iterator[Flaw]:
    for value, band in measure.values.items():
        if not band.least <= band.most:
            problem = f"{measure.unit} of {value} from {band.least:g} up to {band.most:g} hold nothing"
            yield Flaw(f"slot {slot}", "empty-band", problem, "swap from and up_to", _band(index, value))


def _overlapping(slot: str, index: int, measure: Measure) -> Iterator[Flaw]:
    for (value, band), (other, above) in pairwise(_sorted(measure)):
        if not band.most < above.least:
            problem = f"{measure.unit} of {value} up to {band.most:g} and of {other} from {above.least:g} overlap"
            yield Flaw(f"slot {slot}", "overlapping-measure", problem, "let them lie apart", _band(index, other))


def _disagreeing(slot: str, index: int, one: Measure, another: Measure) -> Iterator[Flaw]:
    if one.unit == another.unit:
        for value, band in one.values.items():
            for other, shared in _meeting(value, band, another.values.items()):
                problem = f"{amount(shared, one.unit)} means {value} by one measure and {other} by another"
                instead = "let the bands of the two measures lie apart"
                yield Flaw(f"slot {slot}", "overlapping-measure", problem, instead, _band(index, other))


def _band(index: int, value: str) -> tuple[str | int, ...]:
    return "measures", index, "values", value


def _meeting(value: str, band: Band, others: Iterable[tuple[str, Band]]) -> Iterator[tuple[str, float]]:
    """Yield the other values whose bands meet *band*, and an amount that lies in both."""
    for other, against in others:
        low, high = max(band.least, against.least), min(band.most, against.most)
        if other != value and low <= high:
            yield other, low if low > float("-inf") else min(high, 0.0)
