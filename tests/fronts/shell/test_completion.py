"""What is offered while typing, and in which order."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from tests.conftest import TEA
from tutor import Tutor
from tutor.fronts.shell.commands import COMMANDS
from tutor.fronts.shell.completion import Completing
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session

OPEN = "Which tea should I brew?"


def completed(tutor: Tutor, typed: str, *before: str, **fields: Any) -> list[str]:
    """Return the lines that the completions of *typed* make of it."""
    session = Session(Loading(lambda _: tutor), TEA, **fields)
    session.ready()
    for line in before:
        session.take(line)
    found = Completing(session).get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + one.start_position] + one.text for one in found]


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("sen", ["sencha"]),
        ("se", []),
        ("is it SEN", ["is it sencha"]),
        ("is it senhca", ["is it sencha"]),
        ("is it sencha", []),
        ("is it sencha ", []),
        ("how steep_", ["how steep_time"]),
        ("water tem", ["water temperature"]),
        ("the water tem", ["the water temperature"]),
        ("gre", ["Green tea wants cooler water", "Green or black", "green tea"]),
        ("green or b", ["Green or black"]),
        ("a pot f", ["A pot for the breakfast table"]),
        ("one\nsen", ["one\nsencha"]),
        ("qqqqqq", []),
        ("", []),
    ],
)
def test_names_and_titles_are_completed_the_likeliest_first(tea: Tutor, typed: str, lines: list[str]) -> None:
    assert completed(tea, typed) == lines


def test_the_options_of_the_open_question_come_first(tea: Tutor) -> None:
    assert completed(tea, "bef", OPEN) == ["Before sleep"]
    assert completed(tea, "bef") == []


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("/", [f"/{name}" for name in COMMANDS]),
        ("/th", ["/theme"]),
        ("/set", ["/set", "/settings"]),
        ("/help sh", ["/help show"]),
        ("/show fact", ["/show fact.green-tea"]),
        ("/show black", ["/show pair.green-vs-black"]),
        ("/topics ", ["/topics hours", "/topics leaves"]),
        ("/theme ", ["/theme auto", "/theme dark", "/theme light", "/theme mono"]),
        ("/settings mouse=", ["/settings mouse=on", "/settings mouse=off"]),
        ("/pack ", ["/pack reload"]),
        ("/set ", []),
        ("/nonsense x", []),
        ("/why x", []),
        (" /th", []),
    ],
)
def test_commands_and_what_they_take_are_completed(tea: Tutor, typed: str, lines: list[str]) -> None:
    assert completed(tea, typed) == lines


def test_slots_of_the_decision_and_their_values_are_completed(tea: Tutor) -> None:
    assert completed(tea, "/set ", OPEN) == ["/set hour=", "/set guests="]
    assert completed(tea, "/set gue", OPEN) == ["/set guests="]
    assert completed(tea, "/set hour=", OPEN) == ["/set hour=morning", "/set hour=night"]
    assert completed(tea, "/set hour=n", OPEN) == ["/set hour=night"]
    assert completed(tea, "/set what=n", OPEN) == []


@pytest.mark.parametrize("command", ["/save", "/replay"])
def test_names_of_files_are_completed(tea: Tutor, command: str, tmp_path: Path) -> None:
    (tmp_path / "dialogue.yaml").touch()
    assert completed(tea, f"{command} {tmp_path}/dia") == [f"{command} {tmp_path}/dialogue.yaml"]


def test_nothing_is_completed_before_the_tutor_is_there() -> None:
    session = Session(Loading(lambda _: pytest.fail("not loaded for this")), TEA)
    typed = ("sen", "/show fact", "/set hour", "/topics ")
    assert [list(Completing(session).get_completions(Document(one), CompleteEvent())) for one in typed] == [[]] * 4


@given(typed=st.text(max_size=40))
def test_whatever_is_typed_can_be_completed(tea: Tutor, typed: str) -> None:
    for line in completed(tea, typed):
        assert len(line) < 200
