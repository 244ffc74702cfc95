import json
from pathlib import Path
from typing import Any

import pytest

from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.run import Wishes, run

TEA = "Which tea should I brew?"


def rows(tea: Tutor, folder: Path, *asked: dict[str, Any], **wishes: Any) -> list[dict[str, Any]]:
    (folder / "q.jsonl").write_text("\n".join(map(json.dumps, asked)))
    run(lambda: tea, folder / "q.jsonl", str(folder / "out.jsonl"), Wishes(**wishes))
    return [json.loads(line) for line in (folder / "out.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("answers.jsonl", '{"id": 1, "hour": "night"}\n{"id": 2}\n{"hour": "night"}'),
        ("answers.csv", "id,hour,status\n1,night,conditional\n2,,conditional\n"),
        ("answers.tsv", "id\thour\n1\tBefore sleep\n"),
    ],
)
def test_answers_by_id_complete_their_rows_and_no_others(tea: Tutor, tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    asked: list[dict[str, Any]] = [{"id": 1, "question": TEA}, {"id": 2, "question": TEA}, {"question": TEA}]
    first, *others = rows(tea, tmp_path, *asked, answers=tmp_path / name)
    assert (first["status"], first["entry"], first["because"]) == (
        "answered", "trap.caffeine-at-night", {"hour": "night"},
    )  # fmt: skip
    assert [row["status"] for row in others] == ["conditional", "conditional"]


def test_the_output_of_a_batch_with_values_filled_in_is_a_file_of_answers(tea: Tutor, tmp_path: Path) -> None:
    (row,) = rows(tea, tmp_path, {"id": "a", "question": TEA})
    (tmp_path / "answers.jsonl").write_text(json.dumps({**row, row["needs"][0]: "night"}))
    (row,) = rows(tea, tmp_path, {"id": "a", "question": TEA}, answers=tmp_path / "answers.jsonl")
    assert row["entry"] == "trap.caffeine-at-night"


def test_an_answer_against_the_row_itself_is_an_error_of_the_row(tea: Tutor, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("id,hour\n1,night\n2,night\n")
    asked = [{"id": 1, "question": TEA, "hour": "morning"}, {"id": 2, "question": TEA, "hour": "night"}]
    first, second = rows(tea, tmp_path, *asked, answers=tmp_path / "answers.csv")
    assert first["error"] == "row 1: the answers say hour=night, the row says morning"
    assert second["status"] == "answered"


@pytest.mark.parametrize(
    ("assumed", "asked", "entry", "needs"),
    [
        (["hour=night"], {}, "trap.caffeine-at-night", []),
        (["hour=Before sleep"], {}, "trap.caffeine-at-night", []),
        (["hour=night"], {"hour": "morning"}, "pair.green-vs-black", ["guests"]),
        (["hour=morning"], {}, "pair.green-vs-black", ["guests"]),
        (["hour=morning", "guests=one"], {}, "fact.green-tea", []),
        (["guests=one"], {"hour": "night"}, "trap.caffeine-at-night", []),
        (["hour=morning"], {"question": f"{TEA} For bedtime."}, "trap.caffeine-at-night", []),
    ],
)
def test_what_is_assumed_counts_only_where_the_slot_is_open(
    tea: Tutor, tmp_path: Path, assumed: list[str], asked: dict[str, str], entry: str, needs: list[str]
) -> None:
    (row,) = rows(tea, tmp_path, {"question": TEA, **asked}, assumed=tuple(assumed))
    assert (row["entry"], row["needs"]) == (entry, needs)


@pytest.mark.parametrize(
    ("assumed", "problem"),
    [
        (["hour"], "--assume hour: write SLOT=VALUE"),
        (["hou=night"], "--assume hou=night: there is no slot hou; did you mean hour?"),
        (["hour=nigt"], "--assume hour=nigt: slot hour has no value nigt; did you mean night?"),
        (["hour=night", "hour=morning"], "--assume hour=morning: hour is assumed to be night already"),
    ],
)
def test_what_cannot_be_assumed_is_refused_before_the_work_begins(
    tea: Tutor, tmp_path: Path, assumed: list[str], problem: str
) -> None:
    with pytest.raises(BatchError) as error:
        rows(tea, tmp_path, {"question": TEA}, assumed=tuple(assumed))
    assert str(error.value) == problem
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("id,hour\n1,nigt\n", "row 1: slot hour has no value nigt; did you mean night?"),
        ("id,hour\n1,night\n1,morning\n", "row 2: hour of 1 is night already"),
        ("id,hour\n1\n", "row 1: 1 columns, the first line has 2"),
        ("id,houre\n1,night\n", "has no column of a slot; known: guests, hour"),
        ("hour\nnight\n", "the first line has no column called id, but hour"),
    ],
)
def test_answers_that_cannot_be_used_are_refused_before_the_work_begins(
    tea: Tutor, tmp_path: Path, content: str, problem: str
) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(content)
    with pytest.raises(BatchError) as error:
        rows(tea, tmp_path, {"question": TEA}, answers=path)
    assert str(error.value) == f"{path}: {problem}"
    assert not (tmp_path / "out.jsonl").exists()
