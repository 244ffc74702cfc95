"""The nouns of a pack hold what the guide for authors says, and nothing else."""

from dataclasses import FrozenInstanceError, asdict, fields
from math import inf
from typing import Any

import pytest
from pydantic import ValidationError

from tutor.files import Sources, Topic
from tutor.model import (
    STYLES,
    About,
    Bars,
    Citation,
    Decision,
    Examples,
    Fact,
    Floors,
    Measure,
    Pair,
    Reference,
    Rule,
    Slot,
    Source,
    Term,
    Tip,
    Trap,
    Value,
)  # fmt: skip
from tutor.schema import validate

ENTRY: dict[str, Any] = {
    "id": "fact.green-tea",
    "title": "Green tea",
    "answer": "Brew it at 80 degrees.",
    "why": "It turns bitter.",
    "citations": [{"source": "kettle-book", "lines": [1]}],
    "references": [{"title": "Tea", "url": "https://example.org/tea"}],
}
DISTRACTOR = {"option": "Boiling water", "wrong_because": "It scalds."}
KINDS: dict[str, tuple[type, dict[str, Any]]] = {
    "trap": (Trap, {"mistake": "Boiling it", "tempts": "It is quick."}),
    "pair": (Pair, {"sides": ["green", "black"], "decides": "The leaf."}),
    "tip": (Tip, {"scenario": "A guest comes.", "distractor": DISTRACTOR}),
    "fact": (Fact, {}),
}


def entry(kind: str, **more: Any) -> dict[str, Any]:
    return {**ENTRY, "id": f"{kind}.green-tea", **KINDS[kind][1], **more}


def topic(*entries: dict[str, Any]) -> Topic:
    return validate(Topic, {"topic": "leaves", "title": "Leaves", "entries": entries})


@pytest.mark.parametrize("kind", KINDS)
def test_the_id_says_the_kind_of_an_entry(kind: str) -> None:
    (read,) = topic(entry(kind)).entries
    assert (type(read), read.kind, read.id) == (KINDS[kind][0], kind, f"{kind}.green-tea")


@pytest.mark.parametrize(
    ("kind", "key"), [(kind, key) for kind in KINDS for key in [*ENTRY, *KINDS[kind][1]] if key != "id"]
)
def test_every_key_that_a_kind_needs_is_needed(kind: str, key: str) -> None:
    raw = entry(kind)
    del raw[key]
    with pytest.raises(ValidationError) as caught:
        topic(raw)
    assert [(error["loc"], error["type"]) for error in caught.value.errors()[:1]] == [
        (("entries", 0, kind, key), "missing")
    ]


@pytest.mark.parametrize(
    ("kind", "other"), [(kind, other) for kind in KINDS for other in KINDS if kind != other != "fact"]
)
def test_a_kind_takes_no_keys_of_another(kind: str, other: str) -> None:
    own = set(entry(kind)) | {"distractor"}
    strangers = {key: value for key, value in KINDS[other][1].items() if key not in own}
    with pytest.raises(ValidationError) as caught:
        topic(entry(kind, **strangers))
    refused = {error["loc"][-1] for error in caught.value.errors() if error["type"] == "unexpected_keyword_argument"}
    assert refused == set(strangers) != set()


ENTRY_FAULTS: list[dict[str, Any]] = [
    {"id": "fact.Green"}, {"id": "fact.green_tea"}, {"id": "fact."}, {"id": "fact.-a"}, {"id": "fact.a-"},
    {"id": "fact.a--b"}, {"id": "fact." + "a" * 80}, {"id": "fact.a\n"}, {"title": "ab"}, {"title": "x" * 81},
    {"title": "   "},
    {"answer": ""}, {"answer": "x" * 1201}, {"why": " "}, {"citations": []}, {"references": []},
    {"citations": [{"source": "kettle-book", "lines": []}]}, {"distractor": {"option": "x"}},
    {"references": [{"title": "Tea", "url": "http://example.org/tea"}]},
    {"references": [{"title": "Tea", "url": "https://a b"}]},
    {"references": [{"title": "Tea", "url": 'https://a"onclick=x'}]},
    {"references": [{"title": "Tea", "url": "javascript:x"}]},
    {"see_also": ["note.x"]}, {"practice": ""},
]  # fmt: skip


@pytest.mark.parametrize("spoilt", ENTRY_FAULTS, ids=str)
def test_an_entry_keeps_to_its_forms_and_lengths(spoilt: dict[str, Any]) -> None:
    topic(entry("fact"))
    with pytest.raises(ValidationError):
        topic(entry("fact", **spoilt))


@pytest.mark.parametrize("count", [1, 4])
def test_a_pair_has_two_or_three_sides(count: int) -> None:
    topic(entry("pair", sides=["a", "b", "c"]))
    with pytest.raises(ValidationError):
        topic(entry("pair", sides=["a"] * count))


@pytest.mark.parametrize("line", [1, 318, "44-45", "318"])
def test_lines_are_numbers_or_ranges(line: int | str) -> None:
    assert validate(Citation, {"source": "a", "lines": [line]}).lines == (str(line),)


@pytest.mark.parametrize("line", [0, -1, "0-3", "3-", "-3", "3–4", "1,2", "", 1.5, True, None, "1\n"])
def test_what_is_no_line_is_refused(line: object) -> None:
    with pytest.raises(ValidationError):
        validate(Citation, {"source": "a", "lines": [line]})


@pytest.mark.parametrize("name", ["a", "per-request", "data_size", "a1", "2026"])
def test_a_name_is_small_letters_digits_and_single_strokes(name: str) -> None:
    assert validate(Term, {"name": "x", "kind": name}).kind == name


@pytest.mark.parametrize("name", ["", "A", "a b", "a--b", "-a", "a_", "ä", "a" * 61, "a\n"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        validate(Term, {"name": "x", "kind": name})


def test_one_value_of_a_rule_may_stand_without_brackets() -> None:
    rule = validate(Rule, {"when": {"a": "x", "b": ["y", "z"]}, "outcome": "fact.t", "because": "So."})
    assert rule.when == {"a": ("x",), "b": ("y", "z")}


def test_a_slot_needs_two_values() -> None:
    with pytest.raises(ValidationError, match="at least 2"):
        validate(Slot, {"question": "Q?", "why": "W.", "values": {"a": Value(label="A")}})


def test_a_measure_says_from_with_the_word_from() -> None:
    bands = {"a": {"up_to": 1}, "b": {"from": 4}}
    measure = validate(Measure, {"unit": "rows", "values": bands})
    assert (measure.values["a"].least, measure.values["a"].most, measure.near) == (-inf, 1, ())
    assert (measure.values["b"].least, measure.values["b"].most) == (4, inf)
    with pytest.raises(ValidationError):
        validate(Measure, {"unit": "miles", "values": bands})


def test_the_styles_are_the_keys_of_examples() -> None:
    assert tuple(field.name for field in fields(Examples)) == STYLES


def test_examples_come_by_style_in_the_order_of_the_styles() -> None:
    examples = Examples(belief=("b1",), short=("s1", "s2"), keywords=("k1",))
    assert list(examples.by_style()) == [("short", "s1"), ("short", "s2"), ("keywords", "k1"), ("belief", "b1")]
    assert list(Examples().by_style()) == []


@pytest.mark.parametrize("bar", [field.name for field in fields(Bars)])
@pytest.mark.parametrize("value", [-0.01, 1.01])
def test_bars_stay_between_nought_and_one(bar: str, value: float) -> None:
    with pytest.raises(ValidationError):
        validate(Bars, {bar: value})


def test_bars_and_floors_have_the_documented_defaults() -> None:
    assert asdict(Bars()) == {
        "wrong": 0.06,
        "misread": 0.1,
        "overheard": 0.06,
        "coverage": 0.92,
        "outside": 0.5,
        "clear": 0.9,
        "ask": 0.2,
        "decide": 0.2,
        "pick": 0.2,
        "near": 0.05,
        "known": 0.5,
    }
    assert asdict(Floors()) == {"entry": 20, "style": 2, "decision": 8}


def test_a_pack_cites_at_least_one_source() -> None:
    with pytest.raises(ValidationError):
        validate(Sources, {"sources": {}})


def test_nouns_cannot_be_changed() -> None:
    source = Source(title="T", file="f.txt", about="A.")
    with pytest.raises(FrozenInstanceError):
        source.title = "U"  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize("noun", [Source, Term, Slot, Rule, Decision, Topic, About, Reference, Examples])
def test_every_noun_refuses_keys_it_does_not_know(noun: type[Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        validate(noun, {"surely_unknown": 1})
    assert "unexpected_keyword_argument" in {error["type"] for error in caught.value.errors()}
