"""What can be completed: names of the field, titles, options and commands, the likeliest first."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from tutor.fronts.shell.commands import COMMANDS
from tutor.fronts.shell.session import Session
from tutor.spelling import likest

if TYPE_CHECKING:
    from tutor.subject import Pack

LEAST = 3  #: letters of a word from which it is completed
_MOST = 12  #: completions that are offered
_TITLES = 4  #: titles among them
_WORDS_BACK = 3  #: words before the cursor that may begin one name
_CALL = re.compile(r"/([a-z]*)$")
_ARGUMENT = re.compile(r"/([a-z]+)\s+(.*)$", re.DOTALL)
_WORD = re.compile(r"\S+")


class Completing(Completer):
    """Completes the line by what the pack of *session* holds; lists are made when they are first needed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pack: Pack | None = None
        self._names: list[str] = []
        self._titles: list[str] = []
        self._files = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, event: CompleteEvent) -> Iterator[Completion]:
        """Yield what may stand in the place of the last words before the cursor."""
        before = document.text_before_cursor
        if call := _CALL.fullmatch(before):
            rows = [(name, command.about) for name, command in COMMANDS.items()]
            yield from _ranked(call[1], rows)
        elif argument := _ARGUMENT.fullmatch(before):
            yield from self._arguments(argument[1], argument[2], event)
        else:
            yield from self._words(before)

    def _arguments(self, name: str, typed: str, event: CompleteEvent) -> Iterator[Completion]:
        choices = COMMANDS[name].choices if name in COMMANDS else None
        if choices == "file":
            yield from self._files.get_completions(Document(typed, len(typed)), event)
        elif callable(choices):
            yield from _ranked(typed, _next_step(typed, list(choices(self._session))))

    def _words(self, before: str) -> Iterator[Completion]:
        self._fill()
        line = before.lstrip()
        if len(line) < LEAST:
            return
        labels = [offer.label for offer in self._session.offers()]
        whole = (title for title in (*labels, *self._titles) if _begun(line, title))
        found = [Completion(title, -len(line)) for title in islice(whole, _TITLES)]
        found += [Completion(name, -len(typed)) for name, typed in self._begun_names(before).items()]
        yield from found[:_MOST]

    def _begun_names(self, before: str) -> dict[str, str]:
        """Return the names that the last words of the line may begin, each with those words."""
        found: dict[str, str] = {}
        starts = [match.start() for match in _WORD.finditer(before)][-_WORDS_BACK:]
        for start in starts:
            typed = before[start:]
            if len(typed) >= LEAST and not typed[-1].isspace():
                names = likest(typed, self._names, most=_MOST, fuzzy=start == starts[-1])
                found |= {name: typed for name in names if name not in found and name != typed}
        return found

    def _fill(self) -> None:
        pack = self._session.pack
        if pack and pack is not self._pack:
            self._pack = pack
            names = {name for term in pack.terms for name in (term.name, *term.aliases, *term.formerly)}
            self._names = sorted(names, key=lambda name: (len(name), name))
            self._titles = [entry.title for entry in pack.entries.values()]


def _next_step(typed: str, rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the names among *rows* while none is *typed*, and then the values."""
    names = [row for row in rows if row[0].endswith("=")]
    return names if names and "=" not in typed else [row for row in rows if row not in names]


def _ranked(typed: str, rows: Iterable[tuple[str, str]]) -> Iterator[Completion]:
    """Yield those *rows* that *typed* may begin, with what they say of themselves."""
    about = dict(rows)
    for name in likest(typed, about, most=len(about)) if typed else about:
        yield Completion(name, -len(typed), display_meta=about[name])


def _begun(line: str, title: str) -> bool:
    """Say whether *line* looks like the beginning of *title*, word by word.

    >>> _begun("blue-green or", "Blue-green or canary"), _begun("green", "Blue-green or canary")
    (True, False)
    """
    return line.casefold() != title.casefold() and title.casefold().startswith(line.casefold())
