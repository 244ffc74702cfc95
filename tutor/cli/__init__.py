"""The command line: parse, call one function, print. Importing it puts every command into the group."""

from tutor.cli import batch, exporting, measuring, packs, talking
from tutor.cli.command import main

__all__ = ["batch", "exporting", "main", "measuring", "packs", "talking"]
