"""What spoils exercises is told, at the place where it can be mended."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import TEA
from tutor.folder import read_files
from tutor.pack import read_pack
from tutor.reply import Cited
from tutor.study.exercise import Choice, Exercise
from tutor.study.making import exercises
from tutor.study.soundness import longest_wins, problems, unsound

Spoil = Callable[[str, str, str], Path]

LEAVES = "knowledge/topics/leaves.yaml"
SOUND = Exercise(
    "fact",
    "fact.green-tea",
    "leaves",
    "How hot?",
    (Choice("80 degrees", True, "It scalds.", "fact.green-tea"), Choice("Boiling", False, "No.", "fact.green-tea")),
    "Heat decides.",
    (Cited("kettle-book", "The Kettle Book", "1-2"),),
    "fact.green-tea/x",
)


def test_a_sound_exercise_has_no_problem() -> None:
    assert list(problems(SOUND)) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"choices": SOUND.choices[:1]}, "has no choice"),
        ({"choices": (replace(SOUND.choices[0], right=False), SOUND.choices[1])}, "has not exactly one right choice"),
        ({"stem": " "}, "has an empty text"),
        ({"choices": (SOUND.choices[0], replace(SOUND.choices[1], text="80 Degrees."))}, "has a choice twice"),
        ({"decides": ""}, "does not say why"),
        ({"choices": (SOUND.choices[0], replace(SOUND.choices[1], why=""))}, "does not say why"),
        ({"sources": ()}, "cites nothing"),
    ],
)
def test_what_is_wrong_with_an_exercise_is_told(change: dict[str, object], problem: str) -> None:
    assert problem in list(problems(replace(SOUND, **change)))  # type: ignore[arg-type]


def test_how_often_the_longest_choice_is_right_is_counted_with_ties_in_parts() -> None:
    tie = replace(SOUND, choices=(SOUND.choices[0], replace(SOUND.choices[1], text="90 degrees")))
    assert longest_wins([SOUND, tie]) == (0.75, 0.5)
    assert longest_wins([]) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "- The leaves are oxidised.",
            "- Black tea is oxidised.",
            f"{LEAVES}:26:11: pair.green-vs-black signs: “Black tea is oxidised.” names black tea; "
            "say it without the name",
        ),
        (
            "- The leaves are oxidised.",
            "- The leaves are not oxidised.",
            f"{LEAVES}:26:11: pair.green-vs-black signs: “The leaves are not oxidised.” stands with green tea, too; "
            "keep what tells the sides apart",
        ),
    ],
)
def test_a_sign_that_tells_too_much_or_nothing_is_a_fault(spoil: Spoil, old: str, new: str, told: str) -> None:
    pack, places = read_pack(read_files(spoil(LEAVES, old, new)))
    faults = [str(fault) for fault in unsound(pack, places, ())]
    assert faults == [told]


def test_a_side_without_signs_is_a_fault_and_one_that_is_none_cannot_be_read(spoil: Spoil) -> None:
    folder = spoil(
        LEAVES, "      black tea:\n        - The leaves are oxidised.\n        - It is brewed with boiling water.\n", ""
    )
    pack, places = read_pack(read_files(folder))
    assert [fault.problem for fault in unsound(pack, places, ())] == ["black tea has no sign"]


def test_the_tiny_pack_spoils_nothing() -> None:
    pack, places = read_pack(read_files(TEA))
    assert list(unsound(pack, places, exercises(pack))) == []
