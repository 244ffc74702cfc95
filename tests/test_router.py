"""The router: entries best first with their confidence, decisions, small talk, and what is outside."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.router import Route, Router
from tutor.subject import Pack
from tutor.text import clean
from tutor.training import train
from tutor.weights import Weights


@pytest.fixture(scope="module")
def weights(tea_pack: Pack) -> Weights:
    return train(tea_pack)


@pytest.fixture(scope="module")
def router(tea_pack: Pack, weights: Weights) -> Router:
    return Router(weights, tea_pack.terms)


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
    assert route.entries[0][1] < 0.2


@pytest.mark.parametrize(("most", "given"), [(1, 1), (3, 3), (5, 4), (50, 4)])
def test_as_many_entries_are_given_as_are_asked_for(router: Router, most: int, given: int) -> None:
    assert len(router.route("green tea", most=most).entries) == given


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=120).map(clean))
def test_any_text_has_a_route_of_probabilities(router: Router, text: str) -> None:
    route = router.route(text)
    sure = [confidence for _, confidence in route.entries]
    assert sure == sorted(sure, reverse=True)
    shares = [*sure, *route.decisions.values(), *route.talk.values(), route.inside, route.outside, route.known]
    assert all(0 <= share <= 1 + 1e-9 for share in shares)
    assert router.route(text) == route


def test_the_shares_of_all_groups_make_one(router: Router) -> None:
    route = router.route("green tea before sleep")
    assert route.inside + route.outside + sum(route.decisions.values()) + sum(route.talk.values()) <= 1 + 1e-6


def test_eight_threads_get_the_same_routes(tea_pack: Pack, weights: Weights, router: Router) -> None:
    texts = [
        f"{first} {second}" for first in ("hoter", "grene", "snecha", "brews") for second in ("watre", "tee", "pots")
    ]
    alone = [router.route(text) for text in texts]
    shared = Router(weights, tea_pack.terms)

    def routes(_: int) -> list[Route]:
        return [shared.route(text) for text in texts]

    with ThreadPoolExecutor(8) as threads:
        assert all(found == alone for found in threads.map(routes, range(16)))


def test_a_pack_without_outside_or_talk_has_none(tea_pack: Pack) -> None:
    lean = replace(tea_pack, openings={}, outside={}, talk={})
    route = Router(train(lean), lean.terms).route("hello")
    assert (route.decisions, route.talk, route.outside) == ({}, {}, 0)


@pytest.mark.parametrize(
    ("word", "known"), [("sencha", True), ("brewing", True), ("brewed", True), ("senca", False), ("kubernetes", False)]
)
def test_a_word_is_known_in_every_form_of_it(router: Router, word: str, known: bool) -> None:
    assert router.knows(word) == known
