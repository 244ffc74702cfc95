"""Amounts in other words than number and unit: "within seconds", "sub-second", "half of the users", "one in ten"."""

from dataclasses import dataclass

from tutor.model import Unit
from tutor.numbers import Number, Tokens, read_number
from tutor.units import ORDINARY, SECONDS, measured

LATELY = {
    "milliseconds": (0.002, 0.999), "seconds": (2.0, 59.0), "minutes": (120.0, 3540.0), "hours": (7200.0, 82800.0),
    "days": (172800.0, 518400.0), "weeks": (1209600.0, 2419200.0),
}  #: what a plural without a number means  # fmt: skip
PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
PARTS |= {f"{name}s": share for name, share in PARTS.items() if name != "half"}
SUB = {f"sub{name}": SECONDS[name] for name in ("millisecond", "second", "minute")}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_LASTS = frozenset("within in takes take took lasts".split())
_OF = frozenset(("in", "out"))
_IN = frozenset(("in", "within"))  #: these belong to the words of the amount
_MEASURED = frozenset(
    "measured reported expressed given specified stored counted written time times length latency duration timeout "
    "timeouts age pace column columns unit units value values interval".split()
)
_WHOLE = frozenset("the our all your their my its".split())
_NO_WHOLE = frozenset("time times battle story it year day month week".split())  #: "half the time"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the tokens from *start* up to *end*; one without a unit is no amount, and skipped as a whole."""

    unit: Unit | None
    low: float
    high: float
    start: int
    end: int


def vague(tokens: Tokens, place: int) -> Amount | None:
    """Return the amount without number and unit that is told by the token at *place*.

    >>> from tutor.numbers import cut
    >>> vague(cut("back within minutes"), 2)
    Amount(unit='seconds', low=0.0, high=3540.0, start=1, end=3)
    """
    word = tokens.said[place]
    if word in SUB:
        return Amount("seconds", 0.0, SUB[word], place, place + 1)
    if word == "sub":
        return _below(tokens, place)
    if word in SECONDS:
        return _lasting(tokens.said, place)
    return _share(tokens.said, place) or (_one_in(tokens, place) if tokens.said[place + 1] in _OF else None)


def _below(tokens: Tokens, place: int) -> Amount | None:
    """Read "sub-second", "sub-100ms"."""
    after = place + 1 + (tokens.said[place + 1] == "-")
    read = read_number(tokens, after)
    number = read[0] if read else Number(1.0, 1.0, after)
    found = measured(tokens, after, number)
    if found.unit != "seconds":
        return None
    return Amount("seconds", 0.0, number.high * found.factor, place, found.end)


def _lasting(said: tuple[str, ...], place: int) -> Amount | None:
    """Read "within seconds", "in a matter of minutes", "it takes hours", "within the hour"."""
    first, second = said[max(0, place - 2) : place] if place > 1 else ("", said[place - 1] if place else "")
    if (first, second) == ("within", "the"):
        return Amount("seconds", 0.0, SECONDS[said[place]], place - 2, place + 1)
    if said[place] not in LATELY or first in _MEASURED or said[place + 1] == "per":
        return None
    if second in _LASTS or (first, second) == ("matter", "of"):
        low, high = LATELY[said[place]]
        return Amount("seconds", 0.0 if second == "within" else low, high, place - (second in _IN), place + 1)
    return None


def _share(said: tuple[str, ...], place: int) -> Amount | None:
    """Read "half of the users", "half the traffic", "a tenth of users", "three quarters of an hour"."""
    part = place + (said[place] in _COUNTS)
    if said[part] not in PARTS or (part == place and said[part] != "half"):
        return None
    share, end = PARTS[said[part]] * _COUNTS.get(said[place], 1), part + 1 + (said[part + 1] == "of")
    if said[end] in ("a", "an") and said[end + 1] in SECONDS and said[part + 1] == "of":
        return _exactly("seconds", share * SECONDS[said[end + 1]], place, end + 2)
    noun = end + (said[end] in _WHOLE)
    if said[noun].isalpha() and said[noun] not in _NO_WHOLE and (said[part + 1] == "of" or noun > end):
        return _exactly("percent", share * 100, place, noun + 1)
    return None


def _one_in(tokens: Tokens, place: int) -> Amount | None:
    """Read "one in ten users", "3 out of 4 requests"."""
    of = place + 1 + (tokens.said[place + 1 : place + 3] == ("out", "of"))
    few, many = read_number(tokens, place), read_number(tokens, of + 1)
    if not few or not many or few[0].end != place + 1 or few[1] or many[1] or not many[0].low:
        return None
    share, end = few[0].low / many[0].low, many[0].end
    noun = tokens.said[end]
    if 0 < share < 1 and noun.isalpha() and noun not in SECONDS and noun not in ORDINARY:
        return _exactly("percent", share * 100, place, end + 1)
    return None


def _exactly(unit: Unit, amount: float, start: int, end: int) -> Amount:
    return Amount(unit, amount, amount, start, end)
