"""The tutor: loads a pack once, responds, shows and answers batches, the same from every thread."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor import Answer, Ask, Dialogue, EntryError, PackError, Tutor
from tutor.learned import FIRST
from tutor.row import FIELDS, Asked, Status

FIRST_SET = Path(__file__).parent / "questions" / "first.jsonl"
QUESTIONS = [
    "How hot must the water be for green tea?",
    "Which tea should I brew?",
    "Which tea should I brew? I need a pot for everybody",
    "Which tea should I brew at breakfast for everybody?",
    "leaves and water",
    "hello",
    "What is the capital of Peru?",
    "qwertz uiop",
    "",
    "x" * 100_000,
    "tea \ud800 \udfff",
    "start over",
    "why?",
]


def test_a_question_without_a_dialogue_opens_a_fresh_one(tea: Tutor) -> None:
    assert tea.respond("Which tea should I brew?") == tea.respond("Which tea should I brew?", Dialogue())
    assert isinstance(tea.respond("Which tea should I brew?").reply, Ask)


def test_the_example_of_the_contract_works(tutor: Tutor) -> None:
    turn = tutor.respond("Which rollout do we need?")
    assert isinstance(turn.reply, Ask)
    turn = tutor.respond("within seconds", turn.dialogue)
    assert "rollback" in turn.dialogue.filled
    assert Dialogue.from_dict(turn.dialogue.to_dict()) == turn.dialogue
    assert [row.status for row in tutor.answer_batch(["…", "What is a canary deployment?"])] == ["declined", "answered"]


def test_two_tutors_of_one_pack_give_the_same_turns(tea: Tutor, tmp_path: Path) -> None:
    other = Tutor.load(TEA, cache=tmp_path)
    assert [other.respond(question) for question in QUESTIONS] == [tea.respond(question) for question in QUESTIONS]


def test_a_folder_may_be_named_by_text_and_the_cache_lies_where_the_platform_keeps_caches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    told: list[str] = []
    assert Tutor.load(str(TEA), told=told.append).pack.about.name == "tea"
    assert told == [FIRST, "calibrating", "learning the examples"]
    assert len(list(tmp_path.rglob("scenario-tutor/*.weights"))) == 1


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="holds no pack"):
        Tutor.load(tmp_path)
    with pytest.raises(PackError, match="is not a folder"):
        Tutor.load(tmp_path / "nowhere")


def test_a_faulty_pack_is_refused_and_nothing_is_kept(spoil: Callable[[str, str, str], Path], tmp_path: Path) -> None:
    folder = spoil("knowledge/decisions/which-tea.yaml", "outcome: fact.green-tea", "outcome: fact.green-tee")
    with pytest.raises(PackError, match=r"fact\.green-tee does not exist; did you mean fact\.green-tea\?"):
        Tutor.load(folder, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_an_entry_is_shown_by_its_id(tea: Tutor) -> None:
    reply = tea.show("fact.green-tea")
    assert isinstance(reply, Answer)
    assert (reply.entry, reply.confidence, reply.branches) == ("fact.green-tea", 1.0, ())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("fact.green-tee", "there is no entry fact.green-tee; did you mean fact.green-tea?"),
        (
            "",
            "there is no entry ; known: fact.green-tea, pair.green-vs-black, tip.breakfast-pot, trap.caffeine-at-night",
        ),
    ],
)
def test_an_entry_that_does_not_exist_is_named_with_the_nearest(tea: Tutor, entry: str, message: str) -> None:
    with pytest.raises(EntryError) as caught:
        tea.show(entry)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("question", "status", "reply", "entry", "needs"),
    [
        ("How hot must the water be for green tea?", "answered", "answer", "fact.green-tea", ()),
        ("Which tea should I brew?", "conditional", "answer", "pair.green-vs-black", ("hour", "guests")),
        (
            "Which tea should I brew? I need a pot for everybody",
            "conditional",
            "answer",
            "tip.breakfast-pot",
            ("hour",),
        ),
        ("Which tea should I brew at breakfast for everybody?", "answered", "answer", "tip.breakfast-pot", ()),
        ("how hot is the pot", "choose", "choose", None, ()),
        ("hello", "declined", "chat", None, ()),
        ("What is the capital of Peru?", "declined", "decline", None, ()),
        ("", "declined", "decline", None, ()),
        ("x" * 100_000, "declined", "decline", None, ()),
        ("start over", "declined", "chat", None, ()),
    ],
)
def test_a_row_says_what_became_of_a_question(
    tea: Tutor, question: str, status: Status, reply: str, entry: str | None, needs: tuple[str, ...]
) -> None:
    [row] = tea.answer_batch([question])
    assert (row.status, row.reply, row.entry, row.needs, row.error) == (status, reply, entry, needs, None)
    assert row.question == question
    assert row.pack == tea.pack.stamp


def test_a_conditional_row_has_an_answer_for_every_value_of_what_it_needs(tea: Tutor) -> None:
    [row] = tea.answer_batch(["Which tea should I brew?"])
    assert row.title == "Green or black"
    assert [(dict(way.when), way.entry) for way in row.branches] == [
        ({"hour": "morning", "guests": "one"}, "fact.green-tea"),
        ({"hour": "morning", "guests": "many"}, "tip.breakfast-pot"),
        ({"hour": "night"}, "trap.caffeine-at-night"),
    ]


@pytest.mark.parametrize(
    "question",
    ["How hot must the water be for green tea?", "Which tea should I brew?", "leaves and water", "capital of Peru?"],
)
def test_the_best_candidates_are_there_whatever_the_status(tea: Tutor, question: str) -> None:
    [row] = tea.answer_batch([question])
    sure = [candidate.confidence for candidate in row.candidates]
    assert {candidate.entry for candidate in row.candidates} == set(tea.pack.entries)
    assert sure == sorted(sure, reverse=True)
    assert 0 <= sure[-1] <= sure[0] <= 1


def test_five_candidates_are_enough_of_a_large_pack(tutor: Tutor) -> None:
    [row] = tutor.answer_batch(["Which drift test should I use?"])
    assert len(row.candidates) == 5


def test_a_batch_gives_one_row_a_question_in_order(tea: Tutor) -> None:
    rows = tea.answer_batch(iter(QUESTIONS))
    assert [row.question for row in rows] == QUESTIONS
    assert rows == [tea.answer_row(question) for question in QUESTIONS]
    assert tea.answer_batch([]) == []


def test_questions_that_are_routed_together_get_the_rows_that_each_gets_alone(tea: Tutor) -> None:
    many = [question for question in QUESTIONS for _ in range(20)] + ["", "x" * 20_001, "tea " * 70]
    assert tea.answer_batch(many) == [tea.answer_row(question) for question in many]


def test_a_question_of_the_bundled_pack_gets_the_same_row_alone_and_among_many(tutor: Tutor) -> None:
    asked = [json.loads(line)["question"] for line in FIRST_SET.read_text("utf-8").splitlines()]
    assert tutor.answer_batch(asked) == [tutor.answer_row(question) for question in asked]


def test_rows_come_as_they_are_asked_for_with_their_own_values_and_columns(tea: Tutor) -> None:
    asked = [Asked("Which tea should I brew?", "a", {"hour": hour}, {"team": hour}) for hour in ("night", "nigth")]
    rows = list(tea.answer_all(iter(asked * 30)))
    assert [(row.id, row.status, row.passed["team"]) for row in rows[:2]] == [
        ("a", "answered", "night"),
        ("a", "error", "nigth"),
    ]
    assert rows[2:4] == rows[:2]


@settings(deadline=None, max_examples=40)
@given(questions=st.lists(st.text(st.characters(codec=None), max_size=80), max_size=4))
def test_any_text_gives_one_row_that_json_can_hold(tea: Tutor, questions: list[str]) -> None:
    rows = tea.answer_batch(questions)
    assert [row.question for row in rows] == questions
    for row in rows:
        assert json.loads(json.dumps(row.to_dict()))["status"] in ("answered", "conditional", "choose", "declined")
        assert tuple(row.to_dict()) == FIELDS


def test_eight_threads_answer_as_one_does(tea: Tutor) -> None:
    alone = tea.answer_batch(QUESTIONS)
    with ThreadPoolExecutor(8) as threads:
        assert all(rows == alone for rows in threads.map(tea.answer_batch, [QUESTIONS] * 16))


def test_known_values_an_id_and_other_columns_go_into_the_row(tea: Tutor) -> None:
    row = tea.answer_row("Which tea should I brew?", row_id="q1", known={"hour": "night"}, passed={"team": "blue"})
    assert (row.id, row.status, row.entry, row.because) == (
        "q1",
        "answered",
        "trap.caffeine-at-night",
        {"hour": "night"},
    )
    assert row.to_dict()["team"] == "blue"


def test_a_known_value_that_does_not_exist_makes_an_error_row(tea: Tutor) -> None:
    row = tea.answer_row("Which tea should I brew?", row_id="q1", known={"hour": "nigth"}, passed={"team": "blue"})
    assert (row.status, row.reply, row.entry, row.id, row.passed) == ("error", None, None, "q1", {"team": "blue"})
    assert row.error == "slot hour has no value nigth; did you mean night?"
