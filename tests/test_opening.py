"""A question of its own: which decision it opens, what it keeps of what was said before, what comes back after it."""

from dataclasses import replace

import pytest

from tutor import Answer, Ask, Choose, Dialogue, Tutor
from tutor.opening import open_decision, stated_decision
from tutor.router import Route
from tutor.subject import Pack


def route_of(first: tuple[str, float], decisions: dict[str, float], inside: float, outside: float) -> Route:
    return Route((first,), "decline", 0, decisions, {}, inside, outside, inside, 1.0)


@pytest.mark.parametrize(
    ("share", "inside", "outside", "best", "decision"),
    [
        (0.9, 0.05, 0.05, 0.1, "which-tea"),
        (0.5, 0.4, 0.1, 0.95, "which-tea"),  # likelier than any topic
        (0.3, 0.5, 0.1, 0.5, "which-tea"),  # less likely, yet no entry is clear
        (0.3, 0.5, 0.1, 0.95, None),  # an entry is clear
        (0.1, 0.8, 0.0, 0.5, None),  # below a fifth of what is inside
        (0.3, 0.3, 0.4, 0.1, None),  # outside is likelier
        (0.2, 0.1, 0.1, 0.1, "which-tea"),
        (0.19, 0.1, 0.1, 0.1, None),  # likeliest of all, yet not likely
    ],
)
def test_a_decision_is_opened_by_its_share(
    tea_pack: Pack, share: float, inside: float, outside: float, best: float, decision: str | None
) -> None:
    route = route_of(("fact.green-tea", best), {"which-tea": share}, inside, outside)
    assert open_decision(tea_pack, route) == decision


@pytest.mark.parametrize(
    ("text", "filled", "best", "outside", "decision"),
    [
        ("Which fits at night?", {"hour": "night"}, 0.5, 0.1, "which-tea"),
        ("Should I?", {"hour": "morning", "guests": "many", "latency": "x"}, 0.5, 0.1, "which-tea"),
        ("What fits at night?", {"hour": "night"}, 0.5, 0.1, None),  # asks for no choice
        ("Which fits?", {"hour": "morning"}, 0.5, 0.1, None),  # the guests are still open
        ("Which fits?", {"latency": "x"}, 0.5, 0.1, None),  # no slot of the decision
        ("Which fits?", {}, 0.5, 0.1, None),
        ("Which fits at night?", {"hour": "night"}, 0.9, 0.1, None),  # an entry is clear
        ("Which fits at night?", {"hour": "night"}, 0.5, 0.8, None),  # outside is likelier
    ],
)
def test_a_decision_is_concluded_where_the_text_states_all_that_it_needs(
    tea_pack: Pack, text: str, filled: dict[str, str], best: float, outside: float, decision: str | None
) -> None:
    route = route_of(("fact.green-tea", best), {"which-tea": 0.1}, 0.7, outside)
    assert stated_decision(tea_pack, route, filled, text) == decision


def test_a_decision_about_another_topic_is_not_concluded(tea_pack: Pack) -> None:
    elsewhere = replace(tea_pack.entries["fact.green-tea"], topic="water", id="fact.water")
    pack = replace(tea_pack, entries={**tea_pack.entries, "fact.water": elsewhere})
    route = route_of(("fact.water", 0.5), {"which-tea": 0.1}, 0.7, 0.1)
    assert stated_decision(pack, route, {"hour": "night"}, "Which fits at night?") is None


def test_a_decision_that_the_pack_lacks_is_not_opened(tea_pack: Pack) -> None:
    route = route_of(("fact.green-tea", 0.1), {"which-coffee": 0.9}, 0.0, 0.0)
    assert open_decision(tea_pack, route) is None
    assert open_decision(tea_pack, route_of(("fact.green-tea", 0.1), {}, 0.0, 0.0)) is None


def test_a_new_decision_keeps_what_was_said_and_still_holds(tutor: Tutor) -> None:
    before = tutor.respond("How should I serve this model?", known={"data_size": "cluster", "latency": "scheduled"})
    assert isinstance(before.reply, Answer)
    turn = tutor.respond("Which framework should we train with?", before.dialogue)
    assert isinstance(turn.reply, Ask)
    assert (turn.reply.decision, turn.reply.slot) == ("training-framework", "algorithm")
    assert turn.reply.known == {"data_size": "cluster"}
    assert turn.reply.note == "I keep what you said: data size “Too much for one machine”."


@pytest.mark.parametrize(
    "said",
    [
        "Another team: which framework should they train with?",
        "A small company with a handful of people starts its first project. Which framework should they train with?",
    ],
)
def test_a_scenario_of_its_own_keeps_nothing(tutor: Tutor, said: str) -> None:
    before = tutor.respond("How should I serve this model?", known={"data_size": "cluster", "latency": "scheduled"})
    turn = tutor.respond(said, before.dialogue)
    assert turn.dialogue.decision == "training-framework"
    assert turn.dialogue.filled == {}


def test_the_same_decision_again_begins_anew(tea: Tutor) -> None:
    before = tea.respond("Which tea should I brew?", known={"hour": "night"})
    turn = tea.respond("Which tea should I brew?", before.dialogue)
    assert isinstance(turn.reply, Ask)
    assert turn.reply.known == {}


def test_a_side_question_is_answered_and_the_open_question_comes_back_once(tea: Tutor) -> None:
    dialogue = tea.respond("Which tea should I brew?").dialogue
    asides = []
    for _ in range(3):
        turn = tea.respond("How hot must the water be for green tea?", dialogue)
        assert isinstance(turn.reply, Answer)
        asides.append(turn.reply.open_question)
        dialogue = turn.dialogue
    assert asides == ["When will it be drunk?", None, None]
    assert dialogue.pending == "hour"
    assert isinstance(tea.respond("night", dialogue).reply, Answer)


def test_an_amount_near_the_border_is_asked_about_and_not_guessed(tutor: Tutor) -> None:
    opened = Dialogue(decision="training-framework", words={"data_size": "5 million rows"})
    turn = tutor.respond("spark ml", replace(opened, pending="algorithm", asked=("algorithm",)))
    assert isinstance(turn.reply, Ask)
    assert turn.reply.slot == "data_size"
    assert turn.reply.note == (
        "“5 million rows” lies between “It fits on one machine” and “Too much for one machine”, so I do not guess."
    )


def test_a_choice_that_is_offered_leaves_the_dialogue_as_it_was(tea: Tutor) -> None:
    before = tea.respond("Which tea should I brew?").dialogue
    turn = tea.respond("how hot is the pot?", before)
    assert isinstance(turn.reply, Choose)
    offered = tuple(option.entry for option in turn.reply.options)
    assert turn.dialogue == replace(before, offered=offered, reminded=True)
