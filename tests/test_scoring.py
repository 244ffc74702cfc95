"""Scores: TF-IDF by hand, and sums that are the same bit for bit with numpy as without it."""

import math
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import columns, small_weights, weighed_by
from tutor.features import Features, features
from tutor.model import Term
from tutor.scoring import Scorer, Scores, add_up, softmax
from tutor.terms import Lexicon
from tutor.weights import Table, Weights

EMPTY: Features = {"stem": [], "pair": [], "skip": [], "letters": [], "name": []}
TEA: Features = {**EMPTY, "stem": ["tea", "tea", "pot"], "pair": ["tea pot"]}
WEIGHTS = small_weights(
    {"stem tea": 1.0, "stem pot": 2.0, "pair tea pot": 3.0, "name green tea": 2.0},
    {"stem tea": [4, 0, 0, 0, 2, 0], "stem pot": [0, -1, 0, 0, 0, 0], "pair tea pot": [0, 0, 10, 0, 0, 1]},
    scales={"stem tea": 0.5, "stem pot": 2.0, "pair tea pot": 1.0},
    intercepts=[0.0, 0.25, -1.0, -2.0, 0.0, 0.5],
)
UNTIL_NUMPY = 8  # texts


def score(cut: Features, weights: Weights = WEIGHTS) -> Scores:
    return Scorer(weights).score(cut)


def bits(numbers: Sequence[float]) -> list[str]:
    return [number.hex() for number in numbers]


def weighed(cut: Features) -> dict[str, float]:
    names = {WEIGHTS.row(f"{block} {part}"): f"{block} {part}" for block in cut for part in cut[block]}
    return {names[row]: value for row, value in weighed_by(WEIGHTS, cut)}


def test_counts_are_damped_weighed_and_brought_to_length_one_in_each_block() -> None:
    tea, pot = 1 + math.log(2), 2.0
    length = math.hypot(tea, pot)
    assert weighed(TEA) == pytest.approx({"stem tea": tea / length, "stem pot": pot / length, "pair tea pot": 0.7})


@pytest.mark.parametrize(
    ("block", "part", "counts"),
    [("stem", "tea", 1.0), ("pair", "a b", 0.7), ("skip", "a b", 0.5), ("letters", " tea", 0.7), ("name", "Tea", 0.3)],
)
def test_a_lone_feature_counts_what_its_block_does_however_telling_or_frequent_it_is(
    block: str, part: str, counts: float
) -> None:
    weights = small_weights({f"{block} {part}": 3.5})
    [(row, value)] = weighed_by(weights, {**EMPTY, block: [part] * 3})
    assert row == 0
    assert value == pytest.approx(counts)


@pytest.mark.parametrize("cut", [EMPTY, {**EMPTY, "stem": ["coffee"], "letters": ["cof"], "name": ["tea"]}])
def test_unknown_features_weigh_nothing(cut: Features) -> None:
    assert weighed_by(WEIGHTS, cut) == []


def test_the_order_of_the_words_in_a_block_does_not_matter() -> None:
    one, other = {**EMPTY, "stem": ["tea", "pot", "tea"]}, {**EMPTY, "stem": ["pot", "tea", "tea"]}
    assert score(one) == score(other)


def test_scores_are_weighed_rows_and_the_intercept() -> None:
    tea, pot = (1 + math.log(2)) / math.hypot(1 + math.log(2), 2), 2 / math.hypot(1 + math.log(2), 2)
    scores = score(TEA)
    assert scores.entries == pytest.approx([tea * 0.5 * 4, 0.25 - pot * 2.0, 0.7 * 10 - 1.0])
    assert scores.groups == pytest.approx([-2.0, tea * 0.5 * 2, 0.7 * 1 + 0.5])
    assert scores.weighed == weighed_by(WEIGHTS, TEA)
    assert scores.classes == WEIGHTS.classes


@pytest.mark.parametrize("met", range(UNTIL_NUMPY + 2))
def test_a_text_without_known_words_leaves_every_class_at_its_intercept(met: int) -> None:
    scorer = Scorer(WEIGHTS)
    for _ in range(met):
        scorer.score(TEA)
    scores = scorer.score(EMPTY)
    assert (scores.entries, scores.groups) == ([0.0, 0.25, -1.0], [-2.0, 0.0, 0.5])


@pytest.mark.parametrize(
    ("entries", "order", "best"),
    [
        ([0.1, 0.3, 0.2], [1, 2, 0], "fact.b"),
        ([-3.0, -2.0, -1.0], [2, 1, 0], "fact.c"),
        ([0.5, 0.5, 0.5], [0, 1, 2], "fact.a"),
        ([0.0, 1.0, 1.0], [1, 2, 0], "fact.b"),
    ],
)
def test_entries_are_ordered_best_first_and_ties_by_number(entries: list[float], order: list[int], best: str) -> None:
    scores = Scores(WEIGHTS.classes, entries, [0.0] * 3, [], known=1.0, mass=1.0, names=0, length=1)
    assert (scores.order, scores.best) == (order, best)


@pytest.mark.parametrize(
    ("stems", "known", "mass", "length"),
    [
        ([], 0.0, 0.0, 0),
        (["<", ">"], 0.0, 0.0, 0),
        (["<", "tea", ">"], 1.0, 1.0, 1),
        (["<", "pot", "tea", ">"], 1.0, 1.0, 2),
        (["<", "coffee", ">"], 0.0, 0.0, 1),
        (["<", "tea", "coffee", "tea", ">"], 0.5, 0.25, 2),  # tea counts 1, a new word 3, as the most telling feature
        (["<", "pot", "coffee", ">"], 0.5, 0.4, 2),
        (["<", "pot", "tea", "coffee", "cup", ">"], 0.5, 3 / 9, 4),
    ],
)
def test_the_share_of_known_words_counts_each_word_once(
    stems: list[str], known: float, mass: float, length: int
) -> None:
    scores = score({**EMPTY, "stem": stems})
    assert (scores.known, scores.length) == (known, length)
    assert scores.mass == pytest.approx(mass)


def test_a_learned_bracket_is_no_word() -> None:
    weights = small_weights({"stem <": 1.0, "stem >": 1.0})
    scores = score({**EMPTY, "stem": ["<", ">"]}, weights)
    assert (scores.known, scores.mass, scores.length) == (0.0, 0.0, 0)
    assert len(scores.weighed) == 2


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ([], 0),
        (["green tea"], 1),
        (["green tea", "? define", "green tea ? define"], 1),
        (["a", "b", "a & b", "? or", "a ? or", "b ? or"], 2),
    ],
)
def test_names_of_the_field_are_counted_without_their_pairs_and_forms(names: list[str], count: int) -> None:
    assert score({**EMPTY, "name": names}).names == count


VOCABULARY = [f"{block} {part}" for block in EMPTY for part in ("a", "b", "c d", "é")]
NUMBERS = st.floats(-1e3, 1e3, width=32)


@st.composite
def small_tables(draw: st.DrawFn) -> Weights:
    names = draw(st.lists(st.sampled_from(VOCABULARY), unique=True))
    return small_weights(
        {name: draw(st.floats(1, 20, width=32)) for name in names},
        {name: draw(st.lists(st.integers(-127, 127) | st.just(0), min_size=6, max_size=6)) for name in names},
        scales={name: draw(st.floats(0, 10, width=32)) for name in names},
        intercepts=draw(st.lists(NUMBERS | st.just(-0.0), min_size=6, max_size=6)),
    )


CUTS = st.fixed_dictionaries(
    {block: st.lists(st.sampled_from(["a", "b", "c d", "é", "new"]), max_size=6) for block in EMPTY}
)


@settings(deadline=None, max_examples=200)
@given(weights=small_tables(), cuts=st.lists(CUTS, min_size=1, max_size=4))
def test_numpy_takes_over_after_a_few_texts_and_changes_no_bit(weights: Weights, cuts: list[Features]) -> None:
    scorer = Scorer(weights)
    for cut in cuts * (UNTIL_NUMPY + 1):
        scores = scorer.score(cut)
        plain = add_up(weighed_by(weights, cut), weights.merged)
        assert bits([*scores.entries, *scores.groups]) == bits(plain)


@settings(deadline=None)
@given(rows=st.lists(st.lists(st.integers(-127, 127), min_size=2, max_size=2), min_size=1, max_size=5), data=st.data())
def test_sums_in_plain_python_are_those_of_the_dense_table(rows: list[list[int]], data: st.DataObject) -> None:
    scales = data.draw(st.lists(st.sampled_from([0.5, 1.0, 2.0]), min_size=len(rows), max_size=len(rows)))
    chosen = data.draw(st.lists(st.tuples(st.integers(0, len(rows) - 1), st.sampled_from([0.25, 1.0, -3.0]))))
    table = Table(**columns(rows, scales, [1.0, -1.0]))
    dense = [[scale * value for value in row] for scale, row in zip(scales, rows, strict=True)]
    assert add_up(chosen, table) == [
        intercept + sum(value * dense[row][column] for row, value in chosen)
        for column, intercept in enumerate([1.0, -1.0])
    ]


def test_the_first_few_texts_are_scored_without_numpy_and_many_with_it() -> None:
    code = (
        "import sys; from tests.test_scoring import TEA, WEIGHTS; from tutor.scoring import Scorer; "
        "scorer = Scorer(WEIGHTS); seen = []; "
        f"[(scorer.score(TEA), seen.append('numpy' in sys.modules)) for _ in range({UNTIL_NUMPY + 2})]; print(*seen)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False"] * UNTIL_NUMPY + ["True"] * 2


def test_eight_threads_get_the_same_scores() -> None:
    cuts = [{**TEA, "stem": ["tea"] * count} for count in range(12)]
    alone, shared = [score(cut) for cut in cuts], Scorer(WEIGHTS)
    with ThreadPoolExecutor(8) as threads:
        assert all(found == alone for found in threads.map(lambda _: [shared.score(cut) for cut in cuts], range(32)))


@settings(deadline=None, max_examples=50)
@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_text_has_finite_scores(text: str) -> None:
    scores = score(features(text, Lexicon.of((Term(name="green tea", kind="leaf"),))))
    assert all(map(math.isfinite, [*scores.entries, *scores.groups]))
    assert 0 <= scores.mass <= 1
    assert 0 <= scores.known <= 1


@pytest.mark.parametrize(
    ("scores", "sharpness", "shares"),
    [
        ([], 1.0, []),
        ([7.0], 1.0, [1.0]),
        ([0.0, math.log(3)], 1.0, [0.25, 0.75]),
        ([0.0, math.log(3)], 2.0, [0.1, 0.9]),
        ([0.0, math.log(3)], 0.0, [0.5, 0.5]),
        ([1e6, -1e6], 1.0, [1.0, 0.0]),
        ([1e6, 1e6], 10.0, [0.5, 0.5]),
    ],
)
def test_shares_are_powers_over_their_sum(scores: list[float], sharpness: float, shares: list[float]) -> None:
    assert softmax(scores, sharpness) == pytest.approx(shares)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.floats(0.1, 10))
def test_shares_make_one_and_keep_the_order(scores: list[float], sharpness: float) -> None:
    shares = softmax(iter(scores), sharpness)
    assert math.fsum(shares) == pytest.approx(1)
    assert [shares[number] for number in sorted(range(len(scores)), key=scores.__getitem__)] == sorted(shares)
