"""A file takes its place whole, or not at all."""

import os
import stat
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


def test_a_link_stays_a_link_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "beside").mkdir()
    link, home = tmp_path / "a.txt", tmp_path / "far" / "b.txt"
    link.symlink_to(home)
    for said in (b"new", b"newer"):  # at first it leads to nothing
        with drafted(link, folder=tmp_path / "beside") as file:
            file.write(said)
            assert [path.name for path in (tmp_path / "beside").iterdir()] == []
        assert link.is_symlink()
        assert home.read_bytes() == said
    assert list(home.parent.iterdir()) == [home]


def test_a_pipe_is_written_as_it_comes_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with drafted(pipe) as file:
            file.write(b"as it comes")
            file.flush()
            assert os.read(reader, 100) == b"as it comes"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]


def test_a_device_stays_a_device_also_behind_a_link(tmp_path: Path) -> None:
    device, link = tmp_path / "nothing", tmp_path / "link"
    try:
        os.mknod(device, 0o600 | stat.S_IFCHR, os.makedev(1, 3))  # of our own; the machine's is never touched
    except OSError:
        pytest.skip("devices may not be made here")
    link.symlink_to(device)
    for path in (device, link):
        with drafted(path) as file:
            file.write(b"gone")
    assert link.is_symlink()
    assert device.is_char_device()
