"""A small pack to study, exercises about it, and answers to them, as tests need them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tutor.model import About, Citation, Entry, Fact, Reference
from tutor.study.answered import Answered
from tutor.study.certainty import Certainty
from tutor.study.exercise import Choice, Exercise
from tutor.study.review import Review, reviewed
from tutor.subject import Pack

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
BLACK, GREEN, WHITE, CUP = "fact.black", "fact.green", "fact.white", "fact.cup"
TOPICS = {BLACK: "leaves", GREEN: "leaves", WHITE: "leaves", CUP: "cups"}


def day(number: float) -> datetime:
    """Return noon of a day, in UTC; 0 is a Monday."""
    return MONDAY + timedelta(days=number)


def pack_of(revisions: Mapping[str, int] | None = None, without: str = "") -> Pack:
    """Return a pack of four entries, some of them with other *revisions*."""
    entries: dict[str, Entry] = {
        entry: _fact(entry, (revisions or {}).get(entry, 1)) for entry in TOPICS if entry != without
    }
    return Pack(
        about=About(name="tea", version="1", title="Tea", about="Tea.", sample="What is tea?"),
        sources={},
        topics={"leaves": "Leaves", "cups": "Cups"},
        entries=entries,
        terms=(),
        slots={},
        decisions={},
        talk={},
        examples={},
        openings={},
        outside={},
        replies={},
        moves={},
        digest="",
    )


def _fact(entry: str, revision: int) -> Fact:
    title = entry.partition(".")[2].capitalize()
    citation, page = Citation(source="book", lines=("1",)), Reference(title="Tea", url="https://tea.example/")
    return Fact(
        id=entry,
        title=title,
        answer=f"{title} it is.",
        why="So it is.",
        citations=(citation,),
        references=(page,),
        revision=revision,
        topic=TOPICS[entry],
    )


def exercise(entry: str, *others: str, stem: str = "Which one?") -> Exercise:
    """Return an exercise about *entry* whose wrong choices speak for *others*, or for itself where there are none."""
    right = Choice("this", True, "so it is", entry)
    wrong = [Choice(f"that of {other}", False, "not so", other) for other in others or (entry,)]
    return Exercise("fact", entry, TOPICS[entry], f"{stem} {entry}", (right, *wrong), "the leaf", ())


def answered(
    entry: str,
    at: float = 0,
    *,
    right: bool = True,
    certainty: Certainty = "sure",
    confused: str | None = None,
    beside: tuple[str, ...] = (),
    hints: int = 0,
) -> Answered:
    """Return an answer about *entry* on day *at*; where *confused* is given it was wrong."""
    chosen = "this" if right and not confused else "that"
    beside = beside or ((confused,) if confused else ())
    return Answered(
        exercise=f"exercise of {entry}",
        entry=entry,
        topic=TOPICS[entry],
        chosen=chosen,
        right=right and not confused,
        certainty=certainty,
        confused=confused,
        hints=hints,
        at=day(at),
        beside=beside,
    )


def left_open(entry: str, at: float = 0) -> Answered:
    return replace(answered(entry, at, right=False), chosen=None)


def log(*answers: Answered, pack: Pack | None = None) -> list[Review]:
    """Return *answers* as the log of a learner of *pack*."""
    return [reviewed(pack or pack_of(), one) for one in answers]
