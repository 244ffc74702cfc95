"""The command line: parse, call one function, print. Importing it puts every command into the group."""

from tutor.cli import (
    batch,
    chatting,
    exporting,
    kept,
    measuring,
    packs,
    remembered,
    slack,
    studying,
    talking,
    unanswered,
)
from tutor.cli.command import main

__all__ = [
    "batch",
    "chatting",
    "exporting",
    "kept",
    "main",
    "measuring",
    "packs",
    "remembered",
    "slack",
    "studying",
    "talking",
    "unanswered",
]
