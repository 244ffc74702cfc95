"""The command that opens the shell: chat."""

from pathlib import Path

import click

from tutor.cli.command import main, note, pack_option, progress


@main.command()
@click.option(
    "--save",
    "kept",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the dialogue down in a new FILE, which only you may read; tutor replay reads it.",
)
@click.option("--plain", "as_plain", is_flag=True, help="Plain text: no colours, no live list, no escape codes.")
@click.option("--no-history", is_flag=True, help="Do not keep what is typed for the next time.")
@pack_option
def chat(kept: Path | None, as_plain: bool, no_history: bool, folder: Path | None) -> None:
    """Open the shell: a dialogue, line by line. Leave it with Ctrl-D or quit; /help says what else there is.

    Questions can be piped in; with none, the sample question of the pack is answered. The shell is plain with --plain,
    without a terminal, and where TERM is dumb or one of TUTOR_PLAIN, ACCESSIBLE and NO_COLOR is set.

    \b
    Example:
      echo "What is shadow deployment?" | tutor chat
    """
    from tutor.fronts.shell.start import Wanted, open_shell
    from tutor.fronts.study.log import OwnLog

    wanted = Wanted(folder, record=kept, plain=as_plain, history=not no_history, log=OwnLog(note))
    open_shell(wanted, say=click.echo, note=progress)
