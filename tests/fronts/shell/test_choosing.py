"""The live list: how it is laid out, marked and clicked."""

import pytest
from prompt_toolkit.formatted_text import fragment_list_to_text
from prompt_toolkit.mouse_events import MouseEventType

from tests.conftest import TEA, changed
from tests.fronts.shell.test_toolbar import event
from tutor import Tutor
from tutor.fronts.shell.choosing import Choosing, chosen
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Offer, Session

OPEN = "Which tea should I brew?"
OFFERS = (Offer("In the morning", "In the morning", 1), Offer("Any", "2", 2), Offer("don't know", "don't know"))


@pytest.fixture
def choosing(tea: Tutor) -> Choosing:
    session = Session(Loading(lambda _: tea), TEA)
    session.take(OPEN)
    opened = Choosing(session, lambda _: None)
    opened.open()
    return opened


def test_the_options_are_numbered_and_other_replies_stand_below(choosing: Choosing) -> None:
    assert fragment_list_to_text(choosing.lines("", 80)) == (
        "  1. In the morning\n  2. Before sleep\n     don't know\n     doesn't matter\n"
    )


def test_the_mark_goes_around_the_ends(choosing: Choosing) -> None:
    said = []
    for by in (1, 1, 1, 1, 1, -1, -1):
        choosing.move(by)
        said.append(choosing.said)
    day, night, unknown, idle = "In the morning", "Before sleep", "don't know", "doesn't matter"
    assert said == [day, night, unknown, idle, day, idle, unknown]


def test_the_mark_is_shown_while_nothing_is_typed(choosing: Choosing) -> None:
    choosing.move(1)
    assert fragment_list_to_text(choosing.lines("", 80)).startswith("› 1. In the morning\n  2. Before")
    assert fragment_list_to_text(choosing.lines("be", 80)).startswith("  1. In the morning\n  2. Before")


def test_long_labels_are_wrapped_below_themselves(tutor: Tutor) -> None:
    session = Session(Loading(lambda _: tutor), TEA)
    session.take("Which rollout do we need?")
    opened = Choosing(session, lambda _: None)
    opened.open()
    lines = fragment_list_to_text(opened.lines("", 20)).splitlines()
    assert max(map(len, lines)) < 20
    assert lines[:3] == ["  1. Everyone may", "  2. Only a few at", "     first"]


def test_a_click_takes_the_option_and_pressing_alone_does_not(tea: Tutor) -> None:
    session = Session(Loading(lambda _: tea), TEA)
    session.take(OPEN)
    taken: list[str] = []
    opened = Choosing(session, taken.append)
    opened.open()
    (night,) = (part for part in opened.lines("", 80) if "Before sleep" in part[1])
    assert len(night) == 3
    assert night[2](event(MouseEventType.MOUSE_DOWN)) is NotImplemented
    assert taken == []
    night[2](event(MouseEventType.MOUSE_UP))
    assert taken == ["Before sleep"]


@pytest.mark.parametrize(
    ("typed", "at"),
    [("1", 0), ("2.", 1), ("the second one", 1), ("in the MORNING", 0), ("any", 1), ("don't know", 2), ("3", None),
     ("morning", None), ("", None), ("x" * 30_000, None)],
)  # fmt: skip
def test_what_was_typed_takes_an_offer_by_number_or_label(typed: str, at: int | None) -> None:
    assert chosen(typed, OFFERS) == at


def test_entries_that_are_offered_can_be_chosen_or_all_be_declined(tea: Tutor) -> None:
    session = Session(Loading(lambda _: tea), TEA)
    for line in ("sencha", "more"):
        session.take(line)
    assert session.offers() == (Offer("Green or black", "Green or black", 1), Offer("none of these", "none of these"))


def test_a_label_that_would_be_read_as_something_else_is_said_by_its_number(tea: Tutor) -> None:
    pack = tea.pack
    hour = pack.slots["hour"]
    values = {**hour.values, "night": changed(hour.values["night"], label="Any")}
    slots = {**pack.slots, "hour": changed(hour, values=values)}
    session = Session(Loading(lambda _: Tutor(changed(pack, slots=slots), tea.weights)), TEA)
    session.take(OPEN)
    assert session.offers()[:2] == (Offer("In the morning", "In the morning", 1), Offer("Any", "2", 2))
