"""Every statement of a pack is held by its cited lines or by the fact check."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import HERE, TEA, TEA_EVIDENCE
from tutor.errors import PackError
from tutor.folder import bundled, read_files
from tutor.grounding import Evidence, check_evidence, cited_text, load_evidence, span, unsupported
from tutor.model import Citation
from tutor.pack import load_pack, read_pack, survey
from tutor.subject import Pack

LEAVES = "knowledge/topics/leaves.yaml"
HOURS = "knowledge/topics/hours.yaml"
GREEN = "fact.green-tea: "
BLACK = "pair.green-vs-black: "
NIGHT = "trap.caffeine-at-night: "
POT = "tip.breakfast-pot: "
CITE = "; cite the lines that hold it or leave it out"

Spoil = Callable[[str, str, str], Path]


def found_in(folder: Path, evidence: Path = TEA_EVIDENCE) -> list[str]:
    pack, places = read_pack(read_files(folder))
    return list(map(str, unsupported(pack, places, load_evidence(evidence, pack))))


@pytest.fixture
def evidence_copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TEA_EVIDENCE, tmp_path / "evidence"))


def test_the_tiny_pack_says_nothing_that_its_evidence_does_not_hold() -> None:
    assert found_in(TEA) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "told"),
    [
        (LEAVES, "at 80 degrees", "at 85 degrees",
            "6:31", GREEN + "the figure 85 does not occur in the cited lines" + CITE),
        (LEAVES, "at 80 degrees", "at 80.5 degrees",
            "6:31", GREEN + "the figure 80.5 does not occur in the cited lines" + CITE),
        (LEAVES, "at 80 degrees", "for seven breaths",
            "6:13", GREEN + "the figure 7 does not occur in the cited lines" + CITE),
        (LEAVES, "Green tea wants cooler water", "Green tea at 60 degrees",
            "5:25", GREEN + "the figure 60 does not occur in the cited lines" + CITE),
        (LEAVES, "Hotter water makes it bitter.", "Water of 99 degrees makes it bitter.",
            "7:19", GREEN + "the figure 99 does not occur in the cited lines" + CITE),
        (LEAVES, "It scalds the leaf.", "It scalds the leaf at 100 degrees.",
            "8:78", GREEN + "the figure 100 does not occur in the cited lines" + CITE),
        (LEAVES, "sides: [green tea, black tea]", "sides: [green tea, black tea, 5 teas]",
            "14:35", BLACK + "the figure 5 does not occur in the cited lines" + CITE),
        (LEAVES, "at 90 degrees", "at 95 degrees",
            "18:47", BLACK + "the figure 95 does not occur in the fact check" + CITE),
        (HOURS, "4 minutes", "40 minutes", "15:58", POT + "the figure 40 does not occur in the cited lines" + CITE),
        (HOURS, "Guests sit", "12 guests sit", "14:15", POT + "the figure 12 does not occur in the cited lines" + CITE),
        (HOURS, "Drinking black tea", "Drinking 3 pots of tea",
            "6:23", NIGHT + "the figure 3 does not occur in the cited lines" + CITE),
        (HOURS, "set steepTime", "set brewTime", "15:45", POT + "brewTime does not occur in the cited lines" + CITE),
        (HOURS, "set steepTime", "set brew_time", "15:45", POT + "brew_time does not occur in the cited lines" + CITE),
        (HOURS, "set steepTime", "set `boil`", "15:46", POT + "boil does not occur in the cited lines" + CITE),
        (HOURS, "set steepTime", "call brew()", "15:46", POT + "brew does not occur in the cited lines" + CITE),

        (HOURS, "set steepTime", "set `steepTim`", "15:46", POT + "steepTim does not occur in the cited lines" + CITE),
        (HOURS, "set steepTime", "set kettle.timer",
            "15:45", POT + "kettle.timer does not occur in the cited lines" + CITE),
        (LEAVES, "at 90 degrees", "with hotPot", "18:49", BLACK + "hotPot does not occur in the fact check" + CITE),
        (LEAVES, "lines: [1-2]", "lines: [1-2, 10]", "9:52", GREEN + "kettle-book has no lines 10; it has 9"),
        (LEAVES, "lines: [1-2]", "lines: [1-12]", "9:47", GREEN + "kettle-book has no lines 1-12; it has 9"),
        (LEAVES, "lines: [1-2]", "lines: [1-2, 4-3]", "9:52", GREEN + "kettle-book has no lines 4-3; it has 9"),
        (LEAVES, "    practice: Some black teas taste better at 90 degrees.\n", "",
            "12:9",
            BLACK + "the fact check finds the source imprecise, outdated or wrong; say in practice: what holds"),
        (LEAVES, "https://example.org/green", "https://example.org/greens",
            "10:42", GREEN + "https://example.org/greens is not among the pages that were checked; "
            "take one of references.yaml"),
        (HOURS, "Caffeine works for hours.", "Take care, many guests are served best from one big pot.",
            "9:26", NIGHT + "“guests are served best from one big pot” stands so in a source; say it in other words"),
    ],
)  # fmt: skip
def test_a_planted_untruth_is_told(spoil: Spoil, file: str, old: str, new: str, at: str, told: str) -> None:
    assert found_in(spoil(file, old, new))[:1] == [f"{file}:{at}: {told}"]


def test_each_planted_untruth_is_told_alone(spoil: Spoil) -> None:
    assert len(found_in(spoil(LEAVES, "at 80 degrees", "at 85 degrees"))) == 1


def test_the_figure_must_stand_in_the_lines_that_are_cited_not_elsewhere_in_the_source(spoil: Spoil) -> None:
    assert found_in(spoil(HOURS, "lines: [7-9]", "lines: [7, 9]")) == [
        f"{HOURS}:15:45: " + POT + "steepTime does not occur in the cited lines" + CITE,
        f"{HOURS}:15:58: " + POT + "the figure 4 does not occur in the cited lines" + CITE,
    ]


def test_a_name_is_found_in_whichever_way_it_is_written(spoil: Spoil) -> None:
    assert found_in(spoil(HOURS, "set steepTime to", "set `steep_time` (steepTime()) to")) == []


@pytest.mark.parametrize("verdict", ["imprecise", "outdated", "wrong", "holds", "judgement", "unverifiable"])
def test_practice_is_needed_where_the_fact_check_finds_fault(evidence_copy: Path, verdict: str) -> None:
    with (evidence_copy / "facts.yaml").open("a", encoding="utf-8") as file:
        file.write(f"- {{entries: [fact.green-tea], claim: C., verdict: {verdict}, note: N.}}\n")
    told = (
        f"{LEAVES}:4:9: "
        + GREEN
        + "the fact check finds the source imprecise, outdated or wrong; say in practice: what holds"
    )
    assert found_in(TEA, evidence_copy) == ([told] if verdict in ("imprecise", "outdated", "wrong") else [])


@pytest.mark.parametrize("line", ["4steepTime() = the timer", "steepTime’s 4 minutes", "the steep-time, 4 minutes"])
def test_a_name_is_found_behind_the_number_of_a_list_and_before_a_possessive(evidence_copy: Path, line: str) -> None:
    path = evidence_copy / "sources/kettle-book.txt"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("The timer calls it steepTime; 4", f"{line} or 4"), encoding="utf-8")
    assert found_in(TEA, evidence_copy) == []


def test_a_copied_run_counts_from_eight_words_on(spoil: Spoil) -> None:
    seven = "many guests are served best from one"
    assert found_in(spoil(HOURS, "Caffeine works for hours.", seven)) == []


def test_a_quoted_call_is_no_copy(evidence_copy: Path, spoil: Spoil) -> None:
    with (evidence_copy / "sources/kettle-book.txt").open("a", encoding="utf-8") as file:
        file.write("Call pot.fill(water, leaves, sugar, milk, lemon, ice, honey) first.\n")
    folder = spoil(HOURS, "lines: [5-6]", "lines: [5-6, 10]")
    spoil(HOURS, "Caffeine works for hours.", "Use `pot.fill(water, leaves, sugar, milk, lemon, ice, honey)` now.")
    assert found_in(folder, evidence_copy) == []


def test_sound_entries_are_proved_although_others_have_faults(spoil: Spoil) -> None:
    spoil(HOURS, "set steepTime", "set brewTime")
    spoil(HOURS, "4 minutes.", "4 minutes.\n    practise: x")  # what is harmed may lack what it needs
    folder = spoil(LEAVES, "at 80 degrees", "at 85 degrees")
    assert list(map(str, check_evidence(survey(read_files(folder)), TEA_EVIDENCE))) == [
        f"{LEAVES}:6:31: " + GREEN + "the figure 85 does not occur in the cited lines" + CITE
    ]


def test_evidence_that_cannot_be_read_is_told_as_faults(evidence_copy: Path) -> None:
    (evidence_copy / "sources/kettle-book.txt").unlink()
    assert list(map(str, check_evidence(survey(read_files(TEA)), evidence_copy))) == [
        f"{evidence_copy}/sources/kettle-book.txt: the source cannot be read; No such file or directory"
    ]


# ── the evidence ──


def test_the_evidence_is_read_line_by_line(tea_pack: Pack) -> None:
    evidence = load_evidence(TEA_EVIDENCE, tea_pack)
    assert len(evidence.lines["kettle-book"]) == 9
    assert evidence.urls == {f"https://example.org/{page}" for page in ("green", "caffeine", "pots", "black")}
    assert [row.verdict for row in evidence.rows] == ["imprecise"]


def test_the_cited_words_are_those_of_the_lines() -> None:
    evidence = Evidence({"a": ("one", "two", "three")}, (), frozenset())
    cited = (Citation(source="a", lines=("3", "1-2")), Citation(source="a", lines=("9",)))
    assert cited_text(cited, evidence).split() == ["three", "one", "two"]
    assert [span("3"), span("1-2")] == [(3, 3), (1, 2)]


def test_a_fact_check_and_references_may_be_absent(evidence_copy: Path, tea_pack: Pack) -> None:
    (evidence_copy / "facts.yaml").unlink()
    (evidence_copy / "references.yaml").unlink()
    evidence = load_evidence(evidence_copy, tea_pack)
    assert (evidence.rows, evidence.urls) == ((), frozenset())


def test_every_file_of_evidence_that_cannot_be_read_is_told_at_once(evidence_copy: Path, tea_pack: Pack) -> None:
    (evidence_copy / "sources/kettle-book.txt").unlink()
    (evidence_copy / "facts.yaml").write_text("- entries: [x]\n  claim: C\n  verdict: 3\n", encoding="utf-8")
    (evidence_copy / "references.yaml").write_text("- url: [\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_evidence(evidence_copy, tea_pack)
    assert str(caught.value).splitlines() == [
        f"{evidence_copy}/sources/kettle-book.txt: the source cannot be read; No such file or directory",
        f"{evidence_copy}/facts.yaml:3:12: 0.verdict: 3 is not read as text; put it in quotes",
        f"{evidence_copy}/facts.yaml:1:3: 0.note: is missing; add note:",
        f"{evidence_copy}/references.yaml:1:9: not YAML: did not find expected node content; "
        "check indentation, colons and quotes",
    ]


def test_a_source_that_is_not_utf_8_is_told(evidence_copy: Path, tea_pack: Pack) -> None:
    (evidence_copy / "sources/kettle-book.txt").write_bytes(b"Th\xe9\n")
    with pytest.raises(PackError) as caught:
        load_evidence(evidence_copy, tea_pack)
    assert str(caught.value) == f"{evidence_copy}/sources/kettle-book.txt: not UTF-8; save the file as UTF-8"


# ── the bundled pack against the shared evidence ──


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _lines(lines: list[int | str]) -> list[str]:
    return [str(line) for line in lines]


def lines_by_source(citations: tuple[Citation, ...]) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for cited in citations:
        held.setdefault(cited.source, []).extend(cited.lines)
    return held


def test_the_bundled_pack_says_nothing_that_the_shared_evidence_does_not_hold(shared: Path) -> None:
    assert found_in(bundled(), shared) == []


def test_the_shared_evidence_is_no_empty_shell(shared: Path, pack: Pack) -> None:
    evidence = load_evidence(shared, pack)
    assert {name: len(lines) > 20 for name, lines in evidence.lines.items()} == dict.fromkeys(pack.sources, True)
    assert len(evidence.rows) > 100
    assert len(evidence.urls) > 50


def test_five_sources_are_described_as_the_catalogue_describes_them(shared: Path, pack: Pack) -> None:
    described = _yaml(shared / "catalogue.yaml")["sources"]
    assert list(pack.sources) == list(described)
    assert len(described) == 5
    for name, source in pack.sources.items():
        assert source.title == described[name]["title"]
        assert source.dated == (str(described[name]["dated"]) if "dated" in described[name] else None)
        assert (shared / "sources" / source.file).is_file()


def test_every_entry_of_the_catalogue_is_there_with_its_topic_and_exactly_its_lines(shared: Path, pack: Pack) -> None:
    rows = _yaml(shared / "catalogue.yaml")["entries"]
    assert len(rows) > 100
    catalogued = {
        row["id"]: (row["topic"], {source: _lines(lines) for source, lines in row["cites"].items()}) for row in rows
    }
    held = {entry.id: (entry.topic, lines_by_source(entry.citations)) for entry in pack.entries.values()}
    assert held == catalogued


def test_every_decision_of_the_catalogue_is_there_with_its_slots_and_outcomes(shared: Path, pack: Pack) -> None:
    catalogue = _yaml(shared / "catalogue.yaml")
    assert {name: list(slot.values) for name, slot in pack.slots.items()} == {
        name: slot["values"] for name, slot in catalogue["slots"].items()
    }
    decided = {
        name: (list(decision.slots), {rule.outcome for rule in decision.rules})
        for name, decision in pack.decisions.items()
    }
    assert set(decided) == set(catalogue["decisions"])
    for name, row in catalogue["decisions"].items():
        assert decided[name][0] == row["slots"], name
        assert decided[name][1] <= set(row["outcomes"]), name


def test_what_holds_in_practice_is_said_of_every_entry_that_the_fact_check_finds_fault_with(
    shared: Path, pack: Pack
) -> None:
    faulted = {
        name
        for row in _yaml(shared / "facts.yaml")
        if row["verdict"] in ("imprecise", "outdated", "wrong")
        for name in row["entries"]
    }
    assert len(faulted) > 30
    assert sorted(name for name in faulted if not pack.entries[name].practice) == []


def test_every_page_that_is_named_was_found_by_the_fact_check_or_the_list_of_references(
    shared: Path, pack: Pack
) -> None:
    rows = _yaml(shared / "facts.yaml")
    known = {page["url"] for page in _yaml(shared / "references.yaml")}
    known |= {page["url"] for row in rows for page in row.get("references", ())}
    named = {page.url for entry in pack.entries.values() for page in entry.references}
    assert named - known == set()


@pytest.mark.parametrize(("ci", "outcome"), [("true", "1 error"), ("", "1 skipped")])
def test_where_the_shared_evidence_is_missing_ci_fails_and_others_skip(tmp_path: Path, ci: str, outcome: str) -> None:
    alone = shutil.copytree(HERE, tmp_path / "main" / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    name = f"{alone}/test_grounding.py::test_the_shared_evidence_is_no_empty_shell"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", name],
        cwd=alone.parent, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert f"{outcome} in " in ran.stdout


def test_the_pack_that_is_checked_is_the_pack_that_is_bundled(pack: Pack) -> None:
    assert load_pack(bundled()).digest == pack.digest
