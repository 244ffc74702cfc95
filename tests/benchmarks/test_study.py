"""The simulated learner forgets, learns and mixes up as its model says, and every order asks as much of it."""

import pytest

from benchmarks.forgetful import Trace, learner, pairs_of
from benchmarks.study import at_random, by_memory, compared, gains, in_turn, rows
from tests.conftest import TEA
from tests.study.learners import BLACK, CUP, GREEN, WHITE, exercise, pack_of
from tutor.pack import load_pack
from tutor.study.exercise import Exercise

EXERCISES = (
    *(exercise(BLACK, GREEN, stem=f"{number}") for number in range(3)),
    exercise(GREEN, BLACK, WHITE),
    exercise(WHITE, CUP),
    exercise(CUP),
)


def seeds_that_mix_up(one: Exercise) -> list[int]:
    return [seed for seed in range(50) if set(pairs_of(one)) & learner(EXERCISES, seed).mixed_up]


def test_forgetting_is_exponential() -> None:
    trace = Trace(strength=2, day=1, pace=2, least=1)
    assert [round(trace.chance(day), 3) for day in (1, 3, 5)] == [1.0, 0.368, 0.135]


def test_a_recall_strengthens_the_more_the_nearer_it_was_to_being_forgotten() -> None:
    soon, late = (Trace(strength=2, day=0, pace=2, least=1) for _ in range(2))
    soon.met(1, recalled=True)
    late.met(4, recalled=True)
    assert 2 < soon.strength < late.strength < 6


def test_what_was_forgotten_keeps_half_of_its_strength_and_no_less_than_at_first() -> None:
    trace = Trace(strength=3, day=0, pace=2, least=1)
    strengths = []
    for day in range(1, 4):
        trace.met(day, recalled=False)
        strengths.append(trace.strength)
    assert strengths == [1.5, 1, 1]


def test_the_same_seed_makes_the_same_learner_who_answers_the_same() -> None:
    given = [[who.answer(one, 1) for one in EXERCISES] for who in (learner(EXERCISES, 7), learner(EXERCISES, 7))]
    assert given[0] == given[1]


def test_an_answer_is_remembered_right_after_it() -> None:
    who = learner(EXERCISES, 1)
    who.answer(EXERCISES[0], 3)
    assert who.recall(BLACK, 3) == 1
    assert 0 < who.recall(BLACK, 5) < 1


def test_who_mixes_two_up_is_wrong_until_told_apart() -> None:
    one = EXERCISES[0]
    mixing = seeds_that_mix_up(one)
    assert 0 < len(mixing) < 50
    who = learner(EXERCISES, mixing[0])
    who.answer(one, 1)
    assert who.score(one, 1) == 1
    assert who.tells_apart(pairs_of(one)[0], 30) < 0.5


@pytest.mark.parametrize("count", [2, 4])
def test_every_order_asks_as_much_and_no_entry_twice_a_day(count: int) -> None:
    orders = [by_memory(pack_of(), EXERCISES, [], 0, count, 1)]
    orders += [order(EXERCISES, [], 0, count, 1) for order in (at_random, in_turn)]
    for asked in orders:
        assert len({one.entry for one in asked}) == len(asked) == count


def test_a_small_run_measures_every_order_on_the_same_learners() -> None:
    found = compared(load_pack(TEA), range(2), 3, 4)
    assert {order: [len(run) for run in runs] for order, runs in found.items()} == {
        "memory": [4, 4],
        "random": [4, 4],
        "in turn": [4, 4],
    }
    assert len({str([run[0] for run in runs]) for runs in found.values()}) == 1
    assert all(0 <= value <= 1 for runs in found.values() for run in runs for day in run for value in day.values())
    assert [row["day"] for row in rows(found)] == ["0", "0", "0"]
    assert {row["against"] for row in gains(found)} == {"random", "in turn"}
