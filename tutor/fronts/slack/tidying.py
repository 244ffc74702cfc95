"""Letting go of what is older than the admin wants it to be kept."""

from threading import Lock
from typing import get_args

from tutor.fronts.slack.settings import Settings
from tutor.store import Store
from tutor.store.values import Kind

_DAY = 86_400.0
_EVERY = 3_600.0  #: seconds between two rounds
_IDS = 7.0  #: days that the ids of handled events are kept: Slack repeats them for an hour


class Tidying:
    """Lets go now and then. Safe to share between threads: one does it, the others go on."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._next, self._lock = 0.0, Lock()

    def tidy(self, now: float) -> int:
        """Delete what is too old, if it is time to; return how many rows that were."""
        with self._lock:
            if now < self._next:
                return 0
            self._next = now + _EVERY
        kinds: tuple[Kind, ...] = get_args(Kind)
        return sum(self._store.expire(kind, before=now - self._days(kind) * _DAY) for kind in kinds if kind != "counts")

    def _days(self, kind: Kind) -> float:
        return min(_IDS, self._settings.retention) if kind == "events" else self._settings.retention
