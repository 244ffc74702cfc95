"""The committed schemas are those of the nouns, say what every field is for, and tell sound files from broken ones."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import TEA
from tutor.files import FOLDERS, SINGLE
from tutor.folder import bundled, read_files
from tutor.marked import read_marked
from tutor.pack import schemas

FOLDER = Path(__file__).parent.parent / "docs" / "schema"
FILES = [(str(folder), name) for folder in (TEA, bundled()) for name in read_files(folder)]


def schema_of(name: str) -> Any:
    """Return the committed schema of the pack file *name*."""
    folder, _, file = name.rpartition("/")
    called = folder if folder in FOLDERS and name not in SINGLE else f"{folder}/{file.removesuffix('.yaml')}"
    return json.loads((FOLDER / f"{called.replace('/', '-')}.json").read_text("utf-8"))


def told(name: str, raw: str | bytes) -> list[str]:
    """Return what an editor marks in *raw*, which is to be the file *name*."""
    marked, faults = read_marked(name, raw.encode() if isinstance(raw, str) else raw)
    assert not faults
    return [
        "/".join(map(str, error.absolute_path))
        for error in Draft202012Validator(schema_of(name)).iter_errors(marked.data)
    ]


def fields(part: Any) -> Iterator[dict[str, Any]]:
    """Yield the schema of every field."""
    if isinstance(part, dict):
        yield from part.get("properties", {}).values()
        for below in part.values():
            yield from fields(below)
    elif isinstance(part, list):
        for below in part:
            yield from fields(below)


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_committed_schema_is_what_tutor_schema_writes(name: str) -> None:
    assert json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")) == schemas()[name]


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(schemas())


@pytest.mark.parametrize("name", sorted(schemas()))
def test_a_schema_is_a_schema_and_says_of_every_field_what_it_is_for(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]
    assert [field for field in fields(schema) if not field.get("description") or not field.get("title")] == []


@pytest.mark.parametrize(("folder", "name"), FILES)
def test_an_editor_marks_nothing_in_a_sound_file(folder: str, name: str) -> None:
    assert told(name, read_files(Path(folder))[name]) == []


SPOILT = [
    ("knowledge/pack.yaml", 'version: "1"', "version: 1", "version"),
    ("knowledge/pack.yaml", "title:", "titel:", ""),
    ("knowledge/pack.yaml", "style: 2", "style: -1", "floors/style"),
    ("knowledge/slots.yaml", "unit: rows", "unit: row", "slots/guests/measures/0/unit"),
    ("knowledge/slots.yaml", "  hour:", "  The Hour:", "slots"),
    ("knowledge/slots.yaml", "    cues:", "    ques:", "slots/hour"),
    ("knowledge/terms.yaml", "aliases: [assam, darjeeling]", "aliases: assam", "terms/1/aliases"),
    ("knowledge/topics/leaves.yaml", "sides: [green tea, black tea]", "sides: [a]", "entries/1"),
    ("knowledge/topics/leaves.yaml", "id: fact.green-tea", "id: trap.green-tea", "entries/0"),
    ("knowledge/topics/leaves.yaml", "see_also:", "topic: leaves\n    see_also:", "entries/0"),
    ("knowledge/topics/leaves.yaml", "lines: [1-2]", "lines: [0]", "entries/0"),
    ("knowledge/decisions/which-tea.yaml", "{hour: night}", "{hour: 3}", "rules/2/when/hour"),
    ("knowledge/decisions/which-tea.yaml", "outcome: fact.green-tea", "outcome: green-tea", "rules/0/outcome"),
    ("intents/leaves.yaml", "    short:", "    shorts:", "intents/fact.green-tea"),
    ("intents/outside.yaml", "  far:", "  afar:", "outside"),
]


@pytest.mark.parametrize(("name", "old", "new", "where"), SPOILT)
def test_an_editor_marks_what_is_wrong(name: str, old: str, new: str, where: str) -> None:
    text = (TEA / name).read_text(encoding="utf-8")
    assert old in text
    assert where in told(name, text.replace(old, new, 1))
