"""A tutor on its way."""

from threading import Event, current_thread

import pytest

from tutor import Tutor
from tutor.fronts.shell.loading import Loading, Stopped, Told


def test_the_tutor_is_loaded_once_where_it_is_first_waited_for(tea: Tutor) -> None:
    loads: list[str] = []

    def load(told: Told) -> Tutor:
        loads.append(current_thread().name)
        return tea

    loading = Loading(load)
    assert (loading.tutor, loading.fault, loading.under_way) == (None, None, False)
    assert loading.wait(print) is loading.wait(print) is loading.tutor is tea
    assert len(loads) == 1
    assert loads[0] != current_thread().name


def test_steps_are_told_to_whoever_waits(tea: Tutor) -> None:
    heard, go_on = list[str](), Event()

    def load(told: Told) -> Tutor:
        told("learning")
        assert go_on.wait(20)
        return tea

    def hear(step: str) -> None:
        heard.append(step)
        go_on.set()

    assert Loading(load).wait(hear) is tea
    assert heard == ["learning"]


def test_a_change_is_told_at_each_step_and_at_the_end(tea: Tutor) -> None:
    changes = 0

    def changed() -> None:
        nonlocal changes
        changes += 1

    def load(told: Told) -> Tutor:
        told("one")
        told("two")
        return tea

    loading = Loading(load)
    loading.start(changed)
    loading.wait(lambda _: None)
    loading.start(changed)
    assert (changes, loading.step) == (3, "two")


def test_waiting_can_be_stopped_while_the_loading_goes_on(tea: Tutor) -> None:
    go_on = Event()

    def load(told: Told) -> Tutor:
        assert go_on.wait(20)
        return tea

    loading = Loading(load)
    with pytest.raises(Stopped):
        loading.wait(print, lambda: True)
    assert loading.under_way
    go_on.set()
    assert loading.wait(print) is tea


def test_what_the_loading_failed_with_is_raised_to_whoever_waits() -> None:
    def load(told: Told) -> Tutor:
        raise ZeroDivisionError

    loading = Loading(load)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            loading.wait(print)
    assert isinstance(loading.fault, ZeroDivisionError)
    assert loading.tutor is None
