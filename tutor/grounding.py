"""What an entry says against its evidence: cited lines exist, and hold every name and figure that the entry uses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from tutor.errors import Fault, PackError, Rule, Spot, in_order
from tutor.findings import findings
from tutor.marked import Place, read_marked
from tutor.model import Citation, Entry, Noun, Pair, Tip, Trap
from tutor.pack import Survey
from tutor.places import Places
from tutor.subject import Pack
from tutor.text import words

COPIED = 8  #: words in a row that count as copied from a source
LONGEST_NAME = 12  #: words in a name of code

_API = re.compile(r"`([^`]+)`|\b([A-Za-z]\w*(?:\.\w+)+|\w*[a-z][A-Z]\w*|[A-Za-z]+_\w+)\b|\b(\w+)\(\)")
_GLUED = re.compile(r"\b\d+(?=[A-Za-z])|['’]s\b")  #: the number of a list before a name, the possessive after one
_CODE = re.compile(r"`[^`]+`")
_FIGURE = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?")
_COUNTED = {word: n for n, word in enumerate("three four five six seven eight nine ten eleven twelve".split(), start=3)}


class CheckedPage(BaseModel):
    """A page that the fact check or the list of references names."""

    url: str


class Checked(BaseModel):
    """One row of a fact check: the entries it is about, its verdict, and its words."""

    entries: tuple[str, ...]
    verdict: str
    claim: str
    note: str
    exam_answer: str = ""
    references: tuple[CheckedPage, ...] = ()


_R = TypeVar("_R", bound=BaseModel)


@dataclass(frozen=True)
class Evidence:
    """The sources, line by line, and the fact check that belongs to them."""

    lines: Mapping[str, tuple[str, ...]]
    rows: tuple[Checked, ...]
    urls: frozenset[str]


def load_evidence(folder: Path, pack: Pack) -> Evidence:
    """Read the sources of *pack* (folder/sources/<file>) and, where they are, facts.yaml and references.yaml.

    A PackError names every file that cannot be read.
    """
    faults: list[Fault] = []
    lines = {name: _lines(folder / "sources" / source.file, faults) for name, source in pack.sources.items()}
    rows = _rows(folder / "facts.yaml", Checked, faults)
    pages = _rows(folder / "references.yaml", CheckedPage, faults)
    if faults:
        raise PackError(faults)
    urls = {page.url for page in (*pages, *(page for row in rows for page in row.references))}
    return Evidence(lines, rows, frozenset(urls))


def unsupported(pack: Pack, places: Places, evidence: Evidence) -> Iterator[Fault]:
    """Yield a fault for every statement of *pack* that its *evidence* does not hold."""
    copied = _runs(line for lines in evidence.lines.values() for line in lines)
    for entry in pack.entries.values():
        for wrong in _problems(entry, evidence, copied):
            spot = places.spot(f"entry {entry.id}", *wrong.inside, word=wrong.word)
            yield spot.fault(wrong.rule, wrong.problem, wrong.instead, place=entry.id)


def check_evidence(survey: Survey, folder: Path) -> list[Fault]:
    """Return a fault for every statement in the sound entries of *survey* that the evidence in *folder* does not hold.

    Where evidence cannot be read, the faults are those of its files.
    """
    try:
        evidence = load_evidence(folder, survey.pack)
    except PackError as error:
        return list(error.faults)
    found = unsupported(survey.pack, survey.places, evidence)
    return in_order(fault for fault in found if fault.place not in survey.harmed)


def cited_text(citations: tuple[Citation, ...], evidence: Evidence) -> str:
    """Return the words of the cited lines; lines that do not exist are left out."""
    return "\n".join(
        "\n".join(evidence.lines.get(citation.source, ())[first - 1 : last])
        for citation in citations
        for first, last in map(span, citation.lines)
    )


def span(lines: str) -> tuple[int, int]:
    """Return the first and last line that "44-45" or "318" names.

    >>> span("44-45"), span("318")
    ((44, 45), (318, 318))
    """
    first, _, last = lines.partition("-")
    return int(first), int(last or first)


@dataclass(frozen=True)
class _Wrong:
    """What is wrong in an entry: its rule, the place inside the entry, perhaps the very words, and what to write."""

    rule: Rule
    inside: Place
    problem: str
    instead: str
    word: str = ""


def _problems(entry: Entry, evidence: Evidence, copied: set[tuple[str, ...]]) -> Iterator[_Wrong]:
    for index, citation in enumerate(entry.citations):
        most = len(evidence.lines.get(citation.source, ()))
        for number, lines in enumerate(citation.lines):
            first, last = span(lines)
            if not first <= last <= most:
                inside: Place = ("citations", index, "lines", number)
                yield _Wrong("missing-lines", inside, f"{citation.source} has no lines {lines}", f"it has {most}")
    said = dict(_statements(entry))
    yield from _missing(said, cited_text(entry.citations, evidence), "the cited lines")
    about = [row for row in evidence.rows if entry.id in row.entries]
    if entry.practice:
        held = "\n".join(f"{row.claim} {row.note} {row.exam_answer}" for row in about)
        yield from _missing({("practice",): entry.practice}, held, "the fact check")
    elif any(row.verdict in ("imprecise", "outdated", "wrong") for row in about):
        problem = "the fact check finds the source imprecise, outdated or wrong"
        yield _Wrong("unsaid-practice", ("id",), problem, "say in practice: what holds")
    for index, page in enumerate(entry.references):
        if page.url not in evidence.urls:
            problem = f"{page.url} is not among the pages that were checked"
            yield _Wrong("unchecked-page", ("references", index, "url"), problem, "take one of references.yaml")
    if entry.practice:
        said["practice",] = entry.practice
    seen: set[tuple[str, ...]] = set()
    for inside, text in said.items():
        for run in sorted((_runs([_CODE.sub("|", text)]) & copied) - seen):
            seen.add(run)
            words_said = " ".join(run)
            yield _Wrong("copied", inside, f"“{words_said}” stands so in a source", "say it in other words", words_said)


def statements(entry: Entry) -> list[str]:
    """Return all that *entry* says on the strength of its citations."""
    return [said for _, said in _statements(entry)]


def _statements(entry: Entry) -> Iterator[tuple[Place, str]]:
    """Yield each statement of *entry* with its place inside the entry."""
    names = ["title", "answer", "why"]
    if entry.distractor:
        yield ("distractor", "option"), entry.distractor.option
        yield ("distractor", "wrong_because"), entry.distractor.wrong_because
    if entry.as_choice:
        yield ("as_choice",), entry.as_choice
    for index, one in enumerate(entry.also_wrong):
        yield ("also_wrong", index, "wrong_because"), one.wrong_because
    match entry:
        case Trap():
            names += ["mistake", "tempts"]
        case Pair():
            yield from ((("sides", index), side) for index, side in enumerate(entry.sides))
            names += ["decides"]
        case Tip():
            names += ["scenario"]
        case _:
            pass
    yield from (((name,), getattr(entry, name)) for name in names)


def _missing(said: Mapping[Place, str], held: str, where: str) -> Iterator[_Wrong]:
    held_names = _joined(words(held)) | _joined(words(_GLUED.sub("", held)))
    held_figures = _figures(held) | set(re.findall(r"\d+", held))
    instead = "cite the lines that hold it or leave it out"
    found = [(name, inside) for inside, text in said.items() for name in _names(text)]
    for name, inside in sorted(_first(found).items()):
        if "".join(words(name)) not in held_names:
            yield _Wrong("unsupported", inside, f"{name} does not occur in {where}", instead, name)
    found = [(figure, inside) for inside, text in said.items() for figure in _figures(text)]
    for figure, inside in sorted(_first(found).items()):
        if figure not in held_figures:
            yield _Wrong("unsupported", inside, f"the figure {figure} does not occur in {where}", instead, figure)


def _first(found: Iterable[tuple[str, Place]]) -> dict[str, Place]:
    """Return for each word the first place it was found in."""
    first: dict[str, Place] = {}
    for word, inside in found:
        first.setdefault(word, inside)
    return first


def _names(said: str) -> list[str]:
    found = {next(part for part in match.groups() if part) for match in _API.finditer(said)}
    return sorted(name for name in found if words(name))


def _joined(said: tuple[str, ...]) -> set[str]:
    """Return the names that *said* can hold however they are written: its words in a row, joined."""
    ends = range(1, LONGEST_NAME + 1)
    return {"".join(said[start : start + length]) for start in range(len(said)) for length in ends}


def _figures(text: str) -> set[str]:
    digits = {match.replace(",", "") for match in _FIGURE.findall(text)}
    return digits | {str(_COUNTED[word]) for word in words(text) if word in _COUNTED}


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        for part in text.split("|"):
            said = words(part)
            runs |= {said[start : start + COPIED] for start in range(len(said) - COPIED + 1)}
    return runs


def _lines(path: Path, faults: list[Fault]) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8").splitlines())
    except OSError as error:
        faults.append(Spot(str(path)).fault("unreadable", "the source cannot be read", str(error.strerror)))
    except UnicodeDecodeError:
        faults.append(Spot(str(path)).fault("not-utf8", "not UTF-8", "save the file as UTF-8"))
    return ()


def _rows(path: Path, kind: type[_R], faults: list[Fault]) -> tuple[_R, ...]:
    if not path.exists():
        return ()
    marked, found = read_marked(str(path), path.read_bytes())
    faults += found
    try:
        return TypeAdapter(tuple[kind, ...]).validate_python(() if found else marked.data)  # type: ignore[valid-type]
    except ValidationError as error:
        faults += findings(marked, Noun, error)
    return ()
