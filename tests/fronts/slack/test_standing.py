"""How a quiz stands comes back as it was kept, and is played again to the same answers."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.render.test_slack_quiz import STEEP
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.standing import Given, Standing, played

_GIVEN = st.builds(
    Given,
    st.none() | st.integers(0, 1),
    st.sampled_from(["sure", "unsure", "guess"]),
    st.integers(0, 3),
    st.floats(0, 4e9),
)


@given(st.lists(_GIVEN, max_size=5), st.integers(0, 3), st.booleans())
def test_what_is_kept_comes_back(given_: list[Given], hints: int, stopped: bool) -> None:
    standing = Standing(tuple(given_), hints, stopped)
    saved = json.loads(json.dumps(Kept(standing=standing).to_dict()))
    assert Kept.from_dict(saved).standing == standing


@given(st.lists(_GIVEN, max_size=5), st.integers(0, 3))
def test_a_quiz_is_played_again_to_the_same_answers(given_: list[Given], hints: int) -> None:
    standing = Standing()
    for one in given_:
        standing = Standing(standing.given, one.hints).after(one.place, one.certainty, one.at)
    quiz = played([STEEP] * 5, Standing(standing.given, hints))
    assert [(one.right, one.certainty, one.hints) for one in quiz.answers] == [
        (one.place == 0, one.certainty, one.hints) for one in given_
    ]
    assert quiz.hints == hints
