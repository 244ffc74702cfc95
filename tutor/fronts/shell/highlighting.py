"""What stands out in the line while it is typed: commands, names of the field, and what looks like code."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text.base import StyleAndTextTuples
from prompt_toolkit.lexers import Lexer

from tutor.fronts.shell.session import Session
from tutor.text import words

if TYPE_CHECKING:
    from tutor.subject import Pack
    from tutor.terms import Lexicon

_LONGEST = 2_000  #: characters of a line that is looked at
_COMMAND = re.compile(r"/[a-z]+(?=\s|$)")
_CHUNK = re.compile(r"[^\s,;:!?“”\"]+")
_CODE = re.compile(r"[A-Za-z_][\w.]*(?:[a-z0-9][A-Z]|_|\w\.\w|\(\))[\w.()]*")

Span = tuple[int, int, str]


class Highlighting(Lexer):
    """Gives the words of a line their classes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pack: Pack | None = None
        self._lexicon: Lexicon | None = None

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Return what gives the fragments of each line."""
        return lambda number: self._line(document.lines[number], first=not number)

    def invalidation_hash(self) -> object:
        """Return something that changes when the same line would look otherwise."""
        return id(self._session.pack)

    def _line(self, line: str, *, first: bool) -> StyleAndTextTuples:
        command = _COMMAND.match(line) if first else None
        if command:
            return [("class:command", command.group()), ("", line[command.end() :])]
        if len(line) > _LONGEST:
            return [("", line)]
        return list(_painted(line, sorted(self._spans(line), key=lambda span: span[0])))

    def _spans(self, line: str) -> Iterator[Span]:
        if self._session.pack:
            self._fill()
        said: list[str] = []
        places: list[tuple[int, int]] = []
        for chunk in _CHUNK.finditer(line):
            parts = words(chunk.group())
            said += parts
            places += [(chunk.start(), chunk.start() + len(chunk.group().rstrip(".")))] * len(parts)
        covered = 0
        for found in self._lexicon.find(said) if self._lexicon else ():
            start, end = places[found.start][0], places[found.end - 1][1]
            if start >= covered:
                covered = end
                yield start, end, "class:term"
        for chunk in _CHUNK.finditer(line):
            if _CODE.fullmatch(chunk.group().rstrip(".")):
                yield chunk.start(), chunk.start() + len(chunk.group().rstrip(".")), "class:code"

    def _fill(self) -> None:
        from tutor.terms import Lexicon

        pack = self._session.pack
        if pack and pack is not self._pack:
            self._pack, self._lexicon = pack, Lexicon.of(pack.terms)


def _painted(line: str, spans: list[Span]) -> Iterator[tuple[str, str]]:
    """Yield *line* in fragments; of *spans* that overlap, the first counts."""
    at = 0
    for start, end, style in spans:
        if start >= at:
            yield "", line[at:start]
            yield style, line[start:end]
            at = end
    yield "", line[at:]
