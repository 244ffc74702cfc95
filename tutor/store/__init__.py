"""What must survive a restart: events, messages, dialogues, votes, counts, answers; in SQLite or PostgreSQL."""

from typing import TYPE_CHECKING, Any

from tutor.store.opening import open_store
from tutor.store.values import (
    LEASE,
    Backlog,
    Count,
    Delivery,
    GivenUp,
    Hold,
    Job,
    Line,
    Message,
    Missed,
    Outgoing,
    Post,
    SavedExam,
    Talk,
)

if TYPE_CHECKING:
    from tutor.store.store import Store as Store

__all__ = [
    "LEASE", "Backlog", "Count", "Delivery", "GivenUp", "Hold", "Job", "Line", "Message", "Missed", "Outgoing", "Post",
    "SavedExam", "Store", "Talk", "open_store",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import the store itself when it is first used: only then is a database's package needed."""
    if name != "Store":
        raise AttributeError(f"module 'tutor.store' has no attribute {name!r}")
    from tutor.store.store import Store

    return Store
