"""Letting go: of what is old, and of all about one person."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Update,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    update,
)

from tutor.store import threads as held
from tutor.store.tables import (
    counts,
    exams,
    inbox,
    missed,
    outbox,
    posts,
    reviews,
    seen,
    settings,
    speakers,
    threads,
    votes,
)
from tutor.store.values import Kind
from tutor.store.written import week_of

# Where a text may name somebody: the key of its row, the text, and in which rows.
_GIVEN_UP = inbox.c.number, inbox.c.payload, inbox.c.given_up
_ASKED = posts.c.message, posts.c.question, true()
_MISSED = missed.c.number, missed.c.text, true()
_WHY = votes.c.number, votes.c.reason, true()
_TALK = threads.c.thread, threads.c.dialogue, true()


def expire(connection: Connection, kind: Kind, before: float) -> int:
    """Delete what is older than *before*; return how many rows."""
    return _run(connection, *_OLD[kind](before))


def _old_dialogues(before: float) -> tuple[Delete, ...]:
    waits = or_(*(exists().where(box.c.thread == threads.c.thread) for box in (inbox, outbox)))
    return (
        delete(threads).where(threads.c.talked_at < before, ~waits),
        delete(posts).where(posts.c.at < before),
    )


def _old_events(before: float) -> tuple[Delete, ...]:
    return (
        *(delete(box).where(box.c.given_up, box.c.at < before) for box in (inbox, outbox)),
        delete(seen).where(seen.c.at < before, ~exists().where(inbox.c.event == seen.c.event)),
    )


def _old_answers(before: float) -> tuple[Delete, ...]:
    """Return what deletes the answers of those who have not answered anything since."""
    away = select(reviews.c.person).group_by(reviews.c.person).having(func.max(reviews.c.at) < before)
    return (delete(reviews).where(reviews.c.person.in_(away)),)


_OLD: Mapping[Kind, Callable[[float], tuple[Delete, ...]]] = {
    "dialogues": _old_dialogues,
    "events": _old_events,
    "unanswered": lambda before: (delete(missed).where(missed.c.at < before),),
    "feedback": lambda before: (delete(votes).where(votes.c.week < week_of(before)),),
    "counts": lambda before: (delete(counts).where(counts.c.week < week_of(before)),),
    "answers": _old_answers,
}


def forget(connection: Connection, person: str) -> int:
    """Delete all about *person*, or make it anonymous; return how many rows that were.

    What others wrote and still waits is kept, even where it names the person; what was given up, answered or listed
    is not.
    """
    spoken = _threads_of(connection, person)
    rows = _run(
        connection,
        delete(inbox).where(inbox.c.person == person),
        delete(posts).where(posts.c.person == person),
        delete(missed).where(missed.c.person == person),
        update(votes).where(votes.c.person == person).values(person=None, message=None, reason=None),
        delete(settings).where(settings.c.owner == "person", settings.c.name == person),
        delete(speakers).where(speakers.c.person == person),
        delete(reviews).where(reviews.c.person == person),
        delete(exams).where(exams.c.person == person),
        *(delete(inbox).where(inbox.c.number == row) for row in _naming(connection, person, *_GIVEN_UP)),
        *(delete(posts).where(posts.c.message == row) for row in _naming(connection, person, *_ASKED)),
        *(delete(missed).where(missed.c.number == row) for row in _naming(connection, person, *_MISSED)),
        *(update(votes).where(votes.c.number == row).values(reason=None) for row in _naming(connection, person, *_WHY)),
    )
    return rows + sum(_forget_thread(connection, thread) for thread in spoken)


def _naming(
    connection: Connection, person: str, key: Column[Any], said: Column[Any], where: ColumnElement[bool]
) -> list[Any]:
    """Return the keys of the rows whose text names *person*, as a whole word; the text may be JSON."""
    whole = re.compile(rf"(?:(?<!\w)|(?<=\\[nrtbf])|(?<=\\u[0-9a-f]{{4}})){re.escape(person)}(?!\w)")
    found = connection.execute(select(key, said).where(where, said.contains(person, autoescape=True)))
    return [row[0] for row in found if whole.search(row[1])]


def _threads_of(connection: Connection, person: str) -> Sequence[str]:
    """Lock the threads in which *person* spoke or is named, and return them."""
    spoke = connection.scalars(select(speakers.c.thread).where(speakers.c.person == person))
    names = sorted({*spoke, *_naming(connection, person, *_TALK)})
    for thread in names:
        connection.execute(select(threads.c.thread).where(threads.c.thread == thread).with_for_update())
    return names


def _forget_thread(connection: Connection, thread: str) -> int:
    """Empty a locked thread and end every hold on it; what others asked there waits on."""
    rows = _run(connection, delete(outbox).where(outbox.c.thread == thread))
    held.let_go(connection, thread, dialogue=None, turns=0)
    waits = exists().where(inbox.c.thread == threads.c.thread)
    _run(connection, delete(threads).where(threads.c.thread == thread, ~waits))
    return rows + 1


def _run(connection: Connection, *changes: Delete | Update) -> int:
    return sum(connection.execute(change).rowcount for change in changes)
