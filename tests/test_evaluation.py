"""Metrics against hand-counted ones."""

from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor import BatchError, Candidate, Row, Tutor, Way
from tutor.cli import main
from tutor.evaluation import METRICS, Gold, Judged, auroc, by_label, calibration_error, judge, metrics, read_gold
from tutor.fronts.batch.readers import whole
from tutor.subject import Pack
from tutor.text import words

GOLD = Gold("1", "?", frozenset({"fact.green-tea"}), frozenset({"leaves"}), "in", {"style": "short"})
OUT = Gold("2", "?", frozenset(), frozenset(), "out", {"style": "short"})


def judged(gold: Gold, status: Any, *entries: tuple[str, float], way: str | None = None) -> Judged:
    candidates = tuple(Candidate(entry, entry, confidence) for entry, confidence in entries)
    ways = (Way({"hour": "night"}, way, "", ""),) if way else ()
    shown = status in ("answered", "conditional")
    row = Row("?", status, "tea", entry=entries[0][0] if shown else None, candidates=candidates, branches=ways)
    return Judged(gold, row, "leaves")


def test_a_right_answer_and_an_honest_decline_are_perfect() -> None:
    values = metrics(
        [judged(GOLD, "answered", ("fact.green-tea", 1.0)), judged(OUT, "declined", ("fact.green-tea", 0.0))]
    )
    assert values == dict.fromkeys(METRICS, 1.0) | {"wrong": 0.0, "calibration-error": 0.0}


def test_an_answer_to_what_is_outside_is_wrong() -> None:
    values = metrics(
        [judged(GOLD, "answered", ("fact.green-tea", 0.9)), judged(OUT, "answered", ("fact.green-tea", 0.8))]
    )
    assert (values["wrong"], values["decline-recall"]) == (0.5, 0.0)
    assert isnan(values["decline-precision"])


def test_a_branch_that_holds_the_gold_entry_makes_a_conditional_answer_right() -> None:
    one = judged(GOLD, "conditional", ("tip.breakfast-pot", 0.9), way="fact.green-tea")
    assert metrics([one])["wrong"] == 0.0
    assert metrics([one])["entry@1"] == 0.0


def test_a_choice_covers_a_question_only_if_it_holds_the_gold_entry() -> None:
    holding = judged(GOLD, "choose", ("tip.breakfast-pot", 0.4), ("fact.green-tea", 0.3))
    lacking = judged(GOLD, "choose", ("tip.breakfast-pot", 0.4), ("trap.caffeine-at-night", 0.3))
    assert metrics([holding, lacking])["coverage"] == 0.5
    assert metrics([holding, lacking])["answered"] == 0.0


def test_a_question_answered_in_part_counts_neither_as_wrong_nor_as_outside() -> None:
    partly = Gold("3", "?", frozenset({"pair.green-vs-black"}), frozenset({"leaves"}), "partial", {})
    values = metrics([judged(partly, "answered", ("fact.green-tea", 0.9))])
    assert values["wrong"] == 0.0
    assert isnan(values["decline-recall"])
    assert isnan(values["entry@1"])


def test_groups_follow_a_label_and_topics_follow_the_gold() -> None:
    ones = [judged(GOLD, "answered", ("fact.green-tea", 0.9)), judged(OUT, "declined")]
    assert list(by_label(ones, "style")) == ["short"]
    assert list(by_label(ones, "topic")) == ["", "leaves"]


@given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1))
def test_auroc_is_fair_to_both_sides(high: list[float], low: list[float]) -> None:
    assert auroc(high, low) + auroc(low, high) == pytest.approx(1.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_the_calibration_error_is_a_share(said: list[tuple[float, bool]]) -> None:
    assert 0.0 <= calibration_error(said) <= 1.0


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"question": "x"},
        {"question": "x", "scope": "maybe"},
        {"question": "x", "scope": "in", "gold": "fact.green-tea"},
    ],
)
def test_a_row_without_gold_is_named_by_its_number(columns: dict[str, Any]) -> None:
    with pytest.raises(BatchError, match=r"row 7: wants question, gold"):
        read_gold(columns, 7)


def test_the_tea_tutor_is_judged_on_its_own_words(tea: Tutor) -> None:
    gold = Gold("1", "How hot must the water be for green tea?", GOLD.entries, GOLD.topics, "in", {})
    far = Gold("2", "What is the capital of Peru?", frozenset(), frozenset(), "out", {})
    values = metrics(judge(tea, [gold, far]))
    assert (values["entry@1"], values["topic@1"], values["auroc"]) == (1.0, 1.0, 1.0)


QUESTIONS = """\
{"question": "How hot for sencha?", "scope": "in", "gold": ["fact.green-tea"], "topics": ["leaves"], "style": "short"}
{"question": "What is the capital of Peru?", "scope": "out", "gold": [], "topics": [], "style": "far"}
"""


@pytest.fixture
def questions(tmp_path: Path) -> str:
    path = tmp_path / "questions.jsonl"
    path.write_text(QUESTIONS, encoding="utf-8")
    return str(path)


def test_eval_prints_every_metric_and_one_line_for_each_group(questions: str) -> None:
    plain = CliRunner().invoke(main, ["eval", questions, "--pack", str(TEA)])
    assert plain.exit_code == 0
    assert [line.split()[0] for line in plain.stdout.splitlines()] == list(METRICS)
    grouped = CliRunner().invoke(main, ["eval", questions, "--by", "style", "--pack", str(TEA)])
    assert [line.split()[0] for line in grouped.stdout.splitlines()[1:]] == ["all", "far", "short"]


@pytest.mark.parametrize(
    ("bound", "exit_code", "said"),
    [
        (("--fail-under", "entry@1=0.9"), 0, ""),
        (("--fail-under", "auroc=1.1"), 1, "Error: auroc is under 1.1"),
        (("--fail-over", "wrong=-1"), 1, "Error: wrong is over -1.0"),
        (("--fail-under", "entri@1=0.9"), 2, "there is no metric entri@1; did you mean entry@1?"),
        (("--fail-under", "wrong"), 2, "write METRIC=VALUE"),
    ],
)
def test_a_bound_that_is_missed_is_an_error(questions: str, bound: tuple[str, str], exit_code: int, said: str) -> None:
    result = CliRunner().invoke(main, ["eval", questions, "--pack", str(TEA), *bound])
    assert (result.exit_code, said in result.stderr) == (exit_code, True)


def test_a_broken_line_ends_eval_with_its_number(questions: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text(QUESTIONS + "not json\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["eval", str(path), "--pack", str(TEA)])
    assert result.exit_code == 1
    assert "row 3: not JSON" in result.stderr


@pytest.mark.parametrize("name", ["first", "second"])
def test_our_own_questions_have_gold_that_exists_and_are_not_near_any_example(name: str, pack: Pack) -> None:
    path = Path(__file__).parent / "questions" / f"{name}.jsonl"
    golds = [read_gold(columns, number) for number, columns in whole(path)]
    assert len(golds) > 300
    assert [gold.id for gold in golds if not gold.entries <= set(pack.entries)] == []
    taught = [frozenset(words(question)) for question in examples(pack)]
    assert [gold.question for gold in golds if nearest(frozenset(words(gold.question)), taught) >= 0.75] == []


def examples(pack: Pack) -> Iterator[str]:
    for asked in pack.examples.values():
        yield from (question for _, question in asked.by_style())
    for openings in pack.openings.values():
        yield from openings
    for subjects in pack.outside.values():
        for questions_ in subjects.values():
            yield from questions_


def nearest(said: frozenset[str], taught: list[frozenset[str]]) -> float:
    return max(len(said & other) / len(said | other) for other in taught)
