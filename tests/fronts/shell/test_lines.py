from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import Tutor
from tutor.fronts.shell import PROMPT, converse, piped, typed
from tutor.replay import replay
from tutor.transcript import Exchange, Transcript, read_transcripts, recorded, written

ASKED = (
    "When will it be drunk?\n  1. In the morning\n  2. Before sleep\n"
    "The hour separates tea with caffeine from tea without. At most 2 questions.\n"
)


def said_to(tutor: Tutor, *lines: str, width: int | None = None) -> list[str]:
    said: list[str] = []
    converse(tutor, iter(lines), said.append, width=width)
    return said


def keys(*pressed: str | type[BaseException]) -> Callable[[str], str]:
    """Stand in for the keyboard: a text is a line typed, an exception what a key raises."""
    waiting = iter(pressed)

    def read(prompt: str) -> str:
        assert prompt == PROMPT
        key = next(waiting)
        if isinstance(key, str):
            return key
        raise key

    return read


def test_a_question_gets_its_reply_and_an_empty_line_after_it(tea: Tutor) -> None:
    assert said_to(tea, "Which tea should I brew?") == [ASKED]


def test_the_dialogue_goes_on_from_line_to_line(tea: Tutor) -> None:
    said = said_to(tea, "Which tea should I brew?", "before sleep")
    assert [text.splitlines()[0] for text in said] == ["When will it be drunk?", "Strong tea before sleep"]


def test_two_conversations_do_not_know_each_other(tea: Tutor) -> None:
    said_to(tea, "Which tea should I brew?")
    assert not said_to(tea, "2")[0].startswith("Strong tea before sleep")


def test_empty_lines_are_passed_over_and_not_counted(tea: Tutor) -> None:
    said: list[str] = []
    assert converse(tea, iter(["", "  \t", "Which tea should I brew?\n", "\n"]), said.append) == 1
    assert said == [ASKED]


def test_without_lines_nothing_is_said(tea: Tutor) -> None:
    said: list[str] = []
    assert converse(tea, iter([]), said.append) == 0
    assert said == []


@pytest.mark.parametrize("word", ["quit", "exit", ":q", "/quit", " QUIT \n"])
def test_a_leaving_word_ends_the_conversation(tea: Tutor, word: str) -> None:
    lines = iter([word, "Which tea should I brew?"])
    said: list[str] = []
    assert converse(tea, lines, said.append) == 0
    assert said == []
    assert next(lines) == "Which tea should I brew?"


def test_replies_are_wrapped_at_the_width(tea: Tutor) -> None:
    (said,) = said_to(tea, "Which tea should I brew?", width=30)
    assert max(map(len, said.splitlines())) <= 30


def test_typed_lines_end_with_the_end_of_input() -> None:
    assert list(typed(keys("one", "", "two", EOFError, "never read"))) == ["one", "", "two"]


def test_an_interrupt_drops_the_line_and_asks_for_another() -> None:
    assert list(typed(keys("one", KeyboardInterrupt, KeyboardInterrupt, "two", EOFError))) == ["one", "two"]


def test_an_interrupt_keeps_the_dialogue(tea: Tutor) -> None:
    said: list[str] = []
    read = keys("Which tea should I brew?", KeyboardInterrupt, "before sleep", EOFError)
    assert converse(tea, typed(read), said.append) == 2
    assert said[1].startswith("Strong tea before sleep")


def test_any_other_fault_of_the_keyboard_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        list(typed(keys("one", ZeroDivisionError)))


def test_piped_lines_are_taken_as_they_come() -> None:
    def stream() -> Iterator[str]:
        yield "one\n"
        yield "two"
        raise AssertionError("read too far ahead")

    lines = piped(stream())
    assert [next(lines), next(lines)] == ["one\n", "two"]


def test_every_turn_is_recorded_before_it_is_said(tea: Tutor) -> None:
    happened: list[str] = []
    lines = iter(["\n", "hello\r\n", " night", "quit"])
    converse(
        tea,
        lines,
        lambda _: happened.append("said"),
        record=lambda said, reply: happened.append(f"{said}: {reply.reply}"),
    )
    assert happened == ["hello: chat", "said", " night: answer", "said"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n")), max_size=4))
def test_a_recorded_conversation_replays_to_the_letter(tea: Tutor, lines: list[str]) -> None:
    turns: list[Exchange] = []
    converse(
        tea,
        iter(["Which tea should I brew?", *lines]),
        lambda _: None,
        record=lambda *turn: turns.append(recorded(*turn)),
    )
    (held,) = read_transcripts("t.yaml", written([Transcript(turns=tuple(turns))]).encode())
    done = replay(tea, held)
    assert (done.same, done.turns) == (True, tuple(turns))
