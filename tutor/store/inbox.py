"""The inbox: events that were accepted, each answered once, in the order they came within a thread."""

import json

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from tutor.store import threads
from tutor.store.tables import inbox, seen, speakers
from tutor.store.upserts import put, upsert
from tutor.store.values import Job

MOST_CLAIMS = 25  #: attempts that may end without a word before an event is given up: it takes its workers down with it
_SILENT = f"taken up {MOST_CLAIMS} times, and never finished"

_KNOWN = select(exists().where(seen.c.event == bindparam("event")))
_SEE = upsert(seen, "event")
_ADD = insert(inbox)
_SPOKE = upsert(speakers, "thread", "person")
_WAITING = inbox.c.thread == bindparam("here"), ~inbox.c.given_up
_OLDEST = select(inbox).where(*_WAITING).order_by(inbox.c.number).limit(1)
_CHANGE = update(inbox).where(inbox.c.event == bindparam("this"))
_HANDLED = delete(inbox).where(inbox.c.event == bindparam("this"))


def accept(connection: Connection, event: str, thread: str, payload: str, at: float, person: str | None) -> bool:
    """Put *event* at the end of the inbox; False when it was known already."""
    if connection.scalar(_KNOWN, {"event": event}):
        return False
    threads.touch(connection, thread, at)
    if not put(connection, _SEE, event=event, at=at):
        threads.note_due(connection, thread)
        return False
    row = {"event": event, "thread": thread, "person": person, "payload": payload, "at": at}
    connection.execute(_ADD, {**row, "attempts": 0, "given_up": False})
    if person:
        put(connection, _SPOKE, thread=thread, person=person)
    return True


def first(connection: Connection, taken: threads.Taken) -> Job | None:
    """Return the oldest event of the thread that was *taken* as a job, counting the attempt; None when there is none.

    One that was taken up too often is given up, and so is the thread for now.
    """
    found = connection.execute(_OLDEST, {"here": taken.hold.thread}).one_or_none()
    if found is None:
        return None
    if found.attempts >= MOST_CLAIMS:
        connection.execute(_CHANGE, {"this": found.event, "given_up": True, "reason": _SILENT})
        return None
    connection.execute(_CHANGE, {"this": found.event, "attempts": found.attempts + 1})
    return Job(
        event=found.event,
        thread=found.thread,
        person=found.person,
        payload=json.loads(found.payload),
        at=found.at,
        attempt=found.attempts + 1,
        dialogue=None if taken.dialogue is None else json.loads(taken.dialogue),
        turns=taken.turns,
        hold=taken.hold,
    )


def handled(connection: Connection, event: str) -> bool:
    """Delete all of *event* but its id; False when it is not there any more."""
    return connection.execute(_HANDLED, {"this": event}).rowcount == 1
