"""Records to rows: equal questions are answered once, and what nobody foresaw costs one row."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from tutor import Tutor
from tutor.fronts.batch.answering import answer_record, answer_records, failed
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.record import Record
from tutor.row import Asked, Row

SENCHA = "What temperature does sencha need?"
WHICH = "Which tea should I brew?"


class Counting(Tutor):
    """A tutor that knows what it was asked, and has a bug: it cannot stand the word "gunpowder"."""

    asked: list[Asked]

    def answer_all(self, asked: Iterable[Asked]) -> Iterator[Row]:
        for one in asked:
            self.asked.append(one)
            if "gunpowder" in one.question:
                raise ZeroDivisionError("too hot")
            yield next(super().answer_all([one]))


@pytest.fixture
def counting(tea: Tutor) -> Counting:
    tutor = Counting(tea.pack, tea.weights)
    tutor.asked = []
    return tutor


def records(*columns: Mapping[str, Any]) -> list[Record]:
    return [Record(number, dict(one)) for number, one in enumerate(columns, start=1)]


def test_equal_questions_are_answered_once_and_keep_their_own_ids_and_columns(counting: Counting) -> None:
    asked = records(
        {"question": SENCHA, "id": 1, "team": "a"},
        {"question": SENCHA, "id": 2},
        {"question": WHICH, "hour": "night"},
        {"question": WHICH},
        {"question": WHICH, "hour": "night", "id": "x"},
    )
    rows = list(answer_records(counting, asked))
    assert [one.question for one in counting.asked] == [SENCHA, WHICH, WHICH]
    assert [(row.id, row.entry, dict(row.passed)) for row in rows] == [
        ("1", "fact.green-tea", {"team": "a"}),
        ("2", "fact.green-tea", {}),
        (None, "trap.caffeine-at-night", {}),
        (None, "pair.green-vs-black", {}),
        ("x", "trap.caffeine-at-night", {}),
    ]
    assert rows == [answer_record(counting, record) for record in asked]


@pytest.mark.parametrize("count", [1, 2, 7, 50])
@pytest.mark.parametrize("bad", [(0,), (3,), (0, 1), (6, 48, 49)])
def test_a_bug_costs_the_rows_that_meet_it_and_no_others(counting: Counting, count: int, bad: tuple[int, ...]) -> None:
    asked = records(*({"question": f"{'gunpowder' if at in bad else 'sencha'} {at}", "id": at} for at in range(count)))
    rows = list(answer_records(counting, asked))
    assert [row.id for row in rows] == [str(at) for at in range(count)]
    assert {row.id: row.error for row in rows if row.status == "error"} == {
        str(at): f"row {at + 1}: ZeroDivisionError: too hot" for at in bad if at < count
    }


def test_a_bug_met_on_the_way_to_the_question_costs_that_row(tea: Tutor) -> None:
    class Broken(dict[str, Mapping[str, str]]):
        def get(self, *_: object) -> Any:
            raise KeyError("lost")

    rows = list(answer_records(tea, records({"question": SENCHA}), Completing(answers=Broken())))
    assert [(row.status, row.error) for row in rows] == [("error", "row 1: KeyError: 'lost'")]


def test_a_row_that_failed_keeps_its_question_id_and_columns(tea: Tutor) -> None:
    row = failed(tea.pack, Record(7, {"question": SENCHA, "id": 3, "hour": "night", "team": "a"}), "went up in steam")
    assert (row.question, row.id, row.status, row.error) == (SENCHA, "3", "error", "row 7: went up in steam")
    assert dict(row.passed) == {"team": "a"}


def test_no_records_are_no_rows(tea: Tutor) -> None:
    assert list(answer_records(tea, [])) == []
