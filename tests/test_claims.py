"""Single claims of entries and items, and which of them a text is near to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.claims import Claims, errors, sentences, truths
from tutor.subject import Pack

TELLING = {"black": 1.0, "green": 1.0, "boil": 0.5, "night": 0.5}
ENTRIES = ("fact.a", "fact.b")
CLAIMS = Claims.of(
    {"fact.b": [({"black": 1, "boil": 1}, -1), ({"green": 2}, 7)], "fact.a": [({"night": 1}, -1), ({}, -1)]},
    ENTRIES,
    TELLING,
)


def test_a_text_is_as_near_to_an_entry_as_to_the_nearest_of_its_claims() -> None:
    assert CLAIMS.nearest({"green": 1.0}) == pytest.approx([0.0, 1.0])
    assert CLAIMS.nearest({"night": 1.0, "black": 1.0}) == pytest.approx([0.5**0.5, (1 / 2 / 1.25) ** 0.5])


def test_the_claims_of_an_item_can_be_left_out() -> None:
    assert CLAIMS.nearest({"green": 1.0}, 7) == [0.0, 0.0]
    assert CLAIMS.nearest({"green": 1.0}, 6) == pytest.approx([0.0, 1.0])


def test_what_says_nothing_is_near_to_nothing() -> None:
    assert CLAIMS.nearest({}) == CLAIMS.nearest({"pot": 1.0}) == [0.0, 0.0]
    assert Claims.of({}, ENTRIES, TELLING).nearest({"black": 1.0}) == [0.0, 0.0]


@given(st.dictionaries(st.sampled_from(sorted(TELLING)), st.floats(0.01, 9)))
def test_likeness_lies_between_nothing_and_the_same(bag: dict[str, float]) -> None:
    assert all(0 <= like <= 1 + 1e-9 for like in CLAIMS.likeness(bag))


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
