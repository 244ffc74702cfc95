"""Commands that hand the tutor to other systems: export."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.command import load, main, one_line, pack_option

if TYPE_CHECKING:
    from tutor.study.exercise import Exercise
    from tutor.subject import Pack


@main.group()
def export() -> None:
    """Hand the tutor to another system.

    \b
    Example:
      tutor export mlflow tutor-model
      tutor export anki exam.apkg
      tutor export gift exam.gift --topic rollout
    """


@export.command("mlflow")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@pack_option
def export_mlflow(target: Path, folder: Path | None) -> None:
    """Write the tutor as an MLflow model into the new folder DIR.

    MLflow loads it, serves it and hands it to Spark. Its input is a table with a column question; id, options and any
    slot are used.

    \b
    Example:
      tutor export mlflow tutor-model
    """
    from tutor.fronts.batch.pyfunc import export as write

    write(load(folder), target)
    click.echo(f"{target}: an MLflow model", err=True)


topic_option = click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", help="Only exercises of this topic; may be given again."
)


file_argument = click.argument(
    "target", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True)
)


@export.command("anki")
@file_argument
@topic_option
@pack_option
def export_anki(target: Path, topics: tuple[str, ...], folder: Path | None) -> None:
    """Write the exercises of the pack as an Anki package into FILE; - is standard output.

    A second import updates the notes and doubles none, also after the pack was edited.

    \b
    Example:
      tutor export anki exam.apkg
    """
    from tutor.fronts.decks import write_anki

    pack, exercises = _exercises(folder, topics)
    write_anki(pack, exercises, target)
    _tell(target, f"{len(exercises)} notes")


@export.command("gift")
@file_argument
@topic_option
@pack_option
def export_gift(target: Path, topics: tuple[str, ...], folder: Path | None) -> None:
    """Write the exercises of the pack as a question bank for Moodle into FILE; - is standard output.

    \b
    Example:
      tutor export gift exam.gift --topic rollout
    """
    from tutor.fronts.decks import write_gift

    pack, exercises = _exercises(folder, topics)
    write_gift(pack, exercises, target)
    _tell(target, f"{len(exercises)} questions")


@export.command("csv")
@file_argument
@topic_option
@pack_option
def export_csv(target: Path, topics: tuple[str, ...], folder: Path | None) -> None:
    """Write the exercises of the pack as a table into FILE; - is standard output.

    \b
    Example:
      tutor export csv exam.csv
    """
    from tutor.fronts.decks import write_csv

    _, exercises = _exercises(folder, topics)
    write_csv(exercises, target)
    _tell(target, f"{len(exercises)} rows")


def _tell(target: Path, what: str) -> None:
    click.echo(what if str(target) == "-" else f"{target}: {what}", err=True)


def _exercises(folder: Path | None, topics: tuple[str, ...]) -> "tuple[Pack, list[Exercise]]":
    from tutor.folder import bundled
    from tutor.pack import load_pack
    from tutor.spelling import did_you_mean
    from tutor.study.making import exercises

    pack = load_pack(folder or bundled())
    if unknown := next((topic for topic in topics if topic not in pack.topics), None):
        raise one_line(f"there is no topic {unknown}; {did_you_mean(unknown, pack.topics)}")
    return pack, [one for one in exercises(pack) if not topics or one.topic in topics]
