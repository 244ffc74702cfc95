"""One step: values by label, borders, corrections and what they leave, moves at any time."""

import pytest

from tests.test_dialogue import talked
from tutor import Answer, Ask, Chat, Choose, Decline, Dialogue, SlotError, Tutor
from tutor.step import known_values
from tutor.subject import Pack


@pytest.mark.parametrize("said", ["night", "NIGHT", "Before sleep", "before-sleep"])
def test_a_value_is_known_by_its_id_or_label(tea_pack: Pack, said: str) -> None:
    assert known_values(tea_pack, {"hour": said}) == {"hour": "night"}


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ({"our": "night"}, "there is no slot our; did you mean hour?"),
        ({"zzz": "night"}, "there is no slot zzz; known: guests, hour"),
        ({"hour": "nigth"}, "slot hour has no value nigth; did you mean night?"),
        ({"hour": "7"}, "slot hour has no value 7; known: morning, night"),
    ],
)
def test_a_slot_or_value_that_does_not_exist_is_named_with_the_nearest(
    tea: Tutor, tea_pack: Pack, known: dict[str, str], message: str
) -> None:
    with pytest.raises(SlotError) as caught:
        known_values(tea_pack, known)
    assert str(caught.value) == message
    with pytest.raises(SlotError, match="slot"):
        tea.respond("Which tea should I brew?", known=known)


def rollout(tutor: Tutor, *said: str) -> Dialogue:
    """Return the dialogue about a rollout after *said*."""
    turn = tutor.respond("Which rollout do we need?")
    for text in said:
        turn = tutor.respond(text, turn.dialogue)
    return turn.dialogue


def answered(tutor: Tutor, dialogue: Dialogue, said: str) -> Answer:
    reply = tutor.respond(said, dialogue).reply
    assert isinstance(reply, Answer), reply
    return reply


def test_an_answer_names_the_values_that_decided_with_the_words_that_said_so(tutor: Tutor) -> None:
    reply = answered(tutor, rollout(tutor, "only our own employees at first"), "it may take a while")
    assert reply.because == {"exposure": "few", "rollback": "gradual"}
    assert reply.said["rollback"] == "may take a while"
    assert "employees" in reply.said["exposure"]
    assert "You said: exposure “" in reply.text
    assert reply.verdict == "Canary"


def test_a_number_is_told_by_the_label_it_stands_for(tutor: Tutor) -> None:
    assert answered(tutor, rollout(tutor, "1"), "1").said == {"exposure": "Everyone may", "rollback": "Within seconds"}


def test_an_amount_near_the_border_gives_the_answer_for_both_sides_and_no_second_question(tutor: Tutor) -> None:
    asked = tutor.respond("Which framework should we train with?")
    assert isinstance(asked.reply, Ask)
    turn = tutor.respond("4 million rows", asked.dialogue)
    assert isinstance(turn.reply, Answer)
    assert turn.reply.note is not None
    assert turn.reply.note.startswith("“4 million rows” lies between")
    assert {way.when["data_size"] for way in turn.reply.branches} == {"one-machine", "cluster"}
    assert isinstance(tutor.respond("rather one machine", turn.dialogue).reply, Answer)


def test_a_correction_says_what_changed_and_what_still_counts(tutor: Tutor) -> None:
    reply = answered(tutor, rollout(tutor, "everyone", "within seconds"), "actually only a few")
    assert reply.note == "Changed: exposure “Only a few at first”. Still counts: rollback “Within seconds”."


def test_a_correction_says_what_no_longer_counts(tutor: Tutor) -> None:
    reply = answered(tutor, rollout(tutor, "everyone", "within seconds"), "actually nobody")
    assert reply.note == "Changed: exposure “Nobody”. No longer counts: rollback “Within seconds”."
    assert reply.entry == "fact.shadow"
    assert reply.indifferent == ("rollback",)
    assert "Does not matter here: rollback" in reply.text


def test_changing_back_finds_the_other_answer_as_it_was(tutor: Tutor) -> None:
    there = rollout(tutor, "everyone", "within seconds", "actually nobody")
    assert answered(tutor, there, "no, everyone").because == {"exposure": "everyone", "rollback": "instant"}


@pytest.mark.parametrize(
    "said", ["gradual is fine", "and if rollback can be slow?", "what if it may take a while?", "Step by step is fine"]
)
def test_after_the_answer_a_value_changes_it(tutor: Tutor, said: str) -> None:
    reply = answered(tutor, rollout(tutor, "everyone", "within seconds"), said)
    assert reply.because == {"exposure": "everyone", "rollback": "gradual"}


def test_after_the_answer_a_question_of_its_own_is_no_correction(tutor: Tutor) -> None:
    reply = answered(tutor, rollout(tutor, "everyone", "within seconds"), "What is shadow deployment?")
    assert (reply.entry, reply.because) == ("fact.shadow", {})


def test_every_flip_is_true(tutor: Tutor) -> None:
    there = rollout(tutor, "only a few", "within seconds")
    reply = tutor.respond("why", there).reply
    assert isinstance(reply, Answer)
    assert reply.flips
    for flip in reply.flips:
        label = tutor.pack.slots[flip.slot].values[flip.value].label
        assert answered(tutor, there, f"actually {label}").entry == flip.entry


def test_an_example_is_given_for_every_value_of_the_open_question(tea: Tutor) -> None:
    turn = tea.respond("for example?", tea.respond("Which tea should I brew?").dialogue)
    assert isinstance(turn.reply, Ask)
    assert turn.reply.note == ("For example: “at breakfast” means “In the morning”; “before bed” means “Before sleep”.")


def test_an_example_of_an_answer_is_a_scenario(tutor: Tutor) -> None:
    dialogue = tutor.respond("What is shadow deployment?").dialogue
    reply = tutor.respond("give me an example", dialogue).reply
    assert isinstance(reply, Chat)
    assert reply.said.startswith("For example: ")


def test_more_offers_what_is_related_and_a_number_picks_it(tutor: Tutor) -> None:
    dialogue = tutor.respond("What is shadow deployment?").dialogue
    turn = tutor.respond("more", dialogue)
    assert isinstance(turn.reply, Choose)
    assert [option.entry for option in turn.reply.options] == list(tutor.pack.entries["fact.shadow"].see_also)
    picked = answered(tutor, turn.dialogue, "1")
    assert picked.entry == turn.reply.options[0].entry


@pytest.mark.parametrize("said", ["back", "why?", "more", "sources", "example"])
def test_a_move_with_nothing_open_says_so(tea: Tutor, said: str) -> None:
    [reply] = talked(tea, said)
    assert isinstance(reply, Chat)
    assert reply.said.startswith("There is nothing open")


def test_none_of_these_declines_and_names_the_overview(tea: Tutor) -> None:
    turn = tea.respond("none of these", tea.respond("Which tea should I brew?").dialogue)
    assert isinstance(turn.reply, Decline)
    assert turn.dialogue == Dialogue()


def test_going_back_keeps_what_else_was_said(tutor: Tutor) -> None:
    dialogue = rollout(tutor, "everyone", "within seconds")
    turn = tutor.respond("back", dialogue)
    assert isinstance(turn.reply, Ask)
    assert (turn.reply.slot, turn.reply.known) == ("rollback", {"exposure": "everyone"})
    turn = tutor.respond("back", turn.dialogue)
    assert isinstance(turn.reply, Ask)
    assert turn.reply.slot == "exposure"
    assert tutor.respond("back", turn.dialogue).dialogue == Dialogue()


@pytest.mark.parametrize("said", ["4", "-1", "99", "0", "1,2"])
def test_a_number_that_is_no_option_is_no_value(tutor: Tutor, said: str) -> None:
    turn = tutor.respond(said, rollout(tutor))
    assert isinstance(turn.reply, Ask)
    assert turn.dialogue.filled == {}


@pytest.mark.parametrize("said", ["100 seconds", "5 minutes"])
def test_an_amount_for_another_slot_is_no_value_of_the_open_one(tutor: Tutor, said: str) -> None:
    turn = tutor.respond(said, rollout(tutor))
    assert "exposure" not in turn.dialogue.filled
    assert "rollback" not in turn.dialogue.filled


@pytest.mark.parametrize(
    ("said", "denied"),
    [("we don't want to show it to everyone", "everyone"), ("not everyone", "everyone"), ("not nobody", "nobody")],
)
def test_a_denied_value_is_never_taken(tutor: Tutor, said: str, denied: str) -> None:
    assert tutor.respond(said, rollout(tutor)).dialogue.filled.get("exposure") != denied


def test_a_denial_that_leaves_several_is_told_back(tutor: Tutor) -> None:
    asked = tutor.respond("which drift test?")
    reply = tutor.respond("not numerical", asked.dialogue).reply
    assert isinstance(reply, Ask)
    assert reply.note == "So not “Numerical”. Which of the others?"


def test_a_denial_after_the_answer_does_not_set_what_it_denies(tutor: Tutor) -> None:
    dialogue = tutor.respond("don't know", tutor.respond("Which monitor profile do I need?").dialogue).dialogue
    assert tutor.respond("not predictions", dialogue).dialogue.filled.get("monitored") != "endpoint-predictions"


def test_an_amount_near_the_border_is_kept_beside_another_value(tutor: Tutor) -> None:
    asked = tutor.respond("Which framework should we train with?")
    turn = tutor.respond("5 million rows and xgboost", asked.dialogue)
    assert isinstance(turn.reply, Answer)
    assert turn.dialogue.words["data_size"] == "5 million rows"
    assert turn.dialogue.filled == {"algorithm": "single-node-library"}
    assert {tuple(way.when) for way in turn.reply.branches} == {("data_size",)}


def test_an_offer_holds_for_one_turn(tutor: Tutor) -> None:
    offered = tutor.respond("more", tutor.respond("What is shadow deployment?").dialogue)
    assert offered.dialogue.offered
    assert tutor.respond("hello", offered.dialogue).dialogue.offered == ()


def test_not_knowing_beside_an_offer_shows_it_again(tutor: Tutor) -> None:
    offered = tutor.respond("more", tutor.respond("What is shadow deployment?").dialogue)
    again = tutor.respond("don't know", offered.dialogue)
    assert isinstance(again.reply, Choose)
    assert again.dialogue.offered == offered.dialogue.offered


def test_a_side_question_that_is_declined_or_offered_brings_the_open_question_back(tutor: Tutor) -> None:
    turn = tutor.respond("What is the capital of France?", rollout(tutor))
    assert isinstance(turn.reply, Decline)
    assert turn.reply.open_question is not None
    assert turn.reply.text.endswith(f"Still open: {turn.reply.open_question}")
    again = tutor.respond("What is the capital of Peru?", turn.dialogue).reply
    assert isinstance(again, Decline)
    assert again.open_question is None


def test_after_going_back_the_answer_given_before_is_no_longer_argued_with(tutor: Tutor) -> None:
    turn = tutor.respond("back", rollout(tutor, "everyone", "within seconds"))
    assert turn.dialogue.entry is None


@pytest.mark.parametrize("said", ["option 2", "the second one", "2"])
def test_after_the_answer_an_option_of_the_last_question_corrects_it(tutor: Tutor, said: str) -> None:
    reply = answered(tutor, rollout(tutor, "everyone", "within seconds"), said)
    assert reply.because == {"exposure": "everyone", "rollback": "gradual"}


@pytest.mark.parametrize(
    "said", ["nobody knows", "nobody told me", "they don't mention it", "the stem is silent on that"]
)
def test_what_nobody_says_is_not_known(tutor: Tutor, said: str) -> None:
    assert len(answered(tutor, rollout(tutor), said).branches) > 1


def test_a_reply_that_takes_itself_back_counts_as_it_ends(tutor: Tutor) -> None:
    turn = tutor.respond("everyone. Wait, only a few at first", rollout(tutor))
    assert turn.dialogue.filled["exposure"] == "few"


def test_what_cannot_be_read_three_times_gets_every_case(tutor: Tutor) -> None:
    dialogue = rollout(tutor)
    kinds = []
    for _ in range(3):
        turn = tutor.respond("qwertz uiop", dialogue)
        dialogue = turn.dialogue
        kinds.append(turn.reply.reply)
    assert kinds == ["ask", "ask", "answer"]


def test_known_values_without_words_settle_the_open_slot_and_ask_on(tea: Tutor) -> None:
    turn = tea.respond("Which tea should I brew?")
    turn = tea.respond("", turn.dialogue, known={"hour": "In the morning"})
    assert isinstance(turn.reply, Ask)
    assert (turn.reply.slot, dict(turn.reply.known)) == ("guests", {"hour": "morning"})
    assert turn.dialogue.words == {"hour": "In the morning"}


def test_known_values_without_words_correct_what_was_said(tea: Tutor) -> None:
    dialogue = tea.respond("I want one cup before noon. Which tea should I brew?").dialogue
    turn = tea.respond(" ", dialogue, known={"hour": "night"})
    assert isinstance(turn.reply, Answer)
    assert turn.reply.entry == "trap.caffeine-at-night"
    assert turn.reply.note == "Changed: hour “Before sleep”. No longer counts: guests “One cup”."


@pytest.mark.parametrize("opened", ["hello", "How should I serve this model?"])
def test_known_values_without_words_say_nothing_where_they_do_not_count(tutor: Tutor, opened: str) -> None:
    dialogue = tutor.respond(opened).dialogue
    turn = tutor.respond("", dialogue, known={"rollback": "instant"})
    assert isinstance(turn.reply, Decline)
    assert (turn.reply.reason, turn.dialogue) == ("empty", dialogue)
