"""Exercises leave for Anki, Moodle and tables; a second import finds the notes of the first."""

import csv
import json
import os
import sqlite3
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import TEA
from tutor.cli import main
from tutor.errors import BatchError
from tutor.folder import bundled
from tutor.fronts.batch.readers import read_records
from tutor.fronts.decks import write_anki, write_csv, write_gift
from tutor.pack import load_pack
from tutor.study.exercise import Exercise
from tutor.study.making import exercises
from tutor.subject import Pack


@pytest.fixture(scope="module")
def made(tea_pack: Pack) -> tuple[Exercise, ...]:
    return exercises(tea_pack)


def notes(path: Path) -> dict[str, list[str]]:
    """Return the fields of the notes in the Anki package at *path*, by the names that Anki knows them by."""
    with zipfile.ZipFile(path) as package:
        package.extract("collection.anki2", path.parent / "unpacked")
    with sqlite3.connect(path.parent / "unpacked" / "collection.anki2") as collection:
        found = {guid: fields.split("\x1f") for guid, fields in collection.execute("select guid, flds from notes")}
    collection.close()
    return found


def test_each_exercise_is_a_note_with_reasons_and_sources(
    tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...]
) -> None:
    write_anki(tea_pack, made, tmp_path / "tea.apkg")
    found = {fields[0]: fields for fields in notes(tmp_path / "tea.apkg").values()}
    assert found.keys() == {one.key for one in made}
    _, question, choices, answer, decides, others, sources = found["pair.green-vs-black/side-2-1"]
    assert question == "green tea or black tea: which is meant? “The leaves are oxidised.”"
    assert sorted(choice[3:] for choice in choices.split("<br>")) == ["black tea", "green tea"]
    assert "black tea</b><br>Oxidised leaves bear heat." in answer
    assert decides == "Black leaves are oxidised and green leaves are not."
    assert "This would point to “green tea”: The leaves are not oxidised." in others
    assert sources == "The Kettle Book, 2, 3-4"


def test_a_second_import_finds_the_same_notes_after_a_wording_was_edited(
    tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...]
) -> None:
    edited = [replace(one, stem=f"{one.stem} Say.", decides="Otherwise.") for one in made]
    write_anki(tea_pack, made, tmp_path / "first.apkg")
    write_anki(tea_pack, edited, tmp_path / "second.apkg")
    first, second = notes(tmp_path / "first.apkg"), notes(tmp_path / "second.apkg")
    assert first.keys() == second.keys()
    assert first != second


def test_markup_in_a_text_is_shown_as_it_is(tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...]) -> None:
    write_anki(tea_pack, [replace(made[0], stem="Is <b> & {{c1::x}} bold?")], tmp_path / "tea.apkg")
    (fields,) = notes(tmp_path / "tea.apkg").values()
    assert fields[1] == "Is &lt;b&gt; &amp; {{c1::x}} bold?"


def test_the_bank_for_moodle_is_read_back_as_it_was(tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...]) -> None:
    write_gift(tea_pack, made, tmp_path / "tea.gift")
    read = {record.columns["id"]: record.columns for record in read_records(tmp_path / "tea.gift")}
    assert read.keys() == {one.key for one in made}
    for one in made:
        shown = one.shuffled(0)
        assert read[one.key]["question"] == one.stem
        assert read[one.key]["options"] == [choice.text for choice in shown.choices]
        assert read[one.key]["correct"] == [shown.right]


def test_the_table_has_a_row_for_each_with_options_and_what_is_correct(
    tmp_path: Path, made: tuple[Exercise, ...]
) -> None:
    write_csv(made, tmp_path / "tea.csv")
    with (tmp_path / "tea.csv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["id"] for row in rows] == [one.key for one in made]
    for row, one in zip(rows, made, strict=True):
        options, (right,) = json.loads(row["options"]), json.loads(row["correct"])
        assert options[right] == one.choices[one.right].text
        assert len(json.loads(row["why"])) == len(options)


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path, made: tuple[Exercise, ...]) -> None:
    write_csv([replace(made[0], stem="=1+1")], tmp_path / "tea.csv")
    (record,) = read_records(tmp_path / "tea.csv")
    assert "'=1+1" in (tmp_path / "tea.csv").read_text(encoding="utf-8")
    assert record.columns["question"] == "=1+1"


def test_a_file_that_cannot_be_written_leaves_the_old_one_and_no_draft(
    tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "tea.gift"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BatchError, match=r"tea\.gift: cannot be written: No space left on device"):
        write_gift(tea_pack, made, target)
    assert [path.name for path in tmp_path.iterdir()] == ["tea.gift"]
    assert target.read_text(encoding="utf-8") == "old"


def test_decks_of_two_packs_do_not_share_notes(tmp_path: Path, tea_pack: Pack, made: tuple[Exercise, ...]) -> None:
    other = load_pack(bundled())
    write_anki(tea_pack, made[:1], tmp_path / "one.apkg")
    write_anki(other, made[:1], tmp_path / "two.apkg")
    assert TEA.name == tea_pack.about.name
    assert not notes(tmp_path / "one.apkg").keys() & notes(tmp_path / "two.apkg").keys()


@pytest.mark.parametrize(("form", "told"), [("anki", "notes"), ("gift", "questions"), ("csv", "rows")])
def test_the_command_writes_the_exercises_of_a_topic(form: str, told: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    done = CliRunner().invoke(main, ["export", form, str(target), "--pack", str(TEA), "--topic", "leaves"])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"{target}: 9 {told}\n"
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("form", ["anki", "gift", "csv"])
def test_a_topic_that_there_is_not_and_a_folder_that_there_is_not_are_one_line(form: str, tmp_path: Path) -> None:
    unknown = CliRunner().invoke(main, ["export", form, str(tmp_path / "x"), "--pack", str(TEA), "--topic", "leave"])
    assert (unknown.exit_code, unknown.stderr) == (1, "Error: there is no topic leave; did you mean leaves?\n")
    nowhere = CliRunner().invoke(main, ["export", form, str(tmp_path / "no" / "x"), "--pack", str(TEA)])
    assert nowhere.exit_code == 1
    assert nowhere.stderr.count("\n") == 1
    assert nowhere.stderr.startswith("Error: ")


@pytest.mark.parametrize(("form", "told"), [("anki", "notes"), ("gift", "questions"), ("csv", "rows")])
def test_a_dash_is_standard_output(form: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", form, "-", "--pack", str(TEA), "--topic", "leaves"])
    assert (done.exit_code, done.stderr) == (0, f"9 {told}\n")
    CliRunner().invoke(main, ["export", form, "file", "--pack", str(TEA), "--topic", "leaves"])
    assert len(done.stdout_bytes) == (tmp_path / "file").stat().st_size
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("form", ["anki", "gift", "csv"])
def test_a_link_and_a_device_stay_what_they_are(form: str, tmp_path: Path) -> None:
    link, device = tmp_path / "link", tmp_path / "device"
    link.symlink_to(tmp_path / "file")
    try:
        os.mknod(device, 0o600 | stat.S_IFCHR, os.makedev(1, 3))
    except OSError:
        pytest.skip("devices may not be made here")
    for target in (link, device):
        done = CliRunner().invoke(main, ["export", form, str(target), "--pack", str(TEA), "--topic", "leaves"])
        assert done.exit_code == 0
    assert link.is_symlink()
    assert (tmp_path / "file").is_file()
    assert device.is_char_device()
