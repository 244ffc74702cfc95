"""Stopping: Ctrl-C and SIGTERM as one exception, so that a batch ends in good order whoever ends it."""

import contextlib
import signal
from collections.abc import Iterator, Mapping
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """The batch was told to stop by a signal; *kept* says what of it is kept and how to go on."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number
        self.kept: str | None = None

    @property
    def exit_code(self) -> int:
        """The exit code that shells know: 130 after Ctrl-C, 143 after SIGTERM."""
        return 128 + self.number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Let the first signal raise Stopped, and a second one do what it does anywhere; for the main thread."""
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def stop(number: int, _: object) -> None:
        _restore(before)
        raise Stopped(number)

    for number in SIGNALS:
        signal.signal(number, stop)
    try:
        yield
    finally:
        _restore(before)


def _restore(before: Mapping[signal.Signals, Any]) -> None:
    for number, handler in before.items():
        signal.signal(number, handler)
