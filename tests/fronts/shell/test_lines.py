from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor import Tutor
from tutor.fronts.shell.interrupts import Interrupts
from tutor.fronts.shell.lines import converse, piped, typed
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import PROMPT, Session
from tutor.replay import replay
from tutor.transcript import load_transcripts, read_transcripts, written

ASKED = (
    "When will it be drunk?\n  1. In the morning\n  2. Before sleep\n"
    "The hour separates tea with caffeine from tea without. At most 2 questions.\n"
)


def session(tutor: Tutor, **fields: Any) -> Session:
    return Session(Loading(lambda _: tutor), TEA, **fields)


def said_to(tutor: Tutor, *lines: str, width: int | None = None) -> list[str]:
    said: list[str] = []
    converse(session(tutor), lines, said.append, width=width)
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


def reading(*pressed: str | type[BaseException]) -> list[str]:
    return list(typed(keys(*pressed), Interrupts(), lambda: None))


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
    assert converse(session(tea), iter(["", "  \t", "Which tea should I brew?\n", "\n"]), said.append) == 1
    assert said == [ASKED]


def test_without_lines_nothing_is_said(tea: Tutor) -> None:
    said: list[str] = []
    assert converse(session(tea), iter([]), said.append) == 0
    assert said == []


@pytest.mark.parametrize("word", ["quit", "exit", ":q", "/quit", " QUIT \n"])
def test_a_leaving_word_ends_the_conversation(tea: Tutor, word: str) -> None:
    lines = iter([word, "Which tea should I brew?"])
    said: list[str] = []
    assert converse(session(tea), lines, said.append) == 0
    assert said == []
    assert next(lines) == "Which tea should I brew?"


def test_replies_are_wrapped_at_the_width(tea: Tutor) -> None:
    (said,) = said_to(tea, "Which tea should I brew?", width=30)
    assert max(map(len, said.splitlines())) <= 30


def test_typed_lines_end_with_the_end_of_input() -> None:
    assert reading("one", "", "two", EOFError, "never read") == ["one", "", "two"]


def test_an_interrupt_drops_the_line_and_asks_for_another() -> None:
    dropped: list[str] = []
    read = keys("one", KeyboardInterrupt, EOFError)
    assert list(typed(read, Interrupts(), lambda: dropped.append("line"))) == ["one"]
    assert dropped == ["line"]
    assert reading("one", KeyboardInterrupt, KeyboardInterrupt, "two", EOFError) == ["one", "two"]


def test_an_interrupt_keeps_the_dialogue(tea: Tutor) -> None:
    said: list[str] = []
    read = keys("Which tea should I brew?", KeyboardInterrupt, "before sleep", EOFError)
    assert converse(session(tea), typed(read, Interrupts(), lambda: None), said.append) == 2
    assert said[1].startswith("Strong tea before sleep")


def test_any_other_fault_of_the_keyboard_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        reading("one", ZeroDivisionError)


def test_piped_lines_are_taken_as_they_come() -> None:
    def stream() -> Iterator[str]:
        yield "one\n"
        yield "two"
        raise AssertionError("read too far ahead")

    lines = piped(stream())
    assert [next(lines), next(lines)] == ["one\n", "two"]


def test_every_turn_is_recorded_before_it_is_said(tea: Tutor, tmp_path: Path) -> None:
    record = tmp_path / "t.yaml"
    held: list[list[str]] = []
    lines = ["\n", "hello\r\n", " night", "quit"]
    converse(
        session(tea, record=record),
        lines,
        lambda _: held.append([turn.say for turn in load_transcripts(record)[0].turns]),
    )
    assert held == [["hello"], ["hello", " night"]]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n/")), max_size=4))
def test_a_recorded_conversation_replays_to_the_letter(tea: Tutor, lines: list[str]) -> None:
    talked = session(tea)
    converse(talked, ["Which tea should I brew?", *lines], lambda _: None)
    (held,) = read_transcripts("t.yaml", written(talked.transcripts).encode())
    done = replay(tea, held)
    assert (done.same, done.turns) == (True, talked.transcripts[0].turns)


def test_commands_answer_in_plain_text_and_listings_keep_their_lines(tea: Tutor) -> None:
    (said,) = said_to(tea, "/explain Which tea should I brew?", width=40)
    assert "candidate" in said
    assert max(map(len, said.splitlines())) > 60


@pytest.mark.parametrize("line", ["/help", "/topics", "/show fact.green-tea", "/nonsense", "/pack", "/explain tea"])
def test_nothing_plain_has_an_escape_code_or_a_box(tea: Tutor, line: str) -> None:
    said = "".join(said_to(tea, line, width=80))
    assert said.strip()
    assert not set(said) & set("\x1b\x07\r│─┌›")


def test_a_fault_of_writing_down_is_told_and_the_talk_goes_on(tea: Tutor, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    talked = session(tea, record=folder / "t.yaml")
    talked.ready()
    (folder / "t.yaml").unlink()
    folder.rmdir()
    said: list[str] = []
    converse(talked, ["hello"], said.append)
    assert said[0].startswith(f"Not written down: {folder / 't.yaml'}: cannot be written: ")
    assert said[0].endswith("Hello. Ask about tea.\n")
