"""Questions as other people would type them: what each change does, and what it leaves alone."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.numerals import rewrite
from benchmarks.perturb import bare, changes, negation, neighbour_key, padding, renaming, typo, typos
from tests.conftest import TEA
from tutor.model import Term
from tutor.pack import load_pack
from tutor.quantities import read_quantities

KINDS = changes(load_pack(TEA).terms)
SEEDS = st.integers(0, 10_000)
TEXTS = st.lists(st.sampled_from("a tea hot kettle aaaa Steeping steepTime pots, don't 80 ms?".split())).map(" ".join)


def changed(before: str, after: str) -> int:
    words = list(zip(before.split(), after.split(), strict=True))
    return sum(old != new for old, new in words)


@given(TEXTS, SEEDS)
@pytest.mark.parametrize("slip", [typo, neighbour_key])
def test_a_slip_changes_exactly_one_word_where_one_is_long_enough(slip: object, text: str, seed: int) -> None:
    assert callable(slip)
    long_enough = any(word.strip("?,").isalpha() and len(word.strip("?,")) >= 4 for word in text.split())
    assert changed(text, slip(text, Random(seed))) == long_enough


@given(TEXTS, SEEDS)
def test_a_slip_is_a_letter_more_or_less_or_another(text: str, seed: int) -> None:
    assert abs(len(typo(text, Random(seed))) - len(text)) <= 1
    assert len(neighbour_key(text, Random(seed))) == len(text)


def test_a_fifth_of_the_words_has_slips() -> None:
    text = "kettle " * 20
    assert changed(text, typos(text, Random(1))) == 4


@given(TEXTS, SEEDS)
def test_padding_keeps_the_question_inside(text: str, seed: int) -> None:
    padded, held = padding(text, Random(seed)), f" {text} "
    before = [padded[:at] for at in range(len(padded)) if padded.startswith(held, at)]  # "a" stands in the padding, too
    assert any(said.endswith((".", "!")) for said in before)
    assert padded.endswith((".", "!"))


@given(st.text(), SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_text(kind: str, text: str, seed: int) -> None:
    assert KINDS[kind](text, Random(seed)) == KINDS[kind](text, Random(seed))


def test_old_names_become_new_ones_and_new_ones_old_at_once() -> None:
    swap = renaming(load_pack(TEA).terms)
    assert (
        swap("Is red tea the same as Assam or green tea?", Random(1))
        == "Is black tea the same as red tea or green tea?"
    )


def test_a_longer_name_shields_the_name_within_it() -> None:
    swap = renaming([Term(name="Jobs", kind="x", formerly=("Flows",)), Term(name="Jobs API", kind="x")])
    assert swap("Jobs or the jobs API, not jobsite", Random(1)) == "Flows or the jobs API, not jobsite"


def test_without_terms_nothing_is_renamed() -> None:
    assert renaming([])("red tea", Random(1)) == "red tea"


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("50M rows", {"50 million rows", "50,000,000 rows"}),
        ("50 million rows", {"50M rows", "50,000,000 rows"}),
        ("50,000,000 rows", {"50M rows", "50 million rows"}),
        ("500k rows", {"500K rows", "500 thousand rows", "500,000 rows"}),
        ("in 80 ms", {"in 80 milliseconds"}),
        ("in 80 milliseconds", {"in 80 ms"}),
        ("about 5%", {"about five percent"}),
        ("Three pots", {"3 pots"}),
        ("3 pots", {"three pots"}),
    ],
)
def test_a_number_is_written_another_way(text: str, ways: set[str]) -> None:
    assert {rewrite(text, Random(seed)) for seed in range(20)} == ways


@pytest.mark.parametrize("text", ["version 2.1", "k=5", "F1", "$3", "one pot", "3/4", "tea-3", "3-way", "1,234"])
def test_what_is_no_plain_number_stays(text: str) -> None:
    assert rewrite(text, Random(1)) == text


@given(st.sampled_from(["50M rows", "2 million rows", "5,000 rows", "80 ms", "12 GB", "20 %", "3 hours"]), SEEDS)
def test_a_number_written_another_way_means_the_same(text: str, seed: int) -> None:
    meant = [(amount.unit, amount.low, amount.high) for amount in read_quantities(text)]
    again = [(amount.unit, amount.low, amount.high) for amount in read_quantities(rewrite(text, Random(seed)))]
    assert again == meant != []


@pytest.mark.parametrize(
    ("text", "flipped"),
    [
        ("It is hot.", "It is not hot."),
        ("It is not hot.", "It is hot."),
        ("There is no tea.", "There is tea."),
        ("It doesn't steep.", "It does steep."),
        ("I can't wait, it cannot.", "I can wait, it cannot."),
        ("It cannot steep.", "It can steep."),
        ("It won’t steep.", "It will steep."),
        ("hot tea", "hot tea"),
    ],
)
def test_negation_is_flipped_once(text: str, flipped: str) -> None:
    assert negation(text, Random(1)) == flipped


def test_bare_text_keeps_what_stands_inside_words() -> None:
    assert bare("Don't (ever) use tea.pot, real-time?", Random(1)) == "don't ever use tea.pot real-time"
