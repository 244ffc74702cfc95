"""A value picked by a button does what the same words do, and corrects what was said before."""

import pytest

from tutor import Answer, Ask, Dialogue, Tutor
from tutor.errors import DialogueError, SlotError

_NO_PART = "is not part of what is being decided; ask the question again"


def asked(tea: Tutor, *said: str) -> Dialogue:
    turn = tea.respond("Which tea should I brew?")
    for words in said:
        turn = tea.respond(words, turn.dialogue)
    return turn.dialogue


@pytest.mark.parametrize(
    ("before", "slot", "value", "words"),
    [
        ((), "hour", "morning", "1"),
        ((), "hour", "night", "before sleep"),
        (("1",), "guests", "many", "2"),
        ((), "hour", None, "don't know"),
        ((), "hour", "*", "doesn't matter"),
        (("1",), "guests", None, "no idea"),
    ],
)
def test_a_picked_value_is_like_the_words_for_it(
    tea: Tutor, before: tuple[str, ...], slot: str, value: str | None, words: str
) -> None:
    dialogue = asked(tea, *before)
    picked, said = tea.pick(slot, value, dialogue), tea.respond(words, dialogue)
    assert picked.reply.text.replace("Before sleep", "before sleep") == said.reply.text.replace(
        "Before sleep", "before sleep"
    )
    assert picked.dialogue.filled == said.dialogue.filled
    assert (picked.dialogue.pending, picked.dialogue.unsure) == (said.dialogue.pending, said.dialogue.unsure)


def test_a_pick_corrects_what_was_settled_and_says_so(tea: Tutor) -> None:
    turn = tea.pick("hour", "night", asked(tea, "1", "2"))
    assert isinstance(turn.reply, Answer)
    assert turn.reply.entry == "trap.caffeine-at-night"
    assert turn.reply.note == "Changed: hour “Before sleep”. No longer counts: guests “A whole pot”."


def test_a_pick_for_another_slot_leaves_the_open_question_open(tea: Tutor) -> None:
    turn = tea.pick("hour", "morning", asked(tea, "1"))
    assert isinstance(turn.reply, Ask)
    assert turn.dialogue.pending == "guests"


@pytest.mark.parametrize(("value", "mark"), [(None, "unsure"), ("*", "filled")])
def test_what_was_settled_can_be_taken_back(tea: Tutor, value: str | None, mark: str) -> None:
    turn = tea.pick("hour", value, asked(tea, "1", "2"))
    assert "hour" in getattr(turn.dialogue, mark)
    assert turn.dialogue.values.get("hour") is None
    assert "hour" not in turn.dialogue.words


@pytest.mark.parametrize(
    ("dialogue", "slot", "value", "error"),
    [
        (Dialogue(), "hour", "night", f"slot hour {_NO_PART}"),
        (
            Dialogue("which-tea"),
            "milk",
            "some",
            f"slot milk {_NO_PART}",
        ),
        (Dialogue("which-tea"), "hour", "nigth", "slot hour has no value nigth; did you mean night?"),
    ],
)
def test_a_slot_or_value_that_is_not_there_is_an_error(
    tea: Tutor, dialogue: Dialogue, slot: str, value: str, error: str
) -> None:
    with pytest.raises(SlotError) as caught:
        tea.pick(slot, value, dialogue)
    assert str(caught.value) == error


def test_a_pick_in_a_dialogue_of_another_pack_is_an_error(tea: Tutor) -> None:
    with pytest.raises(DialogueError):
        tea.pick("hour", "night", Dialogue("which-coffee"))
