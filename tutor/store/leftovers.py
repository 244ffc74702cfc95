"""What waits and what was given up, over both boxes, as an admin sees it."""

from sqlalchemy import Connection, Table, func, select, update

from tutor.store import threads
from tutor.store.tables import inbox, outbox
from tutor.store.values import Backlog, GivenUp


def backlog(connection: Connection) -> Backlog:
    """Return how much waits to be answered and sent."""
    (waiting, oldest_event), (unsent, oldest_message) = (_waiting(connection, box) for box in (inbox, outbox))
    left = sum(_count(connection, box) for box in (inbox, outbox))
    oldest = min((at for at in (oldest_event, oldest_message) if at is not None), default=None)
    return Backlog(waiting, unsent, left, oldest)


def given_up(connection: Connection) -> list[GivenUp]:
    """Return what was given up, oldest first."""
    events = [
        GivenUp("event", row.event, row.thread, row.attempts, row.reason or "", row.at)
        for row in connection.execute(select(inbox).where(inbox.c.given_up))
    ]
    messages = [
        GivenUp("message", row.message, row.thread, row.attempts, row.reason or "", row.at)
        for row in connection.execute(select(outbox).where(outbox.c.given_up))
    ]
    return sorted([*events, *messages], key=lambda left: (left.at, left.id))


def revive(connection: Connection, left: GivenUp, at: float) -> bool:
    """Let what was given up be due again from *at*; False when it is not there any more."""
    box, name = (inbox, inbox.c.event) if left.kind == "event" else (outbox, outbox.c.message)
    this = name == left.id, box.c.given_up
    thread = connection.scalar(select(box.c.thread).where(*this))
    if thread is None:
        return False
    threads.touch(connection, thread, at)
    again = update(box).where(*this).values(given_up=False, retry_at=at, attempts=0)
    found = connection.execute(again).rowcount == 1
    threads.note_due(connection, thread)
    return found


def _waiting(connection: Connection, box: Table) -> tuple[int, float | None]:
    found = connection.execute(select(func.count(), func.min(box.c.at)).where(~box.c.given_up)).one()
    return found[0], found[1]


def _count(connection: Connection, box: Table) -> int:
    return connection.execute(select(func.count()).select_from(box).where(box.c.given_up)).scalar_one()
