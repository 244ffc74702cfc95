from pathlib import Path
from typing import Any

import pytest

from tests.fronts.batch.rows import read
from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.columns import arranged, must_be_known, read_mapping
from tutor.fronts.batch.readers import Reading, read_records
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.run import Wishes, run


@pytest.mark.parametrize(
    ("columns", "mapping", "expected"),
    [
        ({"stem": "a", "n": 1}, {"question": "stem"}, {"question": "a", "n": 1}),
        ({"question": "old", "stem": "a"}, {"question": "stem"}, {"question": "a"}),
        ({"a": "1", "b": "2"}, {"a": "b", "b": "a"}, {"b": "1", "a": "2"}),
        ({"question": "a", "A": "x", "B": "y", "C": ""}, {}, {"question": "a", "options": ["x", "y"]}),
        ({"question": "a", "A": "x", "B": "y", "D": "z"}, {}, {"question": "a", "D": "z", "options": ["x", "y"]}),
        ({"question": "a", "A": "x"}, {}, {"question": "a", "A": "x"}),
        ({"A": "", "B": None}, {}, {"options": None}),
        ({"one": "x", "two": 2}, {"A": "one", "B": "two"}, {"options": ["x", "2"]}),
        ({"options": '["x", "y"]'}, {}, {"options": ["x", "y"]}),
        ({"options": {"A": "x", "B": "y"}}, {}, {"options": ["x", "y"]}),
        ({"options": "x\ny"}, {}, {"options": ["x", "y"]}),
        ({"options": [1, "y", 2.5]}, {}, {"options": ["1", "y", "2.5"]}),
        ({"options": ""}, {}, {"options": None}),
        ({"options": ["x"], "A": "a", "B": "b"}, {}, {"options": ["x"], "A": "a", "B": "b"}),
    ],
)
def test_columns_are_called_as_the_tutor_calls_them(
    columns: dict[str, Any], mapping: dict[str, str], expected: dict[str, Any]
) -> None:
    assert arranged(Record(1, columns), mapping) == Record(1, expected)


@pytest.mark.parametrize("options", ["one text", "[", "{}", [], [["x"]], [None], 7])
def test_options_that_are_no_list_of_texts_are_a_fault_of_their_row(options: Any) -> None:
    fault = arranged(Record(3, {"question": "a", "options": options}), {}).fault
    assert fault == (None if options == [] else "row 3: options are not a list of texts")


@pytest.mark.parametrize("options", [["", "x"], ["x", " "], '["x", ""]'])
def test_an_option_that_says_nothing_is_a_fault_of_its_row(options: Any) -> None:
    assert arranged(Record(3, {"question": "a", "options": options}), {}).fault == "row 3: an option is empty"


def test_a_letter_that_was_skipped_is_an_empty_option() -> None:
    assert arranged(Record(1, {"A": "x", "B": "", "C": "z"}), {}).fault == "row 1: an option is empty"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (["question"], "question: write NAME=COLUMN, for example question=stem"),
        (["=stem"], "=stem: write NAME=COLUMN, for example question=stem"),
        (["question=a", "question=b"], "question=b: question is named twice"),
        (["question=a", "id=a"], "id=a: a is named twice"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(said: list[str], problem: str) -> None:
    with pytest.raises(BatchError) as error:
        read_mapping(said)
    assert str(error.value) == problem


@pytest.mark.parametrize(
    ("name", "helps"),
    [
        ("foo", "known: category, correct, feedback, hour, id, options, question, weights"),
        ("qestion", "did you mean question?"),
        ("houre", "did you mean hour?"),
        ("AB", "known: category, correct, feedback, hour, id, options, question, weights"),
    ],
)
def test_a_name_that_means_nothing_is_refused(name: str, helps: str) -> None:
    must_be_known({"question": "stem", "hour": "when", "A": "one", "correct": "key"}, ["hour"])
    with pytest.raises(BatchError) as error:
        must_be_known({name: "stem"}, ["hour"])
    assert str(error.value) == f"--column {name}=stem: there is no name {name}; {helps}"


def test_a_name_that_means_nothing_ends_a_batch(tea: Tutor, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("question,stem\na,b\n")
    with pytest.raises(BatchError, match="there is no name foo"):
        run(lambda: tea, path, str(tmp_path / "out.jsonl"), Wishes(Reading(columns={"foo": "stem"})))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"Question": "a"}\n{"Question": "b"}', ["no row has a question; say --column question=Question"]),
        ('{"Question": "a"}\n{"question": "b"}', []),
        ('{"text": "a"}', []),
    ],
)
def test_lines_of_json_that_call_the_question_otherwise_are_told_once(
    tmp_path: Path, text: str, said: list[str]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(text)
    told: list[str] = []
    list(read_records(path, None, told.append))
    assert told == [f"{path}: {one}" for one in said]


def test_a_mapping_serves_every_table(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text("No;stem;A;B\n1;Which tea?;Black;Green\n")
    assert [record.columns for record in read(path, columns={"question": "stem", "id": "No"})] == [
        {"id": "1", "question": "Which tea?", "options": ["Black", "Green"]}
    ]
