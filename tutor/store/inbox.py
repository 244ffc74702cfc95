"""The inbox: events that were accepted, each answered once, in the order they came within a thread."""

import json

from sqlalchemy import Connection, delete, exists, select, update

from tutor.store import threads
from tutor.store.database import insert
from tutor.store.tables import inbox, seen, speakers
from tutor.store.values import Job

MOST_CLAIMS = 25  #: attempts that may end without a word before an event is given up: it takes its workers down with it
_SILENT = f"taken up {MOST_CLAIMS} times, and each time the worker ended without a word"


def accept(connection: Connection, event: str, thread: str, payload: str, at: float, person: str | None) -> bool:
    """Put *event* at the end of the inbox; False when it was known already."""
    if connection.scalar(select(exists().where(seen.c.event == event))):
        return False
    threads.touch(connection, thread, at)
    first = insert(connection, seen).values(event=event, at=at).on_conflict_do_nothing()
    if not connection.execute(first).rowcount:
        threads.note_due(connection, thread)
        return False
    connection.execute(
        insert(connection, inbox).values(
            event=event, thread=thread, person=person, payload=payload, at=at, attempts=0, given_up=False
        )
    )
    if person:
        spoke = insert(connection, speakers).values(thread=thread, person=person)
        connection.execute(spoke.on_conflict_do_nothing())
    return True


def first(connection: Connection, taken: threads.Taken) -> Job | None:
    """Return the oldest event of the thread that was *taken* as a job, counting the attempt; None when there is none.

    One that was taken up too often is given up, and so is the thread for now.
    """
    thread = taken.hold.thread
    oldest = select(inbox).where(inbox.c.thread == thread, ~inbox.c.given_up).order_by(inbox.c.number).limit(1)
    found = connection.execute(oldest).one_or_none()
    if found is None:
        return None
    if found.attempts >= MOST_CLAIMS:
        _change(connection, found.event, given_up=True, reason=_SILENT)
        return None
    _change(connection, found.event, attempts=found.attempts + 1)
    dialogue = None if taken.dialogue is None else json.loads(taken.dialogue)
    return Job(
        event=found.event,
        thread=thread,
        person=found.person,
        payload=json.loads(found.payload),
        at=found.at,
        attempt=found.attempts + 1,
        dialogue=dialogue,
        turns=taken.turns,
        hold=taken.hold,
    )


def handled(connection: Connection, event: str) -> bool:
    """Delete all of *event* but its id; False when it is not there any more."""
    return connection.execute(delete(inbox).where(inbox.c.event == event)).rowcount == 1


def failed(connection: Connection, event: str, reason: str | None, retry_at: float | None) -> bool:
    """Note why *event* failed, and when to try again, or that it is given up; False when it is not there any more."""
    change = update(inbox).where(inbox.c.event == event)
    change = change.values(reason=reason, retry_at=retry_at, given_up=retry_at is None)
    return connection.execute(change).rowcount == 1


def untried(connection: Connection, thread: str) -> None:
    """Take back the last attempt at the first event of *thread*."""
    oldest = select(inbox.c.event).where(inbox.c.thread == thread, ~inbox.c.given_up).order_by(inbox.c.number).limit(1)
    again = update(inbox).where(inbox.c.event == oldest.scalar_subquery(), inbox.c.attempts > 0)
    connection.execute(again.values(attempts=inbox.c.attempts - 1))


def _change(connection: Connection, event: str, **values: object) -> None:
    connection.execute(update(inbox).where(inbox.c.event == event).values(**values))
