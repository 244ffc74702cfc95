"""Texts written as YAML that a person can read and every reader gives back to the letter; what is invisible, shown."""

import re

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .,?!()/'’_-]*[A-Za-z0-9.,?!()/'’_-])?")
_NOT_TEXT = frozenset("y n yes no true false on off null".split())
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def scalar(said: str) -> str:
    """Return *said* on one line: plain where YAML would read it so, else in quotes, what is invisible escaped.

    >>> print(scalar("Which rollout?"), scalar("no"), scalar("a: b"), scalar("a\\u200bb"))
    Which rollout? "no" "a: b" "a\\u200bb"
    """
    if _PLAIN.fullmatch(said) and said.casefold() not in _NOT_TEXT:
        return said
    return '"' + "".join(map(_escaped, said)) + '"'


def block(said: str, indent: int, sign: str) -> str:
    """Return *said* as a block of lines after *sign* ("|" or "|-") where it has several and no invisible characters."""
    lines = said.split("\n")
    if len(lines) == 1 or not lines[0] or not lines[-1] or said.startswith(" ") or not all(map(_clear, lines)):
        return scalar(said)
    return "\n".join([sign, *(" " * indent + line if line else "" for line in lines)])


def visible(said: str) -> str:
    """Return *said* with escapes for what cannot be seen, so that no text plays tricks with the terminal.

    >>> visible("a\\x1b[0m\\u200b b")
    'a\\\\x1b[0m\\\\u200b b'
    """
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in said)


def _clear(line: str) -> bool:
    return line.isprintable() and not line.endswith(" ")


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char) if not 0xD800 <= ord(char) <= 0xDFFF else 0xFFFD  # half of a pair is no character of a file
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
