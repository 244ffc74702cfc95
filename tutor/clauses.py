"""Clauses: a text cut where negation stops, each word as it is read and where it stands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_END = r"(?:(?<=[a-z0-9])(?=[A-Z])|(?![^\W_]|(?<=\d)[.,]\d|(?<=\d)_\d{3}(?!\d)))"  #: of a word, or before a new capital
_PIECE = re.compile(
    rf"(?:(?<=\d)(?:[.,](?=\d)|_(?=\d{{3}}(?!\d)))|[^\W_])+?{_END}(?:['’][^\W_]+?{_END})?"  # 3.5 and 1,000, too
    r"|[,;:.!?()–—/]|(?<=\s)-(?=\s)"
)
_LETTERS = "(?:[A-Z]*[a-z]+|[A-Z]+)"
_PLAIN_PIECE = re.compile(rf"{_LETTERS}(?:'{_LETTERS})?|[,;:.!?()/]|(?<=\s)-(?=\s)")  #: the same of plain text
_DIGIT = re.compile(r"[0-9]")
_SEPARATORS = str.maketrans({".": None, ",": None, "_": None, "’": "'"})
_PLAIN = {"yeah": "yes", "yep": "yes", "yup": "yes", "sure": "yes", "correct": "yes", "nope": "no", "nah": "no"}
_BUT_NOT = {"than": ("rather",), "of": ("instead",), "to": ("as", "opposed")}  #: their last word, and those before it
_BUT = frozenset(first[-1] for first in _BUT_NOT.values())
_SENTENCE_END = re.compile(r"[.!?]")
_LISTED = 3  #: words after a comma in which an "or" makes an "or" of the comma
_SIDE = 3  #: letters on both sides that make an "or" of a slash


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of one clause, in lower case, and the place of each in the text."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def written(self, text: str, start: int, end: int) -> str:
        """Return the words from *start* up to *end* as *text* has them."""
        return text[self.spans[start][0] : self.spans[end - 1][1]]

    def mended(self, right: Callable[[str], str]) -> "Clause":
        """Return the clause with each word put right."""
        return Clause(tuple(map(right, self.words)), self.spans)


@dataclass(slots=True)
class _Open:
    """A clause that is still being read."""

    words: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, word: str, span: tuple[int, int]) -> None:
        self.words.append(word)
        self.spans.append(span)

    def join(self, count: int, word: str) -> None:
        """Put *word* in the place of the last *count* words."""
        span = (self.spans[-count][0], self.spans[-1][1])
        del self.words[-count:], self.spans[-count:]
        self.add(word, span)


def clauses(text: str) -> list[Clause]:
    """Return the clauses of a clean *text*; what means "or" or "not" in other words is read as that.

    >>> [clause.words for clause in clauses("Streaming rather than batch, if you like: 3.5 GB/day")]
    [('streaming', 'not', 'batch'), ('if', 'you', 'like'), ('35', 'gb', 'day')]
    """
    plain = text.isascii() and not _DIGIT.search(text)
    pieces = list((_PLAIN_PIECE if plain else _PIECE).finditer(text))
    found = [_Open()]
    for index, piece in enumerate(pieces):
        said = piece.group()
        if said[0].isalnum():
            found[-1].add(said.translate(_SEPARATORS).casefold(), piece.span())
            _join_but_not(found[-1], text, piece.end())
        elif said == "/":
            if _is_or(text, piece.start()):
                found[-1].add("or", piece.span())
        elif said == "," and (listed := _listed(pieces, index, text)):
            if listed > 1:
                found[-1].add("or", piece.span())
        elif not (said == "." and found[-1].words[-1:] == ["vs"]):
            found.append(_Open())
    read = [clause for clause in found if clause.words]
    if read:
        read[0].words[0] = _PLAIN.get(read[0].words[0], read[0].words[0])
    return [Clause(tuple(clause.words), tuple(clause.spans)) for clause in read]


def rewritten(text: str, said: Sequence[str]) -> bool:
    """Say whether `clauses` may read other words in a clean *text* than *said*, its own."""
    listed = "," in text and "or" in said
    return listed or "/" in text or said[0] in _PLAIN or not _BUT.isdisjoint(said)


def _join_but_not(clause: _Open, text: str, end: int) -> None:
    """Read "rather than" as "not", and as "or" in a question, where both sides are weighed."""
    first = _BUT_NOT.get(clause.words[-1])
    if first and tuple(clause.words[-len(first) - 1 : -1]) == first:
        stop = _SENTENCE_END.search(text, end)
        clause.join(len(first) + 1, "or" if stop and stop.group() == "?" else "not")


def _is_or(text: str, place: int) -> bool:
    """Whether a slash stands alone, or between two words: "batch/streaming", not "CI/CD"."""
    before, after = text[max(0, place - _SIDE) : place], text[place + 1 : place + 1 + _SIDE]
    spaced = before.endswith(" ") and after.startswith(" ")
    return spaced or (len(before) == len(after) == _SIDE and (before + after).isalnum())


def _listed(pieces: Sequence[re.Match[str]], comma: int, text: str) -> int:
    """Return how many words and commas stand from a *comma* to the "or" that it belongs to, the "or" included, or 0."""
    count = 0
    for index in range(comma + 1, min(len(pieces), comma + 3 * _LISTED)):
        said = pieces[index].group()
        if said.casefold() == "or":
            return index - comma
        if not (said[0].isalnum() or said == ","):
            return 0
        count += said[0].isalnum() and text[pieces[index].start() - 1] != "-"
        if count > _LISTED:
            return 0
    return 0
