"""Faults for people, programs and code scanning."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TEA
from tutor.check import check_survey
from tutor.errors import RULES, Fault, Spot
from tutor.folder import read_files
from tutor.pack import survey
from tutor.render.faults import fault_list, fault_rows, sarif

HERE = Path("/here")
ONE = Spot("knowledge/a.yaml", 3, 5).fault("unknown-key", "unknown key", "did you mean é?", place="x.y")
WHOLE_FILE = Spot("knowledge/b.yaml").fault("missing-file", "is missing", "every pack has one")


def run_of(faults: list[Fault], folder: Path = HERE) -> dict[str, Any]:
    """Return the one run of a SARIF log, which must stand the way to JSON and back."""
    log = json.loads(json.dumps(sarif(faults, folder=folder, here=HERE)))
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return dict(run)


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ([ONE], "knowledge/a.yaml:3:5: x.y: unknown key; did you mean é?"),
        ([ONE, ONE], f"{ONE}\n{ONE}\n2 faults in 1 file"),
        ([ONE, WHOLE_FILE], f"{ONE}\n{WHOLE_FILE}\n2 faults in 2 files"),
    ],
)
def test_people_read_a_line_for_each_fault_and_how_many_there_are(faults: list[Fault], told: str) -> None:
    assert fault_list(faults) == told


def test_programs_read_every_part_of_a_fault() -> None:
    assert fault_rows([ONE], stamp="tea 1 abc", proved=["x"]) == {
        "faults": [
            {
                "file": "knowledge/a.yaml",
                "line": 3,
                "column": 5,
                "rule": "unknown-key",
                "place": "x.y",
                "problem": "unknown key",
                "instead": "did you mean é?",
            }
        ],
        "pack": "tea 1 abc",
        "proved": ["x"],
    }


def test_a_log_has_the_tool_and_all_its_rules() -> None:
    run = run_of([])
    assert set(run) == {"tool", "columnKind", "results"}
    assert (run["columnKind"], run["results"]) == ("unicodeCodePoints", [])
    assert set(run["tool"]["driver"]) == {"name", "version", "rules"}
    assert run["tool"]["driver"]["name"] == "tutor"
    assert {rule["id"]: rule["shortDescription"] for rule in run["tool"]["driver"]["rules"]} == {
        rule: {"text": said} for rule, said in RULES.items()
    }


def test_a_result_has_rule_message_and_place() -> None:
    run = run_of([ONE, WHOLE_FILE])
    one, whole = run["results"]
    assert run["tool"]["driver"]["rules"][one.pop("ruleIndex")]["id"] == "unknown-key"
    assert one == {
        "ruleId": "unknown-key",
        "level": "error",
        "message": {"text": "x.y: unknown key; did you mean é?"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "knowledge/a.yaml"},
                    "region": {"startLine": 3, "startColumn": 5},
                }
            }
        ],
    }
    assert whole["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "knowledge/b.yaml"}}}]


@pytest.mark.parametrize(
    ("file", "folder", "uri"),
    [
        ("knowledge/a.yaml", "/here", "knowledge/a.yaml"),
        ("knowledge/a.yaml", "/here/packs/tea", "packs/tea/knowledge/a.yaml"),
        ("intents/a b é#.yaml", "packs", "packs/intents/a%20b%20%C3%A9%23.yaml"),
        ("knowledge/a.yaml", "/elsewhere", "knowledge/a.yaml"),
        ("evidence/facts.yaml", "packs", "evidence/facts.yaml"),
        ("packs/\udcff", "packs", "packs/%FF"),
        ("/here", "/here", "."),
    ],
)
def test_the_address_of_a_file_is_relative_and_encoded(file: str, folder: str, uri: str) -> None:
    (result,) = run_of([Spot(file).fault("unreadable", "is odd")], Path(folder))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_every_fault_of_a_spoilt_pack_is_a_result_with_a_known_rule() -> None:
    files = {**read_files(TEA), "knowledge/slots.yaml": b"slots: {hour: {values: {a: {label: 1}}}}\n"}
    faults = check_survey(survey(files))
    run = run_of(faults)
    assert len(run["results"]) == len(faults) > 3
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"]["region"]
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
