"""Rows: what a batch says of one question, in the columns of the contract."""

import json
from dataclasses import FrozenInstanceError

import pytest

from tutor import Candidate, Cited, Row, Way, Weighed
from tutor.row import FIELDS

ROW = Row(
    question="Which tea?",
    status="conditional",
    pack="tea 1 0123456789ab",
    id="7",
    reply="answer",
    entry="fact.x",
    kind="fact",
    topic="leaves",
    title="Green",
    answer="Brew it.",
    because={"hour": "morning"},
    branches=(Way({"guests": "one"}, "fact.x", "Brew it.", "Green", "guests “One cup”"),),
    needs=("guests",),
    citations=(Cited("book", "The Book", "1-2"),),
    confidence=0.5,
    candidates=(Candidate("fact.x", "Green", 0.5),),
    choice=(1, 2),
    choice_confidence=0.25,
    verdicts=(Weighed("Green", "right", "Brew it.", "fact.x"),),
    passed={"team": "blue", "answer": "mine"},
)


def test_the_columns_are_those_of_the_contract() -> None:
    assert " ".join(FIELDS) == (
        "id question status reply entry kind topic title answer because branches needs citations confidence "
        "candidates choice choice_confidence verdicts error pack"
    )


def test_a_row_is_written_out_with_the_columns_that_pass_through_first() -> None:
    said = ROW.to_dict()
    assert list(said) == ["team", *FIELDS]
    assert said == {
        "team": "blue",
        "id": "7",
        "question": "Which tea?",
        "status": "conditional",
        "reply": "answer",
        "entry": "fact.x",
        "kind": "fact",
        "topic": "leaves",
        "title": "Green",
        "answer": "Brew it.",
        "because": {"hour": "morning"},
        "branches": [
            {
                "when": {"guests": "one"},
                "entry": "fact.x",
                "answer": "Brew it.",
                "title": "Green",
                "told": "guests “One cup”",
                "verdict": None,
            }
        ],
        "needs": ["guests"],
        "citations": [{"source": "book", "title": "The Book", "lines": "1-2", "url": None, "file": None}],
        "confidence": 0.5,
        "candidates": [{"entry": "fact.x", "title": "Green", "confidence": 0.5}],
        "choice": [1, 2],
        "choice_confidence": 0.25,
        "verdicts": [{"option": "Green", "verdict": "right", "because": "Brew it.", "entry": "fact.x"}],
        "error": None,
        "pack": "tea 1 0123456789ab",
    }
    assert json.loads(json.dumps(said)) == said


def test_a_column_that_passes_through_never_replaces_one_of_the_rows_own() -> None:
    assert ROW.to_dict()["answer"] == "Brew it."


def test_a_row_that_says_little_still_has_every_column() -> None:
    said = Row(question="?", status="error", pack="p", error="no such slot").to_dict()
    assert list(said) == list(FIELDS)
    assert (said["because"], said["branches"], said["needs"], said["citations"], said["candidates"]) == (
        {},
        [],
        [],
        [],
        [],
    )
    assert (said["choice"], said["confidence"], said["error"]) == (None, 0.0, "no such slot")


def test_what_json_was_made_of_can_be_changed_without_changing_the_row() -> None:
    said = ROW.to_dict()
    said["because"]["hour"] = said["branches"][0]["when"]["guests"] = said["candidates"][0]["title"] = "other"
    assert (ROW.because, ROW.branches[0].when, ROW.candidates[0].title) == (
        {"hour": "morning"},
        {"guests": "one"},
        "Green",
    )


def test_a_row_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        ROW.status = "answered"  # type: ignore[misc]
