"""Metrics against hand-counted ones."""

import json
from collections.abc import Iterator
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import TEA
from tutor import BatchError, Candidate, Row, Tutor, Way
from tutor.cli import main
from tutor.evaluation import METRICS, Gold, Judged, by_label, judge, known_label, metrics, read_gold
from tutor.fronts.batch.readers import whole
from tutor.subject import Pack
from tutor.text import words

GOLD = Gold("1", "?", frozenset({"fact.green-tea"}), frozenset({"leaves"}), "in", {"style": "short"})
OUT = Gold("2", "?", frozenset(), frozenset(), "out", {"style": "short"})


UNCOUNTED = ("auroc-near", "auroc-far", "choice", "choice-not-longest", "choice-sure")  #: without zones and options


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
    best = {name: metric.best for name, metric in METRICS.items()}
    assert list(values) == list(METRICS)
    assert {name: value for name, value in values.items() if not isnan(value)} == {
        name: value for name, value in best.items() if name not in UNCOUNTED
    }


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


@pytest.mark.parametrize("status", ["answered", "choose", "declined"])
def test_a_question_answered_in_part_counts_nowhere(status: str) -> None:
    partly = Gold("3", "?", frozenset({"pair.green-vs-black"}), frozenset({"leaves"}), "partial", {})
    values = metrics([judged(partly, status, ("fact.green-tea", 0.9))])
    assert all(map(isnan, values.values()))


def test_groups_follow_a_label_and_topics_follow_the_gold() -> None:
    ones = [judged(GOLD, "answered", ("fact.green-tea", 0.9)), judged(OUT, "declined")]
    assert list(by_label(ones, "style")) == ["short"]
    assert list(by_label(ones, "topic")) == ["", "leaves"]


def test_a_label_that_no_row_has_is_named_with_the_nearest() -> None:
    with pytest.raises(BatchError, match=r"no row has a stile; did you mean style\?"):
        known_label([GOLD, OUT], "stile")
    known_label([], "topic")


def test_questions_outside_are_told_apart_from_those_inside_by_how_near_they_are() -> None:
    values = metrics(
        [
            judged(GOLD, "answered", ("fact.green-tea", 0.6)),
            judged(out("near"), "answered", ("fact.green-tea", 0.7)),
            judged(out("far"), "declined", ("fact.green-tea", 0.1)),
        ]
    )
    assert (values["auroc"], values["auroc-near"], values["auroc-far"]) == (0.5, 0.0, 1.0)


def test_rows_without_a_zone_leave_the_metrics_of_zones_open() -> None:
    values = metrics([judged(GOLD, "answered", ("fact.green-tea", 0.6)), judged(OUT, "declined")])
    assert isnan(values["auroc-near"])
    assert isnan(values["auroc-far"])


def test_options_are_not_counted_while_the_tutor_picks_none() -> None:
    values = metrics([picked(("a", "bb"), {0}, None)])
    assert isnan(values["choice"])
    assert isnan(values["choice-not-longest"])
    assert isnan(values["choice-sure"])


def test_a_choice_is_right_when_exactly_the_right_options_are_picked() -> None:
    values = metrics(
        [
            picked(("a", "bb"), {0}, (0,)),  # right, and not the longest
            picked(("a", "bb"), {0}, (1,)),  # the longest, and wrong
            picked(("a", "bb"), {1}, (1,)),  # the longest, and right
            picked(("a", "bb", "c"), {0, 2}, (0,)),  # half of what is right
            picked(("a", "bb"), {0}, None),  # none, though others have one
        ]
    )
    assert values["choice"] == 2 / 5
    assert values["choice-not-longest"] == 1 / 3


def out(zone: str) -> Gold:
    return Gold("2", "?", frozenset(), frozenset(), "out", {"zone": zone})


def picked(options: tuple[str, ...], correct: set[int], choice: tuple[int, ...] | None) -> Judged:
    gold = Gold("1", "?", frozenset(), frozenset(), "partial", {}, options, frozenset(correct))
    return Judged(gold, Row("?", "answered", "tea", choice=choice), None)


@pytest.mark.parametrize(
    ("options", "correct"), [("a or b", [0]), (["a", "b"], [2]), (["a", "b"], ["a"]), ([1, 2], [0]), (None, [0])]
)
def test_options_that_cannot_be_judged_are_named_by_their_row(options: Any, correct: Any) -> None:
    columns = {"question": "x", "scope": "in", "gold": [], "topics": [], "options": options, "correct": correct}
    with pytest.raises(BatchError, match="row 7: wants options"):
        read_gold(columns, 7)


def test_every_value_that_can_be_written_is_a_label() -> None:
    gold = read_gold({"question": "x", "scope": "out", "week": 3, "style": "short", "zone": None}, 1)
    assert gold.labels == {"scope": "out", "week": "3", "style": "short"}


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
    assert plain.stdout.splitlines()[-1].split() == ["choice-sure", "–"]


def test_a_metric_that_no_row_counts_for_is_null_in_json_and_passes_no_bound(questions: str) -> None:
    told = CliRunner().invoke(main, ["eval", questions, "--json", "--by", "scope", "--pack", str(TEA)])
    groups = json.loads(told.stdout)
    assert list(groups) == ["all", "in", "out"]
    assert (groups["all"]["entry@1"], groups["all"]["choice"]) == (1.0, None)
    bounds = ["--fail-under", "choice=0", "--fail-over", "choice=1"]
    failed = CliRunner().invoke(main, ["eval", questions, "--pack", str(TEA), *bounds])
    assert failed.exit_code == 1
    assert "choice is under 0.0; choice is over 1.0" in failed.stderr


def test_a_group_may_be_called_as_the_whole_is(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(QUESTIONS.replace('"short"', '"all"'), encoding="utf-8")
    told = CliRunner().invoke(main, ["eval", str(path), "--json", "--by", "style", "--pack", str(TEA)])
    assert list(json.loads(told.stdout)) == ["all", "style=all", "far"]


def test_a_label_is_checked_before_anything_is_learned(questions: str) -> None:
    result = CliRunner().invoke(main, ["eval", questions, "--by", "stile", "--pack", "no-such-pack"])
    assert (result.exit_code, result.stderr) == (1, "Error: no row has a stile; did you mean style?\n")


def test_eval_writes_a_page_beside_what_it_prints(questions: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    command = ["eval", questions, "--report", str(page), "--fail-over", "wrong=-1", "--pack", str(TEA)]
    assert CliRunner().invoke(main, command).exit_code == 1
    first = page.read_bytes()
    assert b"<code>questions.jsonl</code>: 2 questions (1 inside, 1 outside)" in first
    CliRunner().invoke(main, command)
    assert page.read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["questions.jsonl", "report.html"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no/report.html", "there is no folder"),
        (".", "is a folder; name a file in it"),
        ("questions.jsonl", "is the file the questions come from; name another"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_before_anything_is_learned(
    questions: str, tmp_path: Path, name: str, said: str
) -> None:
    command = ["eval", questions, "--report", str(tmp_path / name), "--pack", "no-such-pack"]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert said in result.stderr
    assert Path(questions).read_text(encoding="utf-8") == QUESTIONS


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


@pytest.mark.parametrize("name", ["first", "second", "third"])
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


def test_the_page_marks_the_words_that_led_astray(tmp_path: Path) -> None:
    wrong = {"question": "How hot for sencha?", "scope": "out", "gold": [], "topics": []}
    missed = {"question": "temperature of sencha", "scope": "in", "gold": ["tip.breakfast-pot"], "topics": ["hours"]}
    path, page = tmp_path / "q.jsonl", tmp_path / "report.html"
    path.write_text("\n".join(map(json.dumps, (wrong, missed))), encoding="utf-8")
    assert CliRunner().invoke(main, ["eval", str(path), "--report", str(page), "--pack", str(TEA)]).exit_code == 0
    assert b"Marked words spoke for the first candidate" in page.read_bytes()
    assert "<mark" in page.read_text(encoding="utf-8")
