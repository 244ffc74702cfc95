"""What an entry says against its evidence: cited lines exist, and hold every name and figure that the entry uses."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from tutor.errors import Fault, PackError
from tutor.marked import read_marked
from tutor.model import Citation, Entry, Pair, Tip, Trap
from tutor.pack import Places
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
        file, line = places[f"entry {entry.id}"]
        for problem, instead in _problems(entry, evidence, copied):
            yield Fault(file, line, entry.id, problem, instead)


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


def _problems(entry: Entry, evidence: Evidence, copied: set[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for citation in entry.citations:
        most = len(evidence.lines.get(citation.source, ()))
        for lines in citation.lines:
            first, last = span(lines)
            if not first <= last <= most:
                yield f"{citation.source} has no lines {lines}", f"it has {most}"
    said = "\n".join(statements(entry))
    yield from _missing(said, cited_text(entry.citations, evidence), "the cited lines")
    about = [row for row in evidence.rows if entry.id in row.entries]
    if entry.practice:
        yield from _missing(
            entry.practice, "\n".join(f"{row.claim} {row.note} {row.exam_answer}" for row in about), "the fact check"
        )
    elif any(row.verdict in ("imprecise", "outdated", "wrong") for row in about):
        yield "the fact check finds the source imprecise, outdated or wrong", "say in practice: what holds"
    for page in entry.references:
        if page.url not in evidence.urls:
            yield f"{page.url} is not among the pages that were checked", "take one of references.yaml"
    for run in sorted(_runs(_CODE.sub("|", line) for line in [*statements(entry), entry.practice or ""]) & copied):
        yield f"“{' '.join(run)}” stands so in a source", "say it in other words"


def statements(entry: Entry) -> list[str]:
    """Return all that *entry* says on the strength of its citations."""
    said = [entry.title, entry.answer, entry.why]
    if entry.distractor:
        said += [entry.distractor.option, entry.distractor.wrong_because]
    match entry:
        case Trap():
            said += [entry.mistake, entry.tempts]
        case Pair():
            said += [*entry.sides, entry.decides]
        case Tip():
            said += [entry.scenario]
        case _:
            pass
    return said


def _missing(said: str, held: str, where: str) -> Iterator[tuple[str, str]]:
    held_names = _joined(words(held)) | _joined(words(_GLUED.sub("", held)))
    held_figures = _figures(held) | set(re.findall(r"\d+", held))
    for name in _names(said):
        if "".join(words(name)) not in held_names:
            yield f"{name} does not occur in {where}", "cite the lines that hold it or leave it out"
    for figure in sorted(_figures(said) - held_figures):
        yield f"the figure {figure} does not occur in {where}", "cite the lines that hold it or leave it out"


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
        faults.append(Fault(str(path), None, "", "the source cannot be read", str(error.strerror)))
    except UnicodeDecodeError:
        faults.append(Fault(str(path), None, "", "not UTF-8", "save the file as UTF-8"))
    return ()


def _rows(path: Path, kind: type[_R], faults: list[Fault]) -> tuple[_R, ...]:
    if not path.exists():
        return ()
    marked, found = read_marked(str(path), path.read_bytes())
    faults += found
    try:
        return TypeAdapter(tuple[kind, ...]).validate_python(() if found else marked.data)  # type: ignore[valid-type]
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            shown = ".".join(map(str, detail["loc"]))
            faults.append(
                Fault(str(path), marked.line(detail["loc"]), shown, detail["msg"][:1].lower() + detail["msg"][1:])
            )
    return ()
