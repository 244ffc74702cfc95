"""The marks that begin a line of a text or Markdown file: headings, numbers, letters, bullets, boxes, answer keys."""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["plain", "heading", "number", "letter", "bullet", "key"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_NUMBER = re.compile(
    r"(?:\*\*)?(?:(?:question|q)[ .#]*)?(\d{1,6})(?:[.):](?:\*\*)?[ \t]+|[.):](?:\*\*)?$)", re.IGNORECASE
)
_LETTER = re.compile(
    r"(?:[-*+•–][ \t]+)?(?:\[([ xX])\][ \t]+)?(?:\*\*)?(?!\[[xX]\])[(\[]?([A-Za-z])[.)\]:](?:\*\*)?[ \t]+(?=\S)"
)
_BULLET = re.compile(r"[-*+•–][ \t]+(?:\[([ xX])\][ \t]+)?(?=\S)|\[([ xX])\][ \t]+(?=\S)")
_KEY = re.compile(
    r"(?:\*\*|__)?(?:(?:correct|right) )?(?:answers?|key|solution)(?:\(s\))?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*(.*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:question|q|item|no\.?|#)?[ .#]*\d{0,6}[.):]?", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line: its kind, its text without the mark, how far it is indented, its level, number or letter, if ticked."""

    kind: Kind
    text: str
    indent: int = 0
    mark: int = 0
    ticked: bool = False


def read_line(line: str, *, headings: bool) -> Line:
    """Return what *line* is; with *headings*, a line that begins with # is one.

    >>> read_line("B) Green", headings=True)
    Line(kind='letter', text='Green', indent=0, mark=1, ticked=False)
    """
    said = line.expandtabs(4)
    text, indent = said.strip(), len(said) - len(said.lstrip())
    if headings and (found := _HEADING.match(line.rstrip("\r\n"))):
        return Line("heading", (found[2] or "").strip(), mark=len(found[1]))
    if found := _KEY.match(text):
        return Line("key", found[1].strip(), indent)
    if found := _NUMBER.match(text):
        return Line("number", text[found.end() :].strip(), indent, int(found[1]))
    if found := _LETTER.match(text):
        letter = ord(found[2].upper()) - ord("A")
        return Line("letter", text[found.end() :].strip(), indent, letter, _ticked(found[1]))
    if found := _BULLET.match(text):
        return Line("bullet", text[found.end() :].strip(), indent, 0, _ticked(found[1] or found[2]))
    return Line("plain", text, indent)


def is_label(heading: str) -> bool:
    """Return whether a *heading* only numbers what follows, such as "Question 3" or "4."."""
    return bool(_LABEL.fullmatch(heading))


def read_key(text: str, count: int) -> list[int] | None:
    """Return which of *count* options an answer key names by letters or numbers, from 0; None where it names none.

    >>> read_key("B, D", 4), read_key("AC", 4), read_key("the second", 4)
    ([1, 3], [0, 2], None)
    """
    said = re.sub(r"\b(?:and|or)\b|[\s,;&/().*]+", " ", text).split()
    if len(said) == 1 and said[0].isalpha() and said[0].isupper():
        said = list(said[0])
    places = [_place(one) for one in said]
    found = sorted({place for place in places if place is not None and place < count})
    return found if found and len(found) == len(said) else None


def _place(said: str) -> int | None:
    if len(said) == 1 and said.isascii() and said.isalpha():
        return ord(said.upper()) - ord("A")
    return int(said) - 1 if said.isascii() and said.isdigit() and 0 < int(said[:4]) <= 26 else None


def _ticked(box: str | None) -> bool:
    return box in ("x", "X")
