"""The quick look at a text: it misses nothing that is read."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_slots import SLOTS, WAIT
from tutor import ears, slots
from tutor.ears import slots_heard
from tutor.model import Slot
from tutor.slots import Reading, reading
from tutor.text import clean

BOTH: Mapping[str, Slot] = {**SLOTS, "wait": WAIT}
SAID = (
    "which tea before bed breakfast a pot cup for many one just me morning night late at answer drink it is streaming "
    "real time over nightly now yes no not without or and rather than instead of as opposed to but few seconds half an "
    "hour minutes 5 80 % ms/s camelCase snake_case yeah vs. isn't we don't wait the in of , . ; : - / ( ) ? !"
).split()
TEXTS = st.lists(st.sampled_from(SAID), max_size=12).map(" ".join) | st.text(max_size=40)


def knows(word: str) -> bool:
    return word in SAID


def read_in_full(text: str) -> Reading:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(slots, "slots_heard", lambda *_: None)
        return reading(text, BOTH, knows=knows)


@settings(deadline=None, max_examples=500)
@given(TEXTS)
def test_a_quick_look_changes_nothing_that_is_read(text: str) -> None:
    assert reading(text, BOTH, knows=knows) == read_in_full(text)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Which tea?", []),
        ("", []),
        ("?!", []),
        ("Which tea before bed?", ["hour"]),
        ("A pot at breakfast, please", ["hour", "guests"]),
        ("morning", []),  # a reply, and nobody asked
        ("It is drunk in the morning", ["hour"]),  # a reply beside its cue
        ("all rows at breakfast", ["hour"]),  # rows of which no number is told
        ("5 rows at breakfast", None),  # an amount
        ("a few rows at breakfast", None),
        ("half the guests", None),
        ("fiVe rows", None),  # cut otherwise as an amount
        ("before béd", None),  # letters that not every reader sees alike
        ("breakfast rather than night", None),  # read as a "not"
        ("one, many or both", None),  # read as "one or many or both"
        ("yes, before bed", ["hour"]),
        ("yeah, before bed", None),  # read as "yes"
        ("bed/breakfast", None),
        ("tea at brekfast", None),  # a slip
    ],
)
def test_what_a_quick_look_tells(text: str, heard: list[str] | None) -> None:
    found = slots_heard(clean(text), SLOTS, lambda word: word != "brekfast")
    assert (found if found is None else list(found)) == heard


def test_the_ears_of_slots_in_another_mapping_are_the_same() -> None:
    assert ears._ears(*SLOTS.values()) is ears._ears(*dict(SLOTS).values())
