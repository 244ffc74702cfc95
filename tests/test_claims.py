"""Single claims of entries and items, and which of them a text is near to."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.claims import Claims, errors, sentences, truths
from tutor.subject import Pack

TELLING = {"black": 1.0, "green": 1.0, "boil": 0.5, "night": 0.5}
ENTRIES = ("fact.a", "fact.b")
CLAIMS = Claims(
    {"fact.b": [({"black": 1, "boil": 1}, -1), ({"green": 2}, 1)], "fact.a": [({"night": 1}, -1), ({}, -1)]},
    ENTRIES,
    TELLING,
)


def nearest(bag: dict[str, float], counting: Sequence[float] = (1.0, 1.0)) -> list[float]:
    """Return how near each entry comes to a bag."""
    return [CLAIMS.nearest(entry, bag, counting) for entry in range(len(ENTRIES))]


def test_a_text_is_as_near_to_an_entry_as_to_the_nearest_of_its_claims() -> None:
    assert nearest({"green": 1.0}) == pytest.approx([0.0, 1.0])
    assert nearest({"night": 1.0, "black": 1.0}) == pytest.approx([0.5**0.5, (1 / 2 / 1.25) ** 0.5])


def test_the_claim_of_an_item_counts_as_much_as_is_said() -> None:
    assert nearest({"green": 1.0}, [0.0, 0.3]) == pytest.approx([0.0, 0.3])
    assert nearest({"night": 1.0}, [0.0, 0.0]) == pytest.approx([1.0, 0.0])


def test_what_says_nothing_is_near_to_nothing() -> None:
    assert nearest({}) == nearest({"pot": 1.0}) == [0.0, 0.0]
    assert Claims({}, ENTRIES, TELLING).nearest(0, {"black": 1.0}) == 0.0


@given(st.dictionaries(st.sampled_from(sorted(TELLING)), st.floats(0.01, 9)))
def test_likeness_lies_between_nothing_and_the_same(bag: dict[str, float]) -> None:
    assert all(0 <= like <= 1 + 1e-9 for entry in range(2) for like in CLAIMS.likeness(entry, bag))


def test_an_entry_claims_its_sentences_and_the_signs_of_a_pair(tea_pack: Pack) -> None:
    claimed = truths(tea_pack.entries["pair.green-vs-black"])
    assert "Black leaves are oxidised and green leaves are not." in claimed
    assert "green tea: It is brewed cooler." in claimed


def test_an_entry_calls_wrong_its_mistake_its_distractor_and_more(tea_pack: Pack) -> None:
    trap = errors(tea_pack.entries["trap.caffeine-at-night"])
    assert (trap[0].option, trap[0].wrong_because) == ("Drinking black tea as a nightcap", "It feels warm and calming.")
    assert errors(tea_pack.entries["fact.green-tea"])[0].option == "Boiling water"


def test_sentences_end_before_a_capital() -> None:
    assert sentences("One. Two!", "`three` is. `Four`", "") == ["One.", "Two!", "`three` is.", "`Four`"]
