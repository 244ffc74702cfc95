"""Dialogues as they were last saved, by thread."""

import json

from sqlalchemy import Connection, select

from tutor.store.tables import threads
from tutor.store.values import Talk


def saved(connection: Connection, thread: str) -> Talk | None:
    """Return the dialogue of *thread*; None when there is none."""
    found = connection.execute(select(threads).where(threads.c.thread == thread)).one_or_none()
    if found is None or found.dialogue is None:
        return None
    return Talk(json.loads(found.dialogue), found.turns, found.talked_at)
