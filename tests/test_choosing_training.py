"""What a pack teaches about multiple-choice items."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import changed
from tutor import Tutor
from tutor.check import weighed
from tutor.choosing import ENOUGH, SIGNALS, chooser_from
from tutor.choosing_training import beliefs, learn_choices, lesson_of, signs_for, telling
from tutor.compiled import pack_from_json, pack_to_json
from tutor.errors import PackError
from tutor.evidence import SIGNS
from tutor.model import Choice, Examples
from tutor.pack import load_pack
from tutor.subject import Pack
from tutor.terms import Lexicon

CHOICES = tuple(
    Choice(
        entry="trap.caffeine-at-night",
        question=f"{'Which is NOT' if number % 4 == 0 else 'Which is'} good before sleep on night {number}?",
        right=("Black tea",) if number % 4 == 0 else ("An infusion without caffeine",),
        wrong=("An infusion without caffeine",) if number % 4 == 0 else ("Black tea", "A pot"),
    )
    for number in range(ENOUGH)
)
ITEM = """choices:
  - entry: {}
    question: How hot?
    right: [80 degrees]
    wrong: [Boiling, Ice-cold]
"""


def test_a_pack_without_items_learns_from_items_made_of_its_entries(tea: Tutor) -> None:
    chooser = chooser_from(tea.weights.choices)
    assert chooser
    assert len(chooser.holds) == len(chooser.fails) == len(chooser.scales) == len(SIGNS)
    assert set(chooser.sure) == {*SIGNALS, "bias"}
    assert min(chooser.scales) > 0


def test_the_same_pack_and_weights_teach_the_same(tea: Tutor, tea_pack: Pack) -> None:
    again = [learn_choices(tea_pack, tea.weights, "lesson") for _ in range(2)]
    assert again[0] == again[1]


def test_items_of_a_pack_are_learned_from_once_there_are_enough(tea: Tutor, tea_pack: Pack) -> None:
    made = learn_choices(tea_pack, tea.weights, "lesson")
    few, enough = (changed(tea_pack, choices=CHOICES[:count]) for count in (ENOUGH - 1, ENOUGH))
    assert learn_choices(few, tea.weights, "lesson") == made
    assert learn_choices(enough, tea.weights, "lesson") != made


def test_the_order_of_right_and_wrong_options_teaches_nothing(tea: Tutor, tea_pack: Pack) -> None:
    mixed = tuple(replace(choice, wrong=choice.wrong[::-1]) for choice in CHOICES)
    one, other = (
        chooser_from(learn_choices(changed(tea_pack, choices=choices), tea.weights, "")) for choices in (CHOICES, mixed)
    )
    assert one
    assert other
    assert one.holds == pytest.approx(other.holds, abs=1e-4)


def test_evidence_never_counts_against_its_sign(tea: Tutor, tea_pack: Pack) -> None:
    chooser = chooser_from(learn_choices(changed(tea_pack, choices=CHOICES), tea.weights, ""))
    assert chooser
    for weights, wrong in ((chooser.holds, False), (chooser.fails, True)):
        signs = signs_for(wrong=wrong)
        assert all(np.array(weights)[signs > 0] >= 0)
        assert all(np.array(weights)[signs < 0] <= 0)


def test_a_pack_without_examples_and_items_teaches_nothing(tea: Tutor, tea_pack: Pack) -> None:
    assert learn_choices(changed(tea_pack, examples={}), tea.weights, "lesson") == ""


def test_a_word_of_one_entry_tells_more_than_a_word_of_all(tea_pack: Pack) -> None:
    found = telling(tea_pack, Lexicon({}))
    assert found["caffein"] > 2 * found["tea"] > 0
    assert "the" not in found


def test_a_single_entry_has_nothing_to_be_told_from(tea_pack: Pack) -> None:
    alone = dict(islice(tea_pack.entries.items(), 1))
    assert set(telling(changed(tea_pack, entries=alone, decisions={}), Lexicon({})).values()) == {1.0}


def test_beliefs_are_shares_of_their_words(tea_pack: Pack) -> None:
    said = {"fact.green-tea": Examples(belief=("Green tea boils", "green"), short=("black",))}
    assert beliefs(changed(tea_pack, examples=said), Lexicon({})) == {
        "fact.green-tea": {"boil": 25.0, "green": 50.0, "tea": 25.0}
    }


def test_the_lesson_changes_with_items_and_statements(tea_pack: Pack) -> None:
    entry = changed(tea_pack.entries["fact.green-tea"], answer="Brew it at 75 degrees.")
    others = (
        changed(tea_pack, choices=CHOICES),
        changed(tea_pack, entries={**tea_pack.entries, "fact.green-tea": entry}),
        changed(tea_pack, slots={}),
    )
    assert len({lesson_of(pack) for pack in (tea_pack, *others)}) == 4


def test_an_item_is_read_from_its_file_and_kept_out_of_what_answering_needs(tea_copy: Path) -> None:
    file = tea_copy / "intents" / "choices.yaml"
    file.write_text(ITEM.format("fact.green-tea"), encoding="utf-8")
    pack = load_pack(tea_copy)
    assert pack.choices == (
        Choice(entry="fact.green-tea", question="How hot?", right=("80 degrees",), wrong=("Boiling", "Ice-cold")),
    )
    assert pack_from_json(pack_to_json(pack)) == pack
    assert pack.without_examples().choices == ()
    assert list(weighed(pack)) == ["choices: 1, which is too few to learn from; 20 is the least"]


def test_an_item_that_names_no_entry_is_a_fault_where_it_stands(tea_copy: Path) -> None:
    (tea_copy / "intents" / "choices.yaml").write_text(ITEM.format("fact.green-te"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(tea_copy)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.rule) == ("intents/choices.yaml", 2, "unknown-id")
    assert "fact.green-tea" in fault.instead
