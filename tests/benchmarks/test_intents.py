"""Public sets of intents as packs, and what is measured on them."""

import pytest

from benchmarks.intents import few, measured, pack_of, threshold

TAUGHT = [
    ("lock my card", "lock_card"),
    ("freeze the card", "lock_card"),
    ("pay a bill", "pay"),
    ("why is it red", "oos"),
]


def test_intents_become_entries_with_a_topic_of_their_own() -> None:
    pack = pack_of(TAUGHT)
    assert list(pack.entries) == list(pack.topics) == ["lock_card", "pay"]
    assert pack.entries["lock_card"].title == "lock card"
    assert pack.examples["lock_card"].short == ("lock my card", "freeze the card")
    assert pack.outside == {"far": {"other": ("why is it red",)}}


def test_what_is_under_the_bar_counts_as_wrong_inside_and_as_recalled_outside() -> None:
    found = [("pay", 0.9), ("pay", 0.4), ("lock_card", 0.8), ("pay", 0.3), ("pay", 0.7)]
    asked = [("a", "pay"), ("b", "pay"), ("c", "pay"), ("d", "oos"), ("e", "oos")]
    assert measured(found, asked, 0.5) == pytest.approx((1 / 3, 0.5))
    accuracy, recall = measured(found[:3], asked[:3], -1.0)
    assert accuracy == pytest.approx(2 / 3)
    assert recall is None


def test_the_bar_keeps_the_accuracy_that_is_asked_for_on_validation() -> None:
    found = [("pay", number / 100) for number in range(100)]
    asked = [("x", "pay")] * 100
    bar = threshold(found, asked, 0.8)
    assert 0.8 <= measured(found, asked, bar)[0] < 0.9


def test_a_few_examples_are_drawn_alike_each_time() -> None:
    assert few(TAUGHT, 1) == few(TAUGHT, 1)
    assert sorted(intent for _, intent in few(TAUGHT, 1)) == ["lock_card", "oos", "pay"]
