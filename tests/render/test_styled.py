"""Styled text: laid out as written below, every word of a reply in its order, and nothing that commands a terminal."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.test_reply import ANSWER, ASK, BLACK, GREEN, REPLIES
from tutor import Answer, Candidate, Chat, Choose, Cited, Decline, Flip, Page, Reply, Tutor, Way
from tutor.part import Part, Role
from tutor.render.styled import styled
from tutor.render.wrapped import cells, shown

ESCAPE = "[ZeroWidthEscape]"
LONG_URL = "https://example.org/" + "brewing/" * 12
WAYS = (
    Way({}, "a", "…", "Strong tea", "hour “Night”"),
    Way({}, "b", "…", "A pot: for many", "hour “In the morning”", "Pot"),
)


def text_of(said: Iterable[tuple[str, str]]) -> str:
    return "".join(text for style, text in said if style != ESCAPE)


def lines(*parts: Part, width: int = 60) -> list[str]:
    return text_of(styled(parts, width=width)).splitlines()


def test_an_answer_at_80_columns_is_written_out(tea: Tutor) -> None:
    turn = tea.respond("Which tea should I brew?", known={"hour": "night"})
    assert text_of(styled(turn.reply.parts, width=80)) == (
        """\
Strong tea before sleep
Take an infusion without caffeine before sleep. [1]

Because: Late in the day caffeine keeps one awake.
Why: Caffeine works for hours.

Tempting, but wrong: Drinking black tea as a nightcap. It feels warm and
  calming.

It would change with: hour “In the morning”, guests “One cup” → Green tea wants
  cooler water; hour “In the morning”, guests “A whole pot” → A pot for the
  breakfast table
Does not matter here: guests

[1] The Kettle Book, lines 5-6 (kettle-book.txt)
Page: Caffeine  https://example.org/caffeine
"""
    )


def test_what_every_part_of_an_answer_looks_like() -> None:
    reply = replace(ANSWER, note="Changed: hour.", said={"hour": "at dawn"}, open_question="How many?")
    assert text_of(styled(reply.parts, width=64)) == (
        """\
Changed: hour.

Green or black
Green is brewed cooler. [1][2]

You said: hour “at dawn”
Because: One cup is quick.
What decides: Black leaves are oxidised.
Why: Oxidised leaves bear heat.

Tempting, but wrong: Boiling water. It scalds.

│ In practice: Some like 90 degrees.

It would change with: hour “Before sleep” → Strong tea; guests
  “A whole pot” → A pot

[1] The Book, lines 2, 3-4
[2] The Site, line 1 (site.txt)
    https://example.org/site
Page: Black tea  https://example.org/black

Still open: How many?
"""
    )


def test_a_question_its_options_and_what_is_at_stake_stand_together() -> None:
    reply = replace(ASK, between=("Green", "Black"), note="I could not read that.")
    assert text_of(styled(reply.parts, width=40)) == (
        """\
I could not read that.

When will it be drunk?
  1. In the morning
  2. Before sleep
The hour separates. At most 2 questions.
Still possible: Green; Black.
"""
    )


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (
            Choose((GREEN, BLACK)),
            "Which of these do you mean?\n  1. Green tea wants cooler water\n  2. Green or black\n",
        ),
        (
            Decline((GREEN,), "out-of-scope"),
            "My sources do not answer this, so I do not either.\nNearest to it:\n  - Green tea wants cooler water\n",
        ),
        (Chat("Hello."), "Hello.\n"),
        (
            replace(ANSWER, focus="sources"),
            "“Green or black” rests on:\n[1] The Book, lines 2, 3-4\n[2] The Site, line 1 (site.txt)\n"
            "    https://example.org/site\nPage: Black tea  https://example.org/black\n",
        ),
    ],
)
def test_the_other_replies_are_written_out(reply: Reply, text: str) -> None:
    assert text_of(styled(reply.parts, width=64)) == text


def test_branches_are_aligned_where_there_is_room() -> None:
    reply = replace(ANSWER, flips=(), branches=WAYS)
    said = text_of(styled(reply.parts, width=64)).splitlines()
    at = said.index("It depends:")
    assert said[at + 1 : at + 3] == [
        "  hour “Night”          → Strong tea",
        "  hour “In the morning” → Pot (A pot: for many)",
    ]


def test_branches_stand_below_their_values_where_there_is_none() -> None:
    reply = replace(ANSWER, flips=(), branches=WAYS)
    said = text_of(styled(reply.parts, width=30)).splitlines()
    at = said.index("It depends:")
    assert said[at + 1 : at + 5] == [
        "  hour “Night”",
        "    → Strong tea",
        "  hour “In the morning”",
        "    → Pot (A pot: for many)",
    ]


def test_an_outcome_that_is_wrapped_goes_on_below_itself() -> None:
    ways = Part("branches", name="It depends", items=("hour “Night”: Strong tea, but only a little of it",))
    assert lines(ways, width=37)[1:] == ["  hour “Night” → Strong tea, but only", "                 a little of it"]


@pytest.mark.parametrize("role", ["branches", "flips"])
def test_a_way_that_does_not_say_what_it_comes_to_is_told_as_it_is(role: Role) -> None:
    assert lines(Part(role, name="So", items=("never mind",)))[-1].strip().removeprefix("So: ") == "never mind"


def test_a_wide_terminal_does_not_make_long_lines() -> None:
    said = text_of(styled([Part("answer", "word " * 60)], width=400)).splitlines()
    assert max(map(len, said)) == 99  # twenty words of five columns, and no space at the end


def test_the_practice_note_has_a_bar_beside_every_line() -> None:
    assert lines(Part("practice", "Some people like it hotter.", "In practice"), width=24) == [
        "│ In practice: Some",
        "│ people like it hotter.",
    ]


def test_lines_that_are_laid_out_already_stay_so_and_go_on_below_their_last_column() -> None:
    listing = "  /help [COMMAND]   what there is\n  /show ENTRY       the answer that an entry gives"
    assert lines(Part("listing", listing), width=60) == listing.split("\n")
    assert lines(Part("listing", listing), width=42) == [
        "  /help [COMMAND]   what there is",
        "  /show ENTRY       the answer that an",
        "                    entry gives",
    ]


def test_a_text_of_several_lines_keeps_them_and_its_lists() -> None:
    said = "First:\n- one that is longer than the line\n\n  1. two that is longer"
    assert lines(Part("told", said), width=22) == [
        "First:",
        "- one that is longer",
        "  than the line",
        "",
        "  1. two that is",
        "     longer",
    ]


@pytest.mark.parametrize("last", ["leaf.", "leaf of it."])
def test_the_mark_of_a_footnote_stays_at_the_last_word(last: str) -> None:
    said = lines(Part("answer", f"Hot water draws {last}"), Part("source", "The Book, line 1", "Source"), width=21)
    assert said[1].endswith("leaf. [1]" if last == "leaf." else "it. [1]")


def test_an_answer_without_sources_has_no_mark() -> None:
    assert lines(Part("answer", "Tea.")) == ["Tea."]


def test_parts_that_are_shown_elsewhere_can_be_left_out() -> None:
    said = styled(ASK.parts, width=64, without=("options", "between"))
    assert text_of(said) == "When will it be drunk?\nThe hour separates. At most 2 questions.\n"


def test_nothing_is_made_of_nothing() -> None:
    assert styled([], width=80) == []


# links


def test_the_title_of_a_page_is_a_link_and_its_address_stands_behind_it() -> None:
    said = styled([Part("page", "Black tea", "Page", url="https://example.org/b")], width=60)
    assert said == [
        ("class:name class:page.name", "Page:"),
        ("", " "),
        (ESCAPE, "\x1b]8;;https://example.org/b\x1b\\"),
        ("class:page", "Black tea"),
        (ESCAPE, "\x1b]8;;\x1b\\"),
        ("", "  "),
        (ESCAPE, "\x1b]8;;https://example.org/b\x1b\\"),
        ("class:address", "https://example.org/b"),
        (ESCAPE, "\x1b]8;;\x1b\\"),
        ("", "\n"),
    ]


def test_an_address_that_does_not_fit_stands_whole_on_a_line_of_its_own() -> None:
    assert lines(Part("page", "A title that is longer than a line", "Page", url=LONG_URL), width=30) == [
        "Page: A title that is longer",
        "  than a line",
        f"  {LONG_URL}",
    ]


def test_a_link_that_is_wrapped_is_a_link_of_its_own_on_each_line_and_does_not_cover_the_indent() -> None:
    said = styled([Part("page", "Black tea and more", "Page", url="https://e.org")], width=20)
    text = "".join(text for _, text in said)
    assert text.splitlines()[:2] == [
        "Page: \x1b]8;;https://e.org\x1b\\Black tea and\x1b]8;;\x1b\\",
        "  \x1b]8;;https://e.org\x1b\\more\x1b]8;;\x1b\\",
    ]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a b", "https://\x1b\\\x1b[31m", "https://münchen.de", "", "file:///etc/x"]
)
def test_what_is_no_plain_web_address_is_shown_but_is_no_link(url: str) -> None:
    said = styled([Part("page", "Tea", "Page", url=url)], width=60)
    assert not [style for style, _ in said if style == ESCAPE]
    assert shown(url) in text_of(said)


# classes


def test_every_text_has_the_class_of_its_role() -> None:
    said = dict(reversed(styled(replace(ANSWER, note="So.").parts, width=80)))
    assert said["class:title"] == "Green or black"
    assert said["class:note"] == "So."
    assert said["class:answer"] == "Green is brewed cooler."
    assert said["class:name class:distractor.name"] == "Tempting, but wrong:"
    assert said["class:distractor"] == "Boiling water. It scalds."
    assert said["class:practice.bar"] == "│"
    assert said["class:arrow"] == " → "


# safety


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("\x1b[31mred", "�[31mred"),
        ("a\x00b\x07c\x7f", "a�b�c�"),
        ("\x9b31m", "�31m"),
        ("\x1b]8;;https://evil\x1b\\click", "�]8;;https://evil�\\click"),
        ("abc\u202ecba\u2066", "abccba"),
        ("half \ud83d pair", "half � pair"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\tb", "a   b"),
        ("no\u00a0break", "no break"),
        ("👩\u200d🔬 e\u0301 นี้", "👩\u200d🔬 e\u0301 นี้"),
    ],
)
def test_only_what_shows_reaches_the_terminal(said: str, text: str) -> None:
    assert text_of(styled([Part("chat", said)], width=60)) == f"{text}\n"


@pytest.mark.parametrize("field", ["text", "name", "items", "url", "file"])
@pytest.mark.parametrize("role", ["title", "options", "practice", "branches", "flips", "source", "page", "listing"])
def test_no_field_of_a_part_brings_an_escape_through(role: Role, field: str) -> None:
    bad = "\x1b[2J\x9b5n\x07"
    other: dict[str, Any] = {field: (bad,) if field == "items" else bad}
    part = replace(Part(role, "text", "name", ("item",)), **other)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text_of(styled([part], width=40)))


# every word, in its order, within the width

WORDS = st.lists(st.text(min_size=1, max_size=14), max_size=8).map(" ".join)
TEXTS = st.one_of(
    WORDS, st.sampled_from(["In the morning", "see https://example.org/" + "a" * 90, "茶" * 30, "👩\u200d🔬 tea"])
)
FEW = st.lists(TEXTS, max_size=3).map(tuple)
CITED = st.builds(Cited, st.just("book"), TEXTS, st.just("1-2"), st.none() | st.just(LONG_URL), st.none() | TEXTS)
WAY = st.builds(Way, st.just({}), st.just("a"), TEXTS, TEXTS, TEXTS.map(lambda said: f"hour “{said}”"))
FLIP = st.builds(Flip, st.just("hour"), st.just("night"), st.just("a"), TEXTS, TEXTS.map(lambda said: f"hour “{said}”"))
GENERATED: st.SearchStrategy[Reply] = st.one_of(
    st.builds(
        replace,
        st.just(ANSWER),
        title=TEXTS,
        answer=TEXTS,
        why=TEXTS,
        note=st.none() | TEXTS,
        distractor=st.none() | TEXTS,
        practice=st.none() | TEXTS,
        said=st.dictionaries(st.just("hour"), TEXTS),
        flips=st.lists(FLIP, max_size=2).map(tuple),
        branches=st.lists(WAY, max_size=2).map(tuple),
        citations=st.lists(CITED, max_size=3).map(tuple),
        references=st.lists(st.builds(Page, TEXTS, st.just(LONG_URL)), max_size=2).map(tuple),
        focus=st.sampled_from(["all", "sources"]),
        open_question=st.none() | TEXTS,
    ),
    st.builds(replace, st.just(ASK), question=TEXTS, why=TEXTS, note=st.none() | TEXTS, between=FEW),
    st.builds(lambda titles: Choose(tuple(Candidate("a", title, 0.5) for title in titles)), FEW),
    st.builds(lambda titles: Decline(tuple(Candidate("a", title, 0.5) for title in titles), "out-of-scope"), FEW),
    st.builds(Chat, TEXTS),
)


def words_of(part: Part) -> list[str]:
    """Return the words that must be seen of *part*: its name, unless a mark stands for it, its text and items."""
    name = part.name if part.role != "source" else None
    said = " ".join(filter(None, (name, part.text, *part.items, part.url if part.role == "page" else None)))
    return _words(said)


def _words(said: str) -> list[str]:
    """Return *said* as words without what only separates: bars, arrows, marks, and the signs around words."""
    return re.sub(r"[│→\[\]():;“”•<>-]|\b\d+\.(?= )", " ", shown(said).replace("\n", " ")).split()


def in_order(words: list[str], said: str) -> bool:
    """Say whether *said* has the *words* one after the other, wherever lines are broken."""
    rest, at = "".join(_words(said)), 0
    for word in words:
        at = rest.find(word, at) + len(word)
        if at < len(word):
            return False
    return True


@given(GENERATED, st.integers(1, 140))
@example(replace(ANSWER, title="", answer="", why=""), 20)
def test_every_word_of_every_part_is_said_in_its_order(reply: Reply, width: int) -> None:
    said = list(reply.parts)
    assert all(in_order(words_of(part), text_of(styled([part], width=width))) for part in said)
    assert in_order([word for part in said for word in words_of(part)], text_of(styled(said, width=width)))


@given(GENERATED, st.integers(1, 140))
@example(replace(ANSWER, branches=(Way({}, "a", "", "000000000", "hour “”"),)), 20)
def test_no_line_is_wider_than_the_terminal_unless_it_is_one_word(reply: Reply, width: int) -> None:
    most = max(20, min(width, 100))
    for line in text_of(styled(reply.parts, width=width)).splitlines():
        bare = re.sub(r"^(?:[│ ]|→ |- |\[\d+\] |\d+\. )*", "", line)
        assert cells(line) <= most or len(re.sub(r" (?:→|(?:\[\d+\])+)$", "", bare).split(" ")) == 1


@given(
    st.lists(
        st.builds(
            Part,
            st.sampled_from(["chat", "answer", "listing", "page"]),
            st.text(),
            st.text(),
            st.tuples(st.text()),
            st.text(),
        )
    )
)
def test_no_text_brings_more_than_text_to_the_terminal(parts: list[Part]) -> None:
    for style, text in styled(parts, width=40):
        text.encode()
        assert style == ESCAPE or all(char.isprintable() or char in "\n\u200c\u200d" or char.isspace() for char in text)
        assert style == ESCAPE or not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.reply)
def test_every_line_is_ended(reply: Reply) -> None:
    assert styled(reply.parts, width=80)[-1] == ("", "\n")


def test_every_entry_of_the_tea_pack_is_told_completely(tea: Tutor) -> None:
    for entry in tea.pack.entries.values():
        reply: Answer = tea.show(entry.id)
        said = " ".join(text_of(styled(reply.parts, width=80)).replace("│", "").split())
        for text in (entry.title, entry.answer, entry.why, entry.practice or "", "The Kettle Book"):
            assert " ".join(text.split()) in said
        assert all(page.url in said for page in entry.references)
