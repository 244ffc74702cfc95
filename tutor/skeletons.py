"""Skeletons of entries: what an author would write into a pack to close a gap, and what the check would say to it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.check import check_survey
from tutor.errors import Fault
from tutor.gaps import Gap
from tutor.model import STYLES
from tutor.pack import survey
from tutor.subject import Pack
from tutor.text import words
from tutor.yaml_text import scalar

_TODO = "TODO"
_MOST_WORDS = 6  #: of keywords
_LONGEST = 2_000  #: characters of an example that a pack may have
_LONGEST_TITLE = 80
_LONGEST_ID = 60
_ID_WORD = re.compile(r"[a-z0-9]+")
_ASKING = frozenset("are can could do does how is should what when where which who why".split())
_BELIEF = re.compile(r"\b(?:right|correct|surely|n['’]t it|n['’]t they|I (?:think|thought|believe))\b[^\w]*$", re.I)
_SENTENCE_END = re.compile(r"[.!?](?=\s+\S)")


@dataclass(frozen=True)
class Skeleton:
    """An entry to be edited: its *entry* id, its *topic*, and the *lines* to put at the end of each of two files.

    *faults* is what the check says to the pack with these lines in it.
    """

    entry: str
    topic: str
    lines: Mapping[str, str]
    faults: tuple[Fault, ...] = ()


def skeletons(
    pack: Pack, files: Mapping[str, bytes], gaps: Iterable[Gap], telling: Callable[[str], Sequence[str]]
) -> list[Skeleton]:
    """Return a skeleton for each of *gaps* of *pack*, which *files* hold; *telling* gives the words for an id.

    The check runs once, over the pack with all of them put in.
    """
    texts = {name: raw.decode("utf-8") for name, raw in files.items()}
    taken, made = set(pack.entries), []
    for gap in gaps:
        made.append(_skeleton(pack, texts, gap, _id(telling(gap.questions[0].text), taken)))
        taken.add(made[-1].entry)
    together = _with(texts, made)
    found = check_survey(survey({name: text.encode("utf-8") for name, text in together.items()}))
    return [replace(one, faults=tuple(fault for fault in found if _concerns(fault, one, together))) for one in made]


def _concerns(fault: Fault, one: Skeleton, texts: Mapping[str, str]) -> bool:
    """Say whether *fault*, of the pack in *texts*, stands in the lines of a skeleton or names its entry."""
    if re.search(rf"{re.escape(one.entry)}(?![\w-])", fault.said):
        return True
    lines = one.lines.get(fault.file)
    if lines is None or fault.line is None:
        return False
    first = texts[fault.file].partition(lines)[0].count("\n") + 1
    return first <= fault.line < first + lines.count("\n")


def _id(telling: Sequence[str], taken: Collection[str]) -> str:
    """Return a free id of a fact, made of the *telling* words.

    >>> _id(["how", "rotate", "token’s"], ["fact.rotate-token"])
    'fact.rotate-token-2'
    """
    plain = [part for word in telling for part in _ID_WORD.findall(word.casefold())]
    said = [part for part in plain if len(part) > 2 and part not in _ASKING] or plain or ["new"]
    name = "fact." + "-".join(said)[:_LONGEST_ID].rstrip("-")
    number = 1
    while (made := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return made


def _skeleton(pack: Pack, texts: Mapping[str, str], gap: Gap, entry: str) -> Skeleton:
    topic = pack.entries[gap.nearest[0].entry].topic if gap.nearest else next(iter(pack.topics))
    asked = [question.text for question in gap.questions if len(question.text) <= _LONGEST]
    at_topic, at_intents = f"knowledge/topics/{topic}.yaml", f"intents/{topic}.yaml"
    title = f"{_TODO} {asked[0] if asked else ''}".strip()[:_LONGEST_TITLE].strip()
    item, key = _indent(texts.get(at_topic, ""), "entries"), _indent(texts.get(at_intents, ""), "intents")
    lines = {
        at_topic: "".join(_entry(entry, title, " " * item)),
        at_intents: "".join(_examples(entry, asked, " " * key)),
    }
    return Skeleton(entry, topic, lines)


def _entry(entry: str, title: str, indent: str) -> Iterator[str]:
    yield f"{indent}- id: {entry}\n"
    for said in (f"title: {scalar(title)}", f"answer: {_TODO}", f"why: {_TODO}"):
        yield f"{indent}  {said}\n"
    yield f"{indent}  citations: [{{source: {_TODO.lower()}, lines: [1]}}]\n"
    yield f'{indent}  references: [{{title: {_TODO}, url: "https://example.org/{_TODO}"}}]\n'


def _examples(entry: str, asked: Iterable[str], indent: str) -> Iterator[str]:
    by_style: dict[str, list[str]] = {style: [] for style in STYLES}
    for question in asked:
        by_style[style_of(question)].append(question)
    yield f"{indent}{entry}:\n"
    for style, questions in by_style.items():
        if questions:
            yield f"{indent}  {style}:\n"
            yield from (f"{indent}  - {scalar(question)}\n" for question in questions)


def style_of(question: str) -> str:
    """Return the style in which *question* is most likely asked; an author may know better.

    >>> [style_of(said) for said in ("How hot?", "green tea heat", "It is bitter.", "It boils, right?", "I pour. Why?")]
    ['short', 'keywords', 'symptom', 'belief', 'scenario']
    """
    if _BELIEF.search(question):
        return "belief"
    if _SENTENCE_END.search(question):
        return "scenario"
    if question.endswith("?") or not _ASKING.isdisjoint(words(question)[:1]):
        return "short"
    return "symptom" if question.endswith((".", "!")) or len(words(question)) > _MOST_WORDS else "keywords"


def _with(texts: Mapping[str, str], made: Iterable[Skeleton]) -> dict[str, str]:
    """Return *texts* with the lines of all skeletons in them."""
    changed = dict(texts)
    for skeleton in made:
        for (file, lines), key in zip(skeleton.lines.items(), ("entries", "intents"), strict=True):
            changed[file] = _put_in(changed.get(file, f"topic: {skeleton.topic}\n{key}:\n"), key, lines)
    return changed


def _put_in(text: str, key: str, lines: str) -> str:
    """Return *text* with *lines* at the end of what stands below its top-level *key*."""
    found = text.splitlines(keepends=True)
    end = _end(found, key)
    head = "".join(found[:end])
    return (head if head.endswith("\n") or not head else f"{head}\n") + lines + "".join(found[end:])


def _end(lines: Sequence[str], key: str) -> int:
    """Return the number of the line after all that stands below the top-level *key*."""
    below, end = False, len(lines)
    for number, line in enumerate(lines):
        top = line[:1] not in (" ", "\t", "-", "#", "\n", "\r", "")
        if below and top:
            return end
        below = below or line.startswith(f"{key}:")
        if below and line.strip() and not line.lstrip().startswith("#"):
            end = number + 1
    return end


def _indent(text: str, key: str) -> int:
    """Return how far what stands below the top-level *key* is indented: 2, where nothing does."""
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
    below = (line for line in lines[start + 1 :] if line.strip() and not line.lstrip().startswith("#"))
    first = next(below, "  x")
    return len(first) - len(first.lstrip(" "))
