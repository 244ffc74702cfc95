"""A compiled pack is read back exactly, or not at all."""

from dataclasses import fields, replace
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.compiled import pack_from_json, pack_to_json
from tutor.model import KINDS, Band, Noun
from tutor.subject import Pack

_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=4),
    int: st.integers(),
    float: st.floats(allow_nan=False),
    NoneType: st.none(),
}


def made(hint: Any) -> st.SearchStrategy[Any]:
    """Return anything that the type *hint* allows."""
    parts = get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) is Literal:
        return st.sampled_from(parts)
    if get_origin(hint) is tuple:
        return st.lists(made(parts[0]), max_size=2).map(tuple)
    if get_origin(hint) is dict:
        return st.dictionaries(made(parts[0]), made(parts[1]), max_size=2)
    return noun(hint) if isinstance(hint, type) else st.one_of([made(part) for part in parts])


def noun(kind: type[Noun] | type[Pack]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    values = {field.name: made(hints[field.name]) for field in fields(kind)}
    if kind in KINDS.values():
        values["id"] = st.text(max_size=4).map(lambda name: f"{kind.__name__.lower()}.{name}")
    return st.builds(kind, **values)


def test_the_tea_pack_is_read_back_as_it_was(tea_pack: Pack) -> None:
    assert pack_from_json(pack_to_json(tea_pack)) == tea_pack
    assert repr(pack_from_json(pack_to_json(tea_pack))) == repr(tea_pack)  # types and order too


def test_the_bundled_pack_is_read_back_as_it_was(pack: Pack) -> None:
    for whole in (pack, pack.without_examples()):
        assert repr(pack_from_json(pack_to_json(whole))) == repr(whole)


@given(noun(Pack))
def test_any_pack_is_read_back_as_it_was(drawn: Pack) -> None:
    again = pack_from_json(pack_to_json(drawn))
    assert again == drawn
    assert repr(again) == repr(drawn)


def test_a_compiled_pack_says_the_same_in_the_same_bytes(tea_pack: Pack) -> None:
    text = pack_to_json(tea_pack)
    assert text.isascii()
    assert pack_to_json(pack_from_json(text)) == text


def test_numbers_without_end_are_read_back(tea_pack: Pack) -> None:
    [measure] = tea_pack.slots["guests"].measures
    slot = replace(tea_pack.slots["guests"], measures=(replace(measure, values={"many": Band(from_=float("inf"))}),))
    endless = replace(tea_pack, slots={**tea_pack.slots, "guests": slot})
    assert pack_from_json(pack_to_json(endless)) == endless


@pytest.mark.parametrize("text", ["", "[]", "{}", "1", "null", '"pack"', '{"about": 1}', '{"about": {}}', "{"])
def test_what_is_no_compiled_pack_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        pack_from_json(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id": "fact.', '"id": "note.'),
        ('"sides": [', '"sites": ['),
        ('"up_to": ', '"upto": '),
        ('"because": ', '"why": '),
        ('"lines": [', '"lines": 3, "x": ['),
        ('"topics": ', '"topic": '),
    ],
)
def test_a_part_that_does_not_fit_is_a_value_error(tea_pack: Pack, old: str, new: str) -> None:
    text = pack_to_json(tea_pack)
    assert old in text
    with pytest.raises(ValueError, match="not a compiled pack"):
        pack_from_json(text.replace(old, new))
