"""What a number counts: rows, bytes, seconds, percent or events per second; or nothing that is an amount."""

from dataclasses import dataclass

from tutor.model import Unit
from tutor.numbers import Number, Tokens

# fmt: off
BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15, "kib": 2.0**10, "mib": 2.0**20, "gib": 2.0**30,
         "tib": 2.0**40, "gig": 1e9, "gigs": 1e9} | {
    f"{name}{ending}": factor for ending in ("", "s") for name, factor in {
        "kilobyte": 1e3, "megabyte": 1e6, "gigabyte": 1e9, "terabyte": 1e12, "petabyte": 1e15}.items()}
SECONDS = {"μs": 1e-6, "us": 1e-6, "ms": 1e-3, "msec": 1e-3, "msecs": 1e-3, "s": 1.0, "sec": 1.0, "secs": 1.0,
           "min": 60.0, "mins": 60.0, "h": 3600.0, "hr": 3600.0, "hrs": 3600.0} | {
    f"{name}{ending}": factor for ending in ("", "s") for name, factor in {
        "microsecond": 1e-6, "millisecond": 1e-3, "second": 1.0, "minute": 60.0, "hour": 3600.0, "day": 86400.0,
        "week": 604800.0}.items()}
PERCENT = frozenset("% percent pct".split())
PER_SECOND = frozenset("rps qps tps".split())
ROWS = frozenset(
    "rows row records record customers users events images documents transactions lines observations examples samples "
    "predictions items accounts messages datapoints".split())
_PAIRS: dict[tuple[str, str], Unit] = {("per", "cent"): "percent", ("data", "points"): "rows"}
_NO_ROWS = frozenset(
    "parameter parameters param params weight weights dollar dollars euro euros usd eur gbp chf pound pounds yen cents "
    "revenue profit token tokens tree trees neuron neurons feature features column columns dimension "
    "dimensions epoch epochs iteration iterations step steps fold folds time times resolution code byte bytes bit bits "
    "pixel pixels $ € £ ¥ °".split())  #: what may come in thousands and is no data
_LABELS = frozenset(
    "version release chapter question section line lines page step stage exam part figure table option row number no "
    "id ticket job top first last next port phase level layer week item case appendix thanks".split()
)  #: a number after one of these is a name
_YEARS_AFTER = frozenset(
    "in since until by during before after from january february march april may june july august september october "
    "november december".split())
_NO_AMOUNT_AFTER = frozenset("$€£¥#^")
_THOUSANDS = frozenset("k thousand".split())  #: count rows where no other noun follows
_MILLIONS = frozenset("mio mn million bn billion trillion".split())  #: count rows before any noun but those of _NO_ROWS
_MANY = frozenset("thousands millions billions".split())  #: count rows where nothing follows
_PERIODS = frozenset("night month morning evening weekend year".split())
ORDINARY = frozenset(
    "of or and but for to at in on is are was were the a an per it we so when if with as from by every each overnight "
    "that which only daily now then than must has have once twice".split())  #: words that are no noun
TAKES_ARTICLE = frozenset(
    "in after for every about takes take took than of wait waits until roughly nearly within under over is be run runs "
    "last lasts need needs least most".split())  #: after one of these "an hour" is an amount and no "per hour"
# fmt: on
_CLOCK = frozenset(("am", "pm"))
_A_FEW = 10.0  #: things below this are no data that anybody counts
_SENTENCE_END = frozenset(".!?:;")
_VERSIONS = 100.0  #: numbers below this after a name with a capital are versions
_NOUNS = 3  #: words between a number and "per second"
_A_RATE = 3600.0  #: seconds up to which what comes in them has a rate
_BATCH = 0.0  #: the period of what comes once a day or more seldom: all of it is there at once


@dataclass(frozen=True, slots=True)
class Measured:
    """The unit after a number, its size in base units, the token after it, and whether the number had a "+"."""

    unit: Unit | None
    factor: float
    end: int
    plus: bool = False


def measured(tokens: Tokens, place: int, number: Number) -> Measured:
    """Return what *number*, which begins at *place*, counts; the unit is None where it is no amount.

    >>> from tutor.numbers import cut, read_number
    >>> tokens = cut("600 calls per minute")
    >>> measured(tokens, 0, read_number(tokens, 0)[0])
    Measured(unit='per-second', factor=0.016666666666666666, end=4, plus=False)
    """
    said, end = tokens.said, number.end
    plus = said[end] == "+"
    end += plus
    end += said[end] == "-"
    found = _unit(tokens, number, end)
    if place and said[place - 1] in _NO_AMOUNT_AFTER:
        return Measured(None, 1.0, found.end)
    if found.unit in ("rows", "bytes", None):
        found = _paced(tokens, number, found) or _counted(tokens, place, number, found)
    return Measured(found.unit, found.factor, found.end, plus) if plus else found


def _unit(tokens: Tokens, number: Number, end: int) -> Measured:
    """Return the unit that stands at *end*."""
    word = tokens.said[end]
    if word in SECONDS:
        is_decade = word == "s" and number.low >= 20 and number.low % 10 == 0 and tokens.said[number.end - 2] == "the"
        return Measured(None if is_decade else "seconds", SECONDS[word], end + 1)
    if word in ROWS:
        return Measured("rows", 1.0, end + 1)
    if word in BYTES:
        return Measured("bytes", BYTES[word], end + 1)
    if word in PERCENT:
        return Measured("percent", 1.0, end + 1)
    if word in PER_SECOND:
        return Measured("per-second", 1.0, end + 1)
    pair = _PAIRS.get((word, tokens.said[end + 1]))
    return Measured(pair, 1.0, end + 2) if pair else Measured(None, 1.0, end - (tokens.said[end - 1] == "-"))


def _paced(tokens: Tokens, number: Number, found: Measured) -> Measured | None:
    """Read "events per second"; what comes per day or night is a batch of rows, and bytes per second are no amount."""
    period = _period(tokens.said, found.end, is_bytes=found.unit == "bytes")
    if period is None:
        return None
    seconds, end = period
    if seconds == _BATCH:
        counts = found.unit or ("rows" if number.magnitude.casefold() in _THOUSANDS | _MILLIONS else None)
        return Measured(counts, found.factor, end)
    return Measured(None if found.unit == "bytes" else "per-second", 1.0 / seconds, end)


def _period(said: tuple[str, ...], place: int, *, is_bytes: bool) -> tuple[float, int] | None:
    """Return the seconds of "per second", "an hour", "/s" behind at most a few nouns, and the place after it."""
    for after in range(place, place + (1 if is_bytes else _NOUNS + 1)):
        word = said[after]
        if _is_per(said, after):
            seconds = _BATCH if said[after + 1] in _PERIODS else SECONDS.get(said[after + 1])
            return None if seconds is None else (seconds if seconds <= _A_RATE else _BATCH, after + 2)
        if not word.isalpha() or word in ORDINARY or word in _NO_ROWS:
            return None
    return None


def _is_per(said: tuple[str, ...], place: int) -> bool:
    word = said[place]
    if word in ("every", "each"):  # "5 events every second"; but "5 million rows every hour" is a batch
        return SECONDS.get(said[place + 1], _A_RATE) < _A_RATE
    return word in ("per", "/") or (word in ("a", "an") and said[place - 1] not in TAKES_ARTICLE)


def _counted(tokens: Tokens, place: int, number: Number, found: Measured) -> Measured:
    """Return *found* as rows where the number counts rows: by a noun or by its magnitude."""
    if found.unit == "bytes":
        return found
    said, nothing = tokens.said, Measured(None, 1.0, found.end)
    before = said[place - 1] if place else ""
    if found.unit == "rows":
        return nothing if not number.magnitude and _is_name(tokens, place, number) else found
    if not number.magnitude or before in _LABELS:
        return nothing
    late = next((end for end in (found.end + 1, found.end + 2) if said[end] in ROWS), None)
    if late and all(map(str.isalpha, said[found.end : late])) and said[late - 1] not in TAKES_ARTICLE:
        return Measured("rows", 1.0, late + 1)
    alone = _NO_ROWS.isdisjoint(said[found.end : found.end + 3]) and _counts_alone(number, said[found.end])
    return Measured("rows", 1.0, found.end) if alone else nothing


def counts(tokens: Tokens, place: int, number: Number) -> bool:
    """Whether the number at *place* counts things of any kind, as in "1,460 houses"."""
    noun = tokens.said[number.end]
    is_noun = noun.isalpha() and noun not in ORDINARY and noun not in _NO_ROWS and noun not in _CLOCK
    return (
        is_noun
        and number.low >= _A_FEW
        and tokens.said[place - 1] not in _LABELS
        and not _is_name(tokens, place, number)
    )


def _is_name(tokens: Tokens, place: int, number: Number) -> bool:
    """Whether a number before a noun is a version, a year or part of a name: "Release 3 users", "top-10 customers"."""
    said, before = tokens.said, tokens.said[place - 1] if place else ""
    if number.low % 1 or said[place].count(".") == 1 or before in _LABELS:
        return True
    if before in _YEARS_AFTER and 1900 <= number.low == number.high < 2100:
        return True
    if before == "-" and tokens.glued(place) and tokens.glued(place - 1):
        return said[place - 2].isalpha() and not tokens.glued(place - 2)
    is_version = (
        number.low < _VERSIONS and said[place].isdecimal() and place > 1 and said[place - 2] not in _SENTENCE_END
    )
    return is_version and tokens.written[place - 1][:1].isupper() and before not in ORDINARY


def _counts_alone(number: Number, after: str) -> bool:
    """Whether the magnitude of a number says rows without a noun; *after* is the word that follows."""
    magnitude = number.magnitude.casefold()
    if magnitude in _MILLIONS or number.magnitude == "M":
        return True
    if magnitude in _THOUSANDS:
        return not after.isalpha() or after in ORDINARY
    return magnitude in _MANY and not after.isalpha()
