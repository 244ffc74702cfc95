"""Commands that hand the tutor to other systems: export."""

from pathlib import Path

import click

from tutor.cli.command import load, main, pack_option


@main.group()
def export() -> None:
    """Hand the tutor to another system.

    \b
    Example:
      tutor export mlflow tutor-model
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
