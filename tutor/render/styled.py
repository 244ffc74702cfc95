"""Parts of what is said as styled text for a terminal: classes to colour, words wrapped, addresses as hyperlinks."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import count

from tutor.part import Part, Role
from tutor.render.wrapped import Piece, cells, fragments, shown, wrapped

WIDEST = 100  #: columns of a line that is still read with ease
NARROWEST = 20

#: roles that stand together, without an empty line between them
_TOGETHER: tuple[tuple[Role, ...], ...] = (
    ("title", "answer"),
    ("said", "because", "decides", "why"),
    ("pointing", "tempting", "flips", "indifferent"),
    ("rests", "source", "page"),
)
_BLOCKS = {role: number for number, roles in enumerate(_TOGETHER) for role in roles}
_MARKS: dict[Role, str] = {"options": "  {number}. ", "verdicts": "  "}  #: before each item, "  - " where none is named
_LIST_MARK = re.compile(r" *(?:[-•] +|\d+[.)] +)?")
_COLUMN = re.compile(r".*\S {2,}(?=\S)")
_LINKED = re.compile(r"https?://[!-~]+")
_END_OF_VALUES = "”: "  #: of a way; behind it stands what it comes to
_BESIDE = 5  #: columns of what stands around values: the indent, a space, the arrow and its space
_ALIGNED = 0.45  #: share of a line that values may take for what they come to to stand beside them

Line = list[Piece]


def styled(parts: Iterable[Part], *, width: int, without: Collection[Role] = ()) -> list[tuple[str, str]]:
    """Return *parts* as fragments of class and text, as prompt_toolkit takes them, each line ended.

    Lines are wrapped at *width* columns, but at 20 at least and, those of listings apart, at 100 at most; only a longer
    word, such as an address, sticks out. Parts with a role of *without* are left out. No control character of a part
    comes through.
    """
    said = [part for part in parts if part.role not in without]
    lines = _lines(said, max(NARROWEST, width))
    return [fragment for line in lines for fragment in fragments(line)]


def _lines(said: list[Part], broad: int) -> Iterator[Line]:
    marks = "".join(f"[{number}]" for number in range(1, 1 + sum(part.role == "source" for part in said)))
    numbers = count(1)
    before: Part | None = None
    for part in said:
        if before and part.apart and not _together(before, part):
            yield []
        yield from _laid(part, broad if part.role == "listing" else min(broad, WIDEST), marks, numbers)
        before = part


def _laid(part: Part, width: int, marks: str, numbers: Iterator[int]) -> Iterator[Line]:
    match part.role:
        case "answer":
            yield from _paragraph(part, width, marks)
        case "practice":
            yield from _barred(part, width)
        case "branches":
            yield from _branches(part, width)
        case "flips":
            yield from _in_one_line(part, width)
        case "source":
            yield from _footnote(part, width, next(numbers))
        case "page":
            yield from _page(part, width)
        case _:
            yield from _paragraph(part, width)
            yield from _listed(part, width)


def _together(before: Part, part: Part) -> bool:
    return part.role in _BLOCKS and _BLOCKS[part.role] == _BLOCKS.get(before.role)


def _paragraph(part: Part, width: int, marks: str = "") -> Iterator[Line]:
    """Yield name and text, each line of the text wrapped on its own; *marks* of footnotes stay at the last word."""
    texts = shown(part.text).split("\n")
    lines = [[Piece(f"class:{part.role}", text)] for text in texts]
    lines[0] = [*_name(part), *lines[0]]
    if marks:
        lines[-1].append(Piece("class:marker", f"\u00a0{marks}"))
    if part.text or part.name:
        for text, line in zip(texts, lines, strict=True):
            yield from wrapped(line, width, rest=_space(_hang(part, text, width)))


def _hang(part: Part, text: str, width: int) -> int:
    """Return how far the lines that go on after the first are indented: below a list's text, or the last column."""
    column = _COLUMN.match(text) if part.role == "listing" else None
    if column and cells(column.group()) < width // 2:
        return cells(column.group())
    mark = _LIST_MARK.match(text)
    return cells(mark.group()) if mark and mark.group() else 2 if part.name and part.role != "practice" else 0


def _name(part: Part) -> Line:
    if not part.name:
        return []
    said = Piece(f"class:name class:{part.role}.name", f"{_flat(part.name)}:")
    return [said, *_space(1)] if part.text or part.role == "flips" else [said]


def _barred(part: Part, width: int) -> Iterator[Line]:
    for line in _paragraph(part, width - 2):
        yield [Piece("class:practice.bar", "│"), *_space(1), *line]


def _listed(part: Part, width: int) -> Iterator[Line]:
    for number, item in enumerate(part.items, start=1):
        mark = _MARKS.get(part.role, "  - ").format(number=number)
        first = [Piece(f"class:{part.role}.mark", mark)]
        yield from wrapped([Piece(f"class:{part.role}", _flat(item))], width, first=first, rest=_space(len(mark)))


def _branches(part: Part, width: int) -> Iterator[Line]:
    """Yield a line for each way: its values, and what it comes to beside them, or below where there is no room."""
    yield from _paragraph(part, width)
    ways = [_way(item) for item in part.items]
    widest = max((cells(values) for values, _ in ways), default=0)
    longest = max((cells(word) for _, to in ways for word in to.split()), default=0)
    below = widest > width * _ALIGNED or longest > width - widest - _BESIDE
    for values, to in ways:
        when = Piece("class:branches.when", values)
        if below:
            yield from wrapped([when], width, first=_space(2), rest=_space(4))
            yield from _outcome(to, width, 4, _space(4))
        else:
            yield from _outcome(to, width, widest + 3, [*_space(2), when, *_space(widest - cells(values) + 1)])


def _outcome(to: str, width: int, indent: int, first: Line) -> Iterator[Line]:
    arrow = [Piece("class:arrow", "→"), *_space(1)] if to else []
    yield from wrapped([Piece("class:branches", to)], width, first=[*first, *arrow], rest=_space(indent + 2))


def _in_one_line(part: Part, width: int) -> Iterator[Line]:
    line = _name(part)
    for number, (values, to) in enumerate(map(_way, part.items), start=1):
        arrow = [Piece("class:arrow", " →\u00a0")] if to else []
        end = "; " if number < len(part.items) else ""
        line += [Piece("class:flips.when", values), *arrow, Piece("class:flips", to + end)]
    yield from wrapped(line, width, rest=_space(2))


def _way(item: str) -> tuple[str, str]:
    values, end, to = _flat(item).partition(_END_OF_VALUES)
    return (f"{values}”", to) if end else (values, "")


def _footnote(part: Part, width: int, number: int) -> Iterator[Line]:
    mark = f"[{number}] "
    file = [Piece("class:source.file", f" ({_flat(part.file)})")] if part.file else []
    said = [Piece("class:source", _flat(part.text), _url(part)), *file]
    yield from wrapped(said, width, first=[Piece("class:marker", mark)], rest=_space(len(mark)))
    if part.url:
        yield [*_space(len(mark)), _address(part)]


def _page(part: Part, width: int) -> Iterator[Line]:
    """Yield the title and, for terminals without hyperlinks, the address: behind it, or below where it does not fit."""
    said = [*_name(part), Piece("class:page", _flat(part.text), _url(part))]
    address = _address(part)
    if sum(cells(piece.text) for piece in (*said, address)) + 2 <= width:
        yield [*said, *_space(2), address]
    else:
        yield from wrapped(said, width, rest=_space(2))
        yield [*_space(2), address]


def _address(part: Part) -> Piece:
    return Piece("class:address", _flat(part.url or ""), _url(part))


def _url(part: Part) -> str:
    return part.url if part.url and _LINKED.fullmatch(part.url) else ""


def _space(columns: int) -> Line:
    return [Piece("", " " * columns)] if columns else []


def _flat(text: str) -> str:
    return " ".join(shown(text).split())
