"""A second terminal, tmux, sees what the first one sees."""

import os
from pathlib import Path

import pytest

from tests.terminal.conftest import READY
from tests.terminal.expected import written
from tests.terminal.home import TUTOR, Home
from tests.terminal.test_asking import WHICH
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


def test_the_shell_shows_the_same_screens_there(home: Home) -> None:
    with Tmux([*TUTOR, "chat", "--pack", "tea"], env=home.env, folder=home.folder) as tmux:
        tmux.until(READY)
        tmux.wait(lambda rows: rows == written("first-80x24"), "the first screen")
        tmux.say(WHICH)
        tmux.wait(lambda rows: rows == written("asked"), "the first question")
        tmux.press("Down", "Down")
        tmux.wait(lambda rows: rows == written("marked"), "the second option marked")
        tmux.press("Up", "Enter")
        tmux.until("A whole pot")
        tmux.press("Up", "Up", "Up")
        tmux.wait(lambda rows: rows == written("marked-next"), "the second option of the second question marked")
        tmux.press("Enter")
        tmux.wait(lambda rows: rows == written("answered-by-arrows"), "the answer")


def test_the_shell_survives_a_terminal_that_wraps_its_lines_anew(home: Home) -> None:
    with Tmux([*TUTOR, "chat", "--pack", "tea"], env=home.env, folder=home.folder, columns=100) as tmux:
        tmux.until(READY)
        tmux.say(WHICH)
        tmux.until("doesn't matter")
        for columns, rows in ((50, 20), (40, 16), (100, 24)):
            tmux.resize(columns, rows)
            tmux.wait(lambda shown: shown[-1].startswith(" hour ?"), "the toolbar")
        tmux.press("Down", "Enter")
        tmux.until("A whole pot")
        shown = [row for row in tmux.rows if row]
        assert [row for row in shown if row.startswith("you>")] == [
            "you> Which tea should I brew?",
            "you> In the morning",
            "you>",
        ]
        assert [row for row in shown if "1." in row] == ["› 1. In the morning", "  1. One cup"]
