import os
from pathlib import Path

from tutor.folder import digest, read_files
from tutor.fronts.shell.watch import Watch


def edited(path: Path, old: str, new: str) -> None:
    """Replace a text in a file, so that its time changes, too."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    before = path.stat().st_mtime_ns
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, ns=(before + 1_000_000, before + 1_000_000))


def test_a_pack_that_stays_has_not_changed(tea_copy: Path) -> None:
    watch, known = Watch(tea_copy), digest(read_files(tea_copy))
    watch.look()
    assert not watch.changed(known)


def test_a_pack_that_changes_is_told_once(tea_copy: Path) -> None:
    watch, known = Watch(tea_copy), digest(read_files(tea_copy))
    watch.look()
    edited(tea_copy / "knowledge/slots.yaml", "needed", "wanted")
    assert [watch.changed(known), watch.changed(known)] == [True, False]
    edited(tea_copy / "knowledge/slots.yaml", "wanted", "required")
    assert watch.changed(known)


def test_a_file_that_is_only_touched_is_no_change(tea_copy: Path) -> None:
    watch, known = Watch(tea_copy), digest(read_files(tea_copy))
    watch.look()
    edited(tea_copy / "knowledge/slots.yaml", "needed", "needed")
    assert not watch.changed(known)


def test_a_file_beside_the_pack_does_not_count(tea_copy: Path) -> None:
    watch, known = Watch(tea_copy), digest(read_files(tea_copy))
    watch.look()
    (tea_copy / "README.md").write_text("tea")
    assert not watch.changed(known)


def test_a_pack_that_is_gone_or_new_has_changed(tea_copy: Path) -> None:
    watch, known = Watch(tea_copy), digest(read_files(tea_copy))
    watch.look()
    (tea_copy / "knowledge/topics/more.yaml").write_text("topic: more\n")
    assert watch.changed(known)
    tea_copy.rename(tea_copy.with_name("elsewhere"))
    assert watch.changed(known)
