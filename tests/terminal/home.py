"""A home of one's own for the tutor: its folders, its environment, and the command in a terminal."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.terminal.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent
TUTOR = [str(Path(sys.executable).parent / "tutor")]
_TAKEN_OVER = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "SYSTEMROOT", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Home:
    """A person's empty home in *folder*, which is also where commands start; *cache* is where learned packs lie."""

    folder: Path
    cache: Path
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        """The environment that the tutor gets: nothing of the one of whoever runs the tests but where programs are."""
        return {
            **{name: os.environ[name] for name in _TAKEN_OVER if name in os.environ},
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "PYTHONPATH": str(ROOT),
            "XDG_CACHE_HOME": str(self.cache),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            **self.also,
        }

    def open(self, *words: str, columns: int = 80, rows: int = 24, also: Mapping[str, str] | None = None) -> Terminal:
        """Start `tutor` with *words* in a terminal, *also* in its environment."""
        env = {**self.env, **(also or {})}
        return Terminal([*TUTOR, *words], env=env, folder=self.folder, columns=columns, rows=rows)
