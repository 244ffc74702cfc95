"""What a report shows of a few judged questions."""

from dataclasses import replace
from math import isnan
from typing import Any

import pytest

from tutor import Candidate, Row
from tutor.evaluation import Gold, Judged
from tutor.measures import Point
from tutor.report import OUTSIDE, Confused, Report, by_tenths, report

GREEN, BLACK = "fact.green-tea", "fact.black-tea"


def asked(said: str, *topics: str, scope: Any = "in", **labels: str) -> Gold:
    return Gold(said, said, frozenset({GREEN} if scope == "in" else ()), frozenset(topics), scope, labels)


def judged(gold: Gold, status: Any, entry: str | None, confidence: float, topic: str | None = "leaves") -> Judged:
    candidates = (Candidate(entry, entry, confidence),) if entry else ()
    shown = entry if status in ("answered", "conditional") else None
    return Judged(gold, Row(gold.question, status, "tea", entry=shown, candidates=candidates), topic)


JUDGED = [
    judged(asked("right", "leaves", style="short"), "answered", GREEN, 0.9),
    judged(asked("wrong", "leaves", "water", style="short"), "answered", BLACK, 0.8, "pots"),
    judged(asked("lost", "leaves", style="long"), "declined", GREEN, 0.1),
    judged(asked("mute", "water", style="long"), "declined", None, 0.0, None),
    judged(asked("near", scope="out", zone="near", style="long"), "answered", BLACK, 0.85, "pots"),
    judged(asked("far", scope="out", zone="far", style="long"), "declined", BLACK, 0.05, "pots"),
    judged(asked("partly", "leaves", scope="partial", style="short"), "answered", BLACK, 0.99, "pots"),
]


def drawn(**options: Any) -> Report:
    return report(JUDGED, pack="tea 1", file="tea.jsonl", **options)


def test_the_parts_of_the_questions_are_counted_and_those_without_any_left_out() -> None:
    assert drawn().counts == {"inside": 4, "near": 1, "far": 1, "in part": 1}
    assert report([], pack="tea 1", file="tea.jsonl").counts == {"inside": 0}


def test_topics_are_confused_where_the_first_candidate_is_of_none_of_the_gold_topics() -> None:
    assert drawn().confused == (
        Confused("water", 2, {"pots": 1, "none": 1}),
        Confused("leaves", 3, {"pots": 1}),
        Confused(OUTSIDE, 2, {"pots": 1}),
    )


def test_the_tutor_stands_where_it_answers_now() -> None:
    now = drawn().now
    assert (now.answered, now.wrong) == (3 / 6, 2 / 3)


def test_questions_answered_in_part_are_on_no_curve() -> None:
    assert sum(one.count for one in drawn().bins) == 6
    assert drawn().curve[0] == Point(0.9, 1 / 6, 0.0)


def test_the_worst_misses_are_the_surest_wrong_answers_and_the_least_sure_declines() -> None:
    told = drawn()
    assert [miss.question for miss in told.wrong.worst] == ["near", "wrong"]
    assert [miss.question for miss in told.declined.worst] == ["mute", "lost"]
    assert (told.wrong.worst[0].gold, told.declined.worst[0].first) == ((), None)


def test_only_the_worst_of_many_misses_are_shown_and_all_are_counted() -> None:
    many = [replace(JUDGED[4], gold=asked(str(number), scope="out")) for number in range(40)]
    wrong = report(many, pack="tea 1", file="tea.jsonl").wrong
    assert (wrong.count, len(wrong.worst)) == (40, 25)


def test_words_are_blamed_for_the_misses_only() -> None:
    heard: list[str] = []

    def blame(question: str) -> dict[str, float]:
        heard.append(question)
        return {"word": 0.5}

    assert drawn(blame=blame).wrong.worst[0].blame == {"word": 0.5}
    assert sorted(heard) == ["lost", "mute", "near", "wrong"]


def test_groups_are_by_style_and_source_and_whatever_else_is_asked_for() -> None:
    assert list(drawn().groups) == ["style"]
    assert list(drawn(by="zone").groups) == ["style", "zone"]
    assert list(drawn(by="style").groups) == ["style"]


def test_small_groups_are_put_together_and_each_question_counts_once_in_them() -> None:
    (group,) = drawn(by="topic").groups["topic"]
    assert (group.name, group.count) == ("2 others, of fewer than 5", 5)
    assert not isnan(group.metrics["entry@1"])


@pytest.mark.parametrize("count", [1, 9, 313, 1000])
def test_every_tenth_is_answered_by_the_last_point_that_answers_no_more(count: int) -> None:
    confident = [judged(asked(str(number)), "answered", GREEN, number / count) for number in range(count)]
    tenths = by_tenths(report(confident, pack="tea 1", file="tea.jsonl").curve)
    assert all((tenth - 1) / 10 < point.answered <= tenth / 10 + 1e-9 for tenth, point in tenths.items())
    assert tenths[10].answered == 1.0
