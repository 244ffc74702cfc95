"""What is read from many phrases, and what is not: the tables in tests/phrases."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
import yaml

from tests.conftest import HERE
from tutor.folder import bundled
from tutor.pack import load_pack
from tutor.quantities import read_quantities
from tutor.slots import reading
from tutor.subject import Pack
from tutor.text import clean, words

Phrase = Mapping[str, Any]
PARTS = ("phrases", "misses")


def _table(name: str) -> dict[str, list[Any]]:
    loaded: dict[str, list[Any]] = yaml.safe_load((HERE / "phrases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def _cases(name: str, has: str = "text") -> list[Any]:
    """Return the phrases of a table as test cases; a miss must fail, so that it moves up once it is read."""
    table = {part: [{"text": said} if isinstance(said, str) else said for said in _table(name)[part]] for part in PARTS}
    misses = [
        pytest.param(miss, marks=pytest.mark.xfail(strict=True, reason=miss["reason"]))
        for miss in table["misses"]
        if has in miss
    ]
    return [phrase for phrase in table["phrases"] if has in phrase] + misses


def _named(case: Any) -> str:
    return str(case["text"]) if isinstance(case, dict) else ""


@cache
def _known() -> frozenset[str]:
    """The words of the bundled pack's examples and entries: none of them is a slip of another."""
    pack = load_pack(bundled())
    said = [question for examples in pack.examples.values() for _, question in examples.by_style()]
    said += [question for questions in pack.openings.values() for question in questions]
    return frozenset(word for text in said for word in words(text))


@pytest.mark.parametrize("phrase", _cases("read", "amounts"), ids=_named)
def test_the_amounts_of_a_phrase_are_read(phrase: Phrase) -> None:
    found = list(read_quantities(clean(phrase["text"])))
    assert [amount.unit for amount in found] == [unit for unit, *_ in phrase["amounts"]]
    assert [amount.low for amount in found] == pytest.approx([ends[0] for _, *ends in phrase["amounts"]])
    assert [amount.high for amount in found] == pytest.approx([ends[-1] for _, *ends in phrase["amounts"]])


@pytest.mark.parametrize("phrase", _cases("read", "slot"), ids=_named)
def test_the_value_that_a_phrase_means_is_read(pack: Pack, phrase: Phrase) -> None:
    name = phrase["slot"]
    found = reading(
        phrase["text"], pack.slots, asked=name if phrase.get("asked") else None, knows=_known().__contains__
    )
    assert found.filled.get(name) == phrase.get("value")
    assert (name in found.borderline) == ("borderline" in phrase)
    if "words" in phrase:
        assert {**found.words, **found.borderline}[name] == phrase["words"]


@pytest.mark.parametrize("phrase", _cases("nothing"), ids=_named)
def test_figures_that_are_no_amounts_read_nothing(pack: Pack, phrase: Phrase) -> None:
    assert list(read_quantities(clean(phrase["text"]))) == []
    found = reading(phrase["text"], pack.slots)
    assert (found.filled, found.borderline) == ({}, {})
