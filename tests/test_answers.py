"""Answers: everything a reply says about an entry or a decision is put together from the pack."""

import pytest

from tutor import Ask, Candidate, Cited, Flip, Option, Page, Way, answers
from tutor.router import Route
from tutor.subject import Pack

MORNING, NIGHT = {"hour": "morning"}, {"hour": "night"}


def test_an_answer_holds_all_that_the_entry_holds(tea_pack: Pack) -> None:
    reply = answers.answer(tea_pack, "pair.green-vs-black")
    assert (reply.entry, reply.kind, reply.topic, reply.title) == (
        "pair.green-vs-black",
        "pair",
        "leaves",
        "Green or black",
    )
    assert reply.answer == "Green is brewed cooler, black with boiling water."
    assert reply.why == "Oxidised leaves bear heat."
    assert reply.decides == "Black leaves are oxidised and green leaves are not."
    assert reply.practice == "Some black teas taste better at 90 degrees."
    assert reply.distractor is None
    assert reply.citations == (Cited("kettle-book", "The Kettle Book", "2, 3-4", None, "kettle-book.txt"),)
    assert reply.references == (Page("Black tea", "https://example.org/black"),)
    assert (reply.because, reply.reason, reply.branches, reply.flips) == ({}, None, (), ())
    assert (reply.confidence, reply.alternatives, reply.open_question) == (1.0, (), None)


def test_only_a_pair_says_what_decides_and_entries_point_at_others(tea_pack: Pack) -> None:
    reply = answers.answer(tea_pack, "fact.green-tea")
    assert (reply.decides, reply.practice, reply.see_also) == (None, None, ("pair.green-vs-black",))


@pytest.mark.parametrize(
    ("entry", "distractor"),
    [
        ("trap.caffeine-at-night", "Drinking black tea as a nightcap. It feels warm and calming."),
        ("tip.breakfast-pot", "Single cups of green tea. The first is cold before the last is brewed."),
        ("fact.green-tea", "Boiling water. It scalds the leaf."),
        ("pair.green-vs-black", None),
    ],
)
def test_what_tempts_is_told_with_why_it_is_wrong(tea_pack: Pack, entry: str, distractor: str | None) -> None:
    assert answers.distractor(tea_pack.entries[entry]) == distractor


def test_an_answer_that_the_question_settles_says_what_decided_and_what_would_flip_it(tea_pack: Pack) -> None:
    reply = answers.answer(tea_pack, "fact.green-tea", filled={"guests": "one", "hour": "morning", "latency": "low"})
    assert reply.because == {"guests": "one", "hour": "morning"}
    assert reply.reason == "One morning cup is quickly brewed green."
    assert reply.flips == (
        Flip("hour", "night", "trap.caffeine-at-night", "Strong tea before sleep", "hour “Before sleep”"),
        Flip("guests", "many", "tip.breakfast-pot", "A pot for the breakfast table", "guests “A whole pot”"),
    )


@pytest.mark.parametrize(
    ("entry", "filled"),
    [
        ("fact.green-tea", MORNING),  # the number of guests is still open
        ("fact.green-tea", NIGHT),  # settles another entry
        ("fact.green-tea", {}),
        ("pair.green-vs-black", {"hour": "morning", "guests": "one"}),  # no outcome of the table
        ("fact.green-tea", {"latency": "low"}),
    ],
)
def test_an_answer_that_nothing_settles_gives_no_reason(tea_pack: Pack, entry: str, filled: dict[str, str]) -> None:
    reply = answers.answer(tea_pack, entry, filled=filled)
    assert (reply.because, reply.reason, reply.flips) == ({}, None, ())
    assert answers.deciding(tea_pack, entry, filled) is None


def test_three_alternatives_at_most_are_kept_with_the_confidence(tea_pack: Pack) -> None:
    others = tuple(Candidate(entry, entry, 0.1) for entry in tea_pack.entries)
    reply = answers.answer(tea_pack, "fact.green-tea", confidence=0.7, alternatives=others)
    assert reply.confidence == 0.7
    assert reply.alternatives == others[:3]


def test_a_settled_decision_concludes_in_its_outcome(tea_pack: Pack) -> None:
    reply = answers.conclusion(tea_pack, tea_pack.decisions["which-tea"], NIGHT)
    assert (reply.entry, reply.because, reply.branches) == ("trap.caffeine-at-night", NIGHT, ())
    assert reply.reason == "Late in the day caffeine keeps one awake."


def test_an_open_decision_concludes_in_its_overview_with_branches(tea_pack: Pack) -> None:
    reply = answers.conclusion(tea_pack, tea_pack.decisions["which-tea"], MORNING)
    assert (reply.entry, reply.because, reply.reason, reply.flips) == ("pair.green-vs-black", MORNING, None, ())
    assert reply.branches == (
        Way(
            {"guests": "one"},
            "fact.green-tea",
            "Brew green tea at 80 degrees.",
            "Green tea wants cooler water",
            "guests “One cup”",
        ),
        Way(
            {"guests": "many"},
            "tip.breakfast-pot",
            "Brew a pot of black tea and set steepTime to 4 minutes.",
            "A pot for the breakfast table",
            "guests “A whole pot”",
        ),
    )


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ""),
        ({"hour": "night"}, "hour “Before sleep”"),
        ({"guests": "one", "hour": "morning"}, "guests “One cup”, hour “In the morning”"),
    ],
)
def test_values_are_told_with_their_labels_in_the_order_given(
    tea_pack: Pack, values: dict[str, str], told: str
) -> None:
    assert answers.told(tea_pack, values) == told


def test_every_way_and_every_flip_is_told_in_words(tea_pack: Pack) -> None:
    decision = tea_pack.decisions["which-tea"]
    assert [way.told for way in answers.conclusion(tea_pack, decision, {}).branches] == [
        "hour “In the morning”, guests “One cup”",
        "hour “In the morning”, guests “A whole pot”",
        "hour “Before sleep”",
    ]
    assert [flip.told for flip in answers.conclusion(tea_pack, decision, {**MORNING, "guests": "one"}).flips] == [
        "hour “Before sleep”",
        "guests “A whole pot”",
    ]


@pytest.mark.parametrize("filled", [NIGHT, MORNING, {}])
def test_a_conclusion_carries_the_confidence_it_is_given(tea_pack: Pack, filled: dict[str, str]) -> None:
    decision = tea_pack.decisions["which-tea"]
    assert answers.conclusion(tea_pack, decision, filled, confidence=0.7).confidence == 0.7
    assert answers.conclusion(tea_pack, decision, filled).confidence == 1.0


@pytest.mark.parametrize(
    ("filled", "entry"),
    [
        ({}, "pair.green-vs-black"),
        (MORNING, "pair.green-vs-black"),
        ({"guests": "one"}, "pair.green-vs-black"),
        ({"guests": "many"}, "tip.breakfast-pot"),
        ({"guests": "many", "hour": "night"}, "tip.breakfast-pot"),
    ],
)
def test_a_partial_rule_frames_the_answer_and_else_the_overview(
    tea_pack: Pack, filled: dict[str, str], entry: str
) -> None:
    assert answers.framing(tea_pack.decisions["which-tea"], filled) == entry


def test_a_question_is_asked_in_the_words_of_its_slot(tea_pack: Pack) -> None:
    assert answers.ask(tea_pack, tea_pack.decisions["which-tea"], "hour", {"guests": "one"}) == Ask(
        decision="which-tea",
        slot="hour",
        question="When will it be drunk?",
        options=(Option("morning", "In the morning"), Option("night", "Before sleep")),
        why="The hour separates tea with caffeine from tea without.",
        at_most=1,
        known={"guests": "one"},
    )


def test_candidates_keep_the_order_and_confidence_of_the_route(tea_pack: Pack) -> None:
    route = Route((("tip.breakfast-pot", 0.6), ("fact.green-tea", 0.2)), "choose", 2, {}, {}, 0.9, 0.1, 0.8, 1.0)
    assert answers.candidates(tea_pack, route) == (
        Candidate("tip.breakfast-pot", "A pot for the breakfast table", 0.6),
        Candidate("fact.green-tea", "Green tea wants cooler water", 0.2),
    )


def test_entries_that_nobody_ranked_have_no_confidence(tea_pack: Pack) -> None:
    assert answers.named(tea_pack, ["fact.green-tea"]) == (
        Candidate("fact.green-tea", "Green tea wants cooler water", 0.0),
    )


def test_every_way_of_every_decision_of_the_bundled_pack_names_an_entry(pack: Pack) -> None:
    for decision in pack.decisions.values():
        reply = answers.conclusion(pack, decision, {})
        assert all(way.entry in pack.entries and way.answer for way in reply.branches)
        assert {slot for way in reply.branches for slot in way.when} <= set(decision.slots)
