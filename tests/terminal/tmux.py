"""The same in tmux: a second terminal that knows nothing of the first, to be asked whether it sees the same."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.terminal.terminal import PATIENCE

_EVERY = 0.05  #: seconds between two looks


class Tmux:
    """One program, started in *folder*, in a tmux server of its own; leaving the `with` block ends both."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str], folder: Path, columns: int = 80, rows: int = 24
    ) -> None:
        self._home = tempfile.TemporaryDirectory(prefix="tmux-")  # short: the path of a socket must be
        self._base = ["tmux", "-u", "-S", str(Path(self._home.name) / "s"), "-f", "/dev/null"]
        given = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        size = ["-x", str(columns), "-y", str(rows)]
        self._run("set-option", "-g", "remain-on-exit", "on", ";", "set-option", "-g", "status", "off", ";",
                  "new-session", "-d", "-c", str(folder), *size, *given, "--", *command)  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._run("kill-server")
        self._home.cleanup()

    @property
    def rows(self) -> list[str]:
        """The lines on the screen, without the spaces at their ends."""
        return [row.rstrip() for row in self._run("capture-pane", "-p").split("\n")[:-1]]

    def say(self, text: str) -> None:
        """Type *text* and press Enter, all at once."""
        self._run("send-keys", "-l", f"{text}\r")

    def press(self, *keys: str) -> None:
        """Press keys by the names that tmux has for them."""
        self._run("send-keys", *keys)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def until(self, text: str) -> None:
        """Wait until *text* is on the screen."""
        self.wait(lambda rows: any(text in row for row in rows), f"“{text}” on the screen")

    def wait(self, seen: Callable[[list[str]], bool], what: str) -> None:
        """Look at the lines again and again until *seen* holds of them."""
        end = time.monotonic() + PATIENCE
        while not seen(rows := self.rows):
            assert time.monotonic() < end, "\n".join([f"waited in vain for {what}; there is", *rows])
            time.sleep(_EVERY)

    def _run(self, *words: str) -> str:
        return subprocess.run([*self._base, *words], check=True, capture_output=True, text=True).stdout
