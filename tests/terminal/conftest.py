"""What scenes share: homes in which the tutor has the tea pack, or the bundled one, learned already."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from tests.conftest import TEA
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal
from tutor import Tutor

READY = "Brewing tea"  #: stands at the bottom once the pack is loaded and as long as nothing is known
PROMPTED = "Ctrl-D leave"  #: stands at the bottom while a line can be typed
STRICT = {"PYTHONWARNINGS": "error"}


@pytest.fixture(scope="session")
def learned_tea(tea: Tutor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tea pack with what was learned from it beside it."""
    folder = Path(shutil.copytree(TEA, tmp_path_factory.mktemp("packs") / "tea"))
    tea.save(folder / "learned.weights")
    return folder


@pytest.fixture
def home(learned_tea: Path, tmp_path: Path) -> Home:
    """A home in which the tea pack lies as `tea`."""
    shutil.copytree(learned_tea, tmp_path / "tea")
    return Home(tmp_path, cache=tmp_path / "cache", also=STRICT)


@pytest.fixture
def bundled_home(tutor: Tutor, tmp_path: Path) -> Home:
    """A home in which the bundled pack is learned already."""
    return Home(tmp_path, cache=user_cache_path(), also=STRICT)


@pytest.fixture
def shell(home: Home) -> Iterator[Terminal]:
    """The shell with the tea pack at 80x24, ready; whatever happens there, nobody sees a traceback."""
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until(READY)
        yield terminal
        assert b"Traceback" not in terminal.output


@pytest.fixture(scope="session")
def tmux() -> None:
    """Needs tmux; in CI it must be there."""
    if not shutil.which("tmux"):
        if os.environ.get("CI"):
            pytest.fail("tmux is missing: in CI these tests must run")
        pytest.skip("tmux is not installed")
