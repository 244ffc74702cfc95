"""The page of a report: whole by itself, well-formed, safe to open, and always the same."""

import re
from html.parser import HTMLParser

import pytest

from tests.test_report import JUDGED, drawn, judged
from tutor.evaluation import METRICS, Gold
from tutor.render.report import report_page
from tutor.report import Report, report

VOID = {"meta", "wbr"}
EMPTY = report([], pack="tea 1", file="empty.jsonl")
EVIL = '<script>alert("1")</script>&amp;\ud800'


class Balance(HTMLParser):
    """Reads a page; *open* names the tags that are open, *faults* those closed wrongly."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


def parsed(page: str) -> Balance:
    balance = Balance()
    balance.feed(page)
    balance.close()
    return balance


def evil() -> Report:
    gold = Gold(EVIL, EVIL, frozenset({EVIL}), frozenset({EVIL}), "in", {"style": EVIL, "source": EVIL})
    wrong = judged(gold, "answered", f"{EVIL}2", 0.9, f"{EVIL}2")
    return report([wrong], pack=EVIL, file=EVIL, blame=lambda _: {"alert": 1.0})


@pytest.mark.parametrize("told", [drawn(by="topic"), drawn(by="zone", blame=lambda _: {"near": 1.0}), EMPTY, evil()])
def test_every_tag_is_closed_in_its_place_and_every_id_is_there_once(told: Report) -> None:
    page = parsed(report_page(told))
    assert (page.faults, page.open) == ([], [])
    ids = [attributes["id"] for _, attributes in page.seen if "id" in attributes]
    assert len(set(ids)) == len(ids)
    named = {value for _, attributes in page.seen if (value := attributes.get("aria-labelledby"))}
    links = {value.removeprefix("#") for tag, attributes in page.seen if tag == "a" and (value := attributes["href"])}
    assert named | links <= set(ids)


def test_the_page_needs_nothing_but_itself() -> None:
    page = report_page(drawn())
    assert not {tag for tag, _ in parsed(page).seen} & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not re.search(r"\bsrc=|url\(|@import|https?://", page)


def test_text_from_outside_is_never_markup() -> None:
    page = report_page(evil())
    assert "<script" not in page
    assert "&lt;script&gt;<mark" in page
    assert "&amp;amp;" in page


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_page(drawn(by="topic")) == report_page(
        report(list(JUDGED), pack="tea 1", file="tea.jsonl", by="topic")
    )


def test_a_reader_who_cannot_see_the_charts_is_told_them_and_has_their_tables() -> None:
    seen = parsed(report_page(drawn())).seen
    charts = [attributes["aria-label"] or "" for tag, attributes in seen if attributes.get("role") == "img"]
    assert [label.split(".")[0] for label in charts] == [
        "Reliability diagram",
        "Risk-coverage curve",
        "Histograms of confidence",
    ]
    tags = [tag for tag, _ in seen]
    assert tags.count("caption") == tags.count("table")
    assert tags.count("h1") == tags.count("title") == tags.count("main") == 1
    assert ("html", {"lang": "en"}) in seen


def test_the_header_names_pack_file_and_every_metric_with_what_it_means() -> None:
    page = report_page(drawn())
    assert "<code>tea.jsonl</code>: 7 questions (4 inside, 1 near, 1 far, 1 in part)" in page
    assert "pack <code>tea 1</code>" in page
    assert [name for name, metric in METRICS.items() if f"{name}</th>" not in page or metric.meaning not in page] == []
    assert '<tr><th scope="row">choice</th><td class="value">–</td>' in page


def test_a_file_without_questions_gives_a_page_that_says_so() -> None:
    page = report_page(EMPTY)
    assert "There is nothing to measure in this file." in page
    assert "nan" not in page


def test_a_miss_tells_what_was_wanted_and_what_came() -> None:
    page = report_page(drawn())
    assert (
        '<p class="question" dir="auto">near</p><dl><div><dt>wanted</dt><dd>nothing: outside the pack</dd></div>'
        in page
    )
    assert "<dt>first candidate</dt><dd><code>fact.black-tea</code></dd>" in page
    assert "<dt>confidence</dt><dd>0.850</dd>" in page


def test_marks_are_explained_only_where_there_are_any() -> None:
    assert "Marked words" not in report_page(drawn())
    assert "Marked words" in report_page(drawn(blame=lambda _: {"near": 1.0}))
