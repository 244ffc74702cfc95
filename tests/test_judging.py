"""Items in a dialogue, in rows, on the command line and in files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import TEA
from tutor import Answer, Ask, Chat, Tutor
from tutor.cli import main

ITEM = "Which tea suits the hour before sleep?\nA. Black tea as a nightcap\nB. An infusion without caffeine\nC. Coffee"
STEM, *LABELLED = ITEM.splitlines()
OPTIONS = [option[3:] for option in LABELLED]
VERDICTS = ["tempting", "right", "wrong"]


@pytest.mark.parametrize("text", [ITEM, ITEM.replace("\n", " "), f"{ITEM}\n\nAnswer: A"])
def test_a_pasted_item_is_answered_with_a_verdict_on_each_option(tea: Tutor, text: str) -> None:
    turn = tea.respond(text)
    assert isinstance(turn.reply, Answer)
    assert (turn.reply.entry, turn.dialogue.entry) == ("trap.caffeine-at-night", "trap.caffeine-at-night")
    assert [option.verdict for option in turn.reply.options] == VERDICTS
    assert turn.reply.text.startswith(
        "Right: B\n"
        "  A. Black tea as a nightcap – tempting, but wrong. It feels warm and calming.\n"
        "  B. An infusion without caffeine – right. Take an infusion without caffeine before sleep.\n"
        "  C. Coffee – wrong. Caffeine works for hours.\n\n"
        "Strong tea before sleep\n"
    )
    said = turn.reply.to_dict()["options"][1]
    assert (said["option"], said["verdict"], said["entry"]) == (OPTIONS[1], "right", "trap.caffeine-at-night")


def test_options_may_come_beside_the_question(tea: Tutor) -> None:
    assert tea.respond(STEM, options=OPTIONS) == tea.respond(ITEM)
    assert tea.respond(STEM, options=LABELLED) == tea.respond(ITEM)


def test_a_question_without_options_has_no_verdicts(tea: Tutor) -> None:
    turn = tea.respond("What is wrong with black tea as a nightcap?")
    assert isinstance(turn.reply, Answer)
    assert turn.reply.options == ()
    assert "Right:" not in turn.reply.text


def test_an_item_that_is_not_decided_is_answered_as_its_stem_alone(tea: Tutor) -> None:
    turn = tea.respond("At how many degrees is green tea brewed?", options=["Herbal", "Herbal"])
    assert isinstance(turn.reply, Answer)
    assert turn.reply.entry == "fact.green-tea"
    assert [option.verdict for option in turn.reply.options] == ["open", "open"]
    assert str(turn.reply.note).startswith("What I know does not decide between these options.")


def test_an_item_that_the_pack_does_not_answer_is_declined(tea: Tutor) -> None:
    assert tea.respond("What is the capital of Peru?\nA. Lima\nB. Cusco").reply.reply == "decline"


def test_an_item_beside_an_open_question_leaves_it_open(tea: Tutor) -> None:
    asked = tea.respond("Which tea should I brew?")
    assert isinstance(asked.reply, Ask)
    beside = tea.respond(ITEM, asked.dialogue)
    assert isinstance(beside.reply, Answer)
    assert beside.reply.open_question == asked.reply.question
    assert beside.dialogue.pending == asked.dialogue.pending


def test_why_after_an_item_tells_of_the_entry_that_decided(tea: Tutor) -> None:
    turn = tea.respond("why?", tea.respond(ITEM).dialogue)
    assert isinstance(turn.reply, Answer)
    assert turn.reply.entry == "trap.caffeine-at-night"


def test_an_item_that_is_too_long_is_declined_unread(tea: Tutor) -> None:
    long = ["black " * 2000, "green " * 2000]
    assert tea.respond(STEM, options=long).reply.to_dict()["reason"] == "too-long"
    row = tea.answer_row(STEM, options=long)
    assert row.choice is None


@pytest.mark.parametrize(("question", "options"), [(STEM, OPTIONS), (STEM, LABELLED), (ITEM, [])])
def test_a_row_holds_the_choice_and_the_verdicts(tea: Tutor, question: str, options: list[str]) -> None:
    row = tea.answer_row(question, options=options)
    assert (row.choice, row.status, row.entry) == ((1,), "answered", "trap.caffeine-at-night")
    assert row.choice_confidence is not None
    assert 0.5 < row.choice_confidence < 1
    assert [option.verdict for option in row.verdicts] == VERDICTS


def test_options_do_not_change_what_a_row_says_of_its_question(tea: Tutor) -> None:
    plain, optional = tea.answer_row(STEM), tea.answer_row(STEM, options=OPTIONS)
    assert (plain.choice, plain.choice_confidence, plain.verdicts) == (None, None, ())
    assert plain.candidates == optional.candidates
    assert (plain.status, plain.entry, plain.confidence) == (optional.status, optional.entry, optional.confidence)


def test_a_row_that_nothing_decides_has_an_empty_choice(tea: Tutor) -> None:
    row = tea.answer_row("What is the capital of Peru?", options=["Lima", "Cusco"])
    assert (row.choice, row.choice_confidence, row.status) == ((), 0.0, "declined")
    assert row.to_dict()["choice"] == []


@pytest.mark.parametrize(("question", "options"), [("", OPTIONS), ("?!", OPTIONS), (STEM, ["x"] * 13), (STEM, ["x"])])
def test_what_is_no_item_makes_no_choice(tea: Tutor, question: str, options: list[str]) -> None:
    row = tea.answer_row(question, options=options)
    assert (row.choice, row.verdicts) == (None, ())
    assert tea.respond(question, options=options).reply == tea.respond(question).reply


def test_small_talk_with_a_list_in_it_stays_small_talk(tea: Tutor) -> None:
    assert isinstance(tea.respond("hello").reply, Chat)


def test_ask_takes_an_item_as_it_is_pasted_or_option_by_option() -> None:
    pasted = CliRunner().invoke(main, ["ask", ITEM, "--json", "--pack", str(TEA)])
    beside = [part for option in OPTIONS for part in ("--option", option)]
    listed = CliRunner().invoke(main, ["ask", STEM, *beside, "--json", "--pack", str(TEA)])
    assert (pasted.exit_code, listed.exit_code) == (0, 0)
    assert pasted.stdout == listed.stdout
    assert [option["verdict"] for option in json.loads(pasted.stdout)["options"]] == VERDICTS


def test_a_single_option_is_a_mistake() -> None:
    done = CliRunner().invoke(main, ["ask", STEM, "--option", "Coffee", "--pack", str(TEA)])
    assert done.exit_code == 2
    assert "--option is given once" in done.stderr


def test_eval_counts_the_options_picked(tmp_path: Path) -> None:
    rows = [
        {"question": STEM, "gold": [], "topics": [], "scope": "partial", "options": OPTIONS, "correct": [right]}
        for right in (1, 0)
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    done = CliRunner().invoke(main, ["eval", str(file), "--json", "--pack", str(TEA)])
    values = json.loads(done.stdout)["all"]
    assert (values["choice"], values["choice-sure"]) == (0.5, 0.5)


@pytest.mark.parametrize(
    "columns",
    [
        {"options": OPTIONS},
        {"options": LABELLED},
        {"A": OPTIONS[0], "B": OPTIONS[1], "C": OPTIONS[2], "D": ""},
    ],
)
def test_a_file_gives_options_as_a_list_or_as_columns(tmp_path: Path, columns: dict[str, object]) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"question": STEM, **columns}), encoding="utf-8")
    target = tmp_path / "out.jsonl"
    done = CliRunner().invoke(main, ["batch", str(tmp_path / "in.jsonl"), "-o", str(target), "--pack", str(TEA)])
    assert done.exit_code == 0
    row = json.loads(target.read_text(encoding="utf-8"))
    assert row["choice"] == [1]
    assert [option["verdict"] for option in row["verdicts"]] == VERDICTS


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ("one text", "row 1: options are not a list of texts"),
        ([["x"], 2], "row 1: options are not a list of texts"),
        (["", "x"], "row 1: an option is empty"),
        (["x"] * 13, "row 1: more than 12 options"),
    ],
)
def test_options_that_cannot_be_weighed_make_an_error_row(tmp_path: Path, options: object, error: str) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"question": STEM, "options": options}), encoding="utf-8")
    target = tmp_path / "out.jsonl"
    CliRunner().invoke(main, ["batch", str(tmp_path / "in.jsonl"), "-o", str(target), "--pack", str(TEA)])
    row = json.loads(target.read_text(encoding="utf-8"))
    assert (row["status"], row["error"]) == ("error", error)
