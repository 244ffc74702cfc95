"""What tests share: the tiny tea pack, the bundled pack, and where the shared evidence lies."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.postgres import Cluster, cluster, programs
from tutor import Tutor
from tutor.folder import bundled
from tutor.pack import load_pack
from tutor.subject import Pack

HERE = Path(__file__).parent
TEA = HERE / "tea"
TEA_EVIDENCE = HERE / "tea-evidence"
SHARED = HERE.parent.parent / "shared"

_N = TypeVar("_N")


def changed(noun: _N, **fields: Any) -> _N:
    """Return *noun*, a pack or a part of one, with other *fields*."""
    made: _N = replace(noun, **fields)  # type: ignore[type-var]
    return made


def promising(pack: Pack, **bars: float) -> Pack:
    """Return *pack* with other bars."""
    return changed(pack, about=changed(pack.about, bars=changed(pack.about.bars, **bars)))


@pytest.fixture(scope="session", autouse=True)
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of state, settings and data in all tests, so that none touches what is kept about who runs them."""
    home = tmp_path_factory.mktemp("nobody")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("STATE", "CONFIG", "DATA"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield home


@pytest.fixture(scope="session")
def tea_pack() -> Pack:
    return load_pack(TEA)


@pytest.fixture(scope="session")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Tutor:
    return Tutor.load(TEA, cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(bundled())


@pytest.fixture(scope="session")
def tutor() -> Tutor:
    """The bundled tutor, from the user's cache: make check has it learned before the tests start."""
    return Tutor.load()


@pytest.fixture
def tea_copy(tmp_path: Path) -> Path:
    """A copy of the tea pack that a test may spoil."""
    return Path(shutil.copytree(TEA, tmp_path / "tea"))


@pytest.fixture
def spoil(tea_copy: Path) -> Callable[[str, str, str], Path]:
    """Replace a text in a file of a copy of the tea pack; returns the folder of the copy."""

    def replace(file: str, old: str, new: str) -> Path:
        path = tea_copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return tea_copy

    return replace


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared evidence; in CI it must be there."""
    if not (SHARED / "sources").is_dir():
        if os.environ.get("CI"):
            pytest.fail("../shared is missing: in CI these tests must run")
        pytest.skip("../shared is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server; in CI it must be there."""
    if programs() is None:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is missing: in CI these tests must run")
        pytest.skip("PostgreSQL is not installed")
    with cluster() as started:
        yield started
