"""What comes of buttons: in place, twice, late, out of order, by others, after a restart."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fronts.slack.desk import PRESSED, SAID, Desk, buttons, names
from tutor import Candidate, Decline, Dialogue, Tutor
from tutor.dialogue import Turn
from tutor.fronts.slack.answered import Choice, Forget, Vote
from tutor.fronts.slack.answering import Asked
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.pressing import pressed
from tutor.fronts.slack.speaking import tell
from tutor.render.carried import unpacked

GREEN = Candidate("fact.green-tea", "Green tea wants cooler water", 0.4)
_NOT_OURS = "the dialogue was not of this pack"
HIDDEN: dict[str, Any] = {"only_me": True, "shown": None}


@pytest.fixture
def desk(tea: Tutor) -> Desk:
    desk = Desk(tea)
    desk.says("Which tea should I brew?")
    return desk


def test_a_pressed_button_turns_into_the_chosen_answer_and_the_next_question_follows(desk: Desk) -> None:
    desk.presses("In the morning", message="2.0")
    assert desk.methods == ["chat.update", "chat.postMessage"]
    turned, asked = desk.calls
    assert (turned.arguments["channel"], turned.arguments["ts"]) == ("C1", "2.0")
    assert turned.arguments["text"] == "When will it be drunk?\n✓ In the morning"
    assert names(turned) == ["question", "chosen"]
    assert turned.arguments["blocks"][1]["elements"][0]["text"] == "✓ In the morning (<@U1>)"
    assert asked.arguments["text"].startswith("How many cups")


@pytest.mark.parametrize(("button", "label"), [("Don't know", "Don't know"), ("Doesn't matter", "Doesn't matter")])
def test_not_knowing_and_not_caring_are_answers_too(desk: Desk, button: str, label: str) -> None:
    desk.presses(button)
    assert desk.texts[0].endswith(f"✓ {label}")
    assert len(desk.calls) == 2


def test_a_note_above_a_question_stays_when_it_is_answered(desk: Desk) -> None:
    desk.presses("In the morning")
    desk.says("back")
    desk.says("why")
    assert names(desk.calls[0])[:2] == ["note", "question"]
    desk.presses("Before sleep")
    assert names(desk.calls[0]) == ["note", "question", "chosen"]


def test_the_same_press_twice_is_answered_once(desk: Desk) -> None:
    first = desk.calls[-1]
    assert len(desk.presses("In the morning", of=first).told) == 2
    again = desk.presses("In the morning", of=first)
    assert [told.call.method for told in again.told] == ["chat.update"]
    assert again.kept is None


def test_an_old_button_corrects_what_was_said_before(desk: Desk) -> None:
    first = desk.calls[-1]
    desk.presses("In the morning", of=first)
    desk.presses("A whole pot")
    desk.presses("Before sleep", of=first)
    assert desk.texts[-1].startswith("Changed: hour “Before sleep”. No longer counts: guests “A whole pot”.")
    assert desk.kept.dialogue.entry == "trap.caffeine-at-night"


def test_a_button_of_what_was_typed_in_the_meantime_changes_nothing(desk: Desk) -> None:
    first = desk.calls[-1]
    desk.says("in the morning")
    desk.presses("In the morning", of=first)
    assert desk.methods == ["chat.update"]
    assert desk.kept.dialogue.pending == "guests"


def test_an_old_button_works_when_nothing_is_kept_of_the_dialogue(desk: Desk) -> None:
    desk.presses("In the morning")
    second = desk.calls[-1]
    desk.kept = Kept()
    desk.presses("A whole pot", of=second)
    assert desk.kept.dialogue.entry == "tip.breakfast-pot"
    assert desk.kept.dialogue.filled == {"hour": "morning", "guests": "many"}


def test_an_old_button_works_after_another_question_was_asked(desk: Desk) -> None:
    first = desk.calls[-1]
    desk.presses("Before sleep", of=first)
    desk.says("Why is green tea bitter?")
    desk.presses("In the morning", of=first)
    assert desk.kept.dialogue.pending == "guests"


def test_whoever_presses_is_named_but_not_in_a_direct_message(desk: Desk) -> None:
    first = desk.calls[-1]
    desk.presses("In the morning", of=first, user="U2")
    assert "<@U2>" in str(desk.calls[0].arguments["blocks"])
    desk.kept = Kept()
    desk.presses("In the morning", of=first, channel="D1")
    assert "<@" not in str(desk.calls[0].arguments["blocks"])


def test_what_only_one_user_sees_is_turned_and_answered_through_its_own_address(desk: Desk) -> None:
    desk.presses("In the morning", **HIDDEN)
    assert desk.methods == ["respond", "respond"]
    assert [call.arguments["replace_original"] for call in desk.calls] == [True, False]
    assert {call.url for call in desk.calls} == {"https://hooks.example.org/1"}
    assert names(desk.calls[0]) == ["question", "chosen"]


@pytest.mark.parametrize(
    ("button", "block"),
    [("Why?", "why"), ("Show sources", "source"), ("What would change this?", "flips")],
)
def test_what_an_answer_holds_back_opens_in_its_place(desk: Desk, button: str, block: str) -> None:
    desk.says("night")
    before = desk.calls[-1]
    desk.presses(button)
    assert desk.methods == ["chat.update"]
    after = desk.calls[-1]
    assert after.arguments["text"] == before.arguments["text"]
    assert block in names(after)
    assert button not in buttons(after)
    assert set(names(before)) < set(names(after))
    assert desk.last.kept is None


def test_all_that_is_held_back_can_be_opened_one_after_the_other(desk: Desk) -> None:
    desk.says("night")
    for button in ("Show sources", "What would change this?", "Why?"):
        desk.presses(button)
    assert list(buttons(desk.calls[-1])) == ["Try 1", "Try 2", "Helpful", "Not helpful"]
    assert names(desk.calls[-1])[-6:] == ["source", "flips", "indifferent", "tries", "why", "under"]


def test_what_is_opened_below_a_whisper_is_whispered_too(desk: Desk) -> None:
    desk.says("night")
    desk.presses("Why?", **HIDDEN)
    (call,) = desk.calls
    assert (call.method, call.arguments["text"]) == ("respond", "Why: Caffeine works for hours.")


def test_an_answer_of_long_ago_opens_though_the_thread_went_on(desk: Desk) -> None:
    desk.says("night")
    old = desk.calls[-1]
    desk.says("Why is green tea bitter?")
    desk.presses("Why?", of=old)
    assert "Caffeine works for hours" in str(desk.calls[-1].arguments["blocks"])


def test_a_change_can_be_tried(desk: Desk) -> None:
    desk.says("night")
    desk.presses("What would change this?")
    desk.presses("Try 1")
    assert desk.methods == ["chat.postMessage"]
    assert desk.texts[0].startswith("Changed: hour “In the morning”.")
    assert desk.kept.dialogue.entry == "fact.green-tea"


def test_a_choice_is_turned_into_what_was_chosen(desk: Desk) -> None:
    desk.says("start over")
    desk.says("kettle")
    offered = desk.calls[-1]
    desk.presses("Green or black")
    assert desk.methods == ["chat.update", "chat.postMessage"]
    assert desk.texts[0] == "Which of these do you mean?\n✓ Green or black"
    assert desk.kept.dialogue.entry == "pair.green-vs-black"
    desk.presses("Green or black", of=offered)
    assert desk.methods == ["chat.update"]


def test_what_was_near_long_ago_can_still_be_picked_and_stays_to_be_picked(desk: Desk) -> None:
    turn = Turn(Decline((GREEN,), "out-of-scope"), Dialogue())
    (near,) = tell(SAID, turn, "", lambda number: f"m.{number}", desk.settings, private=False)
    desk.presses("Green tea wants cooler water", of=near.call)
    assert desk.methods == ["chat.postMessage"]
    assert desk.texts[0].startswith("Green tea wants cooler water")
    assert desk.presses("Green tea wants cooler water", of=near.call).told == ()


@pytest.mark.parametrize(("button", "helpful"), [("Helpful", True), ("Not helpful", False)])
def test_a_vote_is_noted_in_private(desk: Desk, button: str, helpful: bool) -> None:
    desk.says("night")
    voted = desk.presses(button)
    assert voted.noted == Vote("m.0", helpful=helpful)
    assert desk.methods == ["chat.postEphemeral"] if helpful else ["views.open"]
    assert voted.kept is None


def test_the_form_for_a_reason_knows_its_message_and_comes_in_words_when_it_is_too_late(desk: Desk) -> None:
    desk.says("night")
    desk.presses("Not helpful")
    (call,) = desk.calls
    assert call.arguments["trigger_id"] == "7.8"
    assert call.arguments["view"]["private_metadata"] == "m.0"
    assert call.otherwise
    assert call.otherwise.method == "chat.postEphemeral"


def test_a_shared_answer_names_who_asked_what_and_carries_no_private_thread(desk: Desk) -> None:
    desk.says("night", kind="command", only_me=True, reply_url="https://hooks.example.org/2", post_in=None)
    desk.presses("Share in channel", **HIDDEN, post_in=None)
    (call,) = desk.calls
    assert (call.method, call.arguments["channel"]) == ("chat.postMessage", "C1")
    assert call.arguments["blocks"][0]["elements"][0]["text"] == "<@U1> asked: Which tea should I brew?"
    assert "thread_ts" not in call.arguments
    assert call.otherwise
    assert call.otherwise.arguments["response_type"] == "in_channel"
    assert {unpacked(button["value"]).thread for button in buttons(call).values()} == {""}


@pytest.mark.parametrize(
    ("value", "private"), [("yes", True), ("no", False)],
)  # fmt: skip
def test_the_home_keeps_whether_answers_are_private(desk: Desk, value: str, private: bool) -> None:
    done = press(desk, action="tutor_private", value=value)
    assert done.noted == Choice({"private": private})
    assert [told.call.method for told in done.told] == ["views.publish"]


def test_who_wants_to_be_forgotten_sees_that_it_is_done(desk: Desk) -> None:
    done = press(desk, action="tutor_forget", value="forget")
    assert done.noted == Forget()
    assert "deleted" in str(done.told[0].call.arguments["view"])


@pytest.mark.parametrize(
    ("action", "value", "told"),
    [
        ("tutor_pick_1", "7", "this button is of another version; ask again."),
        ("tutor_pick_1", '{"thread": "T1/C1/1.0"}', "this button is of another version; ask again."),
        ("tutor_fly", '{"thread": "T1/C1/1.0"}', "this button is of another version; ask again."),
        ("tutor_pick_1", '{"entry": "fact.coffee"}', "there is no entry fact.coffee"),
        ("tutor_pick_1", '{"slot": "milk"}', "slot milk is not part of what is being decided; ask the question again."),
        (
            "tutor_pick_1",
            '{"slot": "hour", "dialogue": {"decision": "which-coffee"}}',
            _NOT_OURS,
        ),
        ("tutor_open_why", '{"dialogue": {"entry": "fact.coffee"}}', _NOT_OURS),
        ("tutor_open_why", "{}", "this answer cannot be shown any more; ask again."),
    ],
)
def test_a_button_that_cannot_be_taken_any_more_says_so_in_private(
    desk: Desk, action: str, value: str, told: str
) -> None:
    done = press(desk, action=action, value=value)
    (said,) = [told.call for told in done.told]
    assert (said.method, said.arguments["user"]) == ("chat.postEphemeral", "U1")
    assert said.arguments["text"].startswith(told)
    assert done.kept is None


def press(desk: Desk, **fields: Any) -> Any:
    """Return what comes of a press that no message of the desk shows."""
    asked = Asked(replace(PRESSED, **fields), desk.kept, {}, lambda number: f"m.{number}")
    return pressed(desk.tutor, asked, desk.settings)
