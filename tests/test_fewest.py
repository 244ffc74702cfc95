"""The fewest questions, against trees counted by hand and against all trees tried out."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tutor.decision import Filled, possible
from tutor.fewest import fewest
from tutor.model import Decision, Rule, Slot, Value
from tutor.subject import Pack


def tea(pack: Pack, filled: Filled, facts: Filled, *free: str) -> int:
    return fewest(pack.decisions["which-tea"], pack.slots, filled, facts, free)


def test_a_night_takes_one_question_and_a_morning_two(tea_pack: Pack) -> None:
    assert tea(tea_pack, {}, {"hour": "night", "guests": "one"}) == 1
    assert tea(tea_pack, {}, {"hour": "morning", "guests": "one"}) == 2


def test_what_is_known_is_not_counted(tea_pack: Pack) -> None:
    assert tea(tea_pack, {"hour": "night"}, {"hour": "night"}) == 0
    assert tea(tea_pack, {"guests": "many"}, {"hour": "morning", "guests": "many"}) == 1


def test_not_knowing_ends_the_questions_and_not_caring_does_not(tea_pack: Pack) -> None:
    assert tea(tea_pack, {}, {"guests": "one"}) == 1
    assert tea(tea_pack, {}, {"guests": "one"}, "hour") == 2
    assert tea(tea_pack, {}, {}, "hour", "guests") == 2


def table(outcomes: list[str]) -> tuple[Decision, dict[str, Slot]]:
    """Return a decision over three slots of two values, with a rule for each of the eight cases."""
    slots = {
        name: Slot(question="?", why=".", values={value: Value(label=value) for value in ("x", "y")}) for name in "abc"
    }
    cases = product("xy", repeat=3)
    rules = tuple(
        Rule(when={name: (value,) for name, value in zip("abc", case, strict=True)}, outcome=outcome, because=".")
        for case, outcome in zip(cases, outcomes, strict=True)
    )
    return Decision(id="d", title="D", slots=("a", "b", "c"), overview="fact.p", rules=rules), slots


def best(decision: Decision, slots: dict[str, Slot], filled: dict[str, str], facts: Filled) -> tuple[float, int]:
    """Return the mean of the best tree, and the fewest questions for *facts* in one as good, all tried out."""
    if len(possible(decision, slots, filled)) == 1:
        return 0.0, 0
    tried = []
    for name in (name for name in slots if name not in filled):
        ways = {value: best(decision, slots, {**filled, name: value}, facts) for value in ("x", "y")}
        tried.append((1 + sum(mean for mean, _ in ways.values()) / 2, 1 + ways[facts[name]][1]))
    return min(tried)


@given(
    st.lists(st.sampled_from(["fact.p", "fact.q", "fact.r"]), min_size=8, max_size=8),
    st.tuples(*[st.sampled_from("xy")] * 3),
)
def test_the_tree_is_the_best_of_all(outcomes: list[str], case: tuple[str, ...]) -> None:
    decision, slots = table(outcomes)
    facts = dict(zip("abc", case, strict=True))
    assert fewest(decision, slots, {}, facts) == best(decision, slots, {}, facts)[1]


def test_a_table_too_large_for_trees_is_asked_in_the_tutors_order() -> None:
    values = {str(number): Value(label=str(number)) for number in range(27)}
    slots = {name: Slot(question="?", why=".", values=values) for name in "abc"}
    first = Rule(when={"a": ("0",)}, outcome="fact.p", because=".")
    others = Rule(when={"a": tuple(list(values)[1:])}, outcome="fact.q", because=".")
    decision = Decision(id="d", title="D", slots=("b", "a"), overview="fact.p", rules=(first, others))
    assert fewest(decision, slots, {}, {"a": "3"}) == 1
