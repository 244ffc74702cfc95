"""Whom a text is addressed to, and what is left of it for the tutor."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.fronts.slack.addressing import To, addressed, spoken
from tutor.text import LONGEST


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("<@U9> which tea?", "tutor"),
        ("  <@U9|tutor>: which tea?", "tutor"),
        ("which tea, <@U9>?", "tutor"),
        ("<@U1> which tea?", "somebody else"),
        ("<@U1> have you asked <@U9>?", "somebody else"),
        ("<@U1>, <@U9> which tea?", "tutor"),
        ("<@U1> and <@U9>: which tea?", "tutor"),
        ("<!subteam^S1|@brewers> which tea?", "somebody else"),
        ("<!here> which tea?", "nobody"),
        ("I told <@U1> already", "nobody"),
        ("which tea?", "nobody"),
        ("&lt;@U9&gt; which tea?", "nobody"),
        ("<@U99> which tea?", "somebody else"),
        ("", "nobody"),
    ],
)
def test_a_text_is_addressed_to_whom_it_begins_with_or_else_mentions(text: str, to: To) -> None:
    assert addressed(text, "U9") == to


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@U9> which tea?", "which tea?"),
        ("<@U9>: which tea?", "which tea?"),
        ("which tea, <@U9|tutor>?", "which tea,  ?"),
        ("ask <!here> <!subteam^S1|@brewers> now", "ask     now"),
        ("see <https://example.org/a|the page> and <https://example.org/b>", "see the page and https://example.org/b"),
        ("in <#C1|kitchen> at <!date^1^{time}|noon>", "in kitchen at noon"),
        ("write <mailto:a@example.org|a@example.org>", "write a@example.org"),
        ("is 1 &lt; 2 &amp;&amp; 3 &gt; 2?", "is 1 < 2 && 3 > 2?"),
        ("&amp;lt;", "&lt;"),
        ("– – which tea?", "which tea?"),
        ("<@U9>", ""),
    ],
)
def test_mentions_and_markup_are_taken_away(text: str, said: str) -> None:
    assert spoken(text) == said


@given(st.text(alphabet="a <>@#!|&;U9", max_size=60))
def test_what_a_person_types_comes_back_as_it_was_typed(text: str) -> None:
    assert spoken(html.escape(text, quote=False)) == text.lstrip(" \t\r\n,:;–—-").rstrip()


def test_a_text_that_is_too_long_to_be_read_is_kept_just_as_too_long() -> None:
    assert len(spoken("a" * 100_000)) == LONGEST + 1
