"""Weights on disk: they come back as they were, whole or not at all."""

import errno
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import CALIBRATION, CLASSES, small_raw, small_weights
from tutor.weights import Classes, Weights, hashed, load_weights, read_weights

IDF = {"stem tea": 1.5, "pair green tea": 2.0, "name grüner Tee ☕": 0.25}
ROWS = {"stem tea": [1, 0, -127, 0, 5, 0], "name grüner Tee ☕": [0, 0, 0, 0, 0, 127]}
RAW = small_raw(
    IDF,
    ROWS,
    scales={"stem tea": 0.5},
    intercepts=[0.0, -1.0, 1e-9, 3.0, -0.0, 0.1],
    calibration={**CALIBRATION, "inside": {"lead": 0.1, "bias": -1.0000000000000002}},
    words=("green", "tea", "ß"),
    extra="what else is kept ☕",
)
TEXT = st.text(st.characters(codec="utf-8"), max_size=10)


def read(raw: bytes, key: str | None = None) -> Weights:
    weights = read_weights(raw, key=key)
    assert weights is not None
    return weights


def written(path: Path, raw: bytes = RAW) -> Path:
    path.write_bytes(raw)
    return path


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.weights"
    read(RAW).save(path)
    weights = load_weights(path, key="key")
    assert path.read_bytes() == RAW
    assert weights is not None
    assert weights == read(RAW)
    assert hash(weights) == hash(read(RAW))
    assert weights.key == "key"
    assert weights.classes == CLASSES
    assert weights.calibration == {**CALIBRATION, "inside": {"lead": 0.1, "bias": -1.0000000000000002}}
    assert weights.words == ("green", "tea", "ß")
    assert weights.text("extra") == "what else is kept ☕"
    assert list(weights.members) == ["logistic"]


def test_a_table_has_a_row_for_each_feature_and_a_column_for_each_class() -> None:
    weights = read(RAW)
    tea, pair, name = (weights.row(feature) for feature in IDF)
    table = weights.merged
    dense = [
        dict(zip(table.columns[first:last], table.values[first:last], strict=True))
        for first, last in zip(table.starts, table.starts[1:], strict=False)
    ]
    assert sorted([tea, pair, name]) == [0, 1, 2]
    assert (dense[tea], dense[pair], dense[name]) == ({0: 1, 2: -127, 4: 5}, {}, {5: 127})
    assert [table.scales[row] for row in (tea, pair, name)] == [0.5, 1.0, 1.0]
    assert [weights.idf[row] for row in (tea, pair, name)] == [1.5, 2.0, 0.25]
    assert [float(number).hex() for number in table.intercepts] == [
        number.hex() for number in (0.0, -1.0, 1e-9, 3.0, -0.0, 0.1)
    ]


def test_weights_differ_when_their_bytes_do() -> None:
    assert read(RAW) != small_weights(IDF, ROWS)
    assert read(RAW) != RAW


@settings(deadline=None)
@given(names=st.lists(TEXT, unique=True, max_size=8), others=st.lists(TEXT, max_size=8))
def test_every_learned_feature_has_its_own_row_and_no_other_has_one(names: list[str], others: list[str]) -> None:
    weights = small_weights({name: float(number) for number, name in enumerate(names)})
    rows = [weights.row(name) for name in names]
    assert sorted(rows) == list(range(len(names)))
    assert [weights.idf[row] for row in rows] == list(range(len(names)))
    assert {weights.row(other) for other in others if other not in names} <= {-1}


def test_a_feature_is_kept_under_sixty_four_bits_that_never_change() -> None:
    assert hashed("stem tea") == 378_997_902_482_214_170


@settings(deadline=None, max_examples=40)
@given(names=st.lists(TEXT, unique=True, max_size=6), numbers=st.lists(st.floats(allow_nan=False), max_size=6))
def test_any_names_and_numbers_come_back_in_their_order(names: list[str], numbers: list[float]) -> None:
    classes = Classes(tuple(names), tuple(names), tuple(range(len(names))))
    said = [name for name in names if name and "\n" not in name]
    weights = small_weights(
        {},
        classes=classes,
        calibration={"fitted": dict(zip(names, numbers, strict=False))},
        words=said,
        key="".join(names),
        extra="\n".join(names),
    )
    assert weights.classes == classes
    assert weights.calibration == {"fitted": dict(zip(names, numbers, strict=False))}
    assert weights.words == tuple(said)
    assert weights.key == "".join(names)
    assert weights.text("extra") == "\n".join(names)


def test_weights_that_know_nothing_can_be_read() -> None:
    weights = small_weights({})
    assert (weights.words, list(weights.idf), weights.row("stem tea"), weights.text("extra")) == ((), [], -1, "")


def test_what_was_loaded_cannot_be_changed(tmp_path: Path) -> None:
    weights = load_weights(written(tmp_path / "w"))
    assert weights is not None
    with pytest.raises(TypeError, match="read-only"):
        weights.idf[0] = 1.0  # type: ignore[index]


@pytest.mark.parametrize("key", ["key", None])
def test_weights_are_read_by_their_key_or_by_any(tmp_path: Path, key: str | None) -> None:
    assert load_weights(written(tmp_path / "w"), key=key) == read(RAW)


@pytest.mark.parametrize("key", ["", "KEY", "key "])
def test_weights_of_another_key_give_none(tmp_path: Path, key: str) -> None:
    assert load_weights(written(tmp_path / "w"), key=key) is None


def test_what_is_absent_gives_none(tmp_path: Path) -> None:
    assert load_weights(tmp_path / "nowhere") is None
    assert load_weights(tmp_path) is None
    assert load_weights(written(tmp_path / "file") / "below-a-file") is None
    assert load_weights(tmp_path / ("x" * 1_000)) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"x",
        b"\0" * 5_000,
        b"\xff\xfe\0" * 50,
        b"{}",
        b"PK\x03\x04" + bytes(200),
        b"\x93NUMPY\x01\0v\0{'descr': '<f4'}",
        b"tutor weights 2\n",
        b"tutor weights 2\n" + b"\0" * 16,
        b"tutor weights 2\n" + b"\xff" * 40,
        RAW.replace(b"tutor weights 2", b"tutor weights 3"),
        RAW[1:],
        b" " + RAW,
        pickle.dumps({"idf": [1.0]}),
    ],
)
def test_a_file_of_another_kind_gives_none(tmp_path: Path, raw: bytes) -> None:
    assert read_weights(raw) is None
    assert load_weights(written(tmp_path / "w", raw)) is None


@settings(deadline=None)
@given(length=st.integers(0, len(RAW) - 1))
def test_a_file_cut_anywhere_gives_none(length: int) -> None:
    assert read_weights(RAW[:length]) is None


@settings(deadline=None, max_examples=500)
@given(at=st.integers(0, len(RAW) - 1), change=st.integers(1, 255))
def test_a_changed_byte_anywhere_gives_none(at: int, change: int) -> None:
    assert read_weights(RAW[:at] + bytes([RAW[at] ^ change]) + RAW[at + 1 :]) is None


def test_a_changed_byte_on_disk_gives_none(tmp_path: Path) -> None:
    assert load_weights(written(tmp_path / "w", RAW[:-1] + bytes([RAW[-1] ^ 1]))) is None


def test_a_file_of_the_other_byte_order_is_foreign(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", {"little": "big", "big": "little"}[sys.byteorder])
    foreign = small_raw(IDF, ROWS)
    assert read_weights(foreign) is not None
    monkeypatch.undo()
    assert read_weights(foreign) is None


def test_a_file_larger_than_any_weights_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path / "w")
    with path.open("r+b") as file:
        file.truncate(2**31 + 1)  # a hole: takes no room on the disk
    assert load_weights(path) is None


def _no_room(_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def _interrupted(_: int) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("failing", "error"), [(_no_room, OSError), (_interrupted, KeyboardInterrupt)])
@pytest.mark.parametrize("before", [None, b"what was there"])
def test_a_failure_while_writing_leaves_things_as_they_were(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    failing: Callable[[int], None],
    error: type[BaseException],
    before: bytes | None,
) -> None:
    path = tmp_path / "kept.weights"
    if before:
        path.write_bytes(before)
    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(error):
        read(RAW).save(path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == ({"kept.weights": before} if before else {})


def test_a_folder_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.weights").mkdir()
    with pytest.raises(OSError, match=r"kept\.weights"):
        read(RAW).save(tmp_path / "kept.weights")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.weights"]
    assert list((tmp_path / "kept.weights").iterdir()) == []


def test_weights_replace_what_was_there_while_it_is_in_use(tmp_path: Path) -> None:
    path = written(tmp_path / "kept.weights")
    before = load_weights(path)
    other = small_weights({"stem coffee": 3.0})
    other.save(path)
    assert load_weights(path) == other
    assert before == read(RAW)  # who has the old file open goes on with it
    assert [file.name for file in tmp_path.iterdir()] == ["kept.weights"]


class _Trap:
    def __init__(self, sprung: Path) -> None:
        self.sprung = sprung

    def __reduce__(self) -> tuple[Callable[[Path], None], tuple[Path]]:
        return Path.touch, (self.sprung,)


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    trap = pickle.dumps(_Trap(tmp_path / "sprung"))
    assert load_weights(written(tmp_path / "w", trap)) is None
    assert read(small_raw({}, extra=trap.decode("latin-1"))).text("extra") == trap.decode("latin-1")
    assert not (tmp_path / "sprung").exists()


def test_reading_weights_imports_neither_pickle_nor_numpy(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tutor.weights import load_weights; "
        "weights = load_weights(Path(sys.argv[1])); assert weights.row('stem tea') >= 0; print(*sys.modules)"
    )
    command = [sys.executable, "-c", code, str(written(tmp_path / "w"))]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert {"pickle", "numpy"}.isdisjoint(said.split())
