"""A mock exam on the whole screen: keys in, lines out, a clock at the top."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.formatted_text.base import StyleAndTextTuples
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.output import Output

from tutor.errors import TutorError
from tutor.fronts.study.sitting import Sitting
from tutor.fronts.study.view import View, pressed
from tutor.render import exam_screen
from tutor.render.theme import style_of
from tutor.render.wrapped import fragments

_SECOND = 1.0
_AROUND = 4  #: lines that are not the middle: the head, an empty line, and two at the foot
_ENDINGS = [getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
_NAMES = {"c-m": "enter", "c-i": "tab", "c-h": "backspace", "s-tab": "tab"}


class Screen:
    """One sitting on a terminal's second screen; `run` returns when it is paused or handed in."""

    def __init__(
        self, sitting: Sitting, theme: str, *, input: Input | None = None, output: Output | None = None
    ) -> None:
        self.sitting, self.view = sitting, View()
        self.fault: TutorError | None = None
        self.ending: int | None = None  #: the signal that asked for the end
        self._app: Application[None] = Application(
            Layout(
                HSplit([self._window(self._head, 1), self._window(self._middle, None), self._window(self._foot, 1)])
            ),
            key_bindings=self._bindings(),
            style=style_of(theme),
            full_screen=True,
            input=input,
            output=output,
            include_default_pygments_style=False,
        )
        self._app.ttimeoutlen = 0.05

    def run(self) -> None:
        """Let the clock run, take keys until the exam is paused or over; what could not be kept is raised."""
        self.sitting.begin()
        self._app.run(pre_run=self._start, handle_sigint=False)
        if self.fault:
            raise self.fault
        self.sitting.pause()

    def press(self, key: str) -> None:
        """Do what *key* does."""
        self.view = pressed(self.view, self.sitting.exam, key)
        if step := self.view.step:
            self._try(lambda: self.sitting.do(step))
        if self.view.leaving or self.sitting.exam.over:
            self._leave()

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add(Keys.Any)
        @keys.add("escape", eager=True)
        @keys.add("<sigint>")
        def _(event: KeyPressEvent) -> None:
            key = event.key_sequence[0].key
            self.press("c-c" if key == Keys.SIGINT else _NAMES.get(key, key))

        @keys.add("c-z")
        def _(event: KeyPressEvent) -> None:
            event.app.suspend_to_background()

        @keys.add("c-l")
        def _(event: KeyPressEvent) -> None:
            event.app.renderer.clear()

        return keys

    def _start(self) -> None:
        self._app.create_background_task(self._ticking())
        loop = asyncio.get_running_loop()
        for number in _ENDINGS:
            with suppress(NotImplementedError):  # Windows
                loop.add_signal_handler(number, self._end, number)

    async def _ticking(self) -> None:
        while True:
            await asyncio.sleep(_SECOND)
            self._try(self.sitting.tick)
            if self.sitting.exam.over:
                self._leave()
            self._app.invalidate()

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except TutorError as error:
            self.fault = error
            self._leave()

    def _end(self, number: int) -> None:
        self.ending = number
        self._leave()

    def _leave(self) -> None:
        if self._app.is_running and not self._app.is_done:
            self._app.exit()

    # what is seen

    def _window(self, shown: Callable[[], StyleAndTextTuples], height: int | None) -> Window:
        return Window(FormattedTextControl(shown), height=height, always_hide_cursor=True, wrap_lines=True)

    def _head(self) -> StyleAndTextTuples:
        return _fragments([exam_screen.head(self.sitting.exam, self.sitting.left, self._columns)])

    def _middle(self) -> StyleAndTextTuples:
        exam, width = self.sitting.exam, self._columns - 1
        height = max(1, self._app.output.get_size().rows - _AROUND)
        match self.view.mode:
            case "question":
                topic = self.sitting.pack.topics.get(exam.open.topic, exam.open.topic)
                lines = exam_screen.question(exam, topic, self.view.marked, width)
            case "overview":
                at = exam.place if self.view.marked is None else self.view.marked
                lines = exam_screen.overview(exam, at, width)
                return _fragments([[], *exam_screen.windowed(lines, max(0, at - height // 2), height)])
            case "handing in":
                lines = exam_screen.handing_in(exam, width)
            case "help":
                lines = exam_screen.keys(width)
        top = exam_screen.seen(lines, self.view.top, height) if self.view.follow else self.view.top
        self.view = replace(self.view, top=min(top, max(0, len(lines) - height)))
        return _fragments([[], *exam_screen.windowed(lines, self.view.top, height)])

    def _foot(self) -> StyleAndTextTuples:
        return _fragments([exam_screen.foot(self.view.mode, len(self.sitting.exam.open.choices), self._columns)])

    @property
    def _columns(self) -> int:
        return self._app.output.get_size().columns


def _fragments(lines: list[exam_screen.Line]) -> StyleAndTextTuples:
    said: list[Any] = [fragment for line in lines for fragment in fragments(line)]
    return said[:-1]  # the last line needs no end
