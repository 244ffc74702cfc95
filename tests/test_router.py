"""The router: entries best first with their confidence, what may be done with them, and what is no entry's business."""

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import changed
from tests.small_weights import small_weights
from tutor.confidence import SIGNALS, sureness
from tutor.router import MOST_OFFERED, Route, Router, Verdict
from tutor.subject import Pack
from tutor.text import clean
from tutor.training import train
from tutor.weights import Classes, Weights

EVEN = dict.fromkeys((*SIGNALS, "bias"), 0.0)


def fixed(answer: float, choose: float, entries: int = 5) -> Router:
    """Return a router that is of one mind about any text: 0.4 sure of the first, 0.2, 0.1, 0.05, 0.05 of the others.

    A text is answerable by 0.8; the topics have 0.3 and 0.2, the two zones outside 0.2 and 0.1, the others 0.1 each.
    """
    names = tuple(f"fact.{letter}" for letter in "abcde"[:entries])
    groups = ("decision d", "outside far", "outside near", "talk hello", "topic t", "topic u")
    return Router(
        small_weights(
            {"stem tea": 1.0},
            classes=Classes(names, groups, (4,) * entries),
            intercepts=[
                *[9.0, math.log(4), math.log(2), 0.0, 0.0][:entries],
                *map(math.log, (0.1, 0.2, 0.1, 0.1, 0.3, 0.2)),
            ],
            calibration={
                "inside": {**EVEN, "bias": math.log(4)},
                "right": EVEN,
                "sharpness": {"entries": 1.0, "groups": 1.0},
                "bars": {"answer": answer, "choose": choose},
            },
        )
    )


@pytest.fixture(scope="module")
def weights(tea_pack: Pack) -> Weights:
    return train(tea_pack)


@pytest.fixture(scope="module")
def router(tea_pack: Pack, weights: Weights) -> Router:
    return Router(weights)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("temperature for sencha", "fact.green-tea"),
        ("my sencha is bitter", "fact.green-tea"),
        ("does assam keep one awake", "trap.caffeine-at-night"),
        ("breakfast for ten guests", "tip.breakfast-pot"),
        ("oxidised leaves or green ones", "pair.green-vs-black"),
    ],
)
def test_a_question_in_new_words_leads_to_its_entry(router: Router, text: str, entry: str) -> None:
    route = router.route(text)
    assert route.entries[0][0] == entry
    assert route.inside > route.outside


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("how hot must the watre be for grene tea", "how hot must the water be for green tea"),
        ("temperture for snecha", "temperature for sencha"),
        ("differense of green and black", "difference of green and black"),
    ],
)
def test_a_slip_of_the_pen_leads_where_the_right_spelling_leads(router: Router, slip: str, meant: str) -> None:
    assert router.route(slip) == router.route(meant)


@pytest.mark.parametrize("text", ["zzz", "tea7", "ab", "qwertzuiop"])
def test_a_word_that_is_near_nothing_is_left_alone(router: Router, text: str) -> None:
    assert router.route(text).known == 0


def test_an_opening_leads_to_its_decision(router: Router) -> None:
    route = router.route("which tea should we brew")
    assert list(route.decisions) == ["which-tea"]
    assert route.decisions["which-tea"] > 0.5 > route.inside


def test_a_greeting_leads_to_talk(router: Router) -> None:
    route = router.route("hello there")
    assert list(route.talk) == ["greeting"]
    assert route.talk["greeting"] > max(route.inside, route.outside)


@pytest.mark.parametrize("text", ["capital of peru", "which espresso bean", "who won the match today"])
def test_what_is_outside_leads_nowhere(router: Router, text: str) -> None:
    route = router.route(text)
    assert route.outside > route.inside
    assert route.answerable < 0.5
    assert route.verdict == "decline"


@pytest.mark.parametrize(("most", "given"), [(1, 1), (3, 3), (5, 4), (50, 4)])
def test_as_many_entries_are_given_as_are_asked_for(router: Router, most: int, given: int) -> None:
    assert len(router.route("green tea", most=most).entries) == given


def test_a_route_tells_all_that_was_scored() -> None:
    route = fixed(0.39, 0.1).route("some tea")
    assert [name for name, _ in route.entries] == ["fact.a", "fact.b", "fact.c", "fact.d", "fact.e"]
    assert [sure for _, sure in route.entries] == [0.4, 0.2, 0.1, 0.05, 0.05]
    assert route.decisions == {"d": pytest.approx(0.1)}
    assert route.talk == {"hello": 0.0}  # its own model denies it
    assert [route.inside, route.outside, route.answerable, route.known] == pytest.approx([0.3, 0.3, 0.8, 0.5])


@pytest.mark.parametrize(
    ("answer", "choose", "verdict", "offered"),
    [
        (0.39, 0.1, "answer", 1),
        (0.0, 0.0, "answer", 1),
        (0.41, 0.45, "decline", 0),
        (0.41, 0.39, "choose", 2),  # a choice of one is none
        (0.41, 0.21, "choose", 2),
        (0.41, 0.19, "choose", 2),
        (0.41, 0.09, "choose", 3),
        (0.41, 0.04, "choose", 4),
        (0.41, 0.0, "choose", 4),  # the fifth is never offered
        (1.0, 1.0, "decline", 0),
    ],
)
def test_the_bars_say_what_may_be_done(answer: float, choose: float, verdict: Verdict, offered: int) -> None:
    route = fixed(answer, choose).route("some tea")
    assert (route.verdict, route.offered) == (verdict, offered)


@pytest.mark.parametrize(
    ("entries", "answer", "verdict", "offered"),
    [(1, 0.39, "answer", 1), (1, 0.41, "decline", 0), (2, 0.41, "choose", 2), (3, 0.41, "choose", 3)],
)
def test_no_more_is_offered_than_there_is(entries: int, answer: float, verdict: Verdict, offered: int) -> None:
    route = fixed(answer, 0.0, entries).route("some tea", most=1)
    assert (route.verdict, route.offered) == (verdict, offered)


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=120).map(clean))
def test_any_text_has_a_route_of_probabilities(router: Router, text: str) -> None:
    route = router.route(text)
    sure = [confidence for _, confidence in route.entries]
    assert sure == sorted(sure, reverse=True)
    shares = [*sure, *route.decisions.values(), *route.talk.values(), route.inside, route.outside, route.known]
    assert all(0 <= share <= 1 + 1e-9 for share in [*shares, route.answerable])
    assert route.offered <= MOST_OFFERED
    assert (route.offered == 0, route.offered == 1) == (route.verdict == "decline", route.verdict == "answer")
    assert router.route(text) == route


@pytest.mark.parametrize("text", ["green tea before sleep", "hello", "qwertz", ""])
def test_the_confidence_is_that_of_the_fitted_numbers(router: Router, weights: Weights, text: str) -> None:
    route = router.route(text)
    answerable, ranked = sureness(router.scores(text), weights.calibration)
    assert route.answerable == answerable
    assert route.entries == tuple((weights.classes.entries[number], round(sure, 4)) for number, sure in ranked)


def test_other_bars_give_other_verdicts_of_the_same_route(tea_pack: Pack, weights: Weights, router: Router) -> None:
    before = router.route("temperature for sencha")
    bars = {"answer": 1.0, "choose": 1.0}
    strict = Router(replace(weights, calibration={**weights.calibration, "bars": bars}))
    assert strict.route("temperature for sencha") == replace(before, verdict="decline", offered=0)


def test_the_shares_of_all_groups_make_one(router: Router) -> None:
    route = router.route("green tea before sleep")
    assert route.inside + route.outside + sum(route.decisions.values()) + sum(route.talk.values()) <= 1 + 1e-6


def test_eight_threads_get_the_same_routes(tea_pack: Pack, weights: Weights, router: Router) -> None:
    texts = [
        f"{first} {second}" for first in ("hoter", "grene", "snecha", "brews") for second in ("watre", "tee", "pots")
    ]
    alone = [router.route(text) for text in texts]
    shared = Router(weights)

    def routes(_: int) -> list[Route]:
        return [shared.route(text) for text in texts]

    with ThreadPoolExecutor(8) as threads:
        assert all(found == alone for found in threads.map(routes, range(16)))


def test_a_pack_without_outside_or_talk_has_none(tea_pack: Pack) -> None:
    lean = changed(tea_pack, openings={}, outside={}, talk={})
    route = Router(train(lean)).route("hello")
    assert (route.decisions, route.talk, route.outside) == ({}, {}, 0)


@pytest.mark.parametrize(
    ("word", "known"), [("sencha", True), ("brewing", True), ("brewed", True), ("senca", False), ("kubernetes", False)]
)
def test_a_word_is_known_in_every_form_of_it(router: Router, word: str, known: bool) -> None:
    assert router.knows(word) == known


@pytest.mark.parametrize(
    ("word", "meant"),
    [("snecha", "sencha"), ("watre", "water"), ("sencha", "sencha"), ("brewings", "brewings"), ("qwertz", "qwertz")],
)
def test_only_a_word_that_was_not_learned_is_repaired(router: Router, word: str, meant: str) -> None:
    assert router.repaired(word) == meant
