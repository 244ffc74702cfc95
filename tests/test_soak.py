"""Whatever is said, in whatever order: a reply on every surface, a small state, no exception, no endless loop."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tutor import Answer, Ask, Dialogue, Tutor
from tutor.asking import go_on
from tutor.render.plain import plain

MOVES = [
    "1", "2", "3", "9", "don't know", "doesn't matter", "none of these", "back", "why?", "start over", "sources",
    "more", "example", "which source says so?", "hello", "thanks", "What is the capital of Peru?", "qwertz uiop", "???",
    "", "actually the first one", "no, the second", "what about the other one?", "why not?",
    "and if it is the opposite?", "50M rows", "within seconds", "at most 3 hours", "5 percent",
    "between 2 and 4 million rows",
]  # fmt: skip
LARGEST = 4096  #: bytes of a saved dialogue


def sayings(tutor: Tutor) -> list[str]:
    """Return what can be said about a pack: openings by title, values in every wording, rivals, corrections."""
    slots = tutor.pack.slots.values()
    spoken = [word for slot in slots for value in slot.values.values() for word in (value.label, *value.replies[:2])]
    titles = [decision.title for decision in tutor.pack.decisions.values()]
    entries = [entry.title for entry in list(tutor.pack.entries.values())[::7]]
    return [
        *MOVES, *spoken,
        *(f"actually {word}" for word in spoken[::3]), *(f"what about {word}?" for word in spoken[::5]),
        *(f"{title}: which should we take?" for title in titles), *(f"What about {title}?" for title in entries),
    ]  # fmt: skip


def lead(tutor: Tutor, said: list[str]) -> None:
    """Say everything; after each turn the state is small, survives JSON, and every reply can be shown."""
    dialogue = Dialogue()
    for text in said:
        turn = tutor.respond(text, dialogue)
        saved = json.dumps(turn.dialogue.to_dict())
        assert len(saved.encode()) < LARGEST
        dialogue = Dialogue.from_dict(json.loads(saved))
        assert dialogue == turn.dialogue
        assert plain(turn.reply, width=40).strip()
        assert json.dumps(turn.reply.to_dict())
        if isinstance(turn.reply, Ask):
            assert turn.reply.slot == turn.dialogue.pending
            assert turn.reply.slot not in turn.reply.known
            assert 1 <= turn.reply.at_most <= 3


@pytest.mark.parametrize("name", ["tea", "tutor"])
@pytest.mark.parametrize("part", range(5))
def test_a_hundred_dialogues_of_twenty_turns_end_well(request: pytest.FixtureRequest, name: str, part: int) -> None:
    tutor: Tutor = request.getfixturevalue(name)
    said = sayings(tutor)

    @settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.sampled_from(said) | st.text(max_size=80), min_size=20, max_size=20))
    def dialogues(turns: list[str]) -> None:
        lead(tutor, turns)

    dialogues()


def always(word: str) -> Callable[[Ask], str]:
    return lambda _: word


@pytest.mark.parametrize(
    "habit",
    [always("1"), always("2"), always("don't know"), always("doesn't matter"), lambda ask: ask.options[-1].label],
)
def test_every_decision_of_the_bundled_pack_ends_within_three_questions(
    tutor: Tutor, habit: Callable[[Ask], str]
) -> None:
    for name in tutor.pack.decisions:
        turn = go_on(tutor._mind, Dialogue(decision=name))
        asked = []
        while isinstance(turn.reply, Ask):
            asked.append(turn.reply.slot)
            turn = tutor.respond(habit(turn.reply), turn.dialogue)
        assert isinstance(turn.reply, Answer), name
        assert len(asked) == len(set(asked)) <= 3
