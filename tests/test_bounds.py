"""Bounds beside a type: pydantic enforces them, and the JSON Schema shows them."""

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tutor.bounds import Before, Bounds, OneOf
from tutor.model import Reference, Term

CASES: list[tuple[Any, list[Any], list[Any], dict[str, Any]]] = [
    (Annotated[str, Bounds("^a+$")], ["a", "aa"], ["", "b", "a\n"], {"type": "string", "pattern": "^a+$"}),
    (
        Annotated[str, Bounds(least=1, most=2)],
        ["a", "ab", " "],
        ["", "abc"],
        {"type": "string", "minLength": 1, "maxLength": 2},
    ),
    (Annotated[str, Bounds(strip=True, least=1)], ["a"], [" ", "\t"], {"type": "string", "minLength": 1}),
    (
        Annotated[tuple[str, ...], Bounds(least=1, most=2)],
        [("a",), ("a", "b")],
        [(), ("a", "b", "c")],
        {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2},
    ),
    (
        Annotated[dict[str, int], Bounds(least=1)],
        [{"a": 1}],
        [{}],
        {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1},
    ),
    (Annotated[int, Bounds(least=0)], [0, 5], [-1], {"type": "integer", "minimum": 0}),
    (
        Annotated[float, Bounds(least=0, most=1)],
        [0.0, 1.0],
        [-0.1, 1.1],
        {"type": "number", "minimum": 0, "maximum": 1},
    ),
]


@pytest.mark.parametrize(("kind", "good", "bad", "schema"), CASES)
def test_bounds_are_kept_and_shown(kind: Any, good: list[Any], bad: list[Any], schema: dict[str, Any]) -> None:
    adapter = TypeAdapter(kind)
    assert [adapter.validate_python(value) for value in good] == good
    for value in bad:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
    assert adapter.json_schema() == schema


def test_space_around_a_text_is_taken_away_where_that_is_said() -> None:
    assert TypeAdapter(Annotated[str, Bounds(strip=True)]).validate_python(" a ") == "a"
    assert TypeAdapter(Annotated[str, Bounds()]).validate_python(" a ") == " a "


def test_what_an_author_may_also_write_is_made_what_is_meant_and_then_checked() -> None:
    adapter = TypeAdapter(Annotated[str, Bounds("^[1-9]$"), Before(lambda raw: str(raw) if raw != 7 else raw)])
    assert adapter.validate_python(3) == "3"
    for value in (0, 7):
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
    assert adapter.json_schema() == {"type": "string", "pattern": "^[1-9]$"}


def test_the_data_say_which_noun_of_a_union_is_meant() -> None:
    kinds = {"term": Term, "page": Reference}
    adapter: TypeAdapter[Any] = TypeAdapter(
        Annotated[Term | Reference, OneOf(kinds, lambda raw: "term" if "name" in raw else raw.get("is"), "say which")]
    )
    assert adapter.validate_python({"name": "tea", "kind": "drink"}) == Term(name="tea", kind="drink")
    with pytest.raises(ValidationError, match=r"page\.url"):
        adapter.validate_python({"is": "page"})
    with pytest.raises(ValidationError, match="say which"):
        adapter.validate_python({"is": "x"})
