"""What signals do to the shell."""

import os
import signal
from collections.abc import Callable

import pytest

from tests.conftest import TEA
from tests.fronts.shell.keyboard import ENTER, Open, asking, line_is, loaded, menu, talk, written
from tutor import Tutor
from tutor.fronts.shell.interrupts import Interrupts
from tutor.fronts.shell.lines import converse, typed
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session


def sent(number: int) -> Callable[[Open], bool]:
    """Send a signal to this process."""

    def send(_: Open) -> bool:
        os.kill(os.getpid(), number)
        return True

    return send


def test_a_signal_is_heard_and_not_raised() -> None:
    interrupts, told = Interrupts(), list[str]()
    interrupts.drop, interrupts.wake = lambda: told.append("drop"), lambda: told.append("wake")
    with interrupts.heard():
        os.kill(os.getpid(), signal.SIGINT)
        assert (interrupts.stop, interrupts.asked, interrupts.ending) == (True, True, None)
        os.kill(os.getpid(), signal.SIGHUP)
        assert interrupts.ending == signal.SIGHUP
    assert told == ["drop", "wake"]


@pytest.mark.parametrize(("number", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)])
def test_a_signal_is_raised_while_a_line_is_read(number: int, raised: type[BaseException]) -> None:
    interrupts = Interrupts()
    with interrupts.heard(), pytest.raises(raised), interrupts.raised():
        os.kill(os.getpid(), number)
    assert not interrupts.reading


def test_afterwards_signals_do_what_they_did_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)]
    with Interrupts().heard():
        assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)] != before
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)] == before


def test_the_second_request_to_end_is_obeyed_at_once() -> None:
    interrupts = Interrupts()
    with interrupts.heard():
        os.kill(os.getpid(), signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_an_interrupt_drops_the_line_at_the_keyboard(tea: Tutor) -> None:
    done = talk(tea, loaded, "nonsense", line_is("nonsense"), sent(signal.SIGINT), line_is(""), "hello", ENTER)
    assert done.said == ["hello"]


def test_an_interrupt_within_a_search_drops_the_line(tea: Tutor) -> None:
    done = talk(tea, loaded, "hello", ENTER, asking, "\x12hel", searching, sent(signal.SIGINT), typing, "hello", ENTER)
    assert done.said == ["hello", "hello"]


def searching(at: Open) -> bool:
    return at.shell.is_searching


def typing(at: Open) -> bool:
    return not at.shell.is_searching and not at.shell.line.text


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_request_to_end_leaves_the_line_and_the_shell(tea: Tutor, number: int) -> None:
    done = talk(tea, "hello", ENTER, loaded, "half a li", line_is("half a li"), sent(number), ends=True)
    assert done.said == ["hello"]
    assert done.shell.session.interrupts.ending == number


def test_a_request_to_end_leaves_a_page(tea: Tutor) -> None:
    done = talk(tea, loaded, "/help", ENTER, written("Space or Enter: more"), sent(signal.SIGHUP), rows=16, ends=True)
    assert done.shell.session.interrupts.ending == signal.SIGHUP


def test_a_request_to_end_closes_the_menu_and_leaves(tea: Tutor) -> None:
    done = talk(tea, loaded, "is it sen", menu, sent(signal.SIGTERM), ends=True)
    assert done.said == []


def test_a_request_to_end_while_the_tutor_thinks_ends_the_plain_loop_after_the_reply(tea: Tutor) -> None:
    def load(told: object) -> Tutor:
        session.interrupts.ending = signal.SIGTERM
        return tea

    session, said = Session(Loading(load), TEA), list[str]()
    lines = iter(["hello", "never"])
    converse(session, typed(lambda _: next(lines), session.interrupts, lambda: None), said.append)
    assert said in (["Hello. Ask about tea.\n"], ["Stopped.\n"])
    assert next(lines) == "never"
