"""The wheel, by itself: what is in it, and what it can do in an empty place."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tutor import Tutor

ROOT = Path(__file__).parent.parent


@pytest.fixture
def wheel(tutor: Tutor, tmp_path: Path) -> Path:
    tutor.save(ROOT / "learned.weights")  # as make wheel does
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "dist"), str(ROOT)]
    built = subprocess.run(build, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = (tmp_path / "dist").iterdir()
    return found


def test_the_wheel_holds_the_code_and_the_whole_pack_and_nothing_else(wheel: Path) -> None:
    pack = [path for top in ("knowledge", "intents") for path in (ROOT / top).rglob("*.yaml")]
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"tutor/bundled/{path.relative_to(ROOT).as_posix()}" for path in pack} <= names
    assert {
        "tutor/cli/__init__.py",
        "tutor/py.typed",
        "tutor/fronts/batch/run.py",
        "tutor/bundled/learned.weights",
    } <= names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"tutor", "scenario_tutor"}


def test_the_wheel_alone_answers_in_an_empty_folder_and_keeps_the_contract(wheel: Path, tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    bin_ = tmp_path / "venv" / "bin"
    install = [str(bin_ / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    installed = subprocess.run(install, capture_output=True, text=True)
    assert installed.returncode == 0, installed.stderr

    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    home.mkdir()
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    env |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=empty, env=env, capture_output=True, text=True)

    asked = run(str(bin_ / "tutor"), "ask", "What is the difference between canary and blue-green?", "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["entry"] == "pair.blue-green-vs-canary"
    assert asked.stderr == ""  # nothing had to be learned
    assert not (home / "cache").exists()
    assert list(empty.iterdir()) == []

    where = run(str(bin_ / "python"), "-c", "import tutor.folder; print(tutor.folder.bundled())").stdout.strip()
    assert Path(where).is_relative_to(tmp_path / "venv")
    assert (Path(where) / "knowledge" / "pack.yaml").is_file()
    assert (Path(where) / "intents" / "outside.yaml").is_file()

    contract = SHARED / "tools" / "contract.py"
    if contract.exists() or os.environ.get("CI"):
        kept = run(str(bin_ / "python"), str(contract))
        assert (kept.stdout.strip(), kept.returncode) == ("contract holds", 0), kept.stderr
