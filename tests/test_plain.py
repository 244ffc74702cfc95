from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import Tutor
from tutor.render.plain import metric_table, plain, topic_list
from tutor.reply import Candidate, Chat, Choose, Decline
from tutor.subject import Pack

LONG = "Green tea is brewed at 80 degrees because hotter water draws bitterness out of the leaf."
PRINTABLE = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)


def test_without_a_width_the_text_of_the_reply_stays_as_it_is(tea: Tutor) -> None:
    reply = tea.show("pair.green-vs-black")
    assert plain(reply) == reply.text


def test_an_answer_tells_title_answer_why_distractor_and_sources(tea: Tutor) -> None:
    assert plain(tea.show("fact.green-tea"), width=60) == "\n".join(
        [
            "Green tea wants cooler water",
            "",
            "Brew green tea at 80 degrees.",
            "",
            "Why: Hotter water makes it bitter.",
            "",
            "Tempting, but wrong: Boiling water. It scalds the leaf.",
            "",
            "Source: The Kettle Book, lines 1-2",
            "Page: Green tea <https://example.org/green>",
        ]
    )


def test_a_long_line_is_wrapped_between_words() -> None:
    assert plain(Chat(LONG), width=40) == "\n".join(
        [
            "Green tea is brewed at 80 degrees",
            "because hotter water draws bitterness",
            "out of the leaf.",
        ]
    )


def test_an_option_that_is_wrapped_keeps_its_indent() -> None:
    reply = Decline((Candidate("fact.green-tea", LONG, 0.5),), "out-of-scope")
    assert plain(reply, width=50).splitlines()[-2:] == [
        "  - Green tea is brewed at 80 degrees because",
        "    hotter water draws bitterness out of the leaf.",
    ]


def test_options_keep_one_line_each() -> None:
    reply = Choose((Candidate("a", "Green", 0.4), Candidate("b", "Black", 0.3)))
    assert plain(reply, width=80) == "Which of these do you mean?\n  1. Green\n  2. Black"


def test_words_with_hyphens_and_addresses_are_never_broken() -> None:
    address = "https://example.org/a-very-long-address-that-does-not-fit-into-thirty-characters"
    assert plain(Chat(f"Page: blue-green-and-canary-rollouts <{address}>"), width=30) == (
        f"Page:\nblue-green-and-canary-rollouts\n<{address}>"
    )


@pytest.mark.parametrize("width", [-3, 0, 1, 19])
def test_a_terminal_too_narrow_for_words_is_taken_as_twenty_wide(width: int) -> None:
    assert plain(Chat("Brew green tea at 80 degrees."), width=width) == "Brew green tea at 80\ndegrees."


@given(st.lists(PRINTABLE, min_size=1), st.integers(20, 120))
def test_wrapping_keeps_every_word_and_the_width(words: list[str], width: int) -> None:
    lines = plain(Chat(" ".join(words)), width=width).splitlines()
    assert [word for line in lines for word in line.split()] == words
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize(
    "entry", ["fact.green-tea", "pair.green-vs-black", "tip.breakfast-pot", "trap.caffeine-at-night"]
)
def test_plain_text_has_no_control_characters(tea: Tutor, entry: str) -> None:
    assert all(char.isprintable() or char == "\n" for char in plain(tea.show(entry), width=40))


def test_the_list_of_topics_has_every_entry_under_its_topic(tea_pack: Pack) -> None:
    assert topic_list(tea_pack) == "\n".join(
        [
            "Hours of the day (hours)",
            "  trap.caffeine-at-night: Strong tea before sleep",
            "  tip.breakfast-pot: A pot for the breakfast table",
            "Leaves (leaves)",
            "  fact.green-tea: Green tea wants cooler water",
            "  pair.green-vs-black: Green or black",
        ]
    )


def test_metrics_of_one_group_stand_below_one_another() -> None:
    assert metric_table({"all": {"entry@1": 0.5, "choice": nan}}) == (
        "entry@1            0.500\nchoice                 –"
    )


def test_metrics_of_several_groups_stand_in_columns_and_a_group_without_a_name_is_said_to_be_none() -> None:
    groups = {"all": {"entry@1": 0.5, "choice": nan}, "": {"entry@1": 1.0, "choice": 0.25}}
    assert metric_table(groups).splitlines() == [
        "       entry@1 choice",
        "all      0.500      –",
        "(none)   1.000  0.250",
    ]
