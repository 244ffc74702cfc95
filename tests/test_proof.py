"""What is wrong with a table is told with one of its cases, and where it stands."""

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.conftest import changed
from tests.tables import Table, implying, rule, table, weighed
from tutor.check import check
from tutor.errors import PackError
from tutor.folder import read_files
from tutor.model import Rule
from tutor.pack import read_pack
from tutor.proof import flaws
from tutor.subject import Pack
from tutor.table import MOST

WHICH = "knowledge/decisions/which-tea.yaml"
WHOLE = table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1", b="0"), rule("z", a="1", b="1"))


def told(pack: Pack, whole: Table, *, partial: tuple[Rule, ...] = ()) -> list[str]:
    decision, slots = whole
    decision = changed(decision, partial=partial)
    found = flaws(changed(pack, slots=slots, decisions={decision.id: decision}))
    return [f"{flaw.at}: {flaw.problem}; {flaw.instead}" for flaw in found]


def test_a_whole_table_has_no_flaw(tea_pack: Pack) -> None:
    assert told(tea_pack, WHOLE) == []


def test_the_bundled_tables_have_no_flaw(pack: Pack) -> None:
    assert list(flaws(pack)) == []


# ── rules ──


def test_two_verdicts_of_one_entry_contradict_each_other(tea_pack: Pack) -> None:
    both = table({"a": "0 1"}, rule("page", "This", a="0 1"), rule("page", "That", a="1"))
    assert told(tea_pack, both)[0] == (
        "rule d 2: rules 1 and 2 both hold for a=1 and contradict each other: “This” or “That”; narrow one of them"
    )


def test_two_rules_that_come_to_the_same_agree_whatever_their_reasons(tea_pack: Pack) -> None:
    assert told(tea_pack, table({"a": "0 1"}, rule("x", a="0"), rule("y", a="1"), rule("y", a="1"))) == [
        "rule d 3: rules 2 and 3 both hold for a=1 and agree; join them or narrow one of them",
        "rule d 3: decides no case: rule 2 stands before it, as for a=1; remove it or widen it",
    ]


def test_all_rules_that_shadow_another_are_named(tea_pack: Pack) -> None:
    shadowed = table({"a": "0 1"}, rule("x", a="0"), rule("y", a="1"), rule("z"))
    assert told(tea_pack, shadowed)[-1] == (
        "rule d 3: decides no case: rules 1 and 2 stand before it, as for a=0; remove it or widen it"
    )


def test_a_rule_for_what_is_implied_away_can_hold_in_no_case(tea_pack: Pack) -> None:
    assert told(tea_pack, implying(WHOLE, ({"a": "1"}, {"b": "1"}))) == [
        "rule d 2: can hold in no case; remove it or widen it"
    ]


def test_what_is_implied_away_is_no_gap_and_no_overlap(tea_pack: Pack) -> None:
    rules = rule("x", a="0", b="0"), rule("y", a="1"), rule("z", b="1")
    assert len(told(tea_pack, table({"a": "0 1", "b": "0 1"}, *rules))) == 1
    assert told(tea_pack, implying(table({"a": "0 1", "b": "0 1"}, *rules), ({"a": "1"}, {"b": "0"}))) == []


def test_many_gaps_are_told_in_part(tea_pack: Pack) -> None:
    found = told(tea_pack, table({"a": "0 1 2 3", "b": "0 1 2 3"}, rule("x", a="0", b="0")))
    assert len(found) == 11
    assert found[0] == "decision d: no rule for a=0, b=1; add one"
    assert found[-1] == "decision d: no rule for 5 more cases; add rules, or leave slots out of those there are"


# ── slots and questions ──


def test_a_slot_that_never_matters_is_told(tea_pack: Pack) -> None:
    idle = table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1"))
    assert told(tea_pack, idle) == ["decision d: b never matters, as for a=0: always fact.x; take it out of slots"]
    assert told(tea_pack, table({"a": "0 1"}, rule("x"))) == [
        "decision d: a never matters: always fact.x; take it out of slots"
    ]


def test_more_than_three_questions_are_told_with_the_longest_way(tea_pack: Pack) -> None:
    cells = product("01", repeat=4)
    rules = [rule(f"r{a}{b}{c}{d}", a=a, b=b, c=c, d=d) for a, b, c, d in cells]
    assert told(tea_pack, table(dict.fromkeys("abcd", "0 1"), *rules)) == [
        "decision d: takes 4 questions, as for a=0, b=0, c=0, d=0; at most 3: join values, imply some, or split it"
    ]


def test_many_more_questions_than_the_best_tree_takes_are_told(tea_pack: Pack) -> None:
    cells = zip(product("01", repeat=3), "zxzxyyzx", strict=True)
    rules = [rule(outcome, a=a, b=b, c=c) for (a, b, c), outcome in cells]
    assert told(tea_pack, table(dict.fromkeys("abc", "0 1"), *rules)) == [
        "decision d: takes 2.50 questions on average where the best tree takes 2.25; join values, or split it"
    ]


# ── partial rules ──


@pytest.mark.parametrize(
    ("partial", "problem"),
    [
        ([rule("x", b="0")], None),
        ([rule("x", a="0")], "partial d 1: never frames an answer: a=0 already decides"),
        ([rule("x", a="0 1")], None),
        ([rule("x", b="1"), rule("y", b="0 1")], None),
        (
            [rule("x", b="0 1"), rule("y", b="1")],
            "partial d 2: never frames an answer: partial 1 stands before it, as for b=1",
        ),
        ([rule("x"), rule("y", b="1")], "partial d 2: never frames an answer: partial 1 stands before it, as for b=1"),
        ([rule("x", b="")], "partial d 1: never frames an answer"),
    ],
)
def test_a_partial_rule_that_can_never_frame_an_answer_is_told(
    tea_pack: Pack, partial: list[Rule], problem: str | None
) -> None:
    found = told(tea_pack, WHOLE, partial=tuple(partial))
    assert found == ([f"{problem}; remove it or move it up"] if problem else [])


def test_a_partial_rule_for_what_cannot_be_is_told(tea_pack: Pack) -> None:
    rules = rule("x", a="0", b="0"), rule("y", a="1", b="0"), rule("y", a="0", b="1")
    whole = implying(table({"a": "0 1", "b": "0 1"}, *rules), ({"a": "1"}, {"b": "0"}))
    assert told(tea_pack, whole, partial=(rule("x", a="1", b="1"),)) == [
        "partial d 1: never frames an answer: a=1, b=1 cannot be; remove it or move it up"
    ]


# ── priors and implied values ──


def test_priors_that_leave_out_a_value_are_told(tea_pack: Pack) -> None:
    assert told(tea_pack, weighed(WHOLE, a="1")) == [
        "prior d a: the priors of a leave out 1; name every value, or leave the slot without priors"
    ]
    assert told(tea_pack, weighed(WHOLE, a="1 3", b="2 2")) == []


@pytest.mark.parametrize(
    ("implied", "problems"),
    [
        (
            [({"a": "0"}, {"b": "0"}), ({"a": "0"}, {"b": "1"})],
            [
                "implied d 1: leaves no case with a=0: implied 2 forbids it; mend one of them",
                "implied d 2: leaves no case with a=0: implied 1 forbids it; mend one of them",
            ],
        ),
        ([({"a": "0"}, {"a": "1"})], ["implied d 1: leaves no case with a=0; mend it"]),
        ([({}, {"a": "1"})], ["decision d: implies leave no case with a=0; mend one of them"]),
        (
            [({}, {"a": "1"}), ({}, {"a": "0"})],
            [
                "implied d 1: leaves no case with all there is: implied 2 forbids it; mend one of them",
                "implied d 2: leaves no case with all there is: implied 1 forbids it; mend one of them",
            ],
        ),
    ],
)
def test_implied_values_that_contradict_each_other_or_leave_no_case_are_told(
    tea_pack: Pack, implied: list[tuple[dict[str, str], dict[str, str]]], problems: list[str]
) -> None:
    assert told(tea_pack, implying(WHOLE, *implied)) == problems


# ── where it stands ──

Spoil = Callable[[str, str, str], Path]


@pytest.mark.parametrize(
    ("added", "line"),
    [
        (
            "priors:\n  hour: {morning: 3}\n",
            "12:3: which-tea hour: the priors of hour leave out night; name every value, ",
        ),
        (
            "implies:\n  - {when: {hour: night}, then: {hour: morning}}\n",
            "12:5: which-tea 1: leaves no case with hour=",
        ),
        (
            "  - {when: {hour: night}, outcome: fact.green-tea, because: No.}\n",
            "11:5: which-tea 2: never frames an answer",
        ),
    ],
)
def test_a_flaw_is_told_with_its_line(spoil: Spoil, added: str, line: str) -> None:
    pot = "because: A pot is for many.}\n"
    (fault,) = map(str, check(*read_pack(read_files(spoil(WHICH, pot, pot + added)))))
    assert fault.startswith(f"{WHICH}:{line}")


def test_a_table_too_large_to_be_tried_out_does_not_load(tea_copy: Path) -> None:
    names = [f"s{number}" for number in range(12)]
    slots = "".join(
        f"  {name}:\n    question: Which?\n    why: It decides.\n    values: {{x: {{label: X}}, y: {{label: Y}}}}\n"
        for name in names
    )
    with (tea_copy / "knowledge" / "slots.yaml").open("a", encoding="utf-8") as file:
        file.write(slots)
    (tea_copy / "knowledge" / "decisions" / "huge.yaml").write_text(
        f"id: huge\ntitle: Huge\nslots: [{', '.join(names)}]\noverview: fact.green-tea\n"
        "rules:\n  - {when: {}, outcome: fact.green-tea, because: Always.}\n",
        encoding="utf-8",
    )
    with pytest.raises(PackError) as raised:
        read_pack(read_files(tea_copy))
    assert str(raised.value) == (
        "knowledge/decisions/huge.yaml:3:1: huge slots: too many combinations: 531,441 with values known or unknown; "
        f"at most {MOST:,}: split the decision"
    )
