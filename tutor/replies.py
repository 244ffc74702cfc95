"""What a learner's words mean beside an open question: a reply to it, a correction, or a question of their own."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields

from tutor.model import Slot
from tutor.moves import read_number
from tutor.slots import reading, value_named
from tutor.text import fold, words

Knows = Callable[[str], bool]  #: whether a word is one the pack knows, and so no slip of another

_ASKS = frozenset("what which why how when who where".split())
_ASKS_IS = frozenset("what's whats who's whos where's how's when's why's".split())  #: both in one word
_IS = frozenset("is are was does do did can could should would must will isn't aren't don't doesn't".split())
_CORRECTS = frozenset("actually no sorry wait correction instead rather make change but".split())
_TURNS = re.compile(
    r"[.!?;,–-]\s+(?:(?:oh|hm|hmm|but|and|no|ah)[, ]+)*"
    r"(?:wait|hold on|sorry|actually|scratch that|correction|on second thoughts?|i was wrong|my mistake)\b[,:.]?\s*",
    re.IGNORECASE,
)  #: where a reply takes back what it said
_SUPPOSES = ("what if", "and if", "but if", "what about", "how about", "suppose", "say")
_REVISES = (
    "scratch that", "correction", "turns out", "it turned out", "hold on", "hang on", "oops", "my mistake", "my bad",
    "thinking about it", "on reflection", "on second thought", "i was wrong", "i stand corrected", "we changed ",
    "plans changed",
)  # fmt: skip
_OPENERS = frozenset("hm hmm well oh ok okay um er ah yes dear".split())
_SHORT = 4  #: words up to which a question mark alone makes no question of a reply


@dataclass(frozen=True)
class Said:
    """What a reply settles: slot -> value, by which words; amounts too near a border to settle a slot, and denials."""

    filled: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    borderline: Mapping[str, str] = field(default_factory=dict)
    denied: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __or__(self, other: "Said") -> "Said":
        """Return what both say together; *other* counts where they disagree."""
        parts = [{**getattr(self, part.name), **getattr(other, part.name)} for part in fields(self)]
        return Said(*parts)


def asks(text: str) -> bool:
    """Say whether *text* is put as a question; a short reply with a question mark is none, nor is a clause of one.

    >>> asks("What does canary mean"), asks("within seconds?"), asks("how the columns change"), asks("is it gradual?")
    (True, False, False, True)
    """
    said = _plain(text)
    if _supposes(said):
        return False
    if text.endswith("?"):
        return len(said) > _SHORT or said[0] in _ASKS | _IS | _ASKS_IS
    return said[0] in _ASKS_IS or (said[0] in _ASKS and (len(said) == 1 or said[1] in _IS))


def corrects(text: str) -> bool:
    """Say whether *text* begins as a correction or a supposition does.

    >>> corrects("hmm, actually gradual is fine"), corrects("and if everyone may see it?"), corrects("gradual")
    (True, True, False)
    """
    said = _plain(text)
    return said[0] in _CORRECTS or _supposes(said) or " ".join(said).startswith(_REVISES)


def last_sentence(text: str) -> str:
    """Return the last sentence of *text*: the one that counts, where the first speak of what is not so.

    >>> last_sentence("no, sorry, that was the sample. The real table has 6 TB.")
    'The real table has 6 TB.'
    """
    return re.split(r"(?<=[.!?;])\s+", text.strip())[-1]


def taken_back(text: str) -> tuple[str, str] | None:
    """Return what *text* says first, and what it then takes back or adds about something else; None where it does not.

    >>> taken_back("only a few. Wait, everyone may"), taken_back("no, wait")
    (('only a few', 'everyone may'), None)
    """
    first, *rest = _TURNS.split(text, maxsplit=1)
    return (first, rest[0]) if rest and words(first) and words(rest[0]) else None


def replied(text: str, slots: Mapping[str, Slot], pending: str, known: Iterable[str], knows: Knows) -> Said:
    """Return what *text* settles as a reply: the *pending* slot, and others that are not *known* yet."""
    values = list(slots[pending].values)
    number = read_number(text, len(values))
    named = values[number - 1] if number else value_named(text, slots[pending])
    if named:
        return Said({pending: named}, {pending: slots[pending].values[named].label if number else text})
    if asks(text):
        return Said()
    said = _read(text, slots, pending, knows)
    for name in [name for name in slots if name not in {pending, *known}]:
        said |= _read(text, slots, name, knows, counting=False)
    if said.filled or said.borderline:
        return said
    again = corrected(text, slots, knows)
    return again if again.filled else said


def corrected(text: str, slots: Mapping[str, Slot], knows: Knows) -> Said:
    """Return the first of *slots* that *text* settles when it is read as a reply to it."""
    return next((said for name in slots if (said := _read(text, slots, name, knows)).filled), Said())


def stated(text: str, slots: Mapping[str, Slot]) -> Said:
    """Return the *slots* that *text* settles with nothing asked: the one it names a value of, or those it speaks of."""
    named = {name: value for name, slot in slots.items() if (value := value_named(text, slot))}
    if len(named) == 1:
        return Said(named, dict.fromkeys(named, text))
    read = reading(text, slots)
    return Said(read.filled, read.words, denied=read.denied)


def _read(text: str, slots: Mapping[str, Slot], name: str, knows: Knows, *, counting: bool = True) -> Said:
    read = reading(text, {name: slots[name]}, asked=name, knows=knows, counting=counting)
    return Said(read.filled, read.words, read.borderline, read.denied)


def _plain(text: str) -> list[str]:
    said = fold(text).split() or [""]
    while len(said) > 1 and said[0] in _OPENERS:
        said = said[1:]
    return said


def _supposes(said: list[str]) -> bool:
    return " ".join(said).startswith(tuple(f"{opening} " for opening in _SUPPOSES))
