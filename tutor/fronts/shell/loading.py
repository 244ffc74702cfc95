"""A tutor on its way: loaded where it is first waited for, or in the background."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tutor.tutor import Tutor

Told = Callable[[str], None]
Load = Callable[[Told], "Tutor"]
_PATIENCE = 0.05  #: seconds between two looks at what the loading is at


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody stopped waiting."""


class Loading:
    """A tutor that is loaded in the background; *step* says what the loading is at."""

    def __init__(self, load: Load) -> None:
        self.load = load
        self.step = ""
        self._made: Future[Tutor] = Future()
        self._started = False

    @property
    def tutor(self) -> "Tutor | None":
        """The tutor, once it is there."""
        return self._made.result() if self._made.done() and not self._made.exception() else None

    @property
    def fault(self) -> BaseException | None:
        """What the loading failed with."""
        return self._made.exception() if self._made.done() else None

    @property
    def under_way(self) -> bool:
        """Whether it is loading at this moment."""
        return self._started and not self._made.done()

    def start(self, changed: Callable[[], None] = lambda: None) -> None:
        """Load, unless that began before; *changed* hears, in another thread, of each step and of the end."""
        if self._started:
            return
        self._started = True

        def told(step: str) -> None:
            self.step = step
            changed()

        self._made.add_done_callback(lambda _: changed())
        Thread(target=self._make, args=(told,), daemon=True).start()

    def wait(self, told: Told, stopped: Callable[[], bool] = lambda: False) -> "Tutor":
        """Return the tutor; *told* hears of the steps meanwhile. What the loading failed with is raised.

        Stopped is raised as soon as *stopped* says so; the loading goes on.
        """
        self.start()
        heard = ""
        while not self._made.done():
            if stopped():
                raise Stopped("stopped")
            if self.step != heard:
                told(heard := self.step)
            wait([self._made], timeout=_PATIENCE)
        return self._made.result()

    def _make(self, told: Told) -> None:
        try:
            self._made.set_result(self.load(told))
        except BaseException as fault:  # carried to whoever waits, a bug as well
            self._made.set_exception(fault)
