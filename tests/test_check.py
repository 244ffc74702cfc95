"""What stands against shipping a pack is told, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TEA, changed
from tutor.check import check, check_survey, heard, taught
from tutor.folder import bundled, read_files
from tutor.model import Examples
from tutor.pack import read_pack, survey
from tutor.proof import proofs
from tutor.subject import Pack

SLOTS = "knowledge/slots.yaml"
TERMS = "knowledge/terms.yaml"
WHICH = "knowledge/decisions/which-tea.yaml"
ASKED = "intents/leaves.yaml"
HOURS = "intents/hours.yaml"
LEAVES = "knowledge/topics/leaves.yaml"
HOURS_TOPIC = "knowledge/topics/hours.yaml"
OPENINGS = "intents/decisions.yaml"

Spoil = Callable[[str, str, str], Path]


def found_in(folder: Path) -> list[str]:
    return list(map(str, check(*read_pack(read_files(folder)))))


def test_the_tiny_pack_may_ship() -> None:
    assert found_in(TEA) == []


def test_the_bundled_pack_may_ship() -> None:
    assert found_in(bundled()) == []


# ── tables ──

NIGHT = (
    "  - {when: {hour: night}, outcome: trap.caffeine-at-night, because: Late in the day caffeine keeps one awake.}\n"
)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            NIGHT,
            "",
            [
                f"{WHICH}:1:5: which-tea: no rule for hour=night, guests=one; add one",
                f"{WHICH}:1:5: which-tea: no rule for hour=night, guests=many; add one",
            ],
        ),
        (
            "{when: {hour: night}",
            "{when: {hour: night, guests: one}",
            [f"{WHICH}:1:5: which-tea: no rule for hour=night, guests=many; add one"],
        ),
        (
            "{when: {hour: night}",
            "{when: {guests: [one, many]}",
            [
                f"{WHICH}:8:5: which-tea 3: rules 1 and 3 both hold for hour=morning, guests=one and contradict "
                f"each other: fact.green-tea or trap.caffeine-at-night; narrow one of them",
                f"{WHICH}:8:5: which-tea 3: rules 2 and 3 both hold for hour=morning, guests=many and contradict "
                f"each other: tip.breakfast-pot or trap.caffeine-at-night; narrow one of them",
            ],
        ),
        (
            NIGHT,
            NIGHT + NIGHT,
            [
                f"{WHICH}:9:5: which-tea 4: rules 3 and 4 both hold for hour=night, guests=one and agree; "
                "join them or narrow one of them",
                f"{WHICH}:9:5: which-tea 4: decides no case: rule 3 stands before it, as for hour=night, guests=one; "
                "remove it or widen it",
            ],
        ),
        (
            NIGHT,
            NIGHT + NIGHT.replace("{hour: night}", "{hour: []}"),
            [f"{WHICH}:9:5: which-tea 4: can hold in no case; remove it or widen it"],
        ),
    ],
    ids=["gap of two", "gap of one", "overlap", "shadowed", "impossible"],
)
def test_a_table_that_is_not_whole_is_told_with_a_case(spoil: Spoil, old: str, new: str, told: list[str]) -> None:
    assert found_in(spoil(WHICH, old, new)) == told


def test_what_is_proved_of_a_table_is_told(tea_pack: Pack) -> None:
    assert list(proofs(tea_pack)) == [
        "which-tea: 4 cases, 3 rules, no gap, no overlap; 1 to 2 questions, 1.50 on average (best tree: 1 to 2, 1.50)",
        "guests: 1 < rows < 4 is asked about",
    ]


def test_how_much_is_taught_and_how_much_of_it_is_alike_is_told(tea_pack: Pack) -> None:
    questions = ("hot green tea", "green tea", "steep sencha")  # 2 of 3 words shared, and twice none
    two = changed(tea_pack, examples={"fact.green-tea": Examples(short=questions)}, outside={"far": {"a": ("x", "y")}})
    assert taught(two) == "examples: 3, 3 to 3 an entry, two of one entry share 22% of their words; 2 outside"
    none = changed(tea_pack, examples={}, outside={})
    assert taught(none) == "examples: 0, 0 to 0 an entry, two of one entry share 0% of their words; 0 outside"


# ── examples ──


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            ASKED,
            "Is boiling water bad for green leaves?]",
            "]",
            [f"{ASKED}:3:3: fact.green-tea: 11 examples; write at least 12"],
        ),
        (
            ASKED,
            "    keywords: [green tea temperature, sencha degrees bitter]\n",
            "",
            [
                f"{ASKED}:3:3: fact.green-tea: 10 examples; write at least 12",
                f"{ASKED}:3:3: fact.green-tea: 0 keywords examples; write at least 2",
            ],
        ),
        (
            ASKED,
            "[green vs black tea, oxidised or not]",
            "[green vs black tea]",
            [
                f"{ASKED}:9:3: pair.green-vs-black: 11 examples; write at least 12",
                f"{ASKED}:13:5: pair.green-vs-black: 1 keywords examples; write at least 2",
            ],
        ),
        (
            OPENINGS,
            ", pick a tea for me]",
            "]",
            [f"{OPENINGS}:2:3: which-tea: 7 openings; write at least 8"],
        ),
    ],
)
def test_too_few_examples_are_told_by_entry_and_style(
    spoil: Spoil, file: str, old: str, new: str, told: list[str]
) -> None:
    assert found_in(spoil(file, old, new)) == told


def test_an_entry_without_any_examples_is_told_once(tea_copy: Path) -> None:
    (tea_copy / HOURS).unlink()
    assert found_in(tea_copy) == [
        f"{HOURS_TOPIC}:4:9: trap.caffeine-at-night: 0 examples; write at least 12 in {HOURS}",
        f"{HOURS_TOPIC}:12:9: tip.breakfast-pot: 0 examples; write at least 12 in {HOURS}",
    ]


def test_a_decision_without_openings_is_told(tea_copy: Path) -> None:
    (tea_copy / OPENINGS).unlink()
    assert found_in(tea_copy) == [f"{WHICH}:1:5: which-tea: 0 openings; write at least 8 in {OPENINGS}"]


def test_the_pack_itself_says_how_many_examples_are_enough(spoil: Spoil) -> None:
    assert found_in(spoil("knowledge/pack.yaml", "{entry: 12, style: 2, decision: 8}", "{entry: 13, style: 2}")) == [
        f"{HOURS}:3:3: trap.caffeine-at-night: 12 examples; write at least 13",
        f"{HOURS}:9:3: tip.breakfast-pot: 12 examples; write at least 13",
        f"{ASKED}:3:3: fact.green-tea: 12 examples; write at least 13",
        f"{ASKED}:9:3: pair.green-vs-black: 12 examples; write at least 13",
    ]


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        ("How hot must the water be for green tea?", True),
        ("how hot must the WATER be, for green tea", True),
        ("Green tea: how hot must the water be for?", True),
        ("How hot must the water now be for green tea?", True),
        ("How hot must the water be for a pot of sencha?", False),
    ],
)
def test_two_examples_of_one_entry_that_are_too_alike_are_told(spoil: Spoil, planted: str, told: bool) -> None:
    folder = spoil(ASKED, "What temperature does sencha need?", f'"{planted}"')
    first = "How hot must the water be for green tea?"
    expected = f"{ASKED}:4:55: fact.green-tea: “{first}” and “{planted}” are too alike; "
    assert found_in(folder) == ([f"{expected}keep one and write another point of view"] if told else [])


@pytest.mark.parametrize(
    ("file", "old", "planted", "told"),
    [
        (
            HOURS,
            "What tea is fine before bed?",
            "what temperature does SENCHA need",
            f"{HOURS}:4:76: trap.caffeine-at-night: “what temperature does sencha need” is also an example of "
            "intent fact.green-tea; leave it with one",
        ),
        (
            OPENINGS,
            "Recommend a tea",
            "What temperature does sencha need?",
            f"{ASKED}:4:55: fact.green-tea: “what temperature does sencha need” is also an example of "
            "opening which-tea; leave it with one",
        ),
        (
            "intents/outside.yaml",
            "Which coffee bean is best?",
            "What temperature does sencha need?",
            f"{ASKED}:4:55: fact.green-tea: “what temperature does sencha need” is also an example of "
            "near coffee; leave it with one",
        ),
        (
            "intents/talk.yaml",
            "greetings",
            "What temperature does sencha need?",
            f"{ASKED}:4:55: fact.green-tea: “what temperature does sencha need” is also an example of "
            "talk greeting; leave it with one",
        ),
        (
            "intents/outside.yaml",
            "tell me a joke",
            "Which coffee bean is best?",
            "intents/outside.yaml:3:45: coffee: “which coffee bean is best” is also an example of "
            "far other; leave it with one",
        ),
    ],
)
def test_an_example_that_two_claim_is_told(spoil: Spoil, file: str, old: str, planted: str, told: str) -> None:
    assert found_in(spoil(file, old, planted)) == [told]


# ── names, slots, measures ──


@pytest.mark.parametrize(
    ("old", "new", "alias"),
    [
        ("aliases: [assam, darjeeling]", "aliases: [Sencha]", "45: black tea: “sencha”"),
        ("aliases: [assam, darjeeling]", "aliases: [assam, Green Tea]", "52: black tea: “green tea”"),
        ("formerly: [red tea]", "formerly: [matcha-leaf]", "76: black tea: “matcha leaf”"),
    ],
)
def test_an_alias_that_two_terms_claim_is_told(spoil: Spoil, old: str, new: str, alias: str) -> None:
    assert found_in(spoil(TERMS, old, new)) == [f"{TERMS}:3:{alias} belongs to green tea too; leave it with one"]


def test_two_spellings_of_one_term_are_no_fault(spoil: Spoil) -> None:
    assert found_in(spoil(TERMS, "[steep_time, brewing time]", "[steep_time, Steep-Time, steepTime()]")) == []


def test_a_slot_that_no_decision_uses_is_told(tea_copy: Path) -> None:
    with (tea_copy / SLOTS).open("a", encoding="utf-8") as file:
        file.write(
            "  mood:\n    question: How do you feel?\n    why: It tells.\n"
            "    values: {glad: {label: Glad}, sad: {label: Sad}}\n"
        )
    assert found_in(tea_copy) == [f"{SLOTS}:17:3: mood: no decision uses it; add it to one or remove it"]


@pytest.mark.parametrize(
    ("bounds", "shown"),
    [("one: {up_to: 4}", "4"), ("one: {up_to: 9}", "9")],
)
def test_a_measure_under_which_one_amount_means_two_values_is_told(spoil: Spoil, bounds: str, shown: str) -> None:
    assert found_in(spoil(SLOTS, "one: {up_to: 1}", bounds)) == [
        f"{SLOTS}:16:48: guests: rows of one up to {shown} and of many from 4 overlap; let them lie apart"
    ]


def test_everything_found_is_told_in_the_order_of_files_and_lines(spoil: Spoil) -> None:
    spoil(WHICH, NIGHT, "")
    spoil(TERMS, "aliases: [assam, darjeeling]", "aliases: [sencha]")
    spoil(OPENINGS, ", pick a tea for me]", "]")
    folder = spoil(ASKED, "Is boiling water bad for green leaves?]", "]")
    assert [told.partition(": ")[0] for told in found_in(folder)] == [
        f"{OPENINGS}:2:3",
        f"{ASKED}:3:3",
        f"{WHICH}:1:5",
        f"{WHICH}:1:5",
        f"{TERMS}:3:45",
    ]


# ── a pack with faults ──


def all_in(folder: Path) -> list[str]:
    return list(map(str, check_survey(survey(read_files(folder)))))


def test_what_stands_against_shipping_is_told_beside_faults_of_reading(spoil: Spoil) -> None:
    spoil(LEAVES, "    why: Oxidised leaves bear heat.\n", "")
    spoil(LEAVES, "see_also: [pair.green-vs-black]", "see_also: [pair.green-v-black]")
    spoil(WHICH, NIGHT, "")
    spoil(SLOTS, "one: {up_to: 1}", "one: {up_to: 5}")
    spoil(TERMS, "aliases: [assam, darjeeling]", "aliases: [assam, sencha]")
    folder = spoil(OPENINGS, ", pick a tea for me]", "]")
    assert all_in(folder) == [
        f"{OPENINGS}:2:3: which-tea: 7 openings; write at least 8",
        f"{WHICH}:1:5: which-tea: no rule for hour=night, guests=one; add one",
        f"{WHICH}:1:5: which-tea: no rule for hour=night, guests=many; add one",
        f"{SLOTS}:16:48: guests: rows of one up to 5 and of many from 4 overlap; let them lie apart",
        f"{TERMS}:3:52: black tea: “sencha” belongs to green tea too; leave it with one",
        f"{LEAVES}:11:16: fact.green-tea see_also: pair.green-v-black does not exist; "
        "did you mean pair.green-vs-black?",
        f"{LEAVES}:12:5: entries.1.why: is missing; add why:",
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (WHICH, "{hour: morning, guests: one}", "{hour: morning, guests: on}"),  # a rule without a value is no gap
        (WHICH, "because: One morning", "becuase: One morning"),
        (WHICH, "rules:", "rules: 3\nrule:"),
        (SLOTS, "label: One cup", "label: 1"),
        (SLOTS, "slots:", "slots: &a"),
        (ASKED, "    short:", "    shorts:"),
        (ASKED, "topic: leaves", "topic: leaves\ntopic: leaves"),
        (ASKED, "fact.green-tea:", "fact.gren-tea:"),
        (OPENINGS, "which-tea: [Which", "which-tea: [1, Which"),
        ("knowledge/pack.yaml", "floors:", "flors:"),
        ("knowledge/pack.yaml", "version", "vesion"),
        ("knowledge/topics/leaves.yaml", "title: Leaves", "titel: Leaves"),
    ],
)
def test_nothing_is_missed_that_may_stand_in_a_part_with_faults(spoil: Spoil, file: str, old: str, new: str) -> None:
    read = survey(read_files(spoil(file, old, new)))
    assert read.faults
    assert check_survey(read) == list(read.faults)


def test_every_fault_that_keeps_a_pack_from_shipping_has_its_rule(spoil: Spoil) -> None:
    spoil(WHICH, NIGHT, NIGHT + NIGHT)
    spoil(WHICH, "{hour: morning, guests: one}", "{hour: morning, guests: []}")
    folder = spoil(ASKED, "What temperature does sencha need?", "How hot must the water be for a green tea?")
    assert {fault.rule for fault in check(*read_pack(read_files(folder)))} == {
        "gap",
        "overlap",
        "unreachable",
        "too-alike",
    }


def test_how_many_replies_there_are_is_told_and_whether_they_are_used(tea_pack: Pack) -> None:
    assert list(heard(tea_pack)) == []
    few = changed(tea_pack, replies={"hour": {"night": ("in bed",), "unclear": ("hm",)}}, moves={"any": ("all one",)})
    assert list(heard(few)) == ["replies: 3, which is too few to learn from; 20 is the least"]
    many = changed(tea_pack, replies={"hour": {"night": ("a",) * 20, "morning": ("b",) * 12}}, moves={"any": ("c",)})
    assert list(heard(many)) == ["replies: 33, 12 to 20 a value, 1 for any slot"]
