"""Dialogues as they were last saved, by thread."""

import json

from sqlalchemy import Connection, bindparam, exists, or_, select

from tutor.store.tables import inbox, threads
from tutor.store.values import Talk

_KNOWN = select(
    or_(
        exists().where(threads.c.thread == bindparam("here"), threads.c.dialogue.is_not(None)),
        exists().where(inbox.c.thread == bindparam("here")),
    )
)


def known(connection: Connection, thread: str) -> bool:
    """Say whether *thread* has a dialogue, or will have one once what waits in it is answered."""
    return bool(connection.scalar(_KNOWN, {"here": thread}))


def saved(connection: Connection, thread: str) -> Talk | None:
    """Return the dialogue of *thread*; None when there is none."""
    found = connection.execute(select(threads).where(threads.c.thread == thread)).one_or_none()
    if found is None or found.dialogue is None:
        return None
    return Talk(json.loads(found.dialogue), found.turns, found.talked_at)
