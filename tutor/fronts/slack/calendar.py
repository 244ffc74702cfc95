"""Looking now and then for channels whose question of the day is due."""

from threading import Lock

from tutor.fronts.slack.daily import DAILY, fell_due
from tutor.store import Store

_EVERY = 5.0  #: seconds between two looks


class Calendar:
    """Puts what is due into the store, as if it had come from Slack. Safe to share between threads.

    Each replica does so; the store takes what is due once, whoever comes first.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._next, self._lock = 0.0, Lock()

    def look(self, now: float) -> int:
        """Accept what is due *now*, if it is time to look; return how many questions that were."""
        with self._lock:
            if now < self._next:
                return 0
            self._next = now + _EVERY
        due = list(fell_due(self._store.having("channel", DAILY), now))
        return sum(self._store.accept(one.event, one.thread, one.to_dict(), at=one.at) for one in due)
