"""Letting go: of what is old, and of all about one person."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Delete, Update, and_, delete, exists, or_, select, update

from tutor.store import threads as held
from tutor.store.tables import counts, inbox, missed, outbox, posts, seen, settings, speakers, threads, votes
from tutor.store.values import Kind
from tutor.store.written import week_of


def expire(connection: Connection, kind: Kind, before: float) -> int:
    """Delete what is older than *before*; return how many rows."""
    return _run(connection, *_OLD[kind](before))


def _old_dialogues(before: float) -> tuple[Delete, ...]:
    waits = or_(*(exists().where(box.c.thread == threads.c.thread) for box in (inbox, outbox)))
    return (
        delete(posts).where(posts.c.at < before),
        delete(threads).where(threads.c.talked_at < before, ~waits),
    )


def _old_events(before: float) -> tuple[Delete, ...]:
    return (
        *(delete(box).where(box.c.given_up, box.c.at < before) for box in (inbox, outbox)),
        delete(seen).where(seen.c.at < before, ~exists().where(inbox.c.event == seen.c.event)),
    )


_OLD: Mapping[Kind, Callable[[float], tuple[Delete, ...]]] = {
    "dialogues": _old_dialogues,
    "events": _old_events,
    "unanswered": lambda before: (delete(missed).where(missed.c.at < before),),
    "feedback": lambda before: (delete(votes).where(votes.c.week < week_of(before)),),
    "counts": lambda before: (delete(counts).where(counts.c.week < week_of(before)),),
}


def forget(connection: Connection, person: str) -> int:
    """Delete all about *person*, or make it anonymous; return how many rows that were.

    What others wrote and still waits is kept, even where it names the person; what was given up, answered or listed
    is not.
    """
    spoken = _threads_of(connection, person)
    rows = _run(
        connection,
        delete(inbox).where(or_(inbox.c.person == person, and_(inbox.c.given_up, _names(inbox.c.payload, person)))),
        delete(posts).where(or_(posts.c.person == person, _names(posts.c.question, person))),
        delete(missed).where(or_(missed.c.person == person, _names(missed.c.text, person))),
        update(votes).where(votes.c.person == person).values(person=None, message=None, reason=None),
        update(votes).where(_names(votes.c.reason, person)).values(reason=None),
        delete(settings).where(settings.c.owner == "person", settings.c.name == person),
        delete(speakers).where(speakers.c.person == person),
    )
    return rows + sum(_forget_thread(connection, thread) for thread in spoken)


def _threads_of(connection: Connection, person: str) -> Sequence[str]:
    """Lock the threads in which *person* spoke or is named, and return them."""
    spoke = select(speakers.c.thread).where(speakers.c.person == person)
    asked = select(threads.c.thread).where(or_(threads.c.thread.in_(spoke), _names(threads.c.dialogue, person)))
    return connection.scalars(asked.order_by(threads.c.thread).with_for_update()).all()


def _forget_thread(connection: Connection, thread: str) -> int:
    """Empty a locked thread and end every hold on it; what others asked there waits on."""
    rows = _run(connection, delete(outbox).where(outbox.c.thread == thread))
    held.let_go(connection, thread, dialogue=None, turns=0)
    connection.execute(update(threads).where(threads.c.thread == thread).values(token=threads.c.token + 1))
    waits = exists().where(inbox.c.thread == threads.c.thread)
    _run(connection, delete(threads).where(threads.c.thread == thread, ~waits))
    return rows + 1


def _names(column: Column[Any], person: str) -> ColumnElement[bool]:
    return column.contains(person, autoescape=True)


def _run(connection: Connection, *changes: Delete | Update) -> int:
    return sum(connection.execute(change).rowcount for change in changes)
