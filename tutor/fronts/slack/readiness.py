"""Whether the bot can answer now, and if not, why."""

from collections.abc import Callable

from tutor.errors import StoreError
from tutor.store import Store


def missing(store: Store, connected: Callable[[], bool]) -> str | None:
    """Return what is missing for an answer: the *store*, or, unless *connected*, Slack; None when nothing is."""
    try:
        store.ping()
    except StoreError as error:
        return str(error)
    return None if connected() else "not connected to Slack"
