"""Which requests were answered already, by their signatures, so that a copy of one is turned away."""

import time
from collections.abc import Callable

_LASTS = 600.0  #: seconds; a signature is good from five minutes before its time to five after
_MOST = 100_000  #: signatures, so that memory has an end


class Replays:
    """Remembers signatures for as long as they are good. To be used from one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[str, float] = {}

    def __contains__(self, signature: str) -> bool:
        return signature in self._seen

    def add(self, signature: str) -> None:
        """Remember *signature*, and let go of what is too old, or too many."""
        now = self._clock()
        self._seen[signature] = now
        while len(self._seen) > _MOST or now - next(iter(self._seen.values())) > _LASTS:
            del self._seen[next(iter(self._seen))]
