"""Parts of what is said as styled text for a terminal: classes to colour, words wrapped, addresses as hyperlinks."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import count

from tutor.part import Part, Role
from tutor.render.wrapped import Piece, cells, fragments, shown, wrapped

WIDEST = 100  #: columns of a line that is still read with ease
NARROWEST = 20

_BLOCKS: tuple[tuple[Role, ...], ...] = (
    ("title", "answer"),
    ("said", "because", "decides", "why"),
    ("distractor",),
    ("practice",),
    ("branches",),
    ("flips", "indifferent"),
    ("pointing", "tempting"),
    ("rests", "source", "page"),
)  #: roles that stand together without an empty line
_BLOCK_OF = {role: number for number, roles in enumerate(_BLOCKS) for role in roles}
_LIST_MARK = re.compile(r" *(?:[-•] +|\d+[.)] +)?")
_LINKED = re.compile(r"https?://[!-~]+")
_TOLD_END = "”: "  #: between the values of a way and what it comes to

Line = list[Piece]


def styled(parts: Iterable[Part], *, width: int, without: Collection[Role] = ()) -> list[tuple[str, str]]:
    """Return *parts* as fragments of class and text, as prompt_toolkit takes them, each line ended.

    Lines are wrapped at *width* columns, at most 100 and at least 20; only a single longer word, such as an address,
    sticks out. Parts with a role of *without* are left out. No control character of a part comes through.
    """
    said = [part for part in parts if part.role not in without]
    marks = "".join(f"[{number + 1}]" for number in range(sum(part.role == "source" for part in said)))
    numbers = count(1)
    lines: list[Line] = []
    for part, before in zip(said, [None, *said], strict=False):
        if before and _set_apart(part, before):
            lines.append([])
        lines += _laid(part, max(NARROWEST, min(width, WIDEST)), marks, numbers)
    return [fragment for line in lines for fragment in fragments(line)]


def _set_apart(part: Part, before: Part) -> bool:
    return part.apart and _BLOCK_OF.get(part.role, -1) != _BLOCK_OF.get(before.role, -2)


def _laid(part: Part, width: int, marks: str, numbers: Iterator[int]) -> Iterator[Line]:
    match part.role:
        case "answer":
            yield from _paragraph(part, width, tail=marks)
        case "practice":
            yield from _barred(part, width)
        case "options":
            yield from _listed(part, width, lambda number: f"  {number}. ")
        case "branches":
            yield from _named_head(part, width)
            yield from _ways(part, width)
        case "flips":
            yield from _in_one_line(part, width)
        case "source":
            yield from _footnote(part, width, next(numbers))
        case "page":
            yield from _page(part, width)
        case _:
            yield from _paragraph(part, width)
            yield from _listed(part, width, lambda _: "  - ")


def _paragraph(part: Part, width: int, *, tail: str = "") -> Iterator[Line]:
    style = f"class:{part.role}"
    first, *others = shown(part.text).split("\n")
    ends = len(others)
    for number, text in enumerate([first, *others]):
        head = _name(part) if not number else []
        mark = _LIST_MARK.match(text)
        hang = "  " if head else " " * cells(mark.group() if mark else "")
        end = [Piece("class:marker", f"\u00a0{tail}")] if tail and number == ends else []
        if head or text or end:
            indent = text[: len(text) - len(text.lstrip(" "))] if not head else ""
            said = [*head, Piece(style, text[len(indent) :]), *end]
            yield from wrapped(said, width, first=_space(indent), rest=_space(hang))
        elif others:
            yield []


def _name(part: Part) -> Line:
    if not part.name:
        return []
    return [
        Piece(f"class:name class:{part.role}.name", f"{shown(part.name)}:"),
        *([Piece("", " ")] if part.text else []),
    ]


def _space(text: str) -> Line:
    return [Piece("", text)] if text else []


def _named_head(part: Part, width: int) -> Iterator[Line]:
    head = [*_name(part), Piece(f"class:{part.role}", _flat(part.text))]
    yield from wrapped(head, width, rest=_space("  "))


def _barred(part: Part, width: int) -> Iterator[Line]:
    bar = [Piece(f"class:{part.role}.bar", "│"), Piece("", " ")]
    for line in _paragraph(part, width - 2):
        yield [*bar, *line]


def _listed(part: Part, width: int, mark: Callable[[int], str]) -> Iterator[Line]:
    for number, item in enumerate(part.items, start=1):
        first = [Piece(f"class:{part.role}.mark", mark(number))]
        rest = _space(" " * cells(mark(number)))
        yield from wrapped([Piece(f"class:{part.role}", _flat(item))], width, first=first, rest=rest)


def _ways(part: Part, width: int) -> Iterator[Line]:
    """Yield the ways one below the other, what they come to aligned where there is room, else below."""
    ways = [_way(item) for item in part.items]
    widest = max((cells(told) for told, _ in ways), default=0)
    for told, to in ways:
        pad = widest - cells(told) if widest + 4 <= width * 0.45 else None
        yield from _one_way(part.role, told, to, width, pad)


def _one_way(role: Role, told: str, to: str, width: int, pad: int | None) -> Iterator[Line]:
    values, arrow, outcome = Piece(f"class:{role}.when", told), Piece("class:arrow", "→"), Piece(f"class:{role}", to)
    if not to:
        yield from wrapped([values], width, first=_space("  "), rest=_space("    "))
    elif pad is None:
        yield from wrapped([values], width, first=_space("  "), rest=_space("    "))
        yield from wrapped([outcome], width, first=[Piece("", "    "), arrow, Piece("", " ")], rest=_space(" " * 6))
    else:
        first = [Piece("", "  "), values, Piece("", " " * (pad + 1)), arrow, Piece("", " ")]
        rest = _space(" " * (cells(told) + pad + 5))
        yield from wrapped([outcome], width, first=first, rest=rest)


def _in_one_line(part: Part, width: int) -> Iterator[Line]:
    line = [*_name(part), *([Piece("", " ")] if not part.text else [Piece("class:flips", _flat(part.text))])]
    for number, (told, to) in enumerate(map(_way, part.items), start=1):
        arrow = [Piece("class:arrow", "\u00a0→ ")] if to else []
        end = "; " if number < len(part.items) else ""
        line += [Piece(f"class:{part.role}.when", told), *arrow, Piece(f"class:{part.role}", to + end)]
    yield from wrapped(line, width, rest=_space("  "))


def _way(item: str) -> tuple[str, str]:
    told, end, to = _flat(item).partition(_TOLD_END)
    return (f"{told}”", to) if end else (told, "")


def _footnote(part: Part, width: int, number: int) -> Iterator[Line]:
    mark = f"[{number}] "
    file = [Piece("class:source.file", f" ({_flat(part.file)})")] if part.file else []
    said = [_linked("class:source", part), *file]
    yield from wrapped(said, width, first=[Piece("class:marker", mark)], rest=_space(" " * len(mark)))


def _page(part: Part, width: int) -> Iterator[Line]:
    said = [*_name(part), _linked("class:page", part)]
    address = Piece("class:address", _flat(part.url or ""), _url(part))
    if sum(cells(piece.text) for piece in (*said, address)) + 2 <= width:
        yield [*said, Piece("", "  "), address]
    else:
        yield from wrapped(said, width, rest=_space("  "))
        yield [Piece("", "  "), address]


def _linked(style: str, part: Part) -> Piece:
    return Piece(style, _flat(part.text), _url(part))


def _url(part: Part) -> str:
    return part.url if part.url and _LINKED.fullmatch(part.url) else ""


def _flat(text: str) -> str:
    return " ".join(shown(text).split())


def text_of(pieces: Sequence[tuple[str, str]]) -> str:
    """Return the text of fragments without their classes and escapes."""
    return "".join(text for style, text in pieces if style != "[ZeroWidthEscape]")
