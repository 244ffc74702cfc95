"""Features: stems, pairs of them side by side and further apart, letter runs and names, as the router sees a text."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.features import LEAST_TEXTS, WEIGHTS, features
from tutor.model import Term
from tutor.terms import Lexicon
from tutor.text import clean, stem

LEXICON = Lexicon.of(
    (
        Term(name="green tea", kind="leaf", aliases=("sencha",)),
        Term(name="black tea", kind="leaf", aliases=("assam",), formerly=("red tea",)),
        Term(name="steepTime", kind="api", aliases=("brewing time",)),
    )
)


def test_a_text_is_cut_into_five_blocks() -> None:
    assert features("Brewed Sencha", LEXICON) == {
        "stem": ["<", "brew", "sencha", ">"],
        "pair": ["< brew", "brew sencha", "sencha >"],
        "skip": ["< sencha", "brew >", "< >"],
        "letters": " bre,brew,rewe,ewed,wed , sen,senc,ench,ncha,cha ".split(","),
        "name": ["green tea"],
    }


def test_every_block_has_a_weight_and_a_least_count() -> None:
    assert set(features("tea", LEXICON)) == set(WEIGHTS) == set(LEAST_TEXTS)


def test_an_empty_text_has_only_its_ends() -> None:
    assert features("", LEXICON) == {"stem": ["<", ">"], "pair": ["< >"], "skip": [], "letters": [], "name": []}


@pytest.mark.parametrize(
    ("text", "skips"),
    [
        ("tea", ["< >"]),
        ("hot tea", ["< tea", "hot >", "< >"]),
        ("hot tea pot", ["< tea", "hot pot", "tea >", "< pot", "hot >"]),
        ("tea tea tea", ["< tea", "tea tea", "tea >", "< tea", "tea >"]),
    ],
)
def test_skips_are_stems_two_and_then_three_places_apart(text: str, skips: list[str]) -> None:
    assert features(text, LEXICON)["skip"] == skips


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("assam", ["black tea"]),
        ("red tea and assam", ["black tea"]),
        ("steep_time", ["steepTime"]),
        ("brewing time of sencha", ["green tea", "steepTime", "green tea & steepTime"]),
        ("assam sencha steepTime", [
            "black tea", "green tea", "steepTime",
            "black tea & green tea", "black tea & steepTime", "green tea & steepTime",
        ]),
        ("what is sencha", ["green tea", "? define", "green tea ? define"]),
        ("water", []),
    ],
)  # fmt: skip
def test_names_come_alone_in_pairs_and_with_the_form_of_the_question(text: str, names: list[str]) -> None:
    assert features(text, LEXICON)["name"] == names


def test_every_spelling_of_a_name_gives_the_same_names() -> None:
    spelt = ["steepTime", "steep_time", "steep time", "STEEP TIME", "SteepTime()", "brewing time"]
    assert {tuple(features(text, LEXICON)["name"]) for text in spelt} == {("steepTime",)}


def test_words_are_mended_before_they_are_cut() -> None:
    mended = {"snecha": "sencha"}
    assert features("snecha", LEXICON, lambda word: mended.get(word, word)) == features("sencha", LEXICON)


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads switch as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_eight_threads_cut_the_same_features(hurried: None) -> None:
    roots = "predict relat condit general nation hope opera compat".split()
    ends = "ionals ization fulness ations ingly edly ibly izers ness".split()
    text = " ".join(f"{root}{end}" for root in roots for end in ends)
    stem.cache_clear()
    alone = features(text, LEXICON)
    with ThreadPoolExecutor(8) as threads:
        for _ in range(20):
            stem.cache_clear()
            assert all(cut == alone for cut in threads.map(lambda _: features(text, LEXICON), range(8)))


@settings(deadline=None)
@given(text=st.text(max_size=100))
def test_any_text_is_cut_in_the_same_way_each_time(text: str) -> None:
    cut = features(clean(text), LEXICON)
    assert cut == features(clean(text), LEXICON)
    assert (cut["stem"][0], cut["stem"][-1]) == ("<", ">")
    assert len(cut["pair"]) == len(cut["stem"]) - 1
    assert len(cut["skip"]) == max(0, 2 * len(cut["stem"]) - 5)
    assert all(1 <= len(run) <= 5 for run in cut["letters"])
