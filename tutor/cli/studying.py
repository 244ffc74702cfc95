"""Commands that ask instead of answering: quiz, exam."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.command import main, pack_option, progress

if TYPE_CHECKING:
    from tutor.study.wanted import Aim

_SEEDS = 1_000_000

seed_option = click.option(
    "--seed", type=click.IntRange(min=0), metavar="N", help="The same seed asks the same questions; else chance does."
)
plain_option = click.option("--plain", "as_plain", is_flag=True, help="Plain text: no colours, no escape codes.")


@main.command()
@click.argument("words", nargs=-1)
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only about this topic; may be repeated.")
@click.option("--weak", "aim", flag_value="weak", help="Only what you do not know well yet.")
@click.option("--confused", "aim", flag_value="confused", help="Only pairs that you mixed up.")
@click.option("--wrong", "aim", flag_value="wrong", help="Only questions that you got wrong last.")
@click.option("--count", type=click.IntRange(1, 200), default=10, show_default=True, help="How many questions.")
@seed_option
@plain_option
@pack_option
def quiz(
    words: tuple[str, ...],
    topics: tuple[str, ...],
    aim: "Aim | None",
    count: int,
    seed: int | None,
    as_plain: bool,
    folder: Path | None,
) -> None:
    """Ask you questions about WORDS, or about anything, with hints before and reasons after each answer.

    What is due comes first, then what is new. Answer by number or letter, and say how sure you are; hint, skip, why and
    stop do what they say. Each answer is kept, for tutor due and tutor progress; tutor forget removes them.

    \b
    Example:
      tutor quiz drift --count 5
    """
    from tutor.fronts.shell.start import Wanted, open_shell
    from tutor.fronts.study.log import OwnLog
    from tutor.study.wish import Wish

    wish = Wish(" ".join(words), topics, aim, count, secrets.randbelow(_SEEDS) if seed is None else seed)
    wanted = Wanted(folder, plain=as_plain, history=False, quiz=wish, log=OwnLog())
    open_shell(wanted, say=click.echo, note=progress)
