"""The picture of a decision: whole, told in words, and with nothing over anything else."""

from itertools import combinations, product
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given, settings

from tests.conftest import HERE, changed
from tests.render.test_graph import within
from tests.tables import Table, rule, table, weighed_tables
from tutor.model import Value
from tutor.render.drawing import svg, wrapped
from tutor.subject import Pack

NS = "{http://www.w3.org/2000/svg}"
PICTURES = sorted(
    path
    for path in (HERE.parent / "docs" / "pictures").glob("*.svg")
    if path.stem != "shell"  # recorded, not drawn
)
LONG = 'A label with <tags> & "quotes" that goes on and on Supercalifragilisticexpialidocious WWWWWWWWWWWWWWWWWWWWWWWW'


def read(picture: str) -> Element:
    return fromstring(picture)  # noqa: S314 - we drew it ourselves


def parts(picture: str, kind: str) -> list[Element]:
    return [part for part in read(picture).iter(f"{NS}{kind}") if part.get("class") != "page"]


def sides(box: Element) -> tuple[float, float, float, float]:
    left, top, width, height = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
    return left, top, left + width, top + height


def apart(one: Element, other: Element) -> bool:
    left, top, right, foot = sides(one)
    left2, top2, right2, foot2 = sides(other)
    return right <= left2 or right2 <= left or foot <= top2 or foot2 <= top


def boxes_of(picture: str) -> list[Element]:
    """Return the boxes of a picture, proved to lie apart and on the page, each line of text within one of them."""
    boxes = parts(picture, "rect")
    _, _, width, height = map(float, read(picture).get("viewBox", "").split())
    assert all(apart(*two) for two in combinations(boxes, 2))
    assert all(
        min(left, top) >= 0 and right <= width and foot <= height for left, top, right, foot in map(sides, boxes)
    )
    for text in parts(picture, "text")[1:]:
        for line in text:
            x, y = float(line.get("x", "")), float(line.get("y", ""))
            assert any(left < x < right and top < y < foot for left, top, right, foot in map(sides, boxes))
    return boxes


def test_a_picture_is_titled_and_told_in_words(tea_pack: Pack) -> None:
    picture = svg(tea_pack, tea_pack.decisions["which-tea"])
    root = read(picture)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "which-tea-title which-tea-desc")
    assert {part.get("id"): part.text for part in root if part.get("id")} == {
        "which-tea-title": "Which tea",
        "which-tea-desc": "When will it be drunk? In the morning: How many cups are needed? One cup: Green tea wants "
        "cooler water. When will it be drunk? In the morning: How many cups are needed? A whole pot: A pot for the "
        "breakfast table. When will it be drunk? Before sleep: Strong tea before sleep.",
    }
    assert "prefers-color-scheme:dark" in picture
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def test_questions_values_and_ends_have_a_box_each(tea_pack: Pack) -> None:
    kinds = [box.get("class") for box in boxes_of(svg(tea_pack, tea_pack.decisions["which-tea"]))]
    assert [kinds.count(kind) for kind in ("ask", "way", "end")] == [2, 4, 3]


def test_long_labels_wrap_and_are_escaped(tea_pack: Pack) -> None:
    cells = list(product("01", repeat=2))
    rules = [rule(f"r{a}{b}", LONG[:120], a=a, b=b) for a, b in cells]
    pack, decision = within(tea_pack, table({"a": "0 1", "b": "0 1"}, *rules))
    values = {"0": Value(label=LONG), "1": Value(label="short")}
    slots = {name: changed(slot, question=LONG, values=values) for name, slot in pack.slots.items()}
    picture = svg(changed(pack, slots=slots), changed(decision, title=LONG * 3))
    assert len(boxes_of(picture)) == 3 + 6 + 4
    assert all(len(line.text or "") <= 30 for text in parts(picture, "text")[1:] for line in text)


def test_a_decision_without_a_question_is_one_box(tea_pack: Pack) -> None:
    assert len(boxes_of(svg(*within(tea_pack, table({"a": "0 1"}, rule("x")))))) == 1


@settings(deadline=None, max_examples=40)
@given(weighed_tables())
def test_nothing_lies_over_anything_else(tea_pack: Pack, drawn: Table) -> None:
    boxes_of(svg(*within(tea_pack, drawn)))


def test_the_bundled_decisions_can_all_be_drawn(pack: Pack) -> None:
    for decision in pack.decisions.values():
        assert boxes_of(svg(pack, decision))


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_a_picture_on_a_page_is_what_graph_draws(pack: Pack, path: Path) -> None:
    assert path.read_text(encoding="utf-8") == svg(pack, pack.decisions[path.stem]), (
        f"tutor graph {path.stem} -o {path}"
    )


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one two", ["one two"]),
        ("one two three four five", ["one two", "three four", "five"]),
        ("abcdefghijklmnopqrst", ["abcdefghijk", "lmnopqrst"]),
        ("日本語の長いラベル", ["日本語の長い", "ラベル"]),
    ],
)
def test_lines_are_cut_to_their_width(said: str, lines: list[str]) -> None:
    assert wrapped(said, 90, 14) == lines
