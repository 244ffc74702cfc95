"""Gaps as an admin reads them, as a program does, and as a file of skeletons."""

import yaml

from tests.conftest import TEA
from tutor.errors import Fault
from tutor.folder import read_files
from tutor.gaps import Gap, Question
from tutor.render.gaps import skeleton_file, to_dicts, told
from tutor.reply import Candidate
from tutor.skeletons import Skeleton, skeletons
from tutor.subject import Pack

DAY = 86_400.0
NEAR = Candidate("fact.green-tea", "Green tea wants cooler water", 0.1234)
CHAI = Gap((Question("Does chai need milk?", 2, 1, 20_000 * DAY), Question("chai, milk", 1, 0, 0.0)), (NEAR,))
CUPS = Gap(tuple(Question(f"cup {number}\x1b[2J", 0, 1, 1 * DAY) for number in range(7)), ())


def test_nothing_unanswered_is_said() -> None:
    assert told([], most=20) == "Nothing is unanswered."


def test_gaps_are_listed_with_how_often_and_what_is_near() -> None:
    assert told([CHAI, CUPS], most=20).splitlines() == [
        "1. declined 3 times, voted down once, last on 2024-10-04",
        "   Does chai need milk? (3 times)",
        "   chai, milk",
        "   Nearest:",
        "   - fact.green-tea: Green tea wants cooler water (0.123)",
        "",
        "2. voted down 7 times, last on 1970-01-02",
        "   cup 0\\x1b[2J",
        "   cup 1\\x1b[2J",
        "   cup 2\\x1b[2J",
        "   cup 3\\x1b[2J",
        "   cup 4\\x1b[2J",
        "   … and 2 more",
        "   Nearest: nothing",
    ]


def test_what_is_not_shown_is_counted() -> None:
    assert told([CHAI, CUPS, CUPS], most=1).splitlines()[-1] == "… and 2 more, asked 14 times in all; --most shows more"


def test_the_file_of_skeletons_is_yaml_with_a_document_for_each_file_of_each_gap(tea_pack: Pack) -> None:
    made = skeletons(tea_pack, read_files(TEA), [CHAI, CUPS], str.split)
    said = skeleton_file([CHAI, CUPS], made)
    first, second, third, fourth = yaml.safe_load_all(said)
    assert first[0]["id"] == "fact.chai-need-milk"
    assert second["fact.chai-need-milk"] == {"short": ["Does chai need milk?"], "keywords": ["chai, milk"]}
    assert third[0]["id"] == "fact.cup"
    assert len(fourth["fact.cup"]["keywords"]) == 7
    assert said.splitlines()[:7] == [
        "# Each part after --- is for the end of the file that is named there. Replace every TODO.",
        "",
        "# 1. declined 3 times, voted down once, last on 2024-10-04",
        "# Nearest:",
        "#   fact.green-tea: Green tea wants cooler water (0.123)",
        "# The check says, with these lines put in:",
        "#   intents/leaves.yaml: fact.chai-need-milk: 2 examples; write at least 12",
    ]
    assert "--- # for the end of knowledge/topics/leaves.yaml\n  - id: fact.chai-need-milk\n" in said


def test_a_skeleton_without_faults_says_so() -> None:
    assert "# The check says, with these lines put in:\n#   nothing\n" in skeleton_file(
        [CHAI], [Skeleton("fact.chai", "leaves", {})]
    )


def test_gaps_and_skeletons_are_data() -> None:
    fault = Fault("intents/leaves.yaml", 3, "fact.chai", "2 examples", "write at least 12", rule="too-few-examples")
    assert to_dicts([CHAI], [Skeleton("fact.chai", "leaves", {"intents/leaves.yaml": "  fact.chai:\n"}, (fault,))]) == [
        {
            "times": 4,
            "last": "2024-10-04",
            "questions": [
                {"text": "Does chai need milk?", "declined": 2, "voted_down": 1, "last": "2024-10-04"},
                {"text": "chai, milk", "declined": 1, "voted_down": 0, "last": "1970-01-01"},
            ],
            "nearest": [{"entry": "fact.green-tea", "title": "Green tea wants cooler water", "confidence": 0.1234}],
            "skeleton": {
                "entry": "fact.chai",
                "topic": "leaves",
                "lines": {"intents/leaves.yaml": "  fact.chai:\n"},
                "faults": [
                    {
                        "file": "intents/leaves.yaml",
                        "rule": "too-few-examples",
                        "place": "fact.chai",
                        "said": "fact.chai: 2 examples; write at least 12",
                    }
                ],
            },
        }
    ]
