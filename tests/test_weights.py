"""Weights on disk: they come back as they were, whole or not at all."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.weights import Weights, load_weights

WEIGHTS = Weights(
    vocabulary={"stem tea": 0, "pair green tea": 1, "name grüner Tee ☕": 2},
    idf=np.array([1.5, 2.0, 0.1], dtype=np.float32),
    coefficients=(np.arange(12, dtype=np.float32).reshape(3, 4) / 7).astype(np.float32),
    intercepts=np.array([0.0, -1.0, 1e-9, 3.0], dtype=np.float32),
    groups=("topic hours", "topic leaves"),
    entries=("fact.a", "fact.b"),
    group_of=(0, 1),
    confidence={"entry": 0.1, "bias": -1.0000000000000002},
    words=("green", "tea", "ß"),
)


def same(one: Weights | None, other: Weights) -> bool:
    return one is not None and all(
        np.array_equal(value, getattr(one, name)) and value.dtype == getattr(one, name).dtype
        if isinstance(value, np.ndarray)
        else value == getattr(one, name)
        for name, value in vars(other).items()
    )


def test_weights_come_back_as_they_were(tmp_path: Path) -> None:
    WEIGHTS.save(tmp_path / "a" / "b", {"pack.json": "{}"})
    assert same(load_weights(tmp_path / "a" / "b"), WEIGHTS)
    assert (tmp_path / "a" / "b" / "pack.json").read_text() == "{}"


@settings(deadline=None, max_examples=20)
@given(names=st.lists(st.text(st.characters(codec="utf-8"), max_size=10), unique=True, max_size=6))
def test_any_names_come_back_in_their_order(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("weights") / "kept"
    weights = Weights(
        vocabulary={name: row for row, name in enumerate(names)},
        idf=np.ones(len(names), dtype=np.float32),
        coefficients=np.zeros((len(names), 2), dtype=np.float32),
        intercepts=np.zeros(2, dtype=np.float32),
        groups=tuple(names),
        entries=tuple(names),
        group_of=tuple(range(len(names))),
        confidence=dict.fromkeys(names, 0.5),
        words=tuple(names),
    )
    weights.save(folder, {})
    assert same(load_weights(folder), weights)


def test_the_coefficients_stay_on_disk_until_they_are_used(tmp_path: Path) -> None:
    WEIGHTS.save(tmp_path / "kept", {})
    loaded = load_weights(tmp_path / "kept")
    assert loaded is not None
    assert isinstance(loaded.coefficients, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        loaded.coefficients[0, 0] = 1


def test_what_is_absent_gives_none(tmp_path: Path) -> None:
    assert load_weights(tmp_path / "nowhere") is None
    assert load_weights(tmp_path) is None
    (tmp_path / "file").write_text("x")
    assert load_weights(tmp_path / "file") is None


@pytest.mark.parametrize("file", ["coefficients.npy", "idf.npy", "intercepts.npy", "words.json", "more.txt"])
@pytest.mark.parametrize("length", ["same", "shorter", "none"])
def test_weights_with_a_damaged_file_give_none(tmp_path: Path, file: str, length: str) -> None:
    WEIGHTS.save(tmp_path / "kept", {"more.txt": "some text"})
    path = tmp_path / "kept" / file
    raw = path.read_bytes()
    path.write_bytes({"same": raw[:-1] + bytes([raw[-1] ^ 1]), "shorter": raw[:-1], "none": b""}[length])
    assert load_weights(tmp_path / "kept") is None


@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_a_changed_byte_anywhere_gives_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("weights") / "kept"
    WEIGHTS.save(folder, {})
    path = folder / data.draw(st.sampled_from(["coefficients.npy", "idf.npy", "intercepts.npy", "words.json"]))
    raw = bytearray(path.read_bytes())
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(raw))
    assert load_weights(folder) is None


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no-such-folder"):
        WEIGHTS.save(tmp_path / "kept", {"no-such-folder/pack.json": "{}"})
    assert list(tmp_path.iterdir()) == []


def test_arrays_that_would_need_pickle_are_not_written(tmp_path: Path) -> None:
    unfit = Weights(**{**vars(WEIGHTS), "idf": np.array([{}], dtype=object)})
    with pytest.raises(ValueError, match="allow_pickle=False"):
        unfit.save(tmp_path / "kept", {})
    assert list(tmp_path.iterdir()) == []


def test_whole_weights_of_another_process_are_left_in_place(tmp_path: Path) -> None:
    WEIGHTS.save(tmp_path / "kept", {"more.txt": "first"})
    WEIGHTS.save(tmp_path / "kept", {"more.txt": "second"})
    assert (tmp_path / "kept" / "more.txt").read_text() == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_damaged_weights_are_replaced(tmp_path: Path) -> None:
    WEIGHTS.save(tmp_path / "kept", {"more.txt": "first"})
    (tmp_path / "kept" / "words.json").write_text("{}")
    WEIGHTS.save(tmp_path / "kept", {"more.txt": "second"})
    assert (tmp_path / "kept" / "more.txt").read_text() == "second"
    assert same(load_weights(tmp_path / "kept"), WEIGHTS)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
