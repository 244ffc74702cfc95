"""Commands that talk to one person: ask, replay, explain."""

import json
import sys
from pathlib import Path

import click

from tutor.cli.command import json_option, load, main, pack_option, print_reply

_EXIT = {"answer": 0, "chat": 0, "choose": 0, "decline": 3, "ask": 4}


@main.command()
@click.argument("question")
@click.option("--set", "pairs", multiple=True, metavar="SLOT=VALUE", help="Give the value of a slot; may be repeated.")
@click.option("--option", "options", multiple=True, metavar="TEXT", help="An option to pick from; two or more.")
@json_option
@pack_option
def ask(question: str, pairs: tuple[str, ...], options: tuple[str, ...], as_json: bool, folder: Path | None) -> None:
    """Answer one QUESTION, which may be a multiple-choice item with its options, as it is pasted.

    Exit code: 0 answered, 1 error, 2 usage, 3 declined, 4 a slot is needed.

    \b
    Example:
      tutor ask "Which rollout do we need?" --set rollback=instant --set exposure=everyone
    """
    from tutor.reply import Ask

    known = _pairs(pairs)
    _check_options(options)
    reply = load(folder).respond(question, known=known, options=options).reply
    print_reply(reply, as_json=as_json)
    if isinstance(reply, Ask) and not as_json:
        ways = " or ".join(f"--set {reply.slot}={option.value}" for option in reply.options)
        click.echo(f"Ask again with {ways}.", err=True)
    sys.exit(_EXIT[reply.reply])


@main.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Write FILE anew with today's replies; comments in it are lost.")
@json_option
@pack_option
def replay(source: Path, update: bool, as_json: bool, folder: Path | None) -> None:
    """Replay the dialogues in FILE and show every reply that differs.

    FILE holds transcripts, as tutor chat --save writes them or as you do. Exit code: 0 all the same, 1 otherwise.

    \b
    Example:
      tutor replay dialogue.yaml
    """
    from tutor.fronts.replay import replay_file, update_file
    from tutor.render.replays import told

    replays = replay_file(lambda: load(folder), source)
    shown = [done.to_dict() for done in replays]
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else told(replays))
    if update and not any(done.error for done in replays):
        done = "written anew" if update_file(source, replays) else "nothing to update"
        click.echo(f"{source}: {done}", err=True)
    elif not all(done.same for done in replays):
        sys.exit(1)


@main.command()
@click.argument("question")
@json_option
@pack_option
def explain(question: str, as_json: bool, folder: Path | None) -> None:
    """Explain how one QUESTION is routed, and why.

    Words, names, slots and the verdict with its bars come first, then five candidates with what spoke for and against
    each, then the signals of confidence.

    \b
    Example:
      tutor explain "What is shadow deployment?"
    """
    from tutor.render.explain import explained

    told = load(folder).explain(question)
    click.echo(json.dumps(told.to_dict(), ensure_ascii=False, indent=2) if as_json else explained(told))


def _check_options(options: tuple[str, ...]) -> None:
    from tutor.item import MOST
    from tutor.text import clean

    if len(options) == 1:
        raise click.UsageError("--option is given once: there is nothing to pick from")
    if len(options) > MOST:
        raise click.UsageError(f"--option is given {len(options)} times; {MOST} are the most")
    if not all(map(clean, options)):
        raise click.UsageError("an --option is empty")


def _pairs(said: tuple[str, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for slot, value in map(_pair, said):
        if known.setdefault(slot, value) != value:
            raise click.UsageError(f"--set {slot} is given twice: {known[slot]} and {value}")
    return known


def _pair(said: str) -> tuple[str, str]:
    slot, equals, value = said.partition("=")
    if not equals or not slot or not value:
        raise click.UsageError(f"--set {said}: write SLOT=VALUE, for example rollback=instant")
    return slot.strip(), value.strip()
