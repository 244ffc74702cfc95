"""Which options of an item are right, and why not the others."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from tests.conftest import SHARED
from tutor import Tutor
from tutor.item import Item
from tutor.options import Options, options_of
from tutor.reply import Weighed

NIGHT = Item(
    "Which tea suits the hour before sleep?",
    ("Black tea as a nightcap", "An infusion without caffeine", "Coffee with milk"),
)
PADDING = (
    "{}, generally speaking",
    "in this particular case, {}",
    "{}, as described in the scenario above",
    "{} in order to meet the stated requirements",
)


@pytest.fixture(scope="module")
def options(tea: Tutor) -> Options:
    found = options_of(tea.pack, tea._mind.router)
    assert found
    return found


@pytest.fixture(scope="module")
def bundled(tutor: Tutor) -> Options:
    found = options_of(tutor.pack, tutor._mind.router)
    assert found
    return found


def test_the_right_option_is_picked_and_each_is_given_a_reason_with_its_entry(options: Options) -> None:
    pick = options.pick(NIGHT)
    assert (pick.choice, pick.entry) == ((1,), "trap.caffeine-at-night")
    assert pick.options == (
        Weighed("Black tea as a nightcap", "tempting", "It feels warm and calming.", "trap.caffeine-at-night"),
        Weighed(
            "An infusion without caffeine",
            "right",
            "Take an infusion without caffeine before sleep.",
            "trap.caffeine-at-night",
        ),
        Weighed("Coffee with milk", "wrong", "Caffeine works for hours.", "trap.caffeine-at-night"),
    )


def test_what_fails_is_picked_where_the_stem_seeks_it(options: Options) -> None:
    pick = options.pick(replace(NIGHT, stem="Which does NOT suit the hour before sleep?", options=NIGHT.options[:2]))
    assert pick.choice == (0,)
    assert [option.verdict for option in pick.options] == ["right", "wrong"]
    assert pick.options[0].because.startswith("This does not hold, which is what is asked for.")
    assert pick.options[1].because == "This holds: Take an infusion without caffeine before sleep."


def test_what_belongs_to_another_entry_says_so(options: Options) -> None:
    item = Item("At which heat is green tea brewed?", ("Brew it at 80 degrees", "Take an infusion without caffeine"))
    pick = options.pick(item)
    assert pick.choice == (0,)
    assert pick.options[1].because == "That belongs to “Strong tea before sleep”."
    assert pick.options[1].entry == "trap.caffeine-at-night"


@pytest.mark.parametrize(
    "item",
    [
        Item("What is the capital of Peru?", ("Lima", "Cusco")),
        Item("What is the capital of Peru?", ("Lima", "Take an infusion without caffeine before sleep")),
        Item("Which tea suits the hour before sleep?", ("Herbal", "Herbal")),
    ],
)
def test_what_is_not_known_stays_open(options: Options, item: Item) -> None:
    pick = options.pick(item)
    assert (pick.choice, pick.confidence) == ((), 0.0)
    assert [(option.verdict, option.entry) for option in pick.options] == [("open", None)] * 2


def test_a_stem_that_asks_nothing_of_its_own_is_about_what_its_options_say(options: Options) -> None:
    right = "Take an infusion without caffeine before sleep"
    assert options.pick(Item("Which statement is correct?", ("Black tea as a nightcap", right))).choice == (1,)


def test_as_many_options_are_picked_as_the_stem_seeks(bundled: Options) -> None:
    stem = "Which TWO statements about blue-green deployments are correct?"
    right = ("Two full environments run at the same time", "Going back means switching all traffic to the old one")
    pick = bundled.pick(Item(stem, (*right, "Users never see the new model's answers", "The token has expired")))
    assert pick.choice == (0, 1)


def _items() -> Iterator[tuple[Item, Sequence[int]]]:
    for line in (SHARED / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("options"):
            yield Item(row["question"], tuple(row["options"])), row["correct"]


def test_neither_the_place_nor_the_length_of_an_option_matters(bundled: Options, shared: object) -> None:
    chance = random.Random(7)
    for item, _ in list(_items())[:20]:
        plain = {item.options[number] for number in bundled.pick(item).choice}
        mixed = chance.sample(item.options, len(item.options))
        padded = [chance.choice(PADDING).format(option) for option in mixed]
        for shown in (mixed, padded):
            choice = bundled.pick(Item(item.stem, tuple(shown))).choice
            assert {mixed[number] for number in choice} == plain


def test_a_pick_that_is_sure_is_mostly_right(bundled: Options, shared: object) -> None:
    picks = [(bundled.pick(item), correct) for item, correct in _items()]
    sure = [set(pick.choice) == set(correct) for pick, correct in picks if pick.confidence >= 0.8]
    assert len(sure) >= 10
    assert sum(sure) / len(sure) >= 0.85


def test_real_items_are_answered_better_than_by_likeness_of_words(bundled: Options, shared: object) -> None:
    right = [set(bundled.pick(item).choice) == set(correct) for item, correct in _items()]
    assert sum(right) / len(right) >= 0.6
