"""Numbers in text, in figures and in words, with their magnitudes: 5, 1,250,000, 2.5M, two hundred thousand."""

import re
from dataclasses import dataclass, replace

# fmt: off
_ONES = {word: float(number) for number, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}
_TENS = {word: 10.0 * number for number, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_HUNDREDS = {"hundred": 100.0}
_THOUSANDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}  #: words that follow words
_SHORT = {"k": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9}  #: signs that follow figures
_MANY = {"tens": (20.0, 99.0), "dozens": (24.0, 99.0), "hundreds": (200.0, 999.0), "thousands": (2e3, 999e3),
         "millions": (2e6, 999e6), "billions": (2e9, 999e9)}
_MANY_OF = {"thousands": 1e3, "millions": 1e6, "billions": 1e9}  #: after "tens of" and "hundreds of"
_VAGUE = {
    ("a", "couple", "of"): (2.0, 2.0), ("a", "couple"): (2.0, 2.0),
    ("couple", "of"): (2.0, 2.0), ("a", "few"): (2.0, 9.0), ("few",): (2.0, 9.0),
    ("several",): (3.0, 9.0), ("half", "a", "dozen"): (6.0, 6.0), ("a", "dozen"): (12.0, 12.0),
    ("dozen",): (12.0, 12.0), ("half", "a"): (0.5, 0.5), ("half", "an"): (0.5, 0.5), ("half", "-"): (0.5, 0.5),
    ("half",): (0.5, 0.5)}
# fmt: on
_VAGUE_STARTS = frozenset(words[0] for words in _VAGUE)
_MAGNITUDES = _HUNDREDS | _THOUSANDS
NUMBER_WORDS = frozenset((*_ONES, *_TENS, *_HUNDREDS, *_MANY, *_VAGUE_STARTS)) - {"a"}
MAGNITUDE_WORDS = frozenset((*_MAGNITUDES, *_SHORT, *_MANY, "dozen"))

_PLAIN = r"\d{1,3}(?:[,_ ]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}|\d+(?:\.\d+)?(?:e\d{1,2})?"
_FIGURE = re.compile(rf"({_PLAIN})(?:-({_PLAIN}))?", re.IGNORECASE)
_TOKEN = re.compile(
    r"\d{1,3}(?: \d{3})+(?:\.\d+)?(?![.,:/_-]?\d)"  # 1 250 000
    r"|\d+(?:[.,:/_-]\d+)*(?:e-?\d{1,2})?"  # all that is written in one: a number, a range, a date, a time
    r"|[^\W\d]\w*(?:['’]\w+)?|[<>]=?|\S",
    re.IGNORECASE,
)
_LONGEST = 40  #: characters of a number; what is longer is none
_AND_A_HALF = ("and", "a", "half")
_BEYOND = ("",) * 6  #: stand after the last token, and so before the first one, too, at a place below 0


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut up: each token in lower case, as written, and where it stands in the text."""

    said: tuple[str, ...]
    written: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def glued(self, place: int) -> bool:
        """Whether nothing stands between the token at *place* and the one before it."""
        return 0 < place < len(self.spans) and self.spans[place - 1][1] == self.spans[place][0]


def pieces(text: str) -> list[str]:
    """Return the tokens of *text* in lower case.

    >>> pieces("50M rows at 2.15pm")
    ['50', 'm', 'rows', 'at', '2.15', 'pm']
    """
    return _TOKEN.findall(text.casefold())


def cut(text: str) -> Tokens:
    """Return *text* cut into tokens."""
    found = list(_TOKEN.finditer(text))
    written = tuple([match.group() for match in found])
    said = tuple([piece.casefold() for piece in written]) + _BEYOND
    return Tokens(said, written, tuple([match.span() for match in found]))


@dataclass(frozen=True, slots=True)
class Number:
    """A number from *low* to *high*, the token after it, and the magnitude in it: its factor and how it is written."""

    low: float
    high: float
    end: int
    scale: float = 1.0
    magnitude: str = ""

    def times(self, factor: float) -> "Number":
        """Return the number multiplied by *factor*."""
        return replace(self, low=self.low * factor, high=self.high * factor)


def read_number(tokens: Tokens, place: int, *, between: bool = False) -> tuple[Number, Number | None] | None:
    """Return the number that begins at *place*, and the second one where both are written in one, as in 5-10.

    After *between*, an "and" joins two numbers and not the parts of one.

    >>> read_number(cut("two hundred and five rows"), 0)[0].high
    205.0
    """
    said = tokens.said[place]
    if said[:1].isdecimal():
        return _figures(tokens, place)
    if said in _MANY:
        return _many(tokens, place), None
    number = _vague(tokens, place) or _cardinal(tokens, place, between=between)
    return (number, None) if number else None


def _figures(tokens: Tokens, place: int) -> tuple[Number, Number | None] | None:
    said = tokens.said[place]
    found = _FIGURE.fullmatch(said) if len(said) <= _LONGEST else None
    if not found:
        return None
    first, last = _figure(found[1], place + 1), found[2] and _figure(found[2], place + 1)
    return (first, _magnified(tokens, last)) if last else (_magnified(tokens, first), None)


def _figure(said: str, end: int) -> Number:
    plain = said.replace(".", "") if said.count(".") > 1 else said
    value = float(plain.replace(",", "").replace("_", "").replace(" ", ""))
    return Number(value, value, end)


def _many(tokens: Tokens, place: int) -> Number:
    """Read "thousands of", "tens of millions of"."""
    said = tokens.said
    low, high = _MANY[said[place]]
    magnitude = tokens.written[place] if said[place] in _MANY_OF else ""
    number = Number(low, high, place + 1, _MANY_OF.get(said[place], 1.0), magnitude)
    if said[place + 1] == "of" and said[place + 2] in _MANY_OF and not magnitude:
        factor = _MANY_OF[said[place + 2]]
        number = replace(number.times(factor), end=place + 3, scale=factor, magnitude=tokens.written[place + 2])
    return replace(number, end=number.end + 1) if said[number.end] == "of" else number


def _vague(tokens: Tokens, place: int) -> Number | None:
    """Read "a few hundred", "half a million", "a dozen", "a couple of thousand"."""
    if tokens.said[place] not in _VAGUE_STARTS:
        return None
    for length in (3, 2, 1):
        amount = _VAGUE.get(tokens.said[place : place + length])
        if amount:
            return _magnified(tokens, Number(*amount, place + length))
    return None


def _magnified(tokens: Tokens, number: Number) -> Number:
    """Read the magnitudes after a number: "k", "million", "hundred thousand", "and a half million"."""
    said, place = tokens.said, number.end
    if said[place : place + 3] == _AND_A_HALF:
        number = replace(number, low=number.low + 0.5, high=number.high + 0.5, end=place + 3)
    place = number.end + (said[number.end] == "-")
    if said[place] == "hundred":
        number, place = replace(number.times(100.0), end=place + 1, magnitude=tokens.written[place]), place + 1
    factor = _THOUSANDS.get(said[place]) or (_SHORT.get(said[place]) if said[number.end - 1][:1].isdecimal() else None)
    if factor:
        number = replace(number.times(factor), end=place + 1, scale=factor, magnitude=tokens.written[place])
        return _halved(tokens, number)
    return _dozens(tokens, number)


def _halved(tokens: Tokens, number: Number) -> Number:
    """Read "a million and a half"."""
    if tokens.said[number.end : number.end + 3] != _AND_A_HALF:
        return number
    more = 0.5 * number.scale
    return replace(number, low=number.low + more, high=number.high + more, end=number.end + 3)


def _cardinal(tokens: Tokens, place: int, *, between: bool) -> Number | None:
    """Read a number in words, a group below a thousand and its magnitude at a time, each magnitude below the last."""
    total, most = 0.0, float("inf")
    number: Number | None = None
    while (group := _group(tokens.said, place, between=between)) is not None:
        value, place = group
        factor = _THOUSANDS.get(tokens.said[place], 1.0)
        if factor >= most:
            break
        total, most = total + value * factor, factor
        if factor > 1.0:
            place += 1
            number = _halved(tokens, Number(total, total, place, factor, tokens.written[place - 1]))
        else:
            scale, magnitude = (number.scale, number.magnitude) if number else (1.0, "")
            number = Number(total, total, place, scale, magnitude)
            return number if magnitude else _magnified(tokens, number)
        place += tokens.said[place] == "and" and not between and tokens.said[place + 1] in _ONES | _TENS
    return number


def _dozens(tokens: Tokens, number: Number) -> Number:
    """Read "two dozen", "a few dozen"."""
    return replace(number.times(12.0), end=number.end + 1) if tokens.said[number.end] == "dozen" else number


def _group(said: tuple[str, ...], place: int, *, between: bool) -> tuple[float, int] | None:
    """Return a number below a thousand in words and the place after it."""
    if said[place] in ("a", "an"):
        return _hundreds(said, 1.0, place + 1, between=between) if said[place + 1] in _MAGNITUDES else None
    if said[place] == "hundred":
        return _hundreds(said, 1.0, place, between=between)
    below = _below_hundred(said, place)
    if below is None:
        return None
    return _hundreds(said, *below, between=between)


def _hundreds(said: tuple[str, ...], value: float, place: int, *, between: bool) -> tuple[float, int]:
    if said[place] != "hundred":
        return value, place
    value, place = value * 100.0, place + 1
    after = place + (said[place] == "and" and not between)
    rest = _below_hundred(said, after)
    return (value + rest[0], rest[1]) if rest and said[rest[1]] != "hundred" else (value, place)


def _below_hundred(said: tuple[str, ...], place: int) -> tuple[float, int] | None:
    """Read "seven", "forty", "forty-five", "forty five"."""
    if said[place] in _ONES:
        return _ONES[said[place]], place + 1
    if said[place] not in _TENS:
        return None
    tens, after = _TENS[said[place]], place + 1 + (said[place + 1] == "-")
    ones = _ONES.get(said[after], 0.0)
    return (tens + ones, after + 1) if 0 < ones < 10 else (tens, place + 1)
