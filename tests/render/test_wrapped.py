"""Pieces in lines: columns as terminals count them, breaks where a script allows them, spaces as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.render.wrapped import Piece, cells, fragments, shown, wrapped


def lines(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    made = wrapped([Piece("", text)], width, first=[Piece("", first)], rest=[Piece("", rest)])
    return ["".join(piece.text for piece in line) for line in made]


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("tea", 3),
        ("茶道", 4),
        ("ｶﾅ", 2),
        ("ＡＢ", 4),
        ("e\u0301", 1),
        ("🍵", 2),
        ("👩\u200d🔬", 2),
        ("❤\ufe0f", 2),
        ("한국", 4),
        ("", 0),
    ],
)
def test_columns_are_counted_as_terminals_have_them(text: str, columns: int) -> None:
    assert cells(text) == columns


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one two", 7, ["one two"]),
        ("one two", 6, ["one", "two"]),
        ("one  two", 8, ["one  two"]),
        ("one   two  ", 6, ["one", "two"]),
        ("  one two", 6, ["  one", "two"]),
        ("  longer-than-this", 6, ["  longer-than-this"]),
        ("a longer-than-this b", 6, ["a", "longer-than-this", "b"]),
        ("one\u00a0two three", 9, ["one\u00a0two", "three"]),
        ("茶 茶 茶 茶", 5, ["茶 茶", "茶 茶"]),
        ("🍵 🍵", 4, ["🍵", "🍵"]),
    ],
)
def test_text_is_broken_at_spaces_which_stay_as_many_as_they_were(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


def test_what_stands_before_lines_takes_its_columns() -> None:
    assert lines("one two three", 9, "1. ", "   ") == ["1. one", "   two", "   three"]


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (26, ["緑茶は低い温度で淹れます。", "紅茶は熱湯で淹れます。"]),
        (25, ["緑茶は低い温度で淹れま", "す。紅茶は熱湯で淹れま", "す。"]),
    ],
)
def test_text_without_spaces_is_broken_where_its_script_allows_and_never_before_a_closing_mark(
    width: int, expected: list[str]
) -> None:
    assert lines("緑茶は低い温度で淹れます。紅茶は熱湯で淹れます。", width) == expected


def test_a_word_in_two_styles_is_not_broken() -> None:
    made = [list(fragments(line)) for line in wrapped([Piece("a", "one tw"), Piece("b", "o"), Piece("a", " three")], 7)]
    assert made == [[("a", "one tw"), ("b", "o"), ("", "\n")], [("a", "three"), ("", "\n")]]


def test_pieces_of_one_style_become_one_fragment_and_a_link_stands_between_its_escapes() -> None:
    line = [Piece("a", "one"), Piece("a", " "), Piece("a", "two", "https://e.org"), Piece("b", "", "https://e.org")]
    assert list(fragments(line)) == [
        ("a", "one "),
        ("[ZeroWidthEscape]", "\x1b]8;;https://e.org\x1b\\"),
        ("a", "two"),
        ("[ZeroWidthEscape]", "\x1b]8;;\x1b\\"),
        ("", "\n"),
    ]


@given(st.text(), st.integers(1, 60), st.sampled_from(["", "- ", "   "]), st.sampled_from(["", "  "]))
def test_every_character_but_spaces_comes_through_in_its_order_and_lines_keep_to_the_width(
    text: str, width: int, first: str, rest: str
) -> None:
    said = shown(text).replace("\n", " ")
    made = lines(said, width, first, rest)
    assert "".join(made).replace(" ", "") == (first.strip() + said).replace(" ", "")
    for line in made:
        assert cells(line) <= width or " " not in line.removeprefix(first).removeprefix(rest).strip(" ")


@given(st.text(st.sampled_from("a b\u3042")), st.integers(30, 60))
def test_a_text_that_fits_stays_as_it_is(text: str, width: int) -> None:
    if cells(text) <= width:
        assert lines(text, width) == [text.rstrip(" ")]


@given(st.text())
def test_what_is_shown_has_only_what_shows(text: str) -> None:
    said = shown(text)
    assert shown(f"{said}.") == f"{said}."
    assert "\x1b" not in said
    said.encode()
