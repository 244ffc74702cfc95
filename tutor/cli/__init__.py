"""The command line: parse, call one function, print. Importing it puts every command into the group."""

from tutor.cli import batch, exporting, kept, measuring, packs, remembered, slack, talking, unanswered
from tutor.cli.command import main

__all__ = ["batch", "exporting", "kept", "main", "measuring", "packs", "remembered", "slack", "talking", "unanswered"]
