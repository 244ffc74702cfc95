"""Skeletons of entries: lines that fit the pack's files as they are, and what the check says to them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor import Tutor
from tutor.folder import read_files
from tutor.gaps import Asked, Gap, Question, gaps
from tutor.model import STYLES
from tutor.pack import survey
from tutor.reply import Candidate
from tutor.skeletons import Skeleton, skeletons, style_of
from tutor.subject import Pack

NEAREST = (Candidate("fact.green-tea", "Green tea wants cooler water", 0.1),)


def gap(*texts: str, nearest: tuple[Candidate, ...] = NEAREST) -> Gap:
    return Gap(tuple(Question(text, 1, 0, 1.0) for text in texts), nearest)


def made(pack: Pack, *several: Gap, folder: Path = TEA) -> list[Skeleton]:
    return skeletons(pack, read_files(folder), several, str.split)


def test_a_skeleton_is_an_entry_and_its_examples_for_the_ends_of_two_files(tea_pack: Pack) -> None:
    (skeleton,) = made(tea_pack, gap("chai with milk", "Does chai need milk?", "I pour it in. It curdles. Why?"))
    assert (skeleton.entry, skeleton.topic) == ("fact.chai-with-milk", "leaves")
    assert skeleton.lines == {
        "knowledge/topics/leaves.yaml": (
            "  - id: fact.chai-with-milk\n"
            "    title: TODO chai with milk\n"
            "    answer: TODO\n"
            "    why: TODO\n"
            "    citations: [{source: todo, lines: [1]}]\n"
            '    references: [{title: TODO, url: "https://example.org/TODO"}]\n'
        ),
        "intents/leaves.yaml": (
            "  fact.chai-with-milk:\n"
            "    short:\n"
            "    - Does chai need milk?\n"
            "    scenario:\n"
            "    - I pour it in. It curdles. Why?\n"
            "    keywords:\n"
            "    - chai with milk\n"
        ),
    }


def test_the_check_says_what_a_skeleton_still_lacks(tea_pack: Pack) -> None:
    (skeleton,) = made(tea_pack, gap("chai with milk", "Which tea should I brew?"))
    assert [f"{fault.file}: {fault.said}" for fault in skeleton.faults] == [
        "intents/leaves.yaml: fact.chai-with-milk: 2 examples; write at least 12",
        "intents/leaves.yaml: fact.chai-with-milk: 0 scenario examples; write at least 2",
        "intents/leaves.yaml: fact.chai-with-milk: 0 symptom examples; write at least 2",
        "intents/leaves.yaml: fact.chai-with-milk: 0 belief examples; write at least 2",
        "intents/leaves.yaml: fact.chai-with-milk: 1 short examples; write at least 2",
        "intents/leaves.yaml: fact.chai-with-milk: “which tea should i brew” is also an example of opening which-tea;"
        " leave it with one",
        "intents/leaves.yaml: fact.chai-with-milk: 1 keywords examples; write at least 2",
        "knowledge/topics/leaves.yaml: fact.chai-with-milk citations: todo does not exist; known: kettle-book",
    ]


def test_several_skeletons_have_ids_and_faults_of_their_own(tea_pack: Pack) -> None:
    both = made(tea_pack, gap("chai with milk"), gap("chai with milk", "chai and milk"), gap("..."))
    assert [one.entry for one in both] == ["fact.chai-with-milk", "fact.chai-with-milk-2", "fact.new"]
    for one in both:
        assert one.faults
        shared = [fault for fault in one.faults if fault.rule != "shared-example"]
        assert all(fault.place.split()[0] == one.entry for fault in shared)


def test_what_was_wrong_with_the_pack_before_is_no_fault_of_a_skeleton(
    tea_pack: Pack, spoil: Callable[[str, str, str], Path]
) -> None:
    spoilt = spoil("knowledge/topics/leaves.yaml", "title: Green or black\n", "title: G\n")
    (here,), (there,) = made(tea_pack, gap("chai")), made(tea_pack, gap("chai"), folder=spoilt)
    assert [fault.said for fault in there.faults] == [fault.said for fault in here.faults]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("knowledge/topics/leaves.yaml", "topic: leaves\ntitle: Leaves\n", ""),
        ("knowledge/topics/leaves.yaml", "  - id", "- id"),
        ("intents/leaves.yaml", "intents:\n", "intents:  # by entry\n\n"),
    ],
)
def test_lines_go_where_the_file_keeps_its_entries(
    tea_copy: Path, tea_pack: Pack, file: str, old: str, new: str
) -> None:
    path = tea_copy / file
    text = path.read_text(encoding="utf-8")
    text = text.replace(old, new)
    if new == "- id":
        text = "\n".join(line.removeprefix("  ") if line.startswith("    ") else line for line in text.splitlines())
    if not new:
        text = f"{text}topic: leaves\n# the end\ntitle: Leaves"
    path.write_text(text, encoding="utf-8")
    assert survey(read_files(tea_copy)).faults == ()
    (skeleton,) = made(tea_pack, gap("chai"), folder=tea_copy)
    assert {fault.rule for fault in skeleton.faults} == {"too-few-examples", "unknown-id"}


def test_a_topic_without_examples_gets_a_file_of_them(tea_copy: Path, tea_pack: Pack) -> None:
    (tea_copy / "intents" / "leaves.yaml").unlink()
    (skeleton,) = made(tea_pack, gap("chai"), folder=tea_copy)
    assert skeleton.lines["intents/leaves.yaml"] == "  fact.chai:\n    keywords:\n    - chai\n"
    assert {fault.rule for fault in skeleton.faults} == {"too-few-examples", "unknown-id"}


def test_a_gap_with_nothing_near_goes_to_the_first_topic(tea_pack: Pack) -> None:
    (skeleton,) = made(tea_pack, gap("chai", nearest=()))
    assert skeleton.topic == next(iter(tea_pack.topics))


@pytest.mark.parametrize(
    ("question", "style"),
    [
        ("How hot must the water be?", "short"),
        ("how to brew chai", "short"),
        ("chai temperature", "keywords"),
        ("My chai is bitter.", "symptom"),
        ("my chai is bitter whatever I do with it", "symptom"),
        ("Chai needs no milk, right?", "belief"),
        ("Milk goes in first, I think.", "belief"),
        ("A guest wants chai. The kettle is small. What now?", "scenario"),
        ("", "keywords"),
    ],
)
def test_a_question_goes_to_the_style_it_is_most_likely_of(question: str, style: str) -> None:
    assert style_of(question) == style
    assert style in STYLES


@settings(max_examples=60, deadline=None)
@given(said=st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=4))
def test_any_question_can_stand_in_a_skeleton(tea: Tutor, said: list[str]) -> None:
    found = gaps(tea, [Asked(text, "voted-down", 1.0) for text in said])
    for skeleton, one in zip(made(tea.pack, *found), found, strict=True):
        topic, intents = (yaml.safe_load(lines) for lines in skeleton.lines.values())
        assert topic[0]["id"] == skeleton.entry
        styles = intents[skeleton.entry]
        assert sorted(text for texts in styles.values() for text in texts) == sorted(
            question.text for question in one.questions
        )
        assert {fault.rule for fault in skeleton.faults} >= {"unknown-id"}
