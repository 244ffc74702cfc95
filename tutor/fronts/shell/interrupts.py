"""What signals ask of the shell: to stop what takes long, or to end. They are raised only while a line is read."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ENDINGS = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]


class Interrupts:
    """Hears Ctrl-C as a wish to stop, and a hang-up or a request to terminate as a wish to end."""

    def __init__(self) -> None:
        self.reading = False  #: whether a line is read by a call that only an exception ends
        self.stop = False  #: Ctrl-C came since this was last made False
        self.ending: int | None = None  #: the signal that asked for the end
        self.drop: Callable[[], None] = lambda: None  #: drops a line that is read otherwise
        self.wake: Callable[[], None] = lambda: None  #: ends it

    @property
    def asked(self) -> bool:
        """Whether to stop what takes long."""
        return self.stop or self.ending is not None

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Hear the signals; afterwards they do what they did before."""
        before = {number: signal.signal(number, self._end) for number in _ENDINGS}
        before[signal.SIGINT] = signal.signal(signal.SIGINT, self._stop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def raised(self) -> Iterator[None]:
        """Let the signals be raised, as KeyboardInterrupt and SystemExit."""
        self.reading = True
        try:
            yield
        finally:
            self.reading = False

    def _stop(self, *_: object) -> None:
        self.stop = True
        if self.reading:
            raise KeyboardInterrupt
        self.drop()

    def _end(self, number: int, _: object) -> None:
        self.ending = number
        signal.signal(number, signal.SIG_DFL)  # the second time it is obeyed at once
        if self.reading:
            sys.exit(128 + number)
        self.wake()
