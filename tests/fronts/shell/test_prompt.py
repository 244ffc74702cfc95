"""The shell at a keyboard: each key, the live list, and how a talk begins and ends."""

import os
import signal
from threading import Event

import pytest
from prompt_toolkit.history import InMemoryHistory

from tests.fronts.shell.keyboard import (
    ALT_ENTER,
    CTRL_C,
    CTRL_D,
    CTRL_E,
    CTRL_N,
    CTRL_P,
    CTRL_R,
    DOWN,
    ENTER,
    ESCAPE,
    F1,
    F2,
    RIGHT,
    SHIFT_ENTER,
    TAB,
    UP,
    Open,
    after,
    asking,
    line_is,
    loaded,
    menu,
    offered,
    pasted,
    selected,
    talk,
    written,
)  # fmt: skip
from tutor import Tutor
from tutor.errors import PackError, Spot
from tutor.fronts.shell.loading import Told
from tutor.fronts.shell.prompt import GREETING
from tutor.fronts.shell.settings import Settings

OPEN = "Which tea should I brew?"
ASKED = "When will it be drunk?\nThe hour separates tea with caffeine from tea without. At most 2 questions.\n"


def test_the_shell_greets_and_asks_for_a_line(tea: Tutor) -> None:
    assert talk(tea).shown.startswith(f"{GREETING}\n\nyou> ")


def test_a_question_gets_its_reply_without_the_options_that_stand_in_the_list(tea: Tutor) -> None:
    done = talk(tea, OPEN, ENTER)
    assert done.said == [OPEN]
    assert ASKED in done.shown


@pytest.mark.parametrize("typed", ["2", "before sleep", "Before sleep", "the second one"])
def test_an_option_is_taken_by_number_label_or_free_words(tea: Tutor, typed: str) -> None:
    done = talk(tea, OPEN, ENTER, typed, ENTER)
    assert [turn.reply for turn in done.turns] == ["ask", "answer"]
    assert done.said == [OPEN, typed]


@pytest.mark.parametrize(
    ("arrows", "said"),
    [
        (DOWN, "In the morning"),
        (DOWN * 2, "Before sleep"),
        (UP, "doesn't matter"),
        (UP * 2, "don't know"),
        (DOWN * 5, "In the morning"),
        (DOWN * 2 + UP, "In the morning"),
    ],
)
def test_arrows_mark_an_option_and_enter_takes_it(tea: Tutor, arrows: str, said: str) -> None:
    assert talk(tea, OPEN, ENTER, after(1), arrows, ENTER).said == [OPEN, said]


def test_enter_on_an_empty_line_without_a_mark_does_nothing(tea: Tutor) -> None:
    assert talk(tea, ENTER, "  ", ENTER, OPEN, ENTER, after(1), ENTER, "2", ENTER).said == ["  " + OPEN, "2"]


def test_what_is_typed_counts_though_an_option_is_marked(tea: Tutor) -> None:
    assert talk(tea, OPEN, ENTER, after(1), DOWN, "before sleep", ENTER).said == [OPEN, "before sleep"]


def test_entries_that_were_offered_are_chosen_with_arrows(tea: Tutor) -> None:
    done = talk(tea, "green or black", ENTER, "more", ENTER, after(2), DOWN, ENTER)
    assert [turn.reply for turn in done.turns][1:] != []
    assert done.turns[0].reply == "answer"


def test_alt_enter_and_shift_enter_begin_a_new_line(tea: Tutor) -> None:
    done = talk(tea, "Which tea", ALT_ENTER, "should I", SHIFT_ENTER, "brew?", ENTER)
    assert done.said == ["Which tea\nshould I\nbrew?"]
    assert done.turns[0].reply == "ask"


def test_a_paste_of_several_lines_is_one_question(tea: Tutor) -> None:
    stem = "Guests sit at breakfast.\r\nWhich tea should I brew?\r\nA. Green\r\nB. Black"
    done = talk(tea, pasted(stem), line_is(stem.replace("\r\n", "\n")), ENTER)
    assert done.said == [stem.replace("\r\n", "\n")]


def test_escape_clears_the_line_and_then_goes_back_one_question(tea: Tutor) -> None:
    done = talk(
        tea, OPEN, ENTER, "in the morning", ENTER, after(2), "xyz", line_is("xyz"), ESCAPE, line_is(""), ESCAPE,
        after(3),
    )  # fmt: skip
    assert done.said == [OPEN, "in the morning", "back"]
    assert done.turns[2].slot == "hour"


def test_escape_does_nothing_where_no_question_was_asked(tea: Tutor) -> None:
    done = talk(tea, loaded, ESCAPE, "x", line_is("x"))
    assert done.turns == []


def test_ctrl_c_drops_the_line_and_the_talk_goes_on(tea: Tutor) -> None:
    done = talk(tea, OPEN, ENTER, after(1), "nonsense", CTRL_C, line_is(""), "2", ENTER)
    assert done.said == [OPEN, "2"]


def test_after_ctrl_c_the_history_is_gone_through_from_its_end(tea: Tutor) -> None:
    done = talk(
        tea, "hello", ENTER, "green or black", ENTER, after(2), UP * 2, line_is("hello"), CTRL_C, line_is(""), UP,
        line_is("green or black"),
    )  # fmt: skip
    assert done.said == ["hello", "green or black"]


def test_ctrl_c_on_an_empty_line_says_how_to_leave(tea: Tutor) -> None:
    talk(tea, loaded, CTRL_C, lambda at: at.shell.hint == "Ctrl-D or /quit leaves", "hello", ENTER, after(1), unhinted)


def unhinted(at: Open) -> bool:
    return not at.shell.hint


def test_ctrl_d_leaves_on_an_empty_line_only(tea: Tutor) -> None:
    assert talk(tea, "hello", CTRL_D, ENTER, CTRL_D, "never", ENTER).said == ["hello"]


@pytest.mark.parametrize("word", ["quit", "exit", ":q", " QUIT ", "/quit"])
def test_a_leaving_word_leaves(tea: Tutor, word: str) -> None:
    assert talk(tea, word, ENTER, "hello", ENTER).said == []


def test_arrows_go_through_the_history_where_no_list_is_open(tea: Tutor) -> None:
    assert talk(tea, "hello", ENTER, after(1), UP, line_is("hello"), ENTER).said == ["hello", "hello"]


def test_ctrl_p_and_ctrl_n_go_through_the_history_while_a_list_is_open(tea: Tutor) -> None:
    done = talk(tea, OPEN, ENTER, after(1), CTRL_P, line_is(OPEN), CTRL_N, line_is(""), CTRL_P, ENTER)
    assert done.said == [OPEN, OPEN]


def test_ctrl_r_searches_the_history(tea: Tutor) -> None:
    done = talk(tea, OPEN, ENTER, "hello", ENTER, after(2), CTRL_R, "WHICH", ENTER, line_is(OPEN), ENTER)
    assert done.said == [OPEN, "hello", OPEN]


@pytest.mark.parametrize("key", [RIGHT, CTRL_E, "\x06"])
def test_the_end_of_an_earlier_line_is_suggested_and_taken(tea: Tutor, key: str) -> None:
    done = talk(tea, OPEN, ENTER, "start over", ENTER, after(2), "Which", suggested, key, line_is(OPEN), ENTER)
    assert done.said == [OPEN, "start over", OPEN]


def suggested(at: Open) -> bool:
    return bool(at.shell.line.suggestion and at.shell.line.suggestion.text)


def test_suggestions_can_be_turned_off(tea: Tutor) -> None:
    done = talk(tea, "hello", ENTER, after(1), "hel", RIGHT, ENTER, settings=Settings(suggestions=False))
    assert done.said == ["hello", "hel"]


def test_enter_sends_what_is_typed_though_completions_are_offered(tea: Tutor) -> None:
    assert talk(tea, loaded, "is it sen", menu, ENTER).said == ["is it sen"]


def test_enter_takes_a_completion_that_was_selected_and_sends_nothing_yet(tea: Tutor) -> None:
    done = talk(tea, loaded, "is it sen", menu, TAB, selected, ENTER, line_is("is it sencha"), "?", ENTER)
    assert done.said == ["is it sencha?"]


def test_escape_closes_the_completions_and_keeps_the_line(tea: Tutor) -> None:
    done = talk(tea, loaded, "is it sen", menu, ESCAPE, lambda at: not menu(at), line_is("is it sen"), ENTER)
    assert done.said == ["is it sen"]


def test_completions_can_be_turned_off(tea: Tutor) -> None:
    done = talk(tea, loaded, "is it sen", ENTER, after(1), settings=Settings(completion=False))
    assert "sencha" not in done.shown


def test_f1_shows_the_help_and_gives_the_line_back(tea: Tutor) -> None:
    done = talk(tea, loaded, "hell", line_is("hell"), F1, asking, line_is("hell"), "o", ENTER)
    assert done.said == ["hello"]
    assert "Keys:\n  - Enter: " in done.shown


def test_f2_begins_a_correction_and_gives_the_line_back(tea: Tutor) -> None:
    done = talk(
        tea, OPEN, ENTER, "in the morning", ENTER, after(2), "a po", F2, line_is("/set "), "hour=night", ENTER,
        after(3), line_is("a po"),
    )  # fmt: skip
    assert (done.turns[2].known, done.turns[2].entry) == ({"hour": "night"}, "trap.caffeine-at-night")


def test_values_are_completed_after_a_slot_was_taken(tea: Tutor) -> None:
    done = talk(
        tea, OPEN, ENTER, after(1), F2, menu, TAB, selected, ENTER, line_is("/set hour="),
        offered("hour=night"), TAB, line_is("/set hour=morning"), ENTER, unselected, ENTER, after(2),
    )  # fmt: skip
    assert done.turns[1].known == {"hour": "morning"}


def unselected(at: Open) -> bool:
    return not selected(at)


def test_a_slash_command_lists_itself_while_it_is_typed(tea: Tutor) -> None:
    done = talk(tea, loaded, "/sou", menu, TAB, selected, ENTER, line_is("/sources"))
    assert "show on what the last answer rests" in done.shown


def test_a_very_long_paste_is_declined_and_stays_in_the_history(tea: Tutor) -> None:
    stem = "tea " * 6_000
    history = InMemoryHistory()
    done = talk(tea, pasted(stem), ENTER, after(1), history=history)
    assert (done.turns[0].reply, history.get_strings()) == ("decline", [stem])
    assert "This is longer than the 20000 characters I read." in done.shown


def test_a_paste_of_ten_thousand_characters_is_one_question(tea: Tutor) -> None:
    stem = "Which tea should I brew? " * 400
    done = talk(tea, pasted(stem), line_is(stem), ENTER, rows=24, columns=80, settings=Settings(paging=False))
    assert done.said == [stem]


def test_without_history_nothing_is_kept_but_for_this_talk(tea: Tutor) -> None:
    history = InMemoryHistory()
    done = talk(tea, "hello", ENTER, after(1), UP, line_is("hello"), history=history, settings=Settings(history=False))
    assert (done.said, history.get_strings()) == (["hello"], [])


def test_turning_the_history_off_counts_at_once(tea: Tutor) -> None:
    history = InMemoryHistory()
    talk(tea, "hello", ENTER, "/settings history=off", ENTER, "thanks", ENTER, history=history)
    assert history.get_strings() == ["hello", "/settings history=off"]


# loading


def released(event: Event) -> bool:
    event.set()
    return True


def test_a_question_typed_before_the_tutor_is_there_waits_for_it(tea: Tutor) -> None:
    go_on = Event()

    def load(told: Told) -> Tutor:
        told("learning the examples")
        go_on.wait(20)
        return tea

    done = talk(load, OPEN, ENTER, written("learning the examples …"), lambda _: released(go_on), after(1))
    assert done.said == [OPEN]
    assert ASKED in done.shown


def test_ctrl_c_ends_waiting_for_the_tutor_and_keeps_the_question_in_the_history(tea: Tutor) -> None:
    go_on = Event()

    def load(told: Told) -> Tutor:
        go_on.wait(20)
        return tea

    def interrupt(at: Open) -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return True

    def waiting(at: Open) -> bool:
        return history.get_strings() == [OPEN] and not at.shell.is_asking

    history = InMemoryHistory()
    done = talk(
        load, OPEN, ENTER, waiting, interrupt, written("Stopped."), asking, lambda _: released(go_on), loaded, UP,
        line_is(OPEN), history=history,
    )  # fmt: skip
    assert (done.said, history.get_strings()) == ([], [OPEN])


@pytest.mark.parametrize("keys", [(), ("hello", ENTER)])
def test_a_fault_of_loading_ends_the_shell(keys: tuple[str, ...]) -> None:
    def load(told: Told) -> Tutor:
        raise PackError([Spot("pack.yaml").fault("unreadable", "holds no pack")])

    with pytest.raises(PackError, match=r"pack\.yaml: holds no pack"):
        talk(load, *keys, lambda _: False)


def test_a_bug_in_loading_is_not_hidden() -> None:
    def load(told: Told) -> Tutor:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        talk(load, lambda _: False)
