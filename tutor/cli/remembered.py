"""The commands about what a learner remembers: due and progress."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.command import json_option, main, note, pack_option, width
from tutor.errors import StudyError

if TYPE_CHECKING:
    from tutor.study.memory import Memory
    from tutor.study.review import Review
    from tutor.subject import Pack


@main.command()
@pack_option
@json_option
def due(folder: Path | None, as_json: bool) -> None:
    """Show what you should be asked again today, what you remember least first.

    An entry, or a pair that you confused, comes again when the chance that you still know it falls to nine in ten; FSRS
    says when that is. The day is that of your time zone.

    \b
    Example:
      tutor due --json
    """
    from tutor.here import zone

    pack, here = _pack(folder), zone()
    memory = _memory(pack)
    from tutor.render.progress import due_rows, due_text  # which needs what _memory has found to be there

    said = json.dumps(due_rows(pack, memory, here), ensure_ascii=False, indent=2) if as_json else None
    click.echo(said or due_text(pack, memory, here, width()))


@main.command()
@pack_option
@json_option
def progress(folder: Path | None, as_json: bool) -> None:
    """Show how well you master each topic, what comes due, your days in a row and what you confuse.

    \b
    Example:
      tutor progress --json
    """
    from tutor.here import zone
    from tutor.study.making import exercises

    pack = _pack(folder)
    memory = _memory(pack)
    from tutor.render.progress import progress_rows, progress_text  # which needs what _memory has found to be there
    from tutor.study.progress import progress as found

    far = found(pack, {exercise.entry for exercise in exercises(pack)}, memory, zone())
    said = json.dumps(progress_rows(far), ensure_ascii=False, indent=2) if as_json else None
    click.echo(said or progress_text(pack, far, width(), _bar()))


def _pack(folder: Path | None) -> "Pack":
    """Return the pack with its examples, of which exercises are made; nothing has to be learned for that."""
    from tutor.folder import bundled
    from tutor.pack import load_pack

    return load_pack(folder or bundled())


def _memory(pack: "Pack") -> "Memory":
    """Return what is remembered of *pack* now; an error where a package is missing or the store cannot be read."""
    from tutor.here import now

    try:
        from tutor.study.memory import remember
    except ModuleNotFoundError as error:
        raise StudyError(f"the package {error.name} is missing; pip install 'scenario-tutor[study]'") from None
    return remember(pack, _reviews(pack), now())


def _reviews(pack: "Pack") -> "Sequence[Review]":
    from tutor.fronts.study.log import OwnLog
    from tutor.kept import ANSWERS

    return OwnLog(note).reviews(pack.about.name) if ANSWERS.path.exists() else ()


def _bar() -> str:
    import os

    from tutor.render.theme import plain_asked

    return "█" if sys.stdout.isatty() and not plain_asked(os.environ) else "#"
