"""Drawing spreads exercises over entries, topics and kinds, by a seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tutor.study.drawing import draw
from tutor.study.exercise import Exercise


def test_no_entry_comes_twice_before_each_had_its_turn(made: tuple[Exercise, ...]) -> None:
    entries = {one.entry for one in made}
    drawn = draw(made, len(entries), seed=3)
    assert {one.entry for one in drawn} == entries


def test_topics_take_turns(made: tuple[Exercise, ...]) -> None:
    topics = {one.topic for one in made}
    assert max(Counter(one.topic for one in draw(made, len(topics), seed=1)).values()) == 1


def test_only_what_is_asked_for_is_drawn(made: tuple[Exercise, ...]) -> None:
    assert {one.topic for one in draw(made, 9, 1, topics=["rollout", "testing"])} == {"rollout", "testing"}
    assert {one.entry for one in draw(made, 3, 1, entries=["fact.shadow"])} == {"fact.shadow"}
    assert draw(made, 3, 1, topics=[]) == ()


@given(st.integers(), st.integers(min_value=-2, max_value=20))
def test_the_same_seed_draws_the_same_and_no_more_than_there_are(seed: int, count: int) -> None:
    few = [Exercise("fact", f"fact.{n}", f"t{n % 2}", f"Which {n}?", (), "", ()) for n in range(7)]
    drawn = draw(few, count, seed)
    assert drawn == draw(reversed(few), count, seed)
    assert len(drawn) == len({one.stem for one in drawn}) == max(0, min(7, count))


def test_another_seed_draws_something_else(made: tuple[Exercise, ...]) -> None:
    assert draw(made, 20, seed=1) != draw(made, 20, seed=2)
