import sys

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.yaml_text import block, scalar, visible

LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]
ODD = [
    "",
    " ",
    "\n",
    "no",
    "Null",
    "y",
    "1",
    "1e3",
    "~",
    "---",
    "...",
    "# no",
    "a #b",
    "a: b",
    "- a",
    "? a",
    "*a",
    "&a",
]
ODD += [
    "!a",
    "%a",
    "@a",
    "`a",
    "|",
    ">",
    "a\n---\nb",
    "a\n\n\nb",
    " a\nb",
    "\na\nb",
    "a\nb\n",
    "a \nb",
    "a\n\tb",
    "\ta",
    "'",
    '"',
]
ODD += [
    "\\n",
    "\x00\x07\x1b\x7f",
    "\x85",
    "\u2028\u2029",
    "\ufeff",
    "\u202e",
    "\ufffe\uffff",
    "😀\U000e0001",
    "a\r\nb",
    "2026-11-28",
]


def read(text: str) -> object:
    both = [yaml.load(text, Loader=loader) for loader in LOADERS]  # noqa: S506 - both are safe loaders
    assert both[0] == both[1]
    return both[0]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Which rollout?", "Which rollout?"),
        ("don't know", "don't know"),
        ("", '""'),
        ("7", '"7"'),
        ("No", '"No"'),
        ("a: b", '"a: b"'),
        ("ends ", '"ends "'),
        ("“so”", '"“so”"'),
        ('\\ and "', '"\\\\ and \\""'),
        ("a\nb\tc", '"a\\nb\\tc"'),
        ("\x1b\u200b\U000e0001", '"\\x1b\\u200b\\U000e0001"'),
    ],
)
def test_a_scalar_is_plain_or_in_quotes(said: str, told: str) -> None:
    assert scalar(said) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("one line", "one line"),
        ("a: 1\n\n  # b", "|\n  a: 1\n\n    # b"),
        ("a\nb\n", '"a\\nb\\n"'),
        (" a\nb", '" a\\nb"'),
        ("\na", '"\\na"'),
        ("a \nb", '"a \\nb"'),
        ("a\n\tb", '"a\\n\\tb"'),
        ("a\u200b\nb", '"a\\u200b\\nb"'),
    ],
)
def test_a_block_is_for_several_lines_of_visible_characters(said: str, told: str) -> None:
    assert block(said, 2, "|") == told


def test_half_of_a_pair_becomes_the_sign_for_what_cannot_be_written() -> None:
    assert scalar("\ud800") == '"\\ufffd"'


@given(st.text() | st.sampled_from(ODD) | st.lists(st.sampled_from(ODD)).map("\n".join))
@example("a" * 5_000)
@example("a b " * 5_000 + "c\nd")
def test_what_is_written_is_read_to_the_letter(said: str) -> None:
    assert read(f"- k: {scalar(said)}\n") == [{"k": said}]
    assert read(f"- k: {block(said, 6, '|-')}\n  l: m\n") == [{"k": said, "l": "m"}]


def test_every_character_there_is_comes_back() -> None:
    said = "".join(map(chr, [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]))
    lines = "\n".join(said[start : start + 100] for start in range(0, len(said), 100))
    assert yaml.load(f"k: {scalar(lines)}\n", Loader=LOADERS[-1]) == {"k": lines}  # noqa: S506 - a safe loader
    shown = "a\n" + "\n".join(char for char in said if char.isprintable() and char != " ")
    assert block(shown, 2, "|-").startswith("|-\n")
    assert yaml.load(f"k: {block(shown, 2, '|-')}\n", Loader=LOADERS[-1]) == {"k": shown}  # noqa: S506 - the same


def test_what_is_invisible_is_shown_by_its_escape() -> None:
    assert visible("\x1b[31m\r\x00é\u202e\ud800\U000e0001") == "\\x1b[31m\\r\\x00é\\u202e\\ud800\\U000e0001"
    assert visible("so it is") == "so it is"
