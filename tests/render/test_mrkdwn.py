"""Slack's markup: nothing that people write calls anybody, and a cut falls between sentences and loses nothing."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.render.mrkdwn import bold, escaped, is_plain, link, pieces, quoted

TEXTS = st.text(alphabet="ab &<>.?!\n…*", max_size=400)


@given(st.text(max_size=200))
def test_an_escaped_text_holds_no_markup_and_reads_as_it_was_written(text: str) -> None:
    assert re.search(r"[<>]|&(?!amp;|lt;|gt;)", escaped(text)) is None
    assert html.unescape(escaped(escaped(text))) == escaped(text)


@pytest.mark.parametrize(("text", "plain"), [("a cup", True), ("1 < 2", False), ("a & b", False), ("", True)])
def test_a_text_is_plain_where_escaping_changes_nothing(text: str, plain: bool) -> None:
    assert is_plain(text) is plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [("Why", "*Why*"), ("a < b", "*a &lt; b*"), ("SELECT * FROM cups", "SELECT * FROM cups"), ("", "")],
)
def test_bold_is_left_out_where_an_asterisk_would_end_it(said: str, shown: str) -> None:
    assert bold(said) == shown


def test_a_link_cannot_be_broken_by_its_words_or_its_address() -> None:
    assert link("https://x.org/?a=1&b=|", "a > b | c") == "<https://x.org/?a=1&amp;b=%7C|a &gt; b ¦ c>"


def test_every_line_of_a_quotation_is_marked() -> None:
    assert quoted("one\ntwo") == "> one\n> two"


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("One. Two? Three!", 10, ["One. Two?", "Three!"]),
        ("One. Two? Three!", 100, ["One. Two? Three!"]),
        ("one two three", 8, ["one two", "three"]),
        ("onetwothree", 4, ["onet", "woth", "ree"]),
        ("a &amp;&amp;&amp; b", 6, ["a", "&amp;", "&amp;", "&amp;", "b"]),
        ("line\nline", 6, ["line", "line"]),
        ("  ", 6, []),
        ("version 1.2 is out. Good.", 20, ["version 1.2 is out.", "Good."]),
    ],
)
def test_a_text_is_cut_at_sentences_else_at_words_else_at_letters(text: str, most: int, cut: list[str]) -> None:
    assert pieces(text, most) == cut


@given(TEXTS, st.integers(5, 60))
def test_no_piece_is_too_long_and_together_they_say_all(text: str, most: int) -> None:
    cut = pieces(escaped(text), most)
    assert all(0 < len(piece) <= most for piece in cut)
    assert "".join("".join(cut).split()) == "".join(escaped(text).split())
    assert all(re.search(r"&(?!amp;|lt;|gt;)", piece) is None for piece in cut)


@given(st.lists(st.text(alphabet="abc", min_size=1, max_size=8), max_size=60).map(" ".join), st.integers(8, 40))
def test_no_word_is_cut_that_fits(text: str, most: int) -> None:
    assert [word for piece in pieces(text, most) for word in piece.split()] == text.split()
