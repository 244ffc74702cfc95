"""The marks that begin a line of a text or Markdown file: headings, numbers, letters, bullets, boxes, answer keys."""

import re
from dataclasses import dataclass
from typing import Literal

from tutor.item import read_item

Kind = Literal["plain", "heading", "number", "letter", "bullet", "key", "explanation", "code"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_NUMBER = re.compile(
    r"(?:\*\*)?(?:(?:question|q)[ .#]*)?(\d{1,6})(?:[.):](?:\*\*)?[ \t]+|[.):](?:\*\*)?$)", re.IGNORECASE
)
_QUESTION = re.compile(r"(?:question|q)[ .#]*(\d{1,6})(?: (?:of|/) \d{1,6})?", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:(?:question|q|item)[ .#]*\d{1,6}[.):]|\d{1,4}[.)])[ \t]+", re.IGNORECASE)
_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*(?![\w*])")
_LETTER = re.compile(
    r"(?:[-*+•–][ \t]+)?(?:\[([ xX])\][ \t]+)?(?:\*\*)?(?!\[[xX]\])[(\[]?([A-Za-z])[.)\]:](?:\*\*)?[ \t]+(?=\S)"
)
_BULLET = re.compile(r"[-*+•–][ \t]+(?:\[([ xX])\][ \t]+)?(?=\S)|\[([ xX])\][ \t]+(?=\S)")
_KEY = re.compile(
    r"(?:\*\*|__)?(?:(?:correct|right) )?(?:answers?|key|solution)(?:\(s\))?(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*(.*)$",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"(?:\*\*|__)?(?:explanation|rationale|justification)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*(.*)$", re.IGNORECASE
)
_INLINE = re.compile(r"(?:\s{2,}|[;|,]\s*|\s(?=[(\[]?B[)\]]))(?P<mark>[(\[]?B[.)\]:])\s", re.IGNORECASE)
_LABEL = re.compile(r"(?:question|q|item|no\.?|#)?[ .#]*\d{0,6}[.):]?", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A line: its kind, its text without the mark, how far it is indented, its level, number or letter, if ticked."""

    kind: Kind
    text: str
    indent: int = 0
    mark: int = 0
    ticked: bool = False


def read_line(line: str, *, markdown: bool) -> Line:
    """Return what *line* is; in *markdown*, one that begins with # is a heading, and what is bold is text like any.

    >>> read_line("B) **Green**", markdown=True)
    Line(kind='letter', text='Green', indent=0, mark=1, ticked=False)
    """
    said = line.expandtabs(4)
    text, indent = said.strip(), len(said) - len(said.lstrip())
    text = _BOLD.sub(r"\1", text) if markdown else text
    if markdown and (found := _HEADING.match(line.rstrip("\r\n"))):
        return Line("heading", _heading(_BOLD.sub(r"\1", found[2] or "").strip()), mark=len(found[1]))
    if found := _KEY.match(text):
        return Line("key", found[1].strip(), indent)
    if found := _EXPLANATION.match(text):
        return Line("explanation", found[1].strip(), indent)
    if found := _QUESTION.fullmatch(text):
        return Line("number", "", indent, int(found[1]))
    if found := _NUMBER.match(text):
        return Line("number", text[found.end() :].strip(), indent, int(found[1]))
    if found := _LETTER.match(text):
        letter = ord(found[2].upper()) - ord("A")
        return Line("letter", text[found.end() :].strip(), indent, letter, _ticked(found[1]))
    if found := _BULLET.match(text):
        return Line("bullet", text[found.end() :].strip(), indent, 0, _ticked(found[1] or found[2]))
    return Line("plain", text, indent)


def _heading(text: str) -> str:
    """Return the *text* of a heading without the number before it."""
    return text if is_label(text) else _NUMBERED.sub("", text)


def spread(block: list[Line]) -> list[Line]:
    """Return the lines of a *block*, where all options stand in one of them as a line each.

    >>> [line.text for line in spread([read_line("A) Black  B) Green", markdown=False)])]
    ['Black', 'Green']
    """
    if any(line.kind == "letter" and line.mark for line in block):
        return block
    return [one for line in block for one in _spread(line)]


def _spread(line: Line) -> list[Line]:
    found = _INLINE.search(line.text) if line.kind == "letter" else None
    first = found["mark"].replace("B", "A").replace("b", "a") if found else ""
    item = read_item(f"Which?\n{first} {line.text}") if found else None
    return [Line("letter", one, line.indent, place) for place, one in enumerate(item.options)] if item else [line]


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
