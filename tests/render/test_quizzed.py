"""What a button of a quiz carries comes back whole, fits, and is refused when it is not ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import DialogueError
from tutor.render.quizzed import Quizzed, unquizzed

_IDS = st.text(alphabet="0123456789abcdef", min_size=16, max_size=16)
QUIZZED = st.builds(
    Quizzed,
    quiz=st.text(alphabet="0123456789abcdef", min_size=1, max_size=12),
    exercises=st.lists(_IDS, max_size=20).map(tuple),
    number=st.integers(0, 19),
    place=st.none() | st.integers(0, 9),
    about=st.text(max_size=100),
)


@given(QUIZZED)
def test_what_is_carried_comes_back_and_fits(quizzed: Quizzed) -> None:
    packed = quizzed.packed()
    assert unquizzed(packed) == quizzed
    assert len(packed) <= 2000


def test_a_quiz_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="a quiz of 200 exercises does not fit into a button"):
        Quizzed("a", ("0123456789abcdef",) * 200).packed()


@pytest.mark.parametrize(
    "value",
    [
        "", "{", "[]", "7", "{}", '{"quiz": 7}', '{"quiz": ""}', '{"quiz": "a/b"}', '{"quiz": "a", "number": -1}',
        '{"quiz": "a", "number": true}', '{"quiz": "a", "place": 1.5}', '{"quiz": "a", "of": ["b"]}',
        '{"quiz": "a", "place": 50}', "[" * 100_000,
    ],
)  # fmt: skip
def test_a_button_of_something_else_is_refused(value: str) -> None:
    with pytest.raises(DialogueError, match="this button is of another version; ask for a new quiz"):
        unquizzed(value)
