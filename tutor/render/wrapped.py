"""Pieces of styled text in lines: which characters may reach a terminal, how wide they are, and where to break."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from wcwidth import wcswidth

_JOINERS = "\u200c\u200d"  #: shape letters and emoji, and show nothing themselves
_BREAK = re.compile(  # Chinese and Japanese have no spaces: a line may end after a character that no mark has to follow
    r"(?<=[\u2e80-\u300b\u300d\u300f\u3012-\u9fff\uf900-\ufaff])(?![、。，．！？：；」』）】》〉…ー\s]|$)"
)


class Piece(NamedTuple):
    """A text in one style that leads to *url*, where it leads anywhere."""

    style: str
    text: str
    url: str = ""


class _Word(NamedTuple):
    pieces: tuple[Piece, ...]
    apart: bool  #: whether a space stands before it

    @property
    def cells(self) -> int:
        return sum(cells(piece.text) for piece in self.pieces)


def shown(text: str) -> str:
    """Return *text* with only what may reach a terminal: what shows nothing is left out, what would command it is “�”.

    Line breaks of any kind are "\\n".

    >>> shown("a\\x1b[31m\\u200b b\\r\\nc")
    'a�[31m b\\nc'
    """
    lines = text.expandtabs(4).splitlines() or [""]
    return "\n".join(line if line.isascii() and line.isprintable() else "".join(map(_char, line)) for line in lines)


def _char(char: str) -> str:
    if char.isprintable() or char in _JOINERS or unicodedata.category(char) == "Zs":
        return char
    return "" if unicodedata.category(char) == "Cf" else "�"


def cells(text: str) -> int:
    """Return how many columns of a terminal *text* takes.

    >>> cells("tea"), cells("茶"), cells("e\\u0301")
    (3, 2, 1)
    """
    return len(text) if text.isascii() else max(0, wcswidth(text))


def wrapped(
    pieces: Iterable[Piece], width: int, *, first: Iterable[Piece] = (), rest: Iterable[Piece] = ()
) -> Iterator[list[Piece]]:
    """Yield *pieces* as lines of at most *width* columns, broken between words; a longer word has a line of its own.

    *first* stands before the first line, *rest* before the others. A "\\u00a0" does not break.
    """
    line, before = list(first), list(rest)
    used, bare, broken = _cells(line), True, False
    for word in _words(pieces):
        if bare and broken and not word.cells:
            continue  # one of several spaces where the line was broken
        apart = word.apart and not (bare and broken)
        if word.cells and not bare and used + apart + word.cells > width:
            yield _trimmed(line)
            line, used, bare, broken, apart = before[:], _cells(before), True, True, False
        line += [_space(line[-1], word.pieces[0]), *word.pieces] if apart else word.pieces
        used, bare = used + apart + word.cells, bare and not word.cells
    yield _trimmed(line)


def _trimmed(line: list[Piece]) -> list[Piece]:
    while line and not line[-1].text.strip(" "):
        line.pop()
    return line


def fragments(line: Iterable[Piece]) -> Iterator[tuple[str, str]]:
    """Yield a *line* as classes and texts, each link between the escapes that make a hyperlink of it, then its end."""
    for url, pieces in groupby(_merged(line), key=lambda piece: piece.url):
        if url:
            yield "[ZeroWidthEscape]", f"\x1b]8;;{url}\x1b\\"
        for piece in pieces:
            yield piece.style, piece.text.replace("\u00a0", " ")
        if url:
            yield "[ZeroWidthEscape]", "\x1b]8;;\x1b\\"
    yield "", "\n"


def _merged(line: Iterable[Piece]) -> Iterator[Piece]:
    for (style, url), same in groupby(line, key=lambda piece: (piece.style, piece.url)):
        if text := "".join(piece.text for piece in same):
            yield Piece(style, text, url)


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    word: list[Piece] = []
    apart = False
    for piece in pieces:
        for number, text in enumerate(piece.text.split(" ")):
            if number:
                yield _Word(tuple(word), apart)
                word, apart = [], True
            start, *others = _BREAK.split(text)
            word.append(piece._replace(text=start))
            for other in others:
                yield _Word(tuple(word), apart)
                word, apart = [piece._replace(text=other)], False
    if word:
        yield _Word(tuple(word), apart)


def _space(before: Piece, after: Piece) -> Piece:
    return (
        Piece(after.style, " ", after.url) if (before.style, before.url) == (after.style, after.url) else Piece("", " ")
    )


def _cells(pieces: Iterable[Piece]) -> int:
    return sum(cells(piece.text) for piece in pieces)
