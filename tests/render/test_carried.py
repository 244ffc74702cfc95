"""What a button carries comes back whole, fits, and is refused when it is not ours."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import Dialogue
from tutor.errors import DialogueError
from tutor.render.carried import MOST, Carried, unpacked

_NAMES = st.text(alphabet="abc-", min_size=1, max_size=12)
DIALOGUES = st.builds(
    Dialogue,
    decision=st.none() | _NAMES,
    pending=st.none() | _NAMES,
    filled=st.dictionaries(_NAMES, _NAMES, max_size=3),
    words=st.dictionaries(_NAMES, st.text(max_size=60), max_size=3),
    unsure=st.lists(_NAMES, max_size=3).map(tuple),
    asked=st.lists(_NAMES, max_size=3).map(tuple),
    offered=st.lists(_NAMES, max_size=3).map(tuple),
    entry=st.none() | _NAMES,
    confidence=st.floats(0, 1),
)
CARRIED = st.builds(
    Carried,
    thread=st.just("T1/C1/1.0"),
    dialogue=DIALOGUES,
    slot=st.none() | _NAMES,
    value=st.none() | _NAMES | st.just("*"),
    entry=st.none() | _NAMES,
    message=st.none() | _NAMES,
)


@given(CARRIED)
def test_what_is_carried_comes_back(carried: Carried) -> None:
    assert unpacked(carried.packed()) == carried


def test_too_much_is_carried_without_the_words_of_the_learner_then_without_the_dialogue() -> None:
    wordy = Dialogue("rollout", filled={"speed": "fast"}, words={"speed": "ä" * MOST})
    carried = Carried("T1/C1/1.0", wordy, slot="speed", value="slow")
    assert unpacked(carried.packed()) == replace(carried, dialogue=replace(wordy, words={}))
    crowded = replace(wordy, asked=("speed",) * MOST)
    assert unpacked(replace(carried, dialogue=crowded).packed()) == replace(carried, dialogue=Dialogue())


@given(CARRIED.map(Carried.packed))
def test_a_button_holds_at_most_what_slack_lets_it(packed: str) -> None:
    assert len(packed) <= MOST


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", "7", '"x"', '{"slot": 7}', '{"dialogue": 7}', '{"dialogue": {"pending": 7}}', "[" * 100_000],
)
def test_a_button_of_somebody_else_is_refused(value: str) -> None:
    with pytest.raises(DialogueError):
        unpacked(value)


def test_a_button_carries_only_what_is_not_usual() -> None:
    assert json.loads(Carried("T1/C1/1.0", slot="hour").packed()) == {"thread": "T1/C1/1.0", "slot": "hour"}
