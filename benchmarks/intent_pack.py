"""Files of texts with intents -> a Pack in memory: each intent is an entry in a topic of its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tutor.fronts.batch.readers import whole
from tutor.model import About, Bars, Examples, Fact
from tutor.subject import Pack

_ELSE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Labelled:
    """A text and the intent that the data set gives it."""

    text: str
    intent: str


def read_labelled(path: Path) -> list[Labelled]:
    """Return the rows of the .jsonl file *path*, each with "text" and "intent"; a BatchError at a broken one."""
    return [Labelled(columns["text"], columns["intent"]) for _, columns in whole(path)]


def entry_of(intent: str) -> str:
    """Return the id of the entry that stands for *intent*.

    >>> entry_of("Refund_not_showing_up")
    'fact.refund-not-showing-up'
    """
    return f"fact.{_named(intent, '-')}"


def intent_pack(name: str, taught: Iterable[Labelled], outside: Iterable[Labelled] = (), *, share: float = 0.5) -> Pack:
    """Return a pack of the intents *taught*, titled by their names in words, with what is *outside* of them all.

    *share* says what part of the questions is expected to be outside. Entries say nothing but their title.
    """
    asked: dict[str, list[str]] = {}
    for one in taught:
        asked.setdefault(one.intent, []).append(one.text)
    entries = [_entry(intent) for intent in sorted(asked)]
    return Pack(
        about=About(name=name, version="1", title=name, about=name, sample=name, bars=Bars(outside=share)),
        sources={},
        topics={entry.topic: entry.title for entry in entries},
        entries={entry.id: entry for entry in entries},
        terms=(),
        slots={},
        decisions={},
        talk={},
        examples={entry_of(intent): Examples(short=tuple(texts)) for intent, texts in asked.items()},
        outside={"far": {name: said}} if (said := tuple(one.text for one in outside)) else {},
        digest=name,
    )


def few(labelled: Sequence[Labelled], count: int, seed: int) -> list[Labelled]:
    """Return *count* random texts of each intent, drawn by *seed*, in the order of the file."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(labelled):
        places.setdefault(one.intent, []).append(place)
    rng = Random(seed)
    drawn = [place for intent in sorted(places) for place in rng.sample(places[intent], count)]
    return [labelled[place] for place in sorted(drawn)]


def _entry(intent: str) -> Fact:
    return Fact(
        id=entry_of(intent),
        title=_named(intent, " "),
        answer="",
        why="",
        citations=(),
        references=(),
        topic=_named(intent, "-"),
    )


def _named(intent: str, between: str) -> str:
    return _ELSE.sub(between, intent.lower()).strip(between)
