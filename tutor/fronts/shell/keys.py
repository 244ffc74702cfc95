"""The keys of the shell: one table for the help, and what they do to the line."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Always, Condition, Filter, completion_is_selected, has_completions, has_focus
from prompt_toolkit.input.ansi_escape_sequences import ANSI_SEQUENCES
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from tutor.fronts.shell.prompt import Shell

#: Shift-Enter, where a terminal tells it from Enter, is Alt-Enter
ANSI_SEQUENCES.update(dict.fromkeys(("\x1b[27;2;13~", "\x1b[13;2u"), (Keys.Escape, Keys.ControlM)))

KEYS = (
    ("Enter", "sends the line; takes the option that the arrows mark"),
    ("Up, Down", "move the mark where there are options and the line is empty, else go through the history"),
    ("Ctrl-P, Ctrl-N", "go through the history"),
    ("Ctrl-R", "searches the history"),
    ("Right, Ctrl-E, Ctrl-F", "take the grey suggestion"),
    ("Tab", "goes through the completions"),
    ("Alt-Enter, Shift-Enter", "begin a new line; a paste of several lines stays one question"),
    ("Esc", "closes the completions; else clears the line; on an empty line goes back one question"),
    ("F1", "is /help"),
    ("F2", "begins a correction: /set"),
    ("Ctrl-L", "clears the screen"),
    ("Ctrl-C", "drops the line, or ends waiting"),
    ("Ctrl-D", "leaves, on an empty line"),
    ("Ctrl-Z", "puts the shell to sleep; fg wakes it"),
)


def bindings(shell: "Shell") -> KeyBindings:
    """Return the keys of *shell* that are not those of every line."""
    keys = KeyBindings()
    typing = has_focus(DEFAULT_BUFFER)
    choosing = Condition(lambda: bool(shell.choosing.offers) and not shell.line.text) & typing

    def bound(*sequence: str, when: Filter = typing) -> Callable[[Callable[[], None]], None]:
        def add(act: Callable[[], None]) -> None:
            @keys.add(*sequence, filter=when)
            def _(event: KeyPressEvent) -> None:  # noqa: ARG001
                act()

        return add

    bound("enter")(shell.enter)
    bound("escape", "enter")(lambda: shell.line.insert_text("\n"))
    bound("enter", when=typing & completion_is_selected)(shell.close_menu)
    bound("up", when=choosing)(lambda: shell.choosing.move(-1))
    bound("down", when=choosing)(lambda: shell.choosing.move(1))
    bound("c-p")(shell.line.history_backward)
    bound("c-n")(shell.line.history_forward)
    bound("escape")(shell.escape)
    bound("escape", when=typing & has_completions)(shell.close_menu)
    bound("f1")(lambda: shell.call("/help"))
    bound("f2")(lambda: shell.correct(""))
    bound("c-c")(shell.drop)
    bound("<sigint>", when=Always())(shell.drop)
    return keys
