"""Exercises of pairs: a sign, and which side it points to; a side, and which sign points to it."""

from collections.abc import Iterator

from tutor.model import Pair
from tutor.study.exercise import Choice, Exercise, drawn
from tutor.study.exercised import exercised
from tutor.study.material import Material

_MOST = 4  #: choices among signs


def from_pairs(material: Material) -> Iterator[Exercise]:
    """Yield two exercises for every sign of a pair: one asks for the side, one for the sign."""
    for entry in material.entries:
        if isinstance(entry, Pair):
            for side, signs in entry.signs.items():
                for number, sign in enumerate(signs, 1):
                    part = f"{entry.sides.index(side) + 1}-{number}"
                    yield _sided(material, entry, side, sign, f"side-{part}")
                    yield _signed(material, entry, side, sign, f"sign-{part}")


def _sided(material: Material, pair: Pair, side: str, sign: str, part: str) -> Exercise:
    choices = [Choice(one, one == side, "" if one == side else _not(pair, one), pair.id) for one in pair.sides]
    right = [Choice(one.text, True, pair.why, pair.id) if one.right else one for one in choices]
    return exercised(material.pack, pair, f"{_named(pair)}: which is meant? “{sign.removesuffix('.')}.”", right, part)


def _signed(material: Material, pair: Pair, side: str, sign: str, part: str) -> Exercise:
    others = [(other, one) for other, signs in pair.signs.items() if other != side for one in signs]
    others.sort(key=lambda one: drawn(pair.id, part, one[1]))
    wrong = [
        Choice(one.removesuffix("."), False, f"That points to “{other}”.", pair.id)
        for other, one in others[: _MOST - 1]
    ]
    right = Choice(sign.removesuffix("."), True, pair.why, pair.id)
    asked = f"{_named(pair)}: what points to “{side}”?"
    return exercised(material.pack, pair, asked, (right, *wrong), part)


def _not(pair: Pair, one: str) -> str:
    signs = pair.signs.get(one, ())
    return f"This would point to “{one}”: {signs[0]}" if signs else f"Nothing here points to “{one}”."


def _named(pair: Pair) -> str:
    *first, last = pair.sides
    return f"{', '.join(first)} or {last}"
