"""Progress: how far a batch has come, told to whoever watches it."""

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Self

_EVERY = 10.0  #: seconds between two plain lines
_MOST = 0.999  #: share that is shown at most before the end: how many rows there are is a guess


class Progress:
    """Counts rows and time, and keeps it to itself. *rows* are those answered, *kept* those that were kept before."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.counted: Counter[str] = Counter()
        self.kept = 0
        self.total: int | None = None
        self._began = self._ended = 0.0

    @contextlib.contextmanager
    def watching(self, total: int | None) -> Iterator[Self]:
        """Watch a batch of about *total* rows, None where nobody knows."""
        self.total, self._began = total, self.clock()
        try:
            self.begin()
            yield self
        finally:
            self._ended = self.clock()
            self.end()

    def add(self, counted: Counter[str], *, kept: bool = False) -> None:
        """Count what another part holds; *kept* says that it was done before."""
        self.counted += counted
        self.kept += counted.total() if kept else 0
        self.show()

    def begin(self) -> None:
        """Show the beginning."""

    def show(self) -> None:
        """Show how far it is."""

    def end(self) -> None:
        """Show the end."""

    @property
    def seconds(self) -> float:
        """How long it took so far, or in all."""
        return max(self._ended or self.clock(), self._began) - self._began

    @property
    def rate(self) -> float:
        """How many rows a second were answered, those that were kept before left out."""
        return (self.counted.total() - self.kept) / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """How many seconds are left, None where nobody knows."""
        if self.total is None or not self.rate:
            return None
        return max(0, self.total - self.counted.total()) / self.rate

    @property
    def told(self) -> str:
        """How long it took, and how fast it was."""
        before = f", {self.kept:,} rows were done before" if self.kept else ""
        return f"{self.seconds:.1f} s, {self.rate:,.0f} rows a second{before}"


class Lines(Progress):
    """Tells a plain line now and then."""

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(clock)
        self._tell, self._last = tell, 0.0

    def begin(self) -> None:
        """Wait for the first line."""
        self._last = self.clock()

    def show(self) -> None:
        """Tell a line, unless one was told just now."""
        if self.clock() - self._last >= _EVERY:
            self._last = self.clock()
            self._tell(self._line())

    def _line(self) -> str:
        done = self.counted.total()
        share = f" of about {self.total:,} ({min(_MOST, done / self.total):.1%})" if self.total else ""
        left = f", {_spell(self.left)} left" if self.left is not None else ""
        return f"{done:,}{share} rows, {self.rate:,.0f} a second{left}: {statuses(self.counted)}"


class Bar(Progress):
    """Draws a bar on a terminal."""

    def begin(self) -> None:
        """Draw an empty bar."""
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread beside ours
        self.bar = tqdm(total=self.total, unit=" rows", unit_scale=True, file=sys.stderr, dynamic_ncols=True)

    def show(self) -> None:
        """Draw how far it is; what was kept before does not count for the rate."""
        done = self.counted.total()
        self.bar.total = max(self.total, done) if self.total is not None else None
        self.bar.initial = self.kept
        self.bar.set_postfix_str(statuses(self.counted), refresh=False)
        self.bar.update(done - self.bar.n)

    def end(self) -> None:
        """Take the bar away: the summary says it all."""
        self.bar.leave = False
        self.bar.close()


def statuses(counted: Counter[str]) -> str:
    """Return how many rows have which status.

    >>> statuses(Counter(answered=2, error=1))
    '2 answered, 1 error'
    """
    return ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))


def _spell(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
