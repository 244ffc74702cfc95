from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from tests.fronts.batch.rows import CELLS, full_row, row, write


def test_a_document_tells_what_a_row_holds(tmp_path: Path) -> None:
    assert write(tmp_path / "out.md", full_row()).read_text() == (
        "# questions.csv\n\n"
        "## Which tea?\n\n"
        "**conditional** · pair.green-vs-black · id 7 · confidence 0.750\n\n"
        "**Green or black**\n\n"
        "It depends on the hour.\n\n"
        "Because guests: one.\n\n"
        "- hour “Morning”: **Green tea** Brew it at 80 degrees.\n\n"
        "Sources:\n\n"
        "- [The \\<book\\>, lines 3-4](<https://example.org/book>)\n\n"
    )


def test_options_stand_in_boxes(tmp_path: Path) -> None:
    asked = row(
        choice=(0,), answer="It wakes.", entry="fact.black", passed={"options": ["Black", "Green"], "correct": [1]}
    )
    assert ("- [x] A. Black (Right: It wakes. (fact.black))\n- [ ] B. Green (right as the file has it)\n") in write(
        tmp_path / "out.md", asked
    ).read_text()


@settings(deadline=None, max_examples=60)
@given(CELLS, CELLS)
def test_nothing_in_a_row_is_taken_for_markdown(tmp_path_factory: pytest.TempPathFactory, one: str, other: str) -> None:
    path = write(
        tmp_path_factory.getbasetemp() / "any.md", row(f"x{one}", answer=f"- # 1. <b>*{other}", status="error")
    )
    kinds = {token.type for token in MarkdownIt().parse(path.read_bytes().decode())}
    assert kinds <= {"heading_open", "inline", "heading_close", "paragraph_open", "paragraph_close"}
