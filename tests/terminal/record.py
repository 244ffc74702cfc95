"""Records the README's picture of the shell from a dialogue in a real terminal: `make picture`."""

import tempfile
from pathlib import Path

from platformdirs import user_cache_path

from tests.terminal.home import ROOT, Home
from tests.terminal.picture import svg
from tests.terminal.terminal import Terminal

PICTURE = ROOT / "docs" / "pictures" / "shell.svg"
_COLUMNS, _ROWS = 96, 45
_NAME = "The tutor asks who may see the new model and how fast it must be undone, then answers"


def recorded(home: Home) -> str:
    """Return the picture of the dialogue that the README tells, at the end of it."""
    with home.open("chat", "--no-history", columns=_COLUMNS, rows=_ROWS) as terminal:
        _play(terminal)
        return svg(terminal.screen, title="tutor", name=_NAME)


def _play(terminal: Terminal) -> None:
    terminal.until("Databricks ML")
    terminal.ask("Which rollout do we need?")
    terminal.until("Only a few at first")
    terminal.press("down", "enter")
    terminal.until("Step by step is fine")
    terminal.ask("we must be back within seconds")
    terminal.until("rollback = Within seconds")
    terminal.settle()


def main() -> None:
    """Write the picture; the bundled pack is learned first if it has to be."""
    with tempfile.TemporaryDirectory() as folder:
        PICTURE.write_text(recorded(Home(Path(folder), cache=user_cache_path())), encoding="utf-8")


if __name__ == "__main__":
    main()
