from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fronts.batch.rows import read

TEA = {"question": "Which tea?", "options": ["Black", "Green"]}
PICKED = {**TEA, "correct": [1]}
EXPLAINED = {**PICKED, "explanation": "It is mild.\nAt night."}
CODE = "```sql\nSELECT 1\n\n- 2 -- A. x?\n```"

SAID = "SELECT 1\n\n- 2 -- A. x?"


def items(tmp_path: Path, text: str, suffix: str) -> list[dict[str, Any]]:
    path = tmp_path / f"q{suffix}"
    path.write_text(text, encoding="utf-8")
    records = read(path)
    assert [record.fault for record in records] == [None] * len(records)
    return [record.columns for record in records]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n \n", []),
        ("Which tea?\nWhich cup?\n\nWhich pot?", ["Which tea?", "Which cup?", "Which pot?"]),
        ("1. Which tea?\n2) Explain cups\nQ3. Which pot?", ["Which tea?", "Explain cups", "Which pot?"]),
        ("- Which tea?\n- Which cup?", ["Which tea?", "Which cup?"]),
        ("1. Which tea\n   is it?\n2. Which cup?", ["Which tea\nis it?", "Which cup?"]),
        ("Which tea?\nA. Black\nB. Green", [TEA]),
        ("Which tea?\nA) Black\nB) Green", [TEA]),
        ("Which tea?\n(a) Black\n(b) Green", [TEA]),
        ("Which tea?\n\nA. Black\n\nB. Green", [TEA]),
        ("Which tea?\n- Black\n- Green", [TEA]),
        ("Which tea?\n\n* Black\n* Green", [TEA]),
        ("Which tea?\n1. Black\n2. Green", [TEA]),
        ("Which tea?\n\n1. Black\n2. Green", [TEA]),
        ("Which tea?\n- [ ] Black\n- [x] Green", [PICKED]),
        ("Which tea?\n- A. Black\n- B. Green\n\nAnswer: B", [PICKED]),
        ("1. Which tea?\n   A. Black\n   B. Green\n   Correct answer: B\n2. Which cup?", [PICKED, "Which cup?"]),
        ("Which tea?\nA. Black\nB. Green\nWhich cup?", [TEA, "Which cup?"]),
        ("Which tea?\nA. Black\n   and\nB. Green", [{**TEA, "options": ["Black\nand", "Green"]}]),
        ("We sleep badly.\nWhich tea?\nA. Black\nB. Green", [{**TEA, "question": "We sleep badly.\nWhich tea?"}]),
        ("Which tea?\nA) Black  B) Green\nANSWER: B", [PICKED]),
        ("Which tea?\n(a) Black (b) Green\n\nWhich cup?", [TEA, "Which cup?"]),
        ("Which tea?\nA. Black; B. Green\nAnswer: B", [PICKED]),
        ("Which tea?\nA. Use plan B. It wakes\nB. Green", [{**TEA, "options": ["Use plan B. It wakes", "Green"]}]),
        ("Which tea? A) Black B) Green\nAnswer: B", [PICKED]),
        ("Which tea? A) Black B) Green\n\nAnswer: B\n\nWhich cup?", [PICKED, "Which cup?"]),
        ("Which tea?\nA. Black\nB. Green\nAnswer: B\nExplanation: It is mild.\nAt night.", [EXPLAINED]),
        ("Which tea?\nA. Black\nB. Green\nAnswer: B\nIt is mild.\nAt night.\nWhich cup?", [EXPLAINED, "Which cup?"]),
        (
            "Which tea?\nA. Black\nB. Green\n\nAnswer: B\n\nExplanation: It is mild.\nAt night.\n\nWhich cup?",
            [EXPLAINED, "Which cup?"],
        ),
        ("Question 1\nWhich tea?\nA. Black\nB. Green\n\nQuestion 2 of 9\nWhich cup?", [TEA, "Which cup?"]),
        ("Which tea?\nAnswer: it is green\nWhich cup?", ["Which tea?", "Which cup?"]),
    ],
)
def test_text_and_markdown_hold_questions_with_options(
    tmp_path: Path, suffix: str, text: str, expected: list[str | dict[str, Any]]
) -> None:
    wanted = [{"question": one} if isinstance(one, str) else one for one in expected]
    assert items(tmp_path, text, suffix) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Tea\n\n## Which tea?\n## Explain cups", ["Which tea?", "Explain cups"]),
        ("# Tea\nWhich tea?\n", ["Which tea?"]),
        ("## Which tea?\nWe sleep badly.\n\n## Which cup?", ["Which tea?\nWe sleep badly.", "Which cup?"]),
        ("## Question 1\nWhich tea?\n- Black\n- Green\n\n## Question 2\nWhich cup?", [TEA, "Which cup?"]),
        ("## Which tea?\n\n- [ ] Black\n- [X] Green\n", [PICKED]),
        ("# Tea\n1. Which tea?\n2. Which cup?", ["Which tea?", "Which cup?"]),
        ("We sleep badly\nat night. Which tea?", ["We sleep badly\nat night. Which tea?"]),
        ("Which tea?\n\n---\n\nWhich cup?", ["Which tea?", "Which cup?"]),
        ("# What is C#?", ["What is C#?"]),
        (f"What does it say?\n{CODE}\n- Black\n- Green", [{**TEA, "question": f"What does it say?\n{SAID}"}]),
        (f"Look at this:\n\n{CODE}\n\nWhich tea?\n\nWhich cup?", [f"Look at this:\n{SAID}\nWhich tea?", "Which cup?"]),
        (f"{CODE}\n\nWhich tea?\n- Black\n- Green", [{**TEA, "question": f"{SAID}\nWhich tea?"}]),
        (f"Which tea?\n- Black\n- Green\n{CODE}", [{**TEA, "options": ["Black", f"Green\n{SAID}"]}]),
        ("---\ntitle: Tea?\ntags:\n  - a\n---\n\nWhich tea?", ["Which tea?"]),
        ("---\nWhich tea?\n---\nWhich cup?", ["Which tea?", "Which cup?"]),
        ("### 12. Which tea?\n- Black\n- Green\n\n### Question 13: Which cup?", [TEA, "Which cup?"]),
        ("**Which tea?**\n- **Black**\n- **Green**", [TEA]),
        ("**Question 1**\n\n**1. Which tea?**\n**A.** Black\n**B.** Green\n\n**Answer:** B", [PICKED]),
        ("Is 2**3 more than 2**2?", ["Is 2**3 more than 2**2?"]),
    ],
)
def test_markdown_has_headings_and_paragraphs(tmp_path: Path, text: str, expected: list[str | dict[str, Any]]) -> None:
    wanted = [{"question": one} if isinstance(one, str) else one for one in expected]
    assert items(tmp_path, text, ".md") == wanted


def test_code_that_never_ends_is_a_fault_and_what_is_above_it_is_not(tmp_path: Path) -> None:
    path = tmp_path / "q.md"
    path.write_text("Which tea?\n\n~~~\nWhich cup?\n")
    assert [(record.columns.get("question"), record.fault) for record in read(path)] == [
        ("Which tea?", None),
        (None, "row 2: code begins at ~~~ and never ends"),
    ]


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_carriage_return_alone_ends_a_line(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"q{suffix}"
    path.write_bytes(b"Which tea?\rA. Black\rB. Green\r\rWhich cup?\r")
    assert [record.columns for record in read(path)] == [TEA, {"question": "Which cup?"}]


def test_in_plain_text_a_hash_is_a_hash_and_each_line_a_question(tmp_path: Path) -> None:
    assert items(tmp_path, "#1 Which tea\nWe sleep badly", ".txt") == [
        {"question": "#1 Which tea"},
        {"question": "We sleep badly"},
    ]


def test_a_line_that_cannot_be_used_is_a_fault_among_the_others(tmp_path: Path) -> None:
    path = tmp_path / "q.txt"
    path.write_bytes("grün?\nschön?\n".encode() + b"caf\xe9\n" + b"x" * 1_000_001 + b"\nlast\n")
    assert [(record.number, record.columns.get("question"), record.fault) for record in read(path)] == [
        (1, "grün?", None),
        (2, "schön?", None),
        (3, None, "row 3: not UTF-8"),
        (4, None, "row 4: longer than 1000000 characters"),
        (5, "last", None),
    ]


WORDS = st.sampled_from(["Which tea", "we sleep", "hour", "x", "cup of"])
PLAIN = st.lists(st.builds("{}?".format, WORDS), max_size=8)


@given(PLAIN, st.sampled_from(["{}", "1. {}", "- {}", "## {}"]), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_every_line_that_asks_is_a_row_however_it_is_listed(
    tmp_path_factory: pytest.TempPathFactory, asked: list[str], form: str, ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "asked.md"
    path.write_bytes(ending.join(map(form.format, asked)).encode())
    assert [record.columns["question"] for record in read(path)] == asked


@settings(deadline=None, max_examples=150)
@given(st.lists(st.text(st.sampled_from("AB1.)-*[x] #?\n:=`"), max_size=30) | st.text(max_size=20), max_size=6))
def test_any_text_is_read_as_numbered_questions_with_something_in_them(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    for suffix in (".md", ".txt"):
        path = tmp_path_factory.getbasetemp() / f"any{suffix}"
        path.write_bytes("\n".join(lines).encode("utf-8", errors="replace"))
        records = read(path)
        assert [record.number for record in records] == list(range(1, len(records) + 1))
        assert all(record.fault or record.columns["question"].strip() for record in records)
