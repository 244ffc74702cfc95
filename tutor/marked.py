"""YAML text read safely, with the line on which every part of it stands."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from tutor.errors import Fault
from tutor.folder import LARGEST

DEEPEST = 20  #: levels of nesting

Place = tuple[str | int, ...]

_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True)
class Marked:
    """What one YAML document holds, and where; *first* is the line on which it begins."""

    file: str
    data: Any
    root: yaml.Node | None
    first: int = 1

    def line(self, place: Place) -> int:
        """Return the line of *place* (keys and indexes from the top), or of the deepest part of it that exists."""
        node, line = self.root, self.first
        for step in place:
            if node is None:
                break
            key, node = _child(node, step)
            line = line if key is None else key.start_mark.line + 1
        return line


def _child(node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None, None


def read_marked(file: str, raw: bytes) -> tuple[Marked, list[Fault]]:
    """Return what *raw* holds and every fault of its form: encoding, size, YAML itself, odd keys, tags, anchors."""
    found, faults = _read(file, raw, lambda text: [yaml.compose(text, Loader=_loader())])
    return found[0] if found else Marked(file, None, None), faults


def read_documents(file: str, raw: bytes) -> tuple[list[Marked], list[Fault]]:
    """Return what each YAML document of *raw* holds and every fault of their form; nothing when there is a fault."""
    return _read(file, raw, lambda text: list(yaml.compose_all(text, Loader=_loader())))


def _read(file: str, raw: bytes, compose: Callable[[str], list[yaml.Node | None]]) -> tuple[list[Marked], list[Fault]]:
    if len(raw) > LARGEST:
        return [], [Fault(file, None, "", f"{len(raw)} bytes", f"at most {LARGEST} are read; split the file")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return [], [Fault(file, line, "", "not UTF-8", "save the file as UTF-8")]
    try:
        faults = _odd_events(file, text)
        roots = [] if faults else [root for root in compose(text) if root is not None]
    except yaml.YAMLError as error:
        return [], [_broken(file, text, error)]
    if not roots:
        return [], faults or [Fault(file, 1, "", "the file is empty", "write its content or delete it")]
    faults = [fault for root in roots for fault in _odd_nodes(file, root)]
    if faults:
        return [], faults
    starts = [1, *(root.start_mark.line + 1 for root in roots[1:])]
    return [Marked(file, _construct(root), root, start) for root, start in zip(roots, starts, strict=True)], []


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _construct(root: yaml.Node) -> Any:
    return yaml.constructor.SafeConstructor().construct_document(root)


def _too_deep(file: str, line: int) -> Fault:
    return Fault(file, line, "", "nested too deeply", f"at most {DEEPEST} levels are read")


def _broken(file: str, text: str, error: yaml.YAMLError) -> Fault:
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode()[: error.position].count(b"\n") + 1
        return Fault(file, line, "", f"not YAML: {error.reason}", "remove the invisible character")
    if not isinstance(error, yaml.MarkedYAMLError):
        return Fault(file, 1, "", f"not YAML: {error}", "check indentation, colons and quotes")
    if "nesting depth" in (error.problem or ""):  # how newer C parsers put it
        return _too_deep(file, error.problem_mark.line + 1 if error.problem_mark else 1)
    mark = error.context_mark if "quoted" in (error.context or "") else error.problem_mark
    line = mark.line + 1 if mark is not None else 1
    return Fault(file, line, "", f"not YAML: {error.problem}", "check indentation, colons and quotes")


def _odd_events(file: str, text: str) -> list[Fault]:
    """Return what packs do without, found before anything is built of it: tags, anchors, too many levels."""
    faults, depth = [], 0
    for event in yaml.parse(text, Loader=_loader()):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if tag := getattr(event, "tag", None):
            faults.append(Fault(file, line, "", f"a tag, {_shown(tag)}", "packs are plain data; remove it"))
        if anchor := getattr(event, "anchor", None):
            sign = "an alias, *" if isinstance(event, yaml.AliasEvent) else "an anchor, &"
            faults.append(Fault(file, line, "", f"{sign}{anchor}", "write it out in full"))
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return [*faults, _too_deep(file, line)]
    return faults


def _shown(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")


def _odd_nodes(file: str, root: yaml.Node) -> list[Fault]:
    faults: list[Fault] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.MappingNode):
            faults += _odd_keys(file, node)
            waiting += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif node.tag != _TEXT and not _readable(node):
            faults.append(Fault(file, node.start_mark.line + 1, "", f"{node.value} cannot be read", "put it in quotes"))
    return sorted(faults, key=lambda fault: fault.line or 0)


def _readable(node: yaml.Node) -> bool:
    try:
        _construct(node)
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def _odd_keys(file: str, node: yaml.MappingNode) -> list[Fault]:
    faults, seen = [], set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
            faults.append(Fault(file, line, "", "a key that is not a plain word", "write a name and a colon"))
        elif key.tag != _TEXT:
            faults.append(Fault(file, line, key.value, "YAML does not read this key as text", "put it in quotes"))
        elif key.value in seen:
            faults.append(Fault(file, line, key.value, "the key stands here twice", "keep one"))
        seen.add(str(key.value))
    return faults
