"""Faults and errors say what a person needs in order to put things right."""

import re
from pathlib import Path
from typing import get_args

import pytest

from tutor import errors
from tutor.errors import (
    RULES,
    BatchError,
    DialogueError,
    EntryError,
    Fault,
    PackError,
    Rule,
    SettingsError,
    SlackError,
    SlotError,
    Spot,
    StoreError,
    StudyError,
    TutorError,
    in_order,
)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Fault("a.yaml", 3, "slots.x", "is odd", "write y"), "a.yaml:3: slots.x: is odd; write y"),
        (Fault("a.yaml", 3, "slots.x", "is odd"), "a.yaml:3: slots.x: is odd"),
        (Fault("a.yaml", None, "slots.x", "is odd", "write y"), "a.yaml: slots.x: is odd; write y"),
        (Fault("a.yaml", 3, "", "is odd", "write y"), "a.yaml:3: is odd; write y"),
        (Fault("a.yaml", None, "", "is odd"), "a.yaml: is odd"),
        (Fault("a.yaml", 3, "slots.x", "is odd", "write y", 7, "odd-key"), "a.yaml:3:7: slots.x: is odd; write y"),
        (Spot("a.yaml", 3, 7).fault("odd-key", "is odd"), "a.yaml:3:7: is odd"),
        (Spot("a.yaml").fault("missing-file", "is missing", "add it"), "a.yaml: is missing; add it"),
    ],
)
def test_a_fault_tells_file_line_place_problem_and_what_to_write(fault: Fault, told: str) -> None:
    assert str(fault) == told


def test_faults_are_put_in_the_order_of_files_lines_and_columns() -> None:
    spots = [Spot("b", 1, 1), Spot("a", 10, 2), Spot("a", 9, 30), Spot("a", 9, 4), Spot("a")]
    faults = in_order(spot.fault("gap", "") for spot in spots)
    assert [Spot(fault.file, fault.line, fault.column) for fault in faults] == spots[::-1]


def test_every_rule_is_said_in_one_sentence() -> None:
    assert list(RULES) == list(get_args(Rule))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule) for rule in RULES)
    assert all(re.fullmatch(r"[A-Z][^.]*\.", said) for said in RULES.values())


def test_the_page_for_authors_lists_exactly_the_rules_there_are() -> None:
    page = (Path(__file__).parent.parent / "docs" / "pack-authors.md").read_text(encoding="utf-8")
    table = page.partition("| rule | means |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [f"| `{rule}` | {said.removesuffix('.')} |" for rule, said in RULES.items()]


def test_every_rule_is_used_where_faults_are_found() -> None:
    sources = [path for path in Path(errors.__file__).parent.rglob("*.py") if path.name != "errors.py"]
    said = "".join(path.read_text(encoding="utf-8") for path in sources)
    assert [rule for rule in RULES if f'"{rule}"' not in said] == []


def test_a_pack_error_tells_every_fault_on_its_own_line_and_keeps_them() -> None:
    faults = [Fault("a.yaml", 3, "", "is odd"), Fault("b.yaml", 1, "x", "is missing", "add x:")]
    error = PackError(iter(faults))
    assert error.faults == tuple(faults)
    assert str(error) == "a.yaml:3: is odd\nb.yaml:1: x: is missing; add x:"


def test_the_tree_drawn_in_the_docstring_is_the_tree_there_is() -> None:
    kinds = [
        BatchError,
        DialogueError,
        EntryError,
        PackError,
        SettingsError,
        SlackError,
        SlotError,
        StoreError,
        StudyError,
    ]
    assert sorted(TutorError.__subclasses__(), key=lambda kind: kind.__name__) == kinds
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in kinds if f"── {kind.__name__} " not in drawn] == []


@pytest.mark.parametrize(
    "kind", [BatchError, DialogueError, EntryError, SettingsError, SlackError, SlotError, StoreError, StudyError]
)
def test_every_error_is_a_tutor_error_that_says_its_text_and_nothing_else(kind: type[TutorError]) -> None:
    assert issubclass(kind, TutorError)
    assert str(kind("one clear line")) == "one clear line"
