"""The line below the prompt: what it knows, what it hints at, and what a click on it does."""

from collections.abc import Callable
from threading import Event

import pytest
from prompt_toolkit.data_structures import Point
from prompt_toolkit.formatted_text import fragment_list_to_text
from prompt_toolkit.mouse_events import MouseButton, MouseEvent, MouseEventType

from tests.conftest import TEA
from tutor import Tutor
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session
from tutor.fronts.shell.toolbar import toolbar

OPEN = "Which tea should I brew?"
HINTS = "Esc back · F2 correct · F1 help · Ctrl-D leave"


def below(tutor: Tutor, *lines: str, width: int = 100, hint: str = "") -> str:
    session = Session(Loading(lambda _: tutor), TEA)
    session.ready()
    for line in lines:
        session.take(line)
    return fragment_list_to_text(toolbar(session, width, correct=lambda _: None, hint=hint)).strip()


@pytest.mark.parametrize(
    ("lines", "known"),
    [
        ([], "Brewing tea"),
        ([OPEN], "hour ? · at most 2 questions"),
        ([OPEN, "in the morning"], "hour = In the morning · guests ? · the last question"),
        ([OPEN, "before noon"], "hour = In the morning “before noon” · guests ? · the last question"),
        ([OPEN, "before noon", "doesn't matter"], "hour = In the morning “before noon” · guests = doesn't matter"),
        ([OPEN, "before noon", "one"], "hour = In the morning “before noon” · guests = One cup “one”"),
        ([OPEN, "2", "start over"], "Brewing tea"),
    ],
)
def test_it_says_what_is_known_and_what_may_still_be_asked(tea: Tutor, lines: list[str], known: str) -> None:
    assert below(tea, *lines, width=200).startswith(known)
    assert below(tea, *lines, width=200).removeprefix(known).strip() in (HINTS, HINTS.partition("F2 correct · ")[2])


@pytest.mark.parametrize("width", range(10, 130))
def test_it_fits_every_width_and_gives_up_hints_first(tea: Tutor, width: int) -> None:
    said = below(tea, OPEN, "before noon", "one", width=width)
    assert len(said) < width
    whole = "hour = In the morning “before noon” · guests = One cup “one”"
    assert said.startswith(whole[: width - 6])
    if width > len(whole) + len(HINTS) + 5:
        assert said.endswith(HINTS)


def test_a_hint_takes_the_place_of_the_keys(tea: Tutor) -> None:
    assert below(tea, OPEN, hint="Ctrl-D or /quit leaves").endswith("   Ctrl-D or /quit leaves")


def test_it_says_what_the_loading_is_at(tea: Tutor) -> None:
    told, go_on = Event(), Event()

    def load(tell: Callable[[str], None]) -> Tutor:
        tell("learning the examples")
        told.set()
        assert go_on.wait(20)
        return tea

    session = Session(Loading(load), TEA)
    shown = [fragment_list_to_text(toolbar(session, 60, correct=lambda _: None)).strip()]
    session.loading.start()
    assert told.wait(20)
    shown.append(fragment_list_to_text(toolbar(session, 60, correct=lambda _: None)).strip())
    go_on.set()
    session.ready()
    shown.append(fragment_list_to_text(toolbar(session, 60, correct=lambda _: None)).split("  ")[0].strip())
    assert shown == ["F1 help · Ctrl-D leave", "learning the examples … you can type already", "Brewing tea"]


def test_a_click_on_a_value_corrects_its_slot(tea: Tutor) -> None:
    session = Session(Loading(lambda _: tea), TEA)
    for line in (OPEN, "before noon"):
        session.take(line)
    corrected: list[str] = []
    for fragment in toolbar(session, 100, correct=corrected.append):
        if len(fragment) == 3:
            fragment[2](event(MouseEventType.MOUSE_DOWN))
            fragment[2](event(MouseEventType.MOUSE_UP))
    assert corrected == ["hour"] * 3


def event(kind: MouseEventType) -> MouseEvent:
    return MouseEvent(Point(0, 0), kind, MouseButton.LEFT, frozenset())
