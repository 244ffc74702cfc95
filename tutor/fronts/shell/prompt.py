"""The shell in a terminal that can do more than print: a line with keys, completion, a live list and a toolbar."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import Application, get_app_or_none
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, ConditionalAutoSuggest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText, split_lines
from prompt_toolkit.formatted_text.base import StyleAndTextTuples
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input.base import Input
from prompt_toolkit.layout import Container, HSplit
from prompt_toolkit.output import Output
from prompt_toolkit.search import stop_search
from prompt_toolkit.shortcuts import PromptSession, print_formatted_text

from tutor.fronts.shell.choosing import Choosing
from tutor.fronts.shell.completion import Completing
from tutor.fronts.shell.highlighting import Highlighting
from tutor.fronts.shell.keys import KEYS, bindings
from tutor.fronts.shell.paging import ask_for_more, paged, rows_of, turn_pages
from tutor.fronts.shell.session import PROMPT, Session
from tutor.fronts.shell.told import Told
from tutor.fronts.shell.toolbar import toolbar
from tutor.part import Part, Role
from tutor.render.styled import styled
from tutor.render.theme import style_of

if TYPE_CHECKING:
    from tutor.tutor import Tutor

GREETING = "Ask in your own words. /help says what else there is; Ctrl-D leaves."
_LIVE: tuple[Role, ...] = ("options",)  #: shown above the line
_LEAVE = "Ctrl-D or /quit leaves"
_ALONE, _AFTER = 0.05, 0.2  #: seconds after which Esc is no part of a key, and of a sequence of keys
_MENU = 6  #: rows below the line that completions get


class Shell:
    """One session at a terminal."""

    def __init__(
        self,
        session: Session,
        *,
        history: History | None = None,
        input: Input | None = None,
        output: Output | None = None,
    ) -> None:
        self.session, self.hint, self._left_over = session, "", ""
        self._kept, self._unkept = history or InMemoryHistory(), InMemoryHistory()
        session.keys, session.told = KEYS, self._progress
        session.interrupts.drop, session.interrupts.wake = lambda: _in_app(_drop), lambda: _in_app(_end)
        self.choosing = Choosing(session, self.call)
        self._prompt = self._prompting(input, output)
        self._prompt.key_bindings = bindings(self)
        self._above(self.choosing.window(lambda: self.line.text, lambda: self._columns))
        app = self._prompt.app
        app.ttimeoutlen, app.timeoutlen = _ALONE, _AFTER
        app.renderer.cpr_not_supported_callback = None
        app.after_render += self._start

    def _prompting(self, input: Input | None, output: Output | None) -> "PromptSession[str]":
        return PromptSession(
            [("class:prompt", PROMPT)],
            multiline=True,
            prompt_continuation=" " * len(PROMPT),
            lexer=Highlighting(self.session),
            completer=Completing(self.session),
            complete_in_thread=True,
            complete_while_typing=Condition(lambda: self.session.settings.completion and bool(self.line.text)),
            reserve_space_for_menu=_MENU,
            auto_suggest=ConditionalAutoSuggest(
                AutoSuggestFromHistory(), Condition(lambda: self.session.settings.suggestions)
            ),
            search_ignore_case=True,
            history=self._kept,
            bottom_toolbar=self._toolbar,
            mouse_support=Condition(lambda: self.session.settings.mouse and bool(self.choosing.offers)),
            include_default_pygments_style=False,
            enable_suspend=True,
            input=input,
            output=output,
        )

    @property
    def line(self) -> Buffer:
        """The line that is typed."""
        return self._prompt.default_buffer

    @property
    def is_asking(self) -> bool:
        """Whether it waits for keys at this moment."""
        return self._prompt.app.is_running and not self._prompt.app.is_done

    @property
    def is_searching(self) -> bool:
        """Whether the history is searched at this moment."""
        return self._prompt.app.layout.is_searching

    def run(self) -> None:
        """Take lines until one leaves, or the input ends; what the loading failed with is raised."""
        self.show(self.session.greeted(GREETING))
        while self._turn():
            pass

    def show(self, told: Told) -> None:
        """Show what a line came to, with an empty line after it; page by page where it is longer than the screen."""
        said: StyleAndTextTuples = [*styled(told.parts, width=self._columns, without=_LIVE)]
        size = self._prompt.app.output.get_size()
        below = len(self.session.offers()) + 3  # an empty line, the list, the line and the toolbar
        if self.session.settings.paging and _height(said, size.columns) + below > size.rows:
            turn_pages(paged(said, columns=size.columns, rows=size.rows), self._say, self._more)
            self._say([("", "\n")])
        else:
            self._say([*said, ("", "\n")])

    def enter(self) -> None:
        """Send the line, or take the option that is marked."""
        if self.line.text.strip():
            self.line.validate_and_handle()
        elif self.choosing.said:
            self.call(self.choosing.said)

    def call(self, said: str) -> None:
        """Send *said* in place of the line, which comes back afterwards."""
        self._left_over = self.line.text
        self.line.document = Document(said, len(said))
        self._prompt.app.exit(result=said)

    def correct(self, slot: str) -> None:
        """Begin a correction, of *slot* if it is named; what was typed comes back afterwards."""
        if not self.line.text.startswith("/set"):
            self._left_over = self.line.text
        said = f"/set {slot}=" if slot else "/set "
        self.line.document = Document(said, len(said))
        self.line.start_completion()

    def escape(self) -> None:
        """Clear the line; go back one question where it is empty."""
        if self.line.text:
            self._clear()
        elif self.session.pack and self.session.dialogue.asked:
            self.call("/back")

    def drop(self) -> None:
        """Drop the line; where it is empty, say how to leave."""
        self.hint = "" if self.line.text else _LEAVE
        if self.is_searching:
            stop_search()
        self._clear()

    def close_menu(self) -> None:
        """Close the menu of completions; what was selected there stays in the line, and may go on."""
        self.line.complete_state = None
        if self.line.text.endswith("="):
            self.line.start_completion()

    def _clear(self) -> None:
        self.line.cancel_completion()
        self.line.history_forward(count=sys.maxsize)  # it is gone through from its end again
        self.line.document = Document()
        self.choosing.marked = None

    def _turn(self) -> bool:
        """Take one line; say whether the shell goes on."""
        if self.session.loading.fault:
            raise self.session.loading.fault
        before, self._left_over = self._left_over, ""
        self.session.interrupts.stop = False
        self.choosing.open()
        self._prompt.style = style_of(self.session.settings.theme)
        self.line.history = self._kept if self.session.settings.history else self._unkept
        try:
            line = self._prompt.prompt(default=before, handle_sigint=False, pre_run=self._end_where_asked)
        except EOFError:
            return False
        self.hint = ""
        told = self.session.take(line)
        if told.parts:
            self._say([("", "\n")])
            self.show(told)
        return not told.left and self.session.interrupts.ending is None

    def _end_where_asked(self) -> None:
        """End at once where a signal asked for it since the last line."""
        if self.session.interrupts.ending is not None:
            _end(self._prompt.app)

    def _start(self, _: object) -> None:
        """Load the tutor in the background, once the first prompt is visible."""
        self.session.loading.start(self._changed)
        self._prompt.app.after_render -= self._start

    def _changed(self) -> None:
        app = self._prompt.app
        if self.session.loading.fault and app.loop:
            app.loop.call_soon_threadsafe(self._give_up)
        app.invalidate()
        if tutor := self.session.loading.tutor:
            _warm(tutor)

    def _give_up(self) -> None:
        app, fault = self._prompt.app, self.session.loading.fault
        if fault and app.is_running and not app.is_done:
            app.exit(exception=fault)

    def _above(self, window: Container) -> None:
        """Put *window* above the line."""
        rows = self._prompt.layout.container
        assert isinstance(rows, HSplit)
        rows.children.insert(0, window)

    def _toolbar(self) -> StyleAndTextTuples:
        return toolbar(self.session, self._columns, correct=self.correct, hint="" if self.line.text else self.hint)

    @property
    def _columns(self) -> int:
        return self._prompt.app.output.get_size().columns

    def _progress(self, step: str) -> None:
        self._say([*styled([Part("told", f"{step} …")], width=self._columns)])

    def _more(self) -> str:
        if self.session.interrupts.ending is not None:
            return "none"
        return ask_for_more(style=self._prompt.style, input=self._prompt.app.input, output=self._prompt.app.output)

    def _say(self, fragments: StyleAndTextTuples) -> None:
        print_formatted_text(
            FormattedText(fragments),
            end="",
            style=self._prompt.style,
            output=self._prompt.app.output,
            include_default_pygments_style=False,
        )


def _height(said: StyleAndTextTuples, columns: int) -> int:
    return sum(rows_of(line, columns) for line in split_lines(said))


def _warm(tutor: "Tutor") -> None:
    """Answer once and complete once, in the background, so that the first reply finds all imported that it needs."""
    from tutor.spelling import likest
    from tutor.transcript import recorded

    sample = tutor.pack.about.sample
    recorded(sample, tutor.respond(sample).reply)
    likest(sample, [sample[::-1]], most=1)


def _in_app(act: "Callable[[Application[Any]], None]") -> None:
    """Let whatever waits for keys at this moment *act*; a signal may call this."""

    def acting() -> None:
        if app and app.is_running and not app.is_done:
            act(app)

    app = get_app_or_none()
    if app and app.loop and not app.loop.is_closed():
        app.loop.call_soon_threadsafe(acting)


def _drop(app: "Application[Any]") -> None:
    app.key_processor.send_sigint()


def _end(app: "Application[Any]") -> None:
    app.exit(exception=EOFError)
