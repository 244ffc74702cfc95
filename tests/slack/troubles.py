"""What goes wrong with Slack itself, on demand: refusals, errors, slow or lost answers, and the pace of posting."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.slack.message import Json


@dataclass(frozen=True)
class Refuse:
    """An answer of 200 that is not ok, such as fatal_error or ratelimited."""

    error: str


@dataclass(frozen=True)
class Status:
    """An answer with an HTTP *status* and a body that is no JSON."""

    status: int = 500


@dataclass(frozen=True)
class Limited:
    """429 with Retry-After in *seconds*."""

    seconds: int = 1


@dataclass(frozen=True)
class Reset:
    """The connection breaks before an answer."""


@dataclass(frozen=True)
class Silent:
    """No answer for *seconds*, then the connection breaks."""

    seconds: float = 60.0


@dataclass(frozen=True)
class Slow:
    """The answer comes *seconds* late."""

    seconds: float


Trouble = Refuse | Status | Limited | Reset | Silent | Slow


@dataclass
class _Planned:
    method: str
    trouble: Trouble
    times: int
    after: bool
    only: Callable[[Json], bool]


@dataclass
class Troubles:
    """What was planned and has not yet happened."""

    _planned: list[_Planned] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(
        self,
        method: str,
        trouble: Trouble,
        *,
        times: int = 1,
        after: bool = False,
        only: Callable[[Json], bool] = lambda _: True,
    ) -> None:
        """Let the next *times* calls of *method* (of those with the arguments that *only* takes) meet *trouble*.

        With *after* it comes once the call has been carried out: the message stands there, the app does not learn it.
        """
        with self._lock:
            self._planned.append(_Planned(method, trouble, times, after, only))

    def meets(self, method: str, arguments: Json, *, after: bool) -> Trouble | None:
        """Return the trouble that this call meets, if any, and count it."""
        with self._lock:
            for one in self._planned:
                if one.times and (one.method, one.after) == (method, after) and one.only(arguments):
                    one.times -= 1
                    return one.trouble
        return None

    def pending(self) -> int:
        """Return how many calls are still to meet trouble."""
        return sum(one.times for one in self._planned)


@dataclass
class Pace:
    """About *per_second* messages a second in each channel, *burst* at once; None for any pace."""

    per_second: float | None = None
    burst: int = 3
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def waits(self, channel: str, now: float) -> int:
        """Return 0 and count the message if it may go to *channel* now; else after how many seconds to come back."""
        if self.per_second is None:
            return 0
        left, at = self._left.get(channel, (float(self.burst), now))
        left = min(float(self.burst), left + (now - at) * self.per_second)
        allowed = left >= 1
        self._left[channel] = (left - allowed, now)
        return 0 if allowed else max(1, round((1 - left) / self.per_second + 0.5))
