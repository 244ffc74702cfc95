"""Numbers in a text written another way that means the same."""

import re
from collections.abc import Callable
from random import Random

# fmt: off
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_UNITS = {"ms": "milliseconds", "s": "seconds", "min": "minutes", "h": "hours", "GB": "gigabytes", "TB": "terabytes",
          "MB": "megabytes", "%": "percent"}
_MAGNITUDES = {"K": ("thousand", 10**3), "M": ("million", 10**6), "B": ("billion", 10**9)}
# fmt: on
_NAMES = {name: letter for letter, (name, _) in _MAGNITUDES.items()}
_LETTERS = {name: letter for letter, name in _UNITS.items()}
_START, _END = r"(?<![\w.,$€£/=-])", r"(?![\w/]|[.,]\d|-\w)"
_LARGE = re.compile(
    rf"{_START}(?:(?P<round>\d{{1,3}}(?:\.\d)?)(?P<letter>[kKMB])"
    rf"|(?P<figure>\d{{1,3}}(?:\.\d)?)[ -](?P<name>{'|'.join(_NAMES)})"
    rf"|(?P<digits>\d{{1,3}}(?:,000){{1,3}})){_END}"
)
_UNIT = re.compile(
    rf"{_START}(?P<figure>\d+(?:\.\d+)?)"
    rf"(?:\s?(?P<letter>{'|'.join(_UNITS)})|\s(?P<name>{'|'.join(_LETTERS)})){_END}"
)
_SMALL = re.compile(rf"(?i:\b(?P<word>{'|'.join(_WORDS[2:])})\b(?![-'’]))|{_START}(?P<digit>[2-9]|1[0-2]){_END}")


def rewrite(text: str, rng: Random) -> str:
    """Return *text* with large numbers, amounts with a unit and numbers up to twelve each written another way.

    >>> rewrite("80 ms for seven users", Random(0))
    '80 milliseconds for 7 users'
    """
    for pattern, other in _PATTERNS.items():
        text = pattern.sub(_choosing(other, rng), text)
    return text


def _choosing(other: Callable[[re.Match[str], Random], str], rng: Random) -> Callable[[re.Match[str]], str]:
    return lambda match: other(match, rng)


def _large(match: re.Match[str], rng: Random) -> str:
    letter, figure = _parts(match)
    name, factor = _MAGNITUDES[letter]
    ways = [f"{figure}{letter}", f"{figure} {name}", f"{round(float(figure) * factor):,}"]
    return rng.choice([way for way in ways if way != match.group()])


def _parts(match: re.Match[str]) -> tuple[str, str]:
    if match["digits"]:
        head, *thousands = match["digits"].split(",")
        return list(_MAGNITUDES)[len(thousands) - 1], head
    letter = match["letter"].upper() if match["letter"] else _NAMES[match["name"]]
    return letter, match["round"] or match["figure"]


def _unit(match: re.Match[str], _: Random) -> str:
    if match["name"]:
        return f"{match['figure']} {_LETTERS[match['name']]}".replace(" %", "%")
    return f"{match['figure']} {_UNITS[match['letter']]}"


def _small(match: re.Match[str], _: Random) -> str:
    return str(_WORDS.index(match["word"].lower())) if match["word"] else _WORDS[int(match["digit"])]


_PATTERNS = {_LARGE: _large, _UNIT: _unit, _SMALL: _small}
