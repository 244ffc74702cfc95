"""A second terminal, tmux, sees what the first one sees."""

import os
from pathlib import Path

import pytest

from tests.terminal.tmux import Tmux

pytestmark = pytest.mark.usefixtures("tmux")


def test_what_is_typed_is_echoed_and_comes_back(tmp_path: Path) -> None:
    with Tmux(["cat", "-"], env=dict(os.environ), folder=tmp_path, columns=40, rows=6) as tmux:
        tmux.say("tea")
        tmux.until("tea")
        tmux.say("green")
        tmux.wait(lambda rows: rows == ["tea", "tea", "green", "green", "", ""], "both lines twice")
        tmux.resize(50, 8)
        assert len(tmux.rows) == 8
