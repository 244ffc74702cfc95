"""YAML text read safely, with the line on which every part of it stands."""

from dataclasses import dataclass
from typing import Any

import yaml

from tutor.errors import Fault

LARGEST = 4_000_000  #: bytes in one file
DEEPEST = 20  #: levels of nesting

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Marked:
    """What one YAML file holds, and where."""

    file: str
    data: Any
    root: yaml.Node | None

    def line(self, place: Place) -> int:
        """Return the line of *place* (keys and indexes from the top), or of the deepest part of it that exists."""
        node, line = self.root, 1
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
    """Return what *raw* holds and every fault of its form: encoding, size, YAML itself, double keys, anchors."""
    nothing = Marked(file, None, None)
    if len(raw) > LARGEST:
        return nothing, [Fault(file, None, "", f"{len(raw)} bytes", f"at most {LARGEST} are read; split the file")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return nothing, [Fault(file, line, "", "not UTF-8", "save the file as UTF-8")]
    try:
        root = yaml.compose(text, Loader=_loader())
    except (yaml.YAMLError, RecursionError) as error:
        return nothing, [_broken(file, error)]
    if root is None:
        return nothing, [Fault(file, 1, "", "the file is empty", "write its content or delete it")]
    faults = list(_odd_nodes(file, root))
    return (nothing if faults else Marked(file, _construct(root), root)), faults


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _construct(root: yaml.Node) -> Any:
    return yaml.constructor.SafeConstructor().construct_document(root)


def _broken(file: str, error: Exception) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "nested too deeply"
    return Fault(file, mark.line + 1 if mark else 1, "", f"not YAML: {problem}", "check indentation, colons and quotes")


def _odd_nodes(file: str, root: yaml.Node) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[int] = set()
    waiting = [(root, 0)]
    while waiting:
        node, depth = waiting.pop()
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode) and (id(node) in seen or depth > DEEPEST):
            problem = "an alias of another part" if id(node) in seen else "nested too deeply"
            faults.append(Fault(file, line, "", problem, "write it out in full"))
            continue
        seen.add(id(node))
        if node.tag.startswith("!"):
            faults.append(Fault(file, line, "", f"a tag, {node.tag}", "packs are plain data; remove it"))
        if isinstance(node, yaml.MappingNode):
            faults += _double_keys(file, node)
            waiting += [(part, depth + 1) for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(part, depth + 1) for part in node.value]
    return sorted(faults, key=lambda fault: fault.line or 0)


def _double_keys(file: str, node: yaml.MappingNode) -> list[Fault]:
    faults, seen = [], set()
    for key, _ in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
            faults.append(Fault(file, line, "", "a key that is not a plain word", "write a name and a colon"))
        elif key.value in seen:
            faults.append(Fault(file, line, str(key.value), "the key stands here twice", "keep one"))
        seen.add(str(key.value))
    return faults
