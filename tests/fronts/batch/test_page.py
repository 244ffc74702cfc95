import re
import shutil
import subprocess
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.fronts.batch.rows import CELLS, full_row, row, write
from tutor.fronts.batch.formats import page
from tutor.reply import Candidate, Way

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def test_a_page_tells_what_a_row_holds(tmp_path: Path) -> None:
    said = write(
        tmp_path / "out.html", full_row(), row(status="declined"), row(status="error", error="row 3: x")
    ).read_text()
    for told in (
        "<title>Answers: questions.csv</title>",
        '<article class="row" data-status="conditional" data-topic="tea">',
        "<li>hour “Morning”: <strong>Green: Green tea</strong> Brew it at 80 degrees.</li>".replace(
            "Green: Green tea", "Green tea"
        ),
        '<a href="https://example.org/book" rel="noreferrer">The &lt;book&gt;, lines 3-4</a>',
        '<dt>needs</dt><dd dir="auto">hour</dd>',
        '<dt>team</dt><dd dir="auto">blue</dd>',
        '<p class="answer">row 3: x</p>',
        "3 rows: 1 conditional, 1 declined, 1 error",
    ):
        assert told in said
    assert said.count("<details open>") == 3


def test_a_page_needs_nothing_but_itself(tmp_path: Path) -> None:
    said = write(tmp_path / "out.html", full_row()).read_text()
    assert "default-src 'none'" in said
    assert re.findall(r'(?:src|href)="([^"]*)"', said) == ["https://example.org/book"]
    assert not re.search(r"@import|url\(", said)


def test_options_are_told_with_what_was_picked_and_what_is_right(tmp_path: Path) -> None:
    asked = row(
        choice=(0,), answer="It wakes.", entry="fact.black", passed={"options": ["<Black>", "Green"], "correct": [1]}
    )
    assert (
        '<ol type="A"><li class="picked">&lt;Black&gt;<span class="why">Right: It wakes. (fact.black)</span></li>'
        '<li>Green<span class="why">right as the file has it</span></li></ol>'
    ) in write(tmp_path / "out.html", asked).read_text()


@settings(deadline=None, max_examples=30)
@given(CELLS, CELLS)
def test_nothing_in_a_row_is_taken_for_a_tag(tmp_path_factory: pytest.TempPathFactory, one: str, other: str) -> None:
    hostile = f"<script>alert(1)</script>{one}"
    path = tmp_path_factory.getbasetemp() / "hostile.html"
    write(
        path,
        row(hostile, id=hostile, topic=f'"{hostile}', answer=hostile, passed={hostile: other, "options": [hostile]}),
    )
    said = path.read_bytes().decode()
    assert said.count("<script>") == 1
    assert escape(hostile) in said


def test_an_address_that_is_none_of_the_web_is_no_link(tmp_path: Path) -> None:
    cited = tuple(replace(one, url="javascript:alert(1)") for one in full_row().citations)
    assert "javascript:" not in write(tmp_path / "out.html", replace(full_row(), citations=cited)).read_text()


def test_rows_that_a_browser_could_not_show_are_left_out_and_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_ROWS", 2)
    said = write(tmp_path / "out.html", *[row()] * 3).read_text()
    assert said.count('<article class="row"') == 2
    assert "1 more row is not shown on this page." in said
    assert "3 rows: 3 answered" in said


def test_a_declined_row_says_what_the_reply_would(tmp_path: Path) -> None:
    far = (Candidate("fact.green-tea", "Green tea", 0.001),)
    for asked, told in (
        (
            row("Capital of Peru?", status="declined", candidates=far),
            "My sources do not answer this, so I do not either.",
        ),
        (row("???", status="declined"), "There is no question in this. Ask in your own words."),
        (
            row("x" * 20_001, status="declined"),
            "This is longer than the 20000 characters I read. Send the part that asks.",
        ),
        (row("Hello", status="declined", answer="Hello."), "Hello."),
    ):
        assert f'<div class="body">\n<p class="answer">{told}</p>\n' in write(tmp_path / "out.html", asked).read_text()
        assert f"\n\n{told}\n\n" in write(tmp_path / "out.md", asked).read_text()


def test_a_case_without_an_answer_of_its_own_ends_with_its_title(tmp_path: Path) -> None:
    asked = row(branches=(Way({"hour": "night"}, "fact.milk", "", "Milk", "at night", ""),))
    assert "<li>at night: <strong>Milk</strong></li>" in write(tmp_path / "out.html", asked).read_text()
    assert "- at night: **Milk**\n" in write(tmp_path / "out.md", asked).read_text()


def test_a_page_without_rows_is_a_page(tmp_path: Path) -> None:
    assert "0 rows" in write(tmp_path / "out.html").read_text()


@pytest.mark.skipif(CHROMIUM is None, reason="needs a browser")
@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", [True, True, True]),
        ("q=sencha", [True, False, False]),
        ("q=TEA+black", [False, True, False]),
        ("status=declined,error", [False, False, True]),
        ("topic=green&q=warm", [True, False, False]),
        ("topic=nowhere", [True, True, True]),
    ],
)
def test_a_browser_shows_the_rows_that_are_searched_for(tmp_path: Path, asked: str, shown: list[bool]) -> None:
    rows = (
        row("How warm is sencha?", topic="green"),
        row("Is black tea warm?", topic="black"),
        row("Capital of Peru?", status="declined"),
    )
    path = write(tmp_path / "out.html", *rows)
    browser = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'browser'}"]
    dumped = subprocess.run(
        [*browser, "--virtual-time-budget=2000", "--dump-dom", f"{path.as_uri()}#{asked}"],
        capture_output=True,
        check=True,
        text=True,
        timeout=120,
    ).stdout
    assert ["hidden" not in tag for tag in re.findall(r'<article class="row"[^>]*>', dumped)] == shown
    assert f">{sum(shown)} of 3 rows</output>" in dumped
    assert ">declined (1)</label>" in dumped
