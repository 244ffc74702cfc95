"""The dialogue: pure, deterministic, survives a restart, and refuses what it cannot have saved."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from copy import deepcopy
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Answer, Ask, Chat, Choose, Decline, Dialogue, DialogueError, Tutor
from tutor.dialogue import Mind
from tutor.reply import Reply
from tutor.step import step
from tutor.text import LONGEST

SAID = [
    "Which tea should I brew?", "morning", "night", "1", "2", "one", "a whole pot", "don't know", "doesn't matter",
    "none of these", "back", "why?", "start over", "actually at night", "no, in the morning", "more", "sources",
    "How hot must the water be for green tea?", "leaves and water", "Green or black", "hello", "purple elephants",
    "What is the capital of Peru?", "Help me choose a tea for everybody", "", "???", "12 rows",
]  # fmt: skip
SLOTS = st.sampled_from(["hour", "guests"])
ENTRIES = st.sampled_from(["fact.green-tea", "pair.green-vs-black", "tip.breakfast-pot", "trap.caffeine-at-night"])
DIALOGUES = st.builds(
    Dialogue,
    decision=st.just("which-tea"),
    pending=st.none() | SLOTS,
    filled=st.fixed_dictionaries(
        {}, optional={"hour": st.sampled_from(["morning", "night", "*"]), "guests": st.sampled_from(["one", "many"])}
    ),
    words=st.dictionaries(SLOTS, st.text(max_size=60), max_size=2),
    unsure=st.lists(SLOTS, max_size=2).map(tuple),
    asked=st.lists(SLOTS, max_size=2).map(tuple),
    offered=st.lists(ENTRIES, max_size=3).map(tuple),
    entry=st.none() | ENTRIES,
    reminded=st.booleans(),
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
SAVED = Dialogue(decision="which-tea", pending="hour", asked=("hour",)).to_dict()


def talked(tutor: Tutor, *said: str) -> list[Reply]:
    replies, dialogue = [], Dialogue()
    for text in said:
        turn = tutor.respond(text, dialogue)
        replies.append(turn.reply)
        dialogue = turn.dialogue
    return replies


@settings(deadline=None, max_examples=60)
@given(dialogue=DIALOGUES, said=st.sampled_from(SAID) | st.text(max_size=60))
def test_the_same_words_in_the_same_dialogue_give_the_same_turn_and_change_nothing(
    tea: Tutor, dialogue: Dialogue, said: str
) -> None:
    before = deepcopy(dialogue)
    turn = tea.respond(said, dialogue)
    assert dialogue == before
    assert tea.respond(said, dialogue) == turn
    assert turn.reply.text


@settings(deadline=None, max_examples=40)
@given(said=st.lists(st.sampled_from(SAID), min_size=1, max_size=8))
def test_a_dialogue_kept_as_json_between_turns_goes_on_as_one_kept_in_memory(tea: Tutor, said: list[str]) -> None:
    dialogue = kept = Dialogue()
    for text in said:
        turn, again = tea.respond(text, dialogue), tea.respond(text, kept)
        assert again == turn
        dialogue, kept = turn.dialogue, Dialogue.from_dict(json.loads(json.dumps(again.dialogue.to_dict())))
        assert kept == dialogue


def test_eight_threads_get_the_replies_that_one_thread_gets(tea: Tutor) -> None:
    alone = talked(tea, *SAID)

    def talk(_: int) -> list[Reply]:
        return talked(tea, *SAID)

    with ThreadPoolExecutor(8) as threads:
        assert all(replies == alone for replies in threads.map(talk, range(8)))


@given(dialogue=DIALOGUES)
def test_a_dialogue_survives_json(dialogue: Dialogue) -> None:
    assert Dialogue.from_dict(json.loads(json.dumps(dialogue.to_dict()))) == dialogue


def test_a_saved_dialogue_is_written_out_in_full() -> None:
    dialogue = Dialogue(
        decision="which-tea",
        pending="guests",
        filled={"hour": "*"},
        words={"guests": "3 cups"},
        unsure=("hour",),
        asked=("hour", "guests"),
        offered=("fact.green-tea",),
        entry="x",
        reminded=True,
        pack="tea 1 0123456789ab",
    )
    assert dialogue.to_dict() == {
        "version": 2,
        "decision": "which-tea",
        "pending": "guests",
        "filled": {"hour": "*"},
        "words": {"guests": "3 cups"},
        "unsure": ["hour"],
        "asked": ["hour", "guests"],
        "offered": ["fact.green-tea"],
        "entry": "x",
        "reminded": True,
        "unread": False,
        "confidence": 1.0,
        "pack": "tea 1 0123456789ab",
    }


def test_a_dialogue_shares_nothing_with_what_it_was_read_from_or_saved_to() -> None:
    saved = {**SAVED, "filled": {"hour": "night"}}
    dialogue = Dialogue.from_dict(saved)
    saved["filled"]["guests"] = "many"
    dialogue.to_dict()["filled"]["guests"] = "many"
    assert dialogue.filled == {"hour": "night"}


def test_a_dialogue_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Dialogue().pending = "hour"  # type: ignore[misc]


@pytest.mark.parametrize(
    "saved",
    [
        {},
        [],
        None,
        "dialogue",
        7,
        {**SAVED, "version": 1},
        {**SAVED, "version": 3},
        {**SAVED, "version": None},
        {**SAVED, "extra": 1},
        *({key: value for key, value in SAVED.items() if key != lost} for lost in SAVED),
    ],
)
def test_what_was_not_saved_by_this_version_is_refused(saved: Any) -> None:
    with pytest.raises(DialogueError, match="this is not a saved dialogue of this version; start a new one"):
        Dialogue.from_dict(saved)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("decision", 1),
        ("decision", ["which-tea"]),
        ("pending", False),
        ("pending", {}),
        ("filled", None),
        ("filled", []),
        ("filled", {"hour": None}),
        ("filled", {"hour": ["night"]}),
        ("words", {"hour": 1}),
        ("words", ["hour"]),
        ("pack", 1),
        ("unsure", None),
        ("unsure", "hour"),
        ("unsure", {"hour": "hour"}),
        ("asked", [1]),
        ("asked", [None]),
        ("offered", "fact.green-tea"),
        ("offered", [["fact.green-tea"]]),
        ("entry", 3.5),
        ("reminded", None),
        ("confidence", None),
        ("confidence", 1),
        ("confidence", 1.5),
        ("reminded", 1),
        ("reminded", "no"),
    ],
)
def test_a_damaged_field_is_refused(name: str, value: Any) -> None:
    with pytest.raises(DialogueError, match="the saved dialogue is damaged; start a new one"):
        Dialogue.from_dict({**SAVED, name: value})


@settings(deadline=None)
@given(name=st.sampled_from(sorted(set(SAVED) - {"version"})), value=JSON_VALUES, said=st.sampled_from(SAID))
def test_any_damage_is_refused_or_does_no_harm(tea: Tutor, name: str, value: Any, said: str) -> None:
    with suppress(DialogueError):
        assert tea.respond(said, Dialogue.from_dict({**SAVED, name: value})).reply.text


@pytest.mark.parametrize(
    ("foreign", "missing"),
    [
        (Dialogue(decision="which-coffee"), "decision which-coffee"),
        (Dialogue(decision=""), "decision "),
        (Dialogue(pending="hour"), "slot hour"),
        (Dialogue(filled={"hour": "night"}), "slot hour"),
        (Dialogue(words={"hour": "late"}), "slot hour"),
        (Dialogue(decision="which-tea", pending="latency"), "slot latency in decision which-tea"),
        (Dialogue(decision="which-tea", filled={"latency": "night"}), "slot latency in decision which-tea"),
        (Dialogue(decision="which-tea", filled={"hour": "noon"}), "value noon of slot hour"),
        (Dialogue(decision="which-tea", asked=("latency",)), "slot latency in decision which-tea"),
        (Dialogue(decision="which-tea", unsure=("latency",)), "slot latency in decision which-tea"),
        (Dialogue(offered=("fact.espresso",)), "entry fact.espresso"),
        (Dialogue(entry="fact.espresso"), "entry fact.espresso"),
        (Dialogue(entry=""), "entry "),
    ],
)
@pytest.mark.parametrize("said", ["back", "1", "more", "start over"])
def test_a_dialogue_of_another_pack_is_refused_with_what_is_missing(
    tea: Tutor, foreign: Dialogue, missing: str, said: str
) -> None:
    with pytest.raises(DialogueError) as caught:
        tea.respond(said, replace(foreign, pack="tea 0 0123456789ab"))
    assert str(caught.value) == (
        f"the dialogue was saved under tea 0 0123456789ab; {tea.pack.stamp} has no {missing}; start a new one"
    )


def test_a_dialogue_saved_under_another_version_goes_on_while_all_it_names_is_there(tea: Tutor) -> None:
    dialogue = replace(tea.respond("Which tea should I brew?").dialogue, pack="tea 0 0123456789ab")
    reply = tea.respond("night", dialogue).reply
    assert isinstance(reply, Answer)
    assert reply.entry == "trap.caffeine-at-night"


def test_a_dialogue_of_the_bundled_pack_is_refused_by_the_tea_pack(tea: Tutor, tutor: Tutor) -> None:
    dialogue = tutor.respond("Which rollout do we need?").dialogue
    assert dialogue.decision == "rollout"
    with pytest.raises(DialogueError):
        tea.respond("1", dialogue)


def test_the_dialogue_says_what_is_settled_asked_and_open(tea: Tutor) -> None:
    first = tea.respond("Which tea should I brew?")
    sure = first.dialogue.confidence
    assert 0.5 < sure <= 1.0
    opened = Dialogue(decision="which-tea", confidence=sure, pack=tea.pack.stamp)
    assert first.dialogue == replace(opened, pending="hour", asked=("hour",))
    second = tea.respond("early", first.dialogue)
    asked = replace(opened, filled={"hour": "morning"}, words={"hour": "early"}, asked=("hour", "guests"))
    assert second.dialogue == replace(asked, pending="guests")
    third = tea.respond("one", second.dialogue)
    assert third.dialogue == replace(
        asked,
        filled={"hour": "morning", "guests": "one"},
        words={"hour": "early", "guests": "one"},
        entry="fact.green-tea",
    )


def test_a_question_carries_its_options_its_reason_and_what_is_known(tea: Tutor) -> None:
    reply = tea.respond("morning", tea.respond("Which tea should I brew?").dialogue).reply
    assert isinstance(reply, Ask)
    assert (reply.decision, reply.slot, reply.question) == ("which-tea", "guests", "How many cups are needed?")
    assert [(option.value, option.label) for option in reply.options] == [("one", "One cup"), ("many", "A whole pot")]
    assert reply.why == "The number of cups separates a pot from a cup."
    assert (reply.at_most, reply.known, reply.note) == (1, {"hour": "morning"}, None)


def test_not_knowing_gives_one_branch_for_every_way_it_can_end(tea: Tutor) -> None:
    reply = tea.respond("don't know", tea.respond("Which tea should I brew?").dialogue).reply
    assert isinstance(reply, Answer)
    assert [(dict(way.when), way.entry) for way in reply.branches] == [
        ({"hour": "morning", "guests": "one"}, "fact.green-tea"),
        ({"hour": "morning", "guests": "many"}, "tip.breakfast-pot"),
        ({"hour": "night"}, "trap.caffeine-at-night"),
    ]
    assert reply.flips == ()


def test_a_slot_that_does_not_matter_is_counted_out(tea: Tutor) -> None:
    turn = tea.respond("doesn't matter", tea.respond("Which tea should I brew?").dialogue)
    assert isinstance(turn.reply, Ask)
    assert (turn.reply.slot, turn.reply.at_most, turn.reply.known) == ("guests", 1, {})
    assert turn.dialogue.filled == {"hour": "*"}


@settings(deadline=None, max_examples=30)
@given(picks=st.lists(st.integers(1, 2), min_size=2, max_size=2))
def test_no_more_questions_follow_than_were_announced(tea: Tutor, picks: list[int]) -> None:
    turn = tea.respond("Which tea should I brew?")
    for pick in picks:
        if isinstance(turn.reply, Ask):
            announced = turn.reply.at_most
            turn = tea.respond(str(pick), turn.dialogue)
            assert isinstance(turn.reply, Answer) or turn.reply.at_most < announced  # type: ignore[union-attr]
    assert isinstance(turn.reply, Answer)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", "empty"),
        (" \t\n ", "empty"),
        ("?!…", "empty"),
        ("\ud800", "empty"),
        ("\u200b\u200b", "empty"),
        ("tea " * 25_000, "too-long"),
        ("x" * (LONGEST + 1), "too-long"),
    ],
)
@pytest.mark.parametrize("opened", [False, True])
def test_what_holds_no_question_is_declined_and_changes_nothing(
    tea: Tutor, said: str, reason: str, opened: bool
) -> None:
    dialogue = tea.respond("Which tea should I brew?").dialogue if opened else Dialogue()
    turn = tea.respond(said, dialogue)
    assert turn.dialogue == dialogue
    assert isinstance(turn.reply, Decline)
    assert (turn.reply.reason, turn.reply.nearest) == (reason, ())


def test_the_longest_text_is_read(tea: Tutor) -> None:
    turn = tea.respond("x" * LONGEST)
    assert isinstance(turn.reply, Decline)
    assert turn.reply.reason == "unknown-words"


@settings(deadline=None, max_examples=60)
@given(said=st.text(st.characters(codec=None), max_size=200), dialogue=DIALOGUES)
def test_any_text_gets_a_reply_that_json_can_hold(tea: Tutor, said: str, dialogue: Dialogue) -> None:
    turn = tea.respond(said, dialogue)
    assert json.loads(json.dumps(turn.reply.to_dict()))["text"] == turn.reply.text
    assert Dialogue.from_dict(turn.dialogue.to_dict()) == turn.dialogue
    assert len(turn.candidates) <= 5


def test_values_given_beside_the_text_settle_a_question(tea: Tutor) -> None:
    turn = tea.respond("Which tea should I brew?", known={"hour": "Before sleep"})
    assert isinstance(turn.reply, Answer)
    assert turn.reply.because == {"hour": "night"}


def test_values_of_other_decisions_are_left_out(tea: Tutor) -> None:
    turn = tea.respond("Which tea should I brew?", known={"guests": "many"})
    assert isinstance(turn.reply, Ask)
    assert turn.reply.known == {"guests": "many"}
    assert turn.dialogue.asked == ("hour",)


def test_a_conclusion_is_as_sure_as_the_question_was_understood(tea: Tutor) -> None:
    first = tea.respond("Which tea should I brew?")
    second = tea.respond("night", first.dialogue)
    assert isinstance(second.reply, Answer)
    assert second.reply.confidence == first.dialogue.confidence < 1.0
    unsure = tea.respond("don't know", first.dialogue).reply
    assert isinstance(unsure, Answer)
    assert unsure.confidence == first.dialogue.confidence
    assert tea.answer_row("Which tea should I brew?").confidence == first.dialogue.confidence


@pytest.mark.parametrize(("near", "count"), [(0.0, 3), (1.0, 0)])
def test_a_declined_question_is_told_what_is_near_by_the_bar(tea: Tutor, near: float, count: int) -> None:
    bars = replace(tea.pack.about.bars, near=near)
    about = replace(tea.pack.about, bars=bars)
    mind = Mind(replace(tea.pack, about=about), tea._mind.router)
    reply = step(mind, Dialogue(), "What is the capital of Peru?").reply
    assert isinstance(reply, Decline)
    assert len(reply.nearest) == count


@pytest.mark.parametrize("said", ["What is the capital of Peru?", "qwertz uiop", "How fine do I grind espresso?"])
def test_a_declined_question_names_nothing_that_is_not_near(tea: Tutor, said: str) -> None:
    turn = tea.respond(said)
    assert isinstance(turn.reply, Decline)
    assert turn.reply.nearest == tuple(one for one in turn.candidates[:3] if one.confidence >= 0.05)


def test_candidates_come_with_what_was_routed_and_not_with_moves(tea: Tutor) -> None:
    asked = tea.respond("Which tea should I brew?")
    assert len(asked.candidates) == 4
    assert [one.confidence for one in asked.candidates] == sorted(
        (c.confidence for c in asked.candidates), reverse=True
    )
    assert tea.respond("back", asked.dialogue).candidates == ()
    assert tea.respond("night", asked.dialogue).candidates == ()


def test_every_kind_of_reply_can_be_had(tea: Tutor) -> None:
    said = ["hello", "how hot is the pot", "What is the capital of Peru?", "Which tea should I brew?", "night"]
    assert [type(reply) for reply in talked(tea, *said)] == [Chat, Choose, Decline, Ask, Answer]
