"""Faults and errors say what a person needs in order to put things right."""

import pytest

from tutor import errors
from tutor.errors import BatchError, DialogueError, EntryError, Fault, PackError, SlotError, TutorError


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("a.yaml", 3, "slots.x", "is odd", "write y"), "a.yaml:3: slots.x: is odd; write y"),
        (Fault("a.yaml", 3, "slots.x", "is odd"), "a.yaml:3: slots.x: is odd"),
        (Fault("a.yaml", None, "slots.x", "is odd", "write y"), "a.yaml: slots.x: is odd; write y"),
        (Fault("a.yaml", 3, "", "is odd", "write y"), "a.yaml:3: is odd; write y"),
        (Fault("a.yaml", None, "", "is odd"), "a.yaml: is odd"),
    ],
)
def test_a_fault_tells_file_line_place_problem_and_what_to_write(fault: Fault, told: str) -> None:
    assert str(fault) == told


def test_a_pack_error_tells_every_fault_on_its_own_line_and_keeps_them() -> None:
    faults = [Fault("a.yaml", 3, "", "is odd"), Fault("b.yaml", 1, "x", "is missing", "add x:")]
    error = PackError(iter(faults))
    assert error.faults == tuple(faults)
    assert str(error) == "a.yaml:3: is odd\nb.yaml:1: x: is missing; add x:"


def test_the_tree_drawn_in_the_docstring_is_the_tree_there_is() -> None:
    kinds = [BatchError, DialogueError, EntryError, PackError, SlotError]
    assert sorted(TutorError.__subclasses__(), key=lambda kind: kind.__name__) == kinds
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in kinds if f"── {kind.__name__} " not in drawn] == []


@pytest.mark.parametrize("kind", [BatchError, DialogueError, EntryError, SlotError])
def test_every_error_is_a_tutor_error_that_says_its_text_and_nothing_else(kind: type[TutorError]) -> None:
    assert issubclass(kind, TutorError)
    assert str(kind("one clear line")) == "one clear line"
