"""Faults of a pack for people, for programs (JSON), and for editors and code scanning (SARIF 2.1.0)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tutor import __version__
from tutor.errors import RULES, Fault

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def fault_list(faults: Sequence[Fault]) -> str:
    """Return *faults*, a line each, and below more than one how many there are.

    >>> print(fault_list([Fault("a.yaml", 1, "x", "is odd"), Fault("b.yaml", 2, "y", "is missing", "add y:", 3)]))
    a.yaml:1: x: is odd
    b.yaml:2:3: y: is missing; add y:
    2 faults in 2 files
    """
    lines = list(map(str, faults))
    if len(faults) > 1:
        count = len({fault.file for fault in faults})
        lines.append(f"{len(faults)} faults in {count} {'file' if count == 1 else 'files'}")
    return "\n".join(lines)


def fault_rows(faults: Sequence[Fault], *, stamp: str | None, proved: Sequence[str]) -> dict[str, Any]:
    """Return what `tutor check --json` prints: the faults, the pack they are of, and what is proved of it."""
    rows = [
        {
            "file": fault.file,
            "line": fault.line,
            "column": fault.column,
            "rule": fault.rule,
            "place": fault.place,
            "problem": fault.problem,
            "instead": fault.instead,
        }
        for fault in faults
    ]
    return {"faults": rows, "pack": stamp, "proved": list(proved)}


def sarif(faults: Sequence[Fault], *, folder: Path, here: Path) -> dict[str, Any]:
    """Return *faults* of the pack in *folder* as a SARIF log; addresses of files count from *here*."""
    rules = list(RULES)
    driver = {
        "name": "tutor",
        "version": __version__,
        "rules": [{"id": rule, "shortDescription": {"text": said}} for rule, said in RULES.items()],
    }
    results = [
        {
            "ruleId": fault.rule,
            **({"ruleIndex": rules.index(fault.rule)} if fault.rule else {}),
            "level": "error",
            "message": {"text": fault.said},
            "locations": [{"physicalLocation": _location(fault, folder=folder, here=here)}],
        }
        for fault in faults
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _location(fault: Fault, *, folder: Path, here: Path) -> dict[str, Any]:
    said = {"startLine": fault.line, "startColumn": fault.column}
    region = {name: number for name, number in said.items() if number is not None}
    at: dict[str, Any] = {"artifactLocation": {"uri": _address(fault.file, folder=folder, here=here)}}
    return at | ({"region": region} if region else {})


def _address(file: str, *, folder: Path, here: Path) -> str:
    """Return the relative address of *file*, which is named from *folder* when it belongs to the pack."""
    path = here / (folder / file if file.startswith(("knowledge/", "intents/")) else file)
    try:
        return quote(path.relative_to(here).as_posix(), errors="surrogateescape") or "."
    except ValueError:
        return quote(file, errors="surrogateescape")  # a pack that lies elsewhere: from its own folder
