"""The conversation on the README's first screen is what the tutor says, line for line."""

import re
import textwrap
from pathlib import Path

from tutor import Dialogue, Tutor
from tutor.render.plain import plain

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
WIDTH = 100


def conversation() -> list[tuple[str, str]]:
    """Return what the learner says and what the README has the tutor reply."""
    found = re.search(r"```console\n\$ tutor\n(.*?)```", README, re.DOTALL)
    assert found
    turns = [part.partition("\n") for part in found[1].split("you> ")[1:]]
    return [(said, reply.rstrip()) for said, _, reply in turns]


def test_the_first_conversation_is_what_the_tutor_says_to_the_letter(tutor: Tutor) -> None:
    dialogue = Dialogue()
    for said, shown in conversation():
        turn = tutor.respond(said, dialogue)
        assert plain(turn.reply, width=WIDTH) == shown
        dialogue = turn.dialogue


def test_the_first_conversation_asks_then_answers_with_citation_distractor_and_practice_note() -> None:
    replies = [shown for _, shown in conversation()]
    assert [shown.splitlines()[0][-1] == "?" for shown in replies] == [True, True, False]
    assert all(part in replies[-1] for part in ("Source: ", "Tempting, but wrong: ", "In practice: "))


def test_the_first_screen_names_the_two_commands() -> None:
    assert textwrap.dedent(README).index("make chat") < README.index("## ")
    assert README.index("make check") < README.index("## ")
