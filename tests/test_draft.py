"""A file takes its place whole, or not at all."""

import os
from pathlib import Path

import pytest

from tutor.draft import drafted


def test_a_file_takes_its_place_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with drafted(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_what_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="half way"):
        _fail_half_way(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_draft_lies_where_it_is_told_to_and_begins_as_it_is_told_to(tmp_path: Path) -> None:
    (tmp_path / "beside").mkdir()
    with drafted(tmp_path / "a.txt", folder=tmp_path / "beside", prefix="a.txt."):
        assert [path.name.startswith("a.txt.") for path in (tmp_path / "beside").iterdir()] == [True]
    assert (tmp_path / "a.txt").exists()


@pytest.mark.parametrize(("rights", "expected"), [(0o600, 0o600), (None, 0o640)])
def test_a_file_has_the_rights_that_are_given_or_those_of_any_new_one(
    rights: int | None, expected: int, tmp_path: Path
) -> None:
    before = os.umask(0o027)
    try:
        with drafted(tmp_path / "a.txt", rights=rights):
            pass
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == expected


def test_a_place_that_is_not_there_is_named_as_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as raised, drafted(tmp_path / "nowhere" / "a.txt"):
        pass
    assert raised.value.filename == str(tmp_path / "nowhere" / "a.txt")


def _fail_half_way(path: Path) -> None:
    with drafted(path) as file:
        file.write(b"ne")
        raise ValueError("half way")
