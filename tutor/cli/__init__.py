"""The command line: parse, call one function, print. Importing it puts every command into the group."""

from tutor.cli import measuring, packs, talking, unanswered
from tutor.cli.command import main

__all__ = ["main", "measuring", "packs", "talking", "unanswered"]
