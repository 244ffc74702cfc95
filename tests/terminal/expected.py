"""Screens written out: each as a text file in screens/, compared to the character, written anew on demand.

`make screens` (or WRITE_SCREENS=1 before pytest) writes what is shown now; git diff then tells what to review.
"""

import os
from difflib import unified_diff
from pathlib import Path

from tests.terminal.terminal import Terminal

FOLDER = Path(__file__).parent / "screens"
WRITING = bool(os.environ.get("WRITE_SCREENS"))
_SLOW = 0.5  #: seconds without a byte after which a screen is written down


def screen_text(terminal: Terminal) -> str:
    """Return the screen as its file has it: every line, and below them the size and where the cursor is."""
    screen = terminal.screen
    cursor = f"cursor {screen.cursor.y + 1}:{screen.cursor.x + 1}" if screen.cursor_shown else "no cursor"
    size = f"{screen.columns}x{screen.lines}"
    return "\n".join([*screen.rows, f"{f'--- {size}, {cursor} ':-<{screen.columns}}"]) + "\n"


def written(name: str) -> list[str]:
    """Return the lines of the screen that screens/*name*.txt has."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")[:-2]


def shows(terminal: Terminal, name: str) -> None:
    """Wait until the screen is as screens/*name*.txt has it, and stays so; fail with the difference if it never is."""
    path = FOLDER / f"{name}.txt"
    if WRITING:
        terminal.settle(_SLOW)
        FOLDER.mkdir(exist_ok=True)
        path.write_text(screen_text(terminal), encoding="utf-8")
        return
    wanted = path.read_text(encoding="utf-8")
    if not terminal.comes_to(lambda: screen_text(terminal) == wanted):
        lines = unified_diff(
            wanted.split("\n"), screen_text(terminal).split("\n"), path.name, "the screen", lineterm=""
        )
        raise AssertionError("\n".join(lines))
