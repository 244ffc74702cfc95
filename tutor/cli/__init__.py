"""The command line: parse, call one function, print. Importing it puts every command into the group."""

from tutor.cli import kept, measuring, packs, slack, talking, unanswered
from tutor.cli.command import main

__all__ = ["kept", "main", "measuring", "packs", "slack", "talking", "unanswered"]
