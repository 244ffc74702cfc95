"""The dialogue as it stands between two turns, and the turn: data that survive a restart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tutor.decision import Filled
from tutor.errors import DialogueError
from tutor.meaning import Meanings
from tutor.reply import Candidate, Reply
from tutor.router import Route, Router
from tutor.subject import Pack

if TYPE_CHECKING:
    from tutor.options import Options

ANY = "*"  #: the mark of a slot that does not matter to the learner
_VERSION = 2
_LISTS = ("unsure", "asked", "offered")
_TEXTS = ("filled", "words")
_FIELDS = ("decision", "pending", *_TEXTS, *_LISTS, "entry", "reminded", "unread", "confidence", "pack")
MOST_UNREAD = 2  #: replies to one question that may be unreadable before every case is answered
_MOST_WORDS = 60  #: characters kept of what settled a slot


@dataclass(frozen=True)
class Dialogue:
    """What is known between two turns: the decision under way, the slot asked for, values, what was offered or said.

    *words* are the learner's own for a slot; they stand there without a value in *filled* where an amount was too near
    a border to settle it. *reminded* says that the open question came back after a side question, *unread* how
    many replies to it could not be read. *pack* is the stamp of the pack that the dialogue is about.
    """

    decision: str | None = None
    pending: str | None = None
    filled: Filled = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    entry: str | None = None
    reminded: bool = False
    unread: int = 0
    confidence: float = 1.0
    pack: str | None = None

    @property
    def values(self) -> dict[str, str]:
        """What is settled, without the slots that do not matter to the learner."""
        return {slot: value for slot, value in self.filled.items() if value != ANY}

    def to_dict(self) -> dict[str, Any]:
        """Return the dialogue as JSON can hold it."""
        said = {name: getattr(self, name) for name in _FIELDS}
        lists = {name: list(said[name]) for name in _LISTS}
        return {"version": _VERSION, **said, **lists, **{name: dict(said[name]) for name in _TEXTS}}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Dialogue":
        """Return the dialogue that *to_dict* saved; a DialogueError when it is something else."""
        if not isinstance(saved, Mapping) or saved.get("version") != _VERSION or set(saved) != {"version", *_FIELDS}:
            raise DialogueError("this is not a saved dialogue of this version; start a new one")
        if not all(_fits(name, saved[name]) for name in _FIELDS):
            raise DialogueError("the saved dialogue is damaged; start a new one")
        values: dict[str, Any] = {name: saved[name] for name in _FIELDS}
        lists = {name: tuple(saved[name]) for name in _LISTS}
        return cls(**{**values, **lists, **{name: dict(saved[name]) for name in _TEXTS}})


FRESH = Dialogue()  #: in which nothing was said yet


def _fits(name: str, value: Any) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if name in _TEXTS:
        return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    if name == "confidence":
        return isinstance(value, float) and 0 <= value <= 1
    if name == "unread":
        return type(value) is int and 0 <= value <= MOST_UNREAD
    return isinstance(value, bool) if name == "reminded" else value is None or isinstance(value, str)


@dataclass(frozen=True)
class Turn:
    """A reply, the dialogue as it stands after it, and the entries nearest to the words, where they were routed."""

    reply: Reply
    dialogue: Dialogue
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Mind:
    """What a step needs: the pack, and what was trained on it: the router of questions, the meanings of replies,
    and, made when the first item comes, what weighs options.

    *ahead* holds the routes of clean texts that were routed together before.
    """

    pack: Pack
    router: Router
    meanings: Meanings = field(default_factory=lambda: Meanings(None))
    options: Callable[[], "Options | None"] = lambda: None
    ahead: Mapping[str, Route] = field(default_factory=dict)

    def route(self, text: str) -> Route:
        """Return where a clean *text* leads."""
        return self.ahead.get(text) or self.router.route(text)


def must_belong(pack: Pack, dialogue: Dialogue) -> None:
    """Raise a DialogueError, which says why, when *dialogue* cannot go on with *pack*.

    A dialogue that was saved under another version of the pack goes on as long as all that it names is still there.
    """
    missing = None if dialogue is FRESH else _missing(pack, dialogue)
    if not missing:
        return
    saved = f"saved under {dialogue.pack}" if dialogue.pack else "not of this pack"
    raise DialogueError(f"the dialogue was {saved}; {pack.stamp} has no {missing}; start a new one")


def _missing(pack: Pack, dialogue: Dialogue) -> str | None:
    """Return the first thing that *dialogue* names and *pack* does not have."""
    decision = pack.decisions.get(dialogue.decision or "")
    if dialogue.decision is not None and decision is None:
        return f"decision {dialogue.decision}"
    slots = set(decision.slots) if decision else set()
    named = [*dialogue.unsure, *dialogue.asked, *dialogue.words, *dialogue.filled]
    for name in named if dialogue.pending is None else [dialogue.pending, *named]:
        if name not in slots:
            return f"slot {name}" + (f" in decision {dialogue.decision}" if decision else "")
    for name, value in dialogue.values.items():
        if value not in pack.slots[name].values:
            return f"value {value} of slot {name}"
    entries = [*dialogue.offered] if dialogue.entry is None else [dialogue.entry, *dialogue.offered]
    return next((f"entry {name}" for name in entries if name not in pack.entries), None)


def kept_words(said: Mapping[str, str]) -> dict[str, str]:
    """Return the learner's words for each slot, cut to what a dialogue keeps."""
    return {
        slot: words if len(words) <= _MOST_WORDS else f"{words[: _MOST_WORDS - 1]}…" for slot, words in said.items()
    }
