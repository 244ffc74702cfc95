"""Words that open an amount to one side: "at most" before it, "or more" after it, turned round by a "not"."""

from typing import Literal

from tutor.numbers import NUMBER_WORDS, Tokens

Side = Literal["most", "least"]  #: the amount is the most, or the least, that is meant

# fmt: off
_UNDER = ("under", "below", "less than", "fewer than", "shorter than", "faster than", "quicker than", "smaller than",
          "sooner than", "at most", "up to", "within", "max", "maximum", "maximum of", "max of", "as many as",
          "as much as", "<", "<=", "≤")
_OVER = ("over", "above", "more than", "longer than", "later than", "slower than", "greater than", "larger than",
         "bigger than", "higher than", "exceeding", "exceeds", "exceed", "at least", "min", "minimum", "minimum of",
         "min of", "in excess of", "upwards of", "beyond", ">", ">=", "≥")
_OR_UNDER = ("or less", "or fewer", "or faster", "or sooner", "or below", "or under", "at most", "max", "maximum",
             "tops")
_OR_OVER = ("or more", "or longer", "or later", "or over", "or above", "or higher", "at least", "minimum", "and more",
            "and up", "and above", "plus", "+")
# fmt: on


def _sides(most: tuple[str, ...], least: tuple[str, ...]) -> dict[tuple[str, ...], Side]:
    sides: dict[tuple[str, ...], Side] = {tuple(said.split()): "most" for said in most}
    return sides | {tuple(said.split()): "least" for said in least}


_BEFORE = _sides(_UNDER, _OVER)
_AFTER = _sides(_OR_UNDER, _OR_OVER)
_BEFORE_ENDS = frozenset(said[-1] for said in _BEFORE)
_AFTER_STARTS = frozenset(said[0] for said in _AFTER)
_LONGEST = 3
_ROUGHLY = frozenset("~ about around roughly approximately approx".split())
_NO = frozenset("no not never cannot without dont cant".split())
_NO_NEXT = frozenset(("no", "without"))  #: bind to the next word only; the others reach across verbs:
_ACROSS = frozenset("take takes have has wait be last get use hold contain cost need want run to any much".split())
_REACH = 3


def before(tokens: Tokens, place: int, floor: int) -> tuple[int, Side | None]:
    """Return where the comparator before *place* begins, none before *floor*, and which side it opens.

    >>> from tutor.numbers import cut
    >>> before(cut("it must not take longer than 3 seconds"), 6, 0)
    (2, 'most')
    """
    said = tokens.said
    end = place - (place > floor and said[place - 1] in _ROUGHLY)
    if end > floor and said[end - 1] in _BEFORE_ENDS:
        for start in range(max(floor, end - _LONGEST), end):
            side = _BEFORE.get(said[start:end])
            if side:
                return _turned(said, start, floor, side)
    return place, None


def _turned(said: tuple[str, ...], start: int, floor: int, side: Side) -> tuple[int, Side]:
    """Turn a comparator round where a "not" is bound to it."""
    for place in range(start - 1, max(floor, start - 1 - _REACH) - 1, -1):
        word = said[place]
        if word in _NO or word.endswith(("n't", "n’t")):
            if place < start - 1 and word in _NO_NEXT:
                break
            return place, "least" if side == "most" else "most"
        if word not in _ACROSS:
            break
    return start, side


def after(tokens: Tokens, place: int) -> tuple[int, Side | None]:
    """Return the place after a comparator that stands at *place*, and which side it opens.

    >>> from tutor.numbers import cut
    >>> after(cut("2 hours or less"), 2)
    (4, 'most')
    """
    said = tokens.said
    if said[place] in _AFTER_STARTS:
        for end in (place + 2, place + 1):
            side = _AFTER.get(said[place:end])
            if side and not (said[end][:1].isdecimal() or said[end] in NUMBER_WORDS):
                return end, side
    return place, None
