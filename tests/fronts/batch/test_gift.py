from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import CELLS, read, row, write
from tutor.reply import Cited

BANK = r"""// a bank of questions
$CATEGORY: $course$/tea

::Q1:: Which tea wakes?{
  =Black #It has caffeine
  ~Herbal
  // nobody drinks this
  ~%50%Green
  ####Think of caffeine
}

::Q\:2::[html]<p>Which <b>two</b> sleep &amp; rest?</p>{~%50%Herbal ~%50%Milk ~%-100%Black}

Tea is a drink.{T#no#yes}

How warm, in \{degrees\}?{#80:5}

Sencha is {=green =Japanese} tea

Explain\nbrewing {}

Match {=a -> 1 =b -> 2}

A line without an answer
"""


def items(tmp_path: Path, text: str) -> list[dict[str, Any]]:
    path = tmp_path / "q.gift"
    path.write_text(text, encoding="utf-8")
    records = read(path)
    assert [record.fault for record in records] == [None] * len(records)
    return [record.columns for record in records]


def test_every_kind_of_question_is_read(tmp_path: Path) -> None:
    category = {"category": "$course$/tea"}
    assert items(tmp_path, BANK) == [
        {
            "id": "Q1",
            "question": "Which tea wakes?",
            **category,
            "options": ["Black", "Herbal", "Green"],
            "correct": [0, 2],
            "weights": [100.0, 0.0, 50.0],
            "feedback": ["It has caffeine", "", ""],
            "general_feedback": "Think of caffeine",
        },
        {
            "id": "Q:2",
            "question": "Which two sleep & rest?",
            **category,
            "options": ["Herbal", "Milk", "Black"],
            "correct": [0, 1],
            "weights": [50.0, 50.0, -100.0],
        },
        {"question": "Tea is a drink.", **category, "options": ["True", "False"], "correct": [0]},
        {"question": "How warm, in {degrees}?", **category, "accepted": ["80:5"]},
        {"question": "Sencha is _____ tea", **category, "accepted": ["green", "Japanese"]},
        {"question": "Explain\nbrewing", **category},
        {"question": "Match", **category, "accepted": ["a -> 1", "b -> 2"]},
        {"question": "A line without an answer", **category},
    ]


@pytest.mark.parametrize("block", ["Which? {=a ~b", "Which? =a}", "Which? } {"])
def test_braces_that_do_not_match_are_a_fault_of_their_question(tmp_path: Path, block: str) -> None:
    path = tmp_path / "q.gift"
    path.write_text(f"{block}\n\nWhich tea? {{=a ~b}}\n")
    assert [(record.number, record.fault) for record in read(path)] == [(1, "row 1: { and } do not match"), (2, None)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_title_begins_a_question_without_an_empty_line(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "q.gift"
    path.write_bytes(f"::Q1:: Which tea?{{{ending}=a{ending}~b}}{ending}::Q2:: Which cup?{{=c{ending}~d}}".encode())
    assert [(record.columns["id"], record.columns["options"]) for record in read(path)] == [
        ("Q1", ["a", "b"]),
        ("Q2", ["c", "d"]),
    ]


def test_two_answers_in_one_question_are_a_fault_of_it(tmp_path: Path) -> None:
    path = tmp_path / "q.gift"
    path.write_text("Which tea? {=a ~b}\nWhich cup? {=c ~d}\n\nWhich pot? {=e{1} ~f}\n")
    first, second = read(path)
    assert first.fault == "row 1: two answers in braces; leave an empty line between two questions"
    assert second.columns["options"] == ["e{1}", "f"]


def test_a_category_is_written_once_for_the_questions_in_it_and_comes_back(tmp_path: Path) -> None:
    names = [None, "tea/green", "tea/green", "a\\b $CATEGORY: c"]
    rows = [row(f"Which {number}?", passed={"category": name} if name else {}) for number, name in enumerate(names)]
    path = write(tmp_path / "out.gift", *rows)
    assert path.read_text().count("$CATEGORY: tea/green\n") == 1
    assert [record.columns.get("category") for record in read(path)] == names


def test_an_answered_row_is_a_question_with_feedback_for_each_option(tmp_path: Path) -> None:
    asked = row(
        "Which tea: at night?",
        id="n=1",
        answer="Herbal tea.",
        title="Night tea",
        entry="fact.herbal",
        choice=(1,),
        citations=(Cited("book", "The book", "3"),),
        passed={"options": ["Black {strong}", "Herbal"]},
    )
    assert write(tmp_path / "out.gift", asked).read_text() == (
        "// questions.csv\n\n"
        "::n\\=1::[plain]Which tea\\: at night?{\n"
        "\t~Black \\{strong\\}\n"
        "\t=Herbal#Right\\: Herbal tea. (fact.herbal)\n"
        "\t####Night tea\\nHerbal tea.\\nSource\\: The book, line 3\n"
        "}\n\n"
    )


def test_options_that_nobody_decided_stand_in_the_question(tmp_path: Path) -> None:
    path = write(tmp_path / "out.gift", row(passed={"options": ["Black", "Green"]}))
    assert [record.columns["question"] for record in read(path)] == ["Which tea?\nA. Black\nB. Green"]


def test_weights_and_feedback_of_the_file_itself_come_back(tmp_path: Path) -> None:
    passed = {"options": ["a", "b", "c"], "correct": [0, 2], "weights": [100.0, 0.0, 50.0], "feedback": ["x", "", "z"]}
    (record,) = read(write(tmp_path / "out.gift", row(passed=passed)))
    assert {name: record.columns[name] for name in passed} == passed


def test_a_row_that_asks_nothing_is_a_comment(tmp_path: Path) -> None:
    path = write(tmp_path / "out.gift", row("", status="error", error="row 1: not\nJSON"), row("Which tea?"))
    assert "\n// row 1: not JSON\n" in path.read_text()
    assert [record.columns["question"] for record in read(path)] == ["Which tea?"]


def stripped(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


TEXTS = CELLS.filter(stripped)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(TEXTS, st.lists(TEXTS, min_size=2, max_size=4, unique=True), st.data()), min_size=1, max_size=3)
)
def test_whatever_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, asked: list[tuple[str, list[str], st.DataObject]]
) -> None:
    rows, expected = [], []
    for question, options, data in asked:
        right = sorted(data.draw(st.sets(st.sampled_from(range(len(options))), min_size=1)))
        rows.append(row(question, id=question, choice=tuple(right), passed={"options": options}))
        expected.append((stripped(question), stripped(question), list(map(stripped, options)), right))
    path = write(tmp_path_factory.getbasetemp() / "round.gift", *rows)
    got = [record.columns for record in read(path)]
    assert [(one["id"], one["question"], one["options"], one["correct"]) for one in got] == expected


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(st.sampled_from("ab{}=~#:%\\/ \n50$[]"), max_size=25), max_size=4).map("\n\n".join) | st.text())
def test_any_text_is_read_as_numbered_questions(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.gift"
    path.write_bytes(text.encode("utf-8", errors="replace"))
    assert [record.number for record in read(path)] == list(range(1, len(read(path)) + 1))
