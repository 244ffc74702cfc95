"""YAML is read as plain data, and every part of it knows its line and column."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.folder import LARGEST
from tutor.marked import DEEPEST, Place, read_documents, read_marked


def faults_of(raw: str | bytes) -> list[str]:
    marked, faults = read_marked("x.yaml", raw.encode() if isinstance(raw, str) else raw)
    assert (marked.data is None) == bool(faults)
    return list(map(str, faults))


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("", "x.yaml:1:1: the file is empty; write its content or delete it"),
        ("# only a remark\n", "x.yaml:1:1: the file is empty; write its content or delete it"),
        (b"a: 1\nb: Th\xe9\n", "x.yaml:2:6: not UTF-8; save the file as UTF-8"),
        ("a: 1\n".encode("utf-16"), "x.yaml:1:1: not UTF-8; save the file as UTF-8"),
        (
            "a:\n\tb: 1\n",
            "x.yaml:2:1: not YAML: found character that cannot start any token; indent with spaces, not with a tab",
        ),
        ("a: 1\n b: 2\n", "x.yaml:2:3: not YAML: mapping values are not allowed in this context; "
            "put a text with a colon and a space in quotes, and check the indentation"),
        ("a: [1\nb: 2\n", "x.yaml:2:2: not YAML: did not find expected ',' or ']'; "
            "close the list or keys with ], or put a text with such a sign in quotes"),
        ("a: b: c\n", "x.yaml:1:5: not YAML: mapping values are not allowed in this context; "
            "put a text with a colon and a space in quotes, and check the indentation"),
        ("a: 1\nb: \"open\nc: 3\n", "x.yaml:2:4: not YAML: found unexpected end of stream; "
            "close the quotes that are opened here"),
        ("a: 1\n---\nb: 2\n", "x.yaml:2:1: not YAML: but found another document; "
            "write one document a file; remove the ---"),
        ("a: é\nb: \x07\n", "x.yaml:2:4: not YAML: control characters are not allowed; remove the invisible character"),
        ("a: 1\n- b\n", "x.yaml:2:1: not YAML: did not find expected key; "
            "let what belongs together begin in one column, and close the quotes before this line"),
        ("a: 1\nbc\n", "x.yaml:2:3: not YAML: could not find expected ':'; "
            "write a colon and a space behind a key, or indent a text that runs on"),
        ('a: "x\\y"\n', "x.yaml:1:6: not YAML: found unknown escape character; "
            "put a text with a backslash in single quotes"),
        ("a: @x\n", "x.yaml:1:4: not YAML: found character that cannot start any token; "
            "put a text that begins with @ in quotes"),
        ("a: 1\nb: &x 2\n", "x.yaml:2:4: an anchor, &x; write it out in full"),
        ("a: *x\n", "x.yaml:1:4: an alias, *x; write it out in full"),
        ("a: 1\n<<: {b: 2}\n", "x.yaml:2:1: a key that is not a plain word; write a name and a colon"),
        ("? [a]\n: 1\n", "x.yaml:1:3: a key that is not a plain word; write a name and a colon"),
        ("a: 1\na: 2\n", "x.yaml:2:1: a: the key stands here twice; keep one"),
        ("a: 1\n'a': 2\n", "x.yaml:2:1: a: the key stands here twice; keep one"),
        ("a:\n  - b: {c: 1,\n      c: 2}\n", "x.yaml:3:7: c: the key stands here twice; keep one"),
        ("yes: 1\n", "x.yaml:1:1: yes: YAML does not read this key as text; put it in quotes"),
        ("a: {1: b}\n", "x.yaml:1:5: 1: YAML does not read this key as text; put it in quotes"),
        ("a: 2026-13-45\n", "x.yaml:1:4: 2026-13-45 cannot be read; put it in quotes"),
        ("a: =\n", "x.yaml:1:4: = cannot be read; put it in quotes"),
        ("a: <<\n", "x.yaml:1:4: << cannot be read; put it in quotes"),
        ("a: 0x_\n", "x.yaml:1:4: 0x_ cannot be read; put it in quotes"),
    ],
)  # fmt: skip
def test_a_file_of_the_wrong_form_is_one_fault_with_its_line(raw: str | bytes, told: str) -> None:
    assert faults_of(raw) == [told]


@pytest.mark.parametrize(
    "tag",
    [
        "!!python/object/apply:os.system", "!!python/object:os.x", "!!python/name:os.system", "!env", "!!binary",
        "!!int", "!!bool", "!!set", "!!omap", "!!str", "!!map",
    ],
)  # fmt: skip
def test_a_tag_is_refused_before_anything_is_built_of_it(tag: str) -> None:
    assert faults_of(f"a: 1\nb: {tag} x\n") == [f"x.yaml:2:4: a tag, {tag}; packs are plain data; remove it"]


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    marked, faults = read_marked("x.yaml", f"a: !!python/object/apply:os.mkdir ['{tmp_path}/made']\n".encode())
    assert (marked.data, len(faults)) == (None, 1)
    assert list(tmp_path.iterdir()) == []


def test_every_fault_of_one_file_is_told_in_the_order_of_its_lines() -> None:
    assert faults_of("a: {x: 1, x: 2}\nb: 2026-13-45\nb: 3\nno: 1\n") == [
        "x.yaml:1:11: x: the key stands here twice; keep one",
        "x.yaml:2:4: 2026-13-45 cannot be read; put it in quotes",
        "x.yaml:3:1: b: the key stands here twice; keep one",
        "x.yaml:4:1: no: YAML does not read this key as text; put it in quotes",
    ]
    assert faults_of("a: &x [1]\nb: *x\nc: !env y\n") == [
        "x.yaml:1:4: an anchor, &x; write it out in full",
        "x.yaml:2:4: an alias, *x; write it out in full",
        "x.yaml:3:4: a tag, !env; packs are plain data; remove it",
    ]


def test_aliases_that_would_grow_without_bound_are_refused_unexpanded() -> None:
    laughs = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40))
    assert faults_of(laughs)[0] == "x.yaml:1:5: an anchor, &a0; write it out in full"


@pytest.mark.parametrize("depth", [DEEPEST + 1, 1_000, 200_000])
@pytest.mark.parametrize("opening", ["[", "- "])
def test_too_many_levels_are_refused_however_many(depth: int, opening: str) -> None:
    raw = opening * depth + ("]" * depth if opening == "[" else "x")
    (told,) = faults_of(raw)
    assert re.fullmatch(rf"x\.yaml:1:\d+: nested too deeply; at most {DEEPEST} levels are read", told)


def test_as_many_levels_as_are_allowed_are_read() -> None:
    assert faults_of("[" * DEEPEST + "]" * DEEPEST) == []


def test_parts_that_stand_side_by_side_are_no_deeper_for_their_number() -> None:
    assert faults_of("a:\n" + "  - [x, {y: z}]\n" * 3 * DEEPEST) == []


def test_a_file_is_read_up_to_the_largest_size_and_refused_above_it() -> None:
    head = b"a: 1\n#"
    assert faults_of(head + b"x" * (LARGEST - len(head))) == []
    assert faults_of(head + b"x" * (LARGEST + 1 - len(head))) == [
        "x.yaml: 4000001 bytes; at most 4000000 are read; split the file"
    ]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    marked, faults = read_marked("x.yaml", "\ufeffa: é\n".encode())
    assert (marked.data, faults) == ({"a": "é"}, [])


TEXT = """\
a: 1
b:
  c: [x, y,
      z]
  d:
    - e: 2

    - f: 3
      g: 4
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("a",), 1),
        (("b",), 2),
        (("b", "c"), 3),
        (("b", "c", 1), 3),
        (("b", "c", 2), 4),
        (("b", "d"), 5),
        (("b", "d", 0), 6),
        (("b", "d", 1), 8),
        (("b", "d", 1, "g"), 9),
        (("b", "d", 1, "missing"), 8),
        (("b", "d", 7), 5),
        (("b", "missing", "deeper"), 2),
        (("a", "under a scalar"), 1),
        (("missing",), 1),
    ],
)
def test_a_place_has_its_line_or_that_of_the_deepest_part_there_is(place: Place, line: int) -> None:
    marked, _ = read_marked("x.yaml", TEXT.encode())
    assert marked.line(place) == line


SPOTS = """\
# 😀 é
é: [ö, {ü: 1,\tß: "two words"}]
b:
- 😀😀: x   # after a wide character
  text: >-
    Words that run
    over lines.
  next: 'one

    two'
  empty:
- plain words
  in two lines
- [[1, 2],
   [3, 44]]
c:
  - {}
"""


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ((), "é: [ö"),
        (("é",), "[ö"),
        (("é", 0), "ö,"),
        (("é", 1), "{ü"),
        (("é", 1, "ü"), "1,"),
        (("é", 1, "ß"), '"two'),
        (("b",), "b:"),
        (("b", 0), "😀😀: x"),
        (("b", 0, "😀😀"), "x  "),
        (("b", 0, "text"), ">-"),
        (("b", 0, "next"), "'one"),
        (("b", 0, "empty"), "empty:"),
        (("b", 1), "plain"),
        (("b", 2), "[[1"),
        (("b", 2, 1), "[3"),
        (("b", 2, 1, 1), "44"),
        (("b", 2, 1, 7), "[3"),
        (("c", 0), "{}"),
        (("c", 0, "deeper", "still"), "{}"),
        (("nowhere",), "é: [ö"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_value_has_the_line_and_the_column_of_its_first_character(place: Place, found: str, end: str) -> None:
    marked, faults = read_marked("x.yaml", SPOTS.replace("\n", end).encode())
    assert faults == []
    _, line, column = marked.spot(place)
    assert line
    assert column
    assert SPOTS.splitlines()[line - 1][column - 1 :].startswith(found)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        (("é",), "é: "), (("é", 1, "ß"), "ß:"), (("b", 0, "text"), "text:"), (("b", 0, "next"), "next:"),
        (("b", 0, "nowhere"), "😀😀: x"), (("b", 2, 1, 1), "44"),
    ],
)  # fmt: skip
def test_a_key_has_its_line_and_column(place: Place, found: str) -> None:
    _, line, column = read_marked("x.yaml", SPOTS.encode())[0].spot(place, key=True)
    assert SPOTS.splitlines()[(line or 0) - 1][(column or 0) - 1 :].startswith(found)


@pytest.mark.parametrize(
    ("place", "word", "line", "column"),
    [
        (("b", 0, "text"), "over", 7, 5),
        (("b", 0, "text"), "run over", 6, 16),
        (("b", 0, "text"), "ver", 5, 9),
        (("b", 0, "text"), "one", 5, 9),
        (("b", 1), "in two", 13, 3),
        (("é", 1, "ß"), "words", 2, 23),
    ],
)
def test_a_word_of_a_text_is_found_where_it_stands(place: Place, word: str, line: int, column: int) -> None:
    marked, _ = read_marked("x.yaml", SPOTS.encode())
    assert marked.spot(place, word=word) == ("x.yaml", line, column)


def test_lines_are_counted_as_editors_count_them() -> None:
    marked, _ = read_marked("x.yaml", 'a: "x\u2028\u0085y"\nb: 1\n'.encode())
    assert marked.spot(("b",)) == ("x.yaml", 2, 4)


def test_what_is_left_without_some_parts_stands_where_it_stood() -> None:
    marked, _ = read_marked("x.yaml", TEXT.encode())
    left = marked.without([("b", "c", 1), ("b", "d", 0, "nowhere"), ("a",)])
    assert left.data == {"b": {"c": ["x", "z"], "d": [{"f": 3, "g": 4}]}}
    assert left.spot(("b", "c", 1)) == ("x.yaml", 4, 7)
    assert left.spot(("b", "d", 0, "g")) == ("x.yaml", 9, 10)
    assert marked.without([("nowhere",)]).data is None


def test_a_file_that_cannot_be_read_has_line_one_everywhere() -> None:
    marked, _ = read_marked("x.yaml", b"")
    assert marked.line(("a", 3, "b")) == 1


names = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=5).map("k{}".format)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["C"], max_codepoint=0x2FF)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(names, values, min_size=1, max_size=4))
def test_plain_data_is_read_as_it_was_written(data: dict[str, object]) -> None:
    marked, faults = read_marked("x.yaml", json.dumps(data, indent=1, ensure_ascii=False).encode())
    assert (marked.data, faults) == (data, [])


@given(st.binary(max_size=60) | st.text("abc:-[]{}&*!'\"#|>? \n\t01=<.", max_size=60).map(str.encode))
def test_any_bytes_are_data_or_faults_with_a_line_and_never_a_traceback(raw: bytes) -> None:
    marked, faults = read_marked("x.yaml", raw)
    assert marked.file == "x.yaml"
    assert all(fault.file == "x.yaml" and fault.line and fault.problem and fault.instead for fault in faults)
    assert [fault.line for fault in faults] == sorted(fault.line or 0 for fault in faults)
    lines = re.split("\r\n?|\n", raw.removeprefix(b"\xef\xbb\xbf").decode(errors="surrogateescape"))
    assert all(1 <= (fault.column or 0) <= len(lines[(fault.line or 0) - 1]) + 1 for fault in faults)


def test_every_document_of_a_file_is_read_with_its_lines() -> None:
    (first, second), faults = read_documents("x.yaml", b"# one\na: 1\n---\n\nb:\n  - 2\n")
    assert (first.data, second.data, faults) == ({"a": 1}, {"b": [2]}, [])
    assert (first.line(()), second.line(()), second.line(("c",)), second.line(("b", 0))) == (2, 5, 5, 6)


def test_a_fault_in_one_document_leaves_none() -> None:
    documents, faults = read_documents("x.yaml", b"a: 1\n---\nb: 2026-99-99\n---\nc: 1\nc: 2\n")
    assert documents == []
    assert [fault.line for fault in faults] == [3, 6]
