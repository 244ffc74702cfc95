"""The command that lists what a pack does not answer."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.command import json_option, load, main, pack_option
from tutor.cli.stored import open_kept, since_option, since_when, store_option

if TYPE_CHECKING:
    from tutor.gaps import Asked, Gap
    from tutor.skeletons import Skeleton
    from tutor.tutor import Tutor


@main.command()
@store_option
@since_option
@click.option("--most", type=click.IntRange(1, 500), default=20, show_default=True, help="How many gaps to list.")
@click.option(
    "--yaml",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write a skeleton of an entry for each gap into a new FILE.",
)
@json_option
@pack_option
def unanswered(
    url: str | None, since: datetime | None, most: int, target: Path | None, as_json: bool, folder: Path | None
) -> None:
    """List the questions from Slack that were declined, or whose answer was voted down.

    Questions that ask nearly the same are put together, with the entries that come nearest. What the pack answers by
    now is left out. --yaml and --json hold a skeleton of an entry for each, to be edited and put into the pack, and
    what tutor check would say to it.

    \b
    Example:
      tutor unanswered --store store.db --yaml skeletons.yaml
    """
    from tutor.gaps import gaps
    from tutor.render.gaps import skeleton_file, to_dicts, told

    asked = _asked(url, since)
    tutor = load(folder)
    found = gaps(tutor, asked)
    made = _skeletons(tutor, folder, found[:most]) if as_json or target else []
    if target:
        with target.open("x", encoding="utf-8") as file:
            file.write(skeleton_file(found[:most], made))
    if as_json:
        click.echo(json.dumps(to_dicts(found[:most], made), ensure_ascii=False, indent=2))
    else:
        click.echo(told(found, most=most))


def _asked(url: str | None, since: datetime | None) -> list["Asked"]:
    from tutor.gaps import Asked

    with open_kept(url) as store:
        return [Asked(missed.text, missed.why, missed.at) for missed in store.missed(since=since_when(since))]


def _skeletons(tutor: "Tutor", folder: Path | None, found: list["Gap"]) -> list["Skeleton"]:
    from tutor.clusters import telling_words
    from tutor.folder import bundled, read_files
    from tutor.router import Router
    from tutor.skeletons import skeletons

    router = Router(tutor.weights)
    files = read_files(folder or bundled())
    return skeletons(tutor.pack, files, found, lambda question: telling_words(question, router, 4))
