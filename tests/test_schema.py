"""The committed schemas are those of the nouns."""

import json
from pathlib import Path

import pytest

from tutor.pack import schemas

FOLDER = Path(__file__).parent.parent / "docs" / "schema"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_committed_schema_is_what_tutor_schema_writes(name: str) -> None:
    assert json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) == schemas()[name]


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(schemas())
