"""YAML text read safely, with the line and column at which every part of it stands."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import yaml

from tutor.errors import Fault, Rule, Spot, in_order
from tutor.folder import LARGEST

DEEPEST = 20  #: levels of nesting

Place = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"
_LINE_END = re.compile(r"\r\n?|\n")  #: as editors count; the marks of YAML know more kinds


@dataclass(frozen=True)
class Marked:
    """What one YAML file holds, and where."""

    file: str
    data: Any
    root: yaml.Node | None
    text: str = ""

    def line(self, place: Place) -> int:
        """Return the line of *place* (keys and indexes from the top), or of the deepest part of it that exists."""
        return self.spot(place, key=True).line or 1

    def spot(self, place: Place, *, key: bool = False, word: str = "") -> Spot:
        """Return where the value at *place* stands, or the deepest part of it that exists.

        With *key*, where its key stands; that is also where a value stands that is empty or begins on lines below its
        key. With *word*, where these words of the value stand, when they stand there as they are.
        """
        *_, (name, node) = self._way(place)
        if node is None:
            return self.at(0)
        if name is not None and (key or _hangs(node)):
            return self.at(name.start_mark.index)
        start, end = node.start_mark.index, node.end_mark.index
        spaced = r"\s+".join(map(re.escape, word.split()))
        found = re.compile(rf"(?<!\w){spaced}(?!\w)").search(self.text, start, end) if spaced else None
        return self.at(found.start() if found else start)

    def at(self, index: int) -> Spot:
        """Return where the character of this *index* stands."""
        line = bisect_right(self._starts, index)
        return Spot(self.file, line, index - self._starts[line - 1] + 1)

    def without(self, places: Iterable[Place]) -> "Marked":
        """Return what is left when the deepest part there is of each of *places* is taken away; perhaps no data."""
        gone = {id(node) for *_, (_, node) in map(self._way, places)}
        root = None if self.root is None or id(self.root) in gone else _left(self.root, gone)
        return replace(self, data=None if root is None else _construct(root), root=root)

    def _way(self, place: Place) -> Iterator[tuple[yaml.Node | None, yaml.Node | None]]:
        """Yield key and value from the top to *place*, as far as there are any."""
        node = self.root
        yield None, node
        for step in place:
            found = self._child(node, step)
            if found is None:
                return
            yield found
            node = found[1]

    def _child(self, node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
        if isinstance(node, yaml.MappingNode):
            if id(node) not in self._pairs:
                self._pairs[id(node)] = {str(key.value): (key, value) for key, value in reversed(node.value)}
            return self._pairs[id(node)].get(str(step))
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            return None, node.value[step]
        return None

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self.text))]

    @cached_property
    def _pairs(self) -> dict[int, dict[str, tuple[yaml.Node, yaml.Node]]]:
        return {}  # keys and values by key, of each node that was looked into


def _hangs(node: yaml.Node) -> bool:
    """Say whether *node* has no place of its own: it is empty, or begins with the first of its parts."""
    if isinstance(node, yaml.ScalarNode):
        return bool(node.start_mark.index == node.end_mark.index)
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _left(node: yaml.Node, gone: set[int]) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, _left(value, gone)) for key, value in node.value if id(value) not in gone]
        return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark, node.flow_style)
    if isinstance(node, yaml.SequenceNode):
        items = [_left(item, gone) for item in node.value if id(item) not in gone]
        return yaml.SequenceNode(node.tag, items, node.start_mark, node.end_mark, node.flow_style)
    return node


def read_marked(file: str, raw: bytes) -> tuple[Marked, list[Fault]]:
    """Return what *raw* holds and every fault of its form: encoding, size, YAML itself, odd keys, tags, anchors."""
    found, faults = _read(file, raw, lambda text: [yaml.compose(text, Loader=_loader())])
    return found[0] if found else Marked(file, None, None), faults


def read_documents(file: str, raw: bytes) -> tuple[list[Marked], list[Fault]]:
    """Return what each YAML document of *raw* holds and every fault of their form; nothing when there is a fault."""
    return _read(file, raw, lambda text: list(yaml.compose_all(text, Loader=_loader())))


def _read(file: str, raw: bytes, compose: Callable[[str], list[yaml.Node | None]]) -> tuple[list[Marked], list[Fault]]:
    if len(raw) > LARGEST:
        instead = f"at most {LARGEST} are read; split the file"
        return [], [Spot(file).fault("too-large", f"{len(raw)} bytes", instead)]
    try:
        unread = Marked(file, None, None, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        spot = Marked(file, None, None, before).at(len(before))
        return [], [spot.fault("not-utf8", "not UTF-8", "save the file as UTF-8")]
    try:
        faults = _odd_events(unread)
        roots = [] if faults else [root for root in compose(unread.text) if root is not None]
    except yaml.YAMLError as error:
        return [], [_broken(unread, error)]
    if not roots:
        empty = unread.at(0).fault("empty-file", "the file is empty", "write its content or delete it")
        return [], faults or [empty]
    faults = [fault for root in roots for fault in _odd_nodes(unread, root)]
    return [] if faults else [replace(unread, data=_construct(root), root=root) for root in roots], faults


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _construct(root: yaml.Node) -> Any:
    return yaml.constructor.SafeConstructor().construct_document(root)


def _too_deep(spot: Spot) -> Fault:
    return spot.fault("too-deep", "nested too deeply", f"at most {DEEPEST} levels are read")


def _broken(marked: Marked, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        index = len(marked.text.encode()[: error.position].decode(errors="ignore"))
        return marked.at(index).fault("not-yaml", f"not YAML: {error.reason}", "remove the invisible character")
    if not isinstance(error, yaml.MarkedYAMLError):
        return marked.at(0).fault("not-yaml", f"not YAML: {error}", _MEND)
    unclosed = "quoted" in (error.context or "") and "unexpected" in (error.problem or "")
    mark = error.context_mark if unclosed else error.problem_mark
    spot = marked.at(min(mark.index, len(marked.text.rstrip())) if mark is not None else 0)
    if "nesting depth" in (error.problem or ""):  # how newer C parsers put it
        return _too_deep(spot)
    return spot.fault("not-yaml", f"not YAML: {error.problem}", _mend(marked.text, mark, error.problem or ""))


_MEND = "check indentation, colons and quotes"


def _mend(text: str, mark: yaml.Mark | None, problem: str) -> str:
    """Return what an author most likely has to do about a *problem* that YAML names in its own words."""
    sign = text[mark.index : mark.index + 1] if mark is not None else ""
    match problem:
        case "mapping values are not allowed in this context":
            return "put a text with a colon and a space in quotes, and check the indentation"
        case "found character that cannot start any token" if sign == "\t":
            return "indent with spaces, not with a tab"
        case "found character that cannot start any token":
            return f"put a text that begins with {sign} in quotes"
        case "did not find expected ',' or ']'" | "did not find expected ',' or '}'":
            return f"close the list or keys with {problem[-2]}, or put a text with such a sign in quotes"
        case "did not find expected key" | "did not find expected '-' indicator":
            return "let what belongs together begin in one column, and close the quotes before this line"
        case "could not find expected ':'":
            return "write a colon and a space behind a key, or indent a text that runs on"
        case "found unknown escape character":
            return "put a text with a backslash in single quotes"
        case "found unexpected end of stream":
            return "close the quotes that are opened here"
        case "but found another document":
            return "write one document a file; remove the ---"
        case _:
            return _MEND


def _odd_events(marked: Marked) -> list[Fault]:
    """Return what packs do without, found before anything is built of it: tags, anchors, too many levels."""
    faults, depth = [], 0
    for event in yaml.parse(marked.text, Loader=_loader()):
        tag, anchor = getattr(event, "tag", None), getattr(event, "anchor", None)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if not (tag or anchor or depth > DEEPEST):
            continue
        spot = marked.at(event.start_mark.index if event.start_mark else 0)
        if tag:
            faults.append(spot.fault("tag", f"a tag, {_shown(tag)}", "packs are plain data; remove it"))
        if anchor:
            sign = "an alias, *" if isinstance(event, yaml.AliasEvent) else "an anchor, &"
            faults.append(spot.fault("anchor", f"{sign}{anchor}", "write it out in full"))
        if depth > DEEPEST:
            return [*faults, _too_deep(spot)]
    return faults


def _shown(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _odd_nodes(marked: Marked, root: yaml.Node) -> list[Fault]:
    faults: list[Fault] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            faults += _odd_keys(marked, node)
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif node.tag != _TEXT and not _readable(node):
            spot = marked.at(node.start_mark.index)
            faults.append(spot.fault("odd-value", f"{node.value} cannot be read", "put it in quotes"))
    return in_order(faults)


def _readable(node: yaml.Node) -> bool:
    try:
        _construct(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def _odd_keys(marked: Marked, node: yaml.MappingNode) -> list[Fault]:
    faults: list[Fault] = []
    seen = set()
    for key, _ in node.value:
        rule: Rule = "odd-key"
        if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
            place, problem, instead = "", "a key that is not a plain word", "write a name and a colon"
        elif key.tag != _TEXT:
            place, problem, instead = key.value, "YAML does not read this key as text", "put it in quotes"
        elif key.value in seen:
            rule, place, problem, instead = "double-key", key.value, "the key stands here twice", "keep one"
        else:
            seen.add(key.value)
            continue
        faults.append(marked.at(key.start_mark.index).fault(rule, problem, instead, place=place))
        seen.add(str(key.value))
    return faults
