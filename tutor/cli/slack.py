"""Commands that run the tutor in Slack and look after what it keeps."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tutor.cli.command import json_option, load, main, one_line, pack_option
from tutor.cli.stats import stats
from tutor.cli.stored import open_kept, store_option

if TYPE_CHECKING:
    from tutor.fronts.slack.running import Doors, Secrets
    from tutor.fronts.slack.settings import Mentions, Settings

_WHERE = {
    "SLACK_BOT_TOKEN": "api.slack.com/apps: OAuth & Permissions (xoxb-…)",
    "SLACK_APP_TOKEN": "api.slack.com/apps: Basic Information, App-Level Tokens (connections:write, xapp-…)",
    "SLACK_SIGNING_SECRET": "api.slack.com/apps: Basic Information, App Credentials",
}


@main.group(invoke_without_command=True)
@click.option("--http", metavar="HOST:PORT", help="Take Slack's requests over HTTP, instead of Socket Mode.")
@click.option("--health", metavar="HOST:PORT", help="Serve /healthz and /readyz there; --http does so anyway.")
@click.option("--metrics", metavar="HOST:PORT", help="Serve /metrics for Prometheus there.")
@store_option
@click.option(
    "--policy",
    type=click.Choice(["mention", "thread", "channels"]),
    default="thread",
    show_default=True,
    help="What is answered in channels: mentions; also threads it is in; also every message of each --channel.",
)
@click.option("--channel", "channels", multiple=True, metavar="ID", help="A channel for --policy channels; repeatable.")
@click.option("--whole", is_flag=True, help="Show all of an answer at once, sources and reasons too.")
@click.option(
    "--retention", type=click.FloatRange(min=1), default=90, show_default=True, metavar="DAYS", help="How long to keep."
)
@click.option("--log-text", is_flag=True, help="Write what people ask into the log.")
@pack_option
@click.pass_context
def slack(
    ctx: click.Context,
    http: str | None,
    health: str | None,
    metrics: str | None,
    url: str | None,
    policy: str,
    channels: tuple[str, ...],
    whole: bool,
    retention: float,
    log_text: bool,
    folder: Path | None,
) -> None:
    """Answer in Slack, over Socket Mode or HTTP.

    Needs SLACK_BOT_TOKEN, and SLACK_APP_TOKEN or, with --http, SLACK_SIGNING_SECRET in the environment. It ends on
    Ctrl-C or SIGTERM, after what it has begun.

    \b
    Example:
      tutor slack manifest
    """
    if ctx.invoked_subcommand is not None:
        return
    if policy == "channels" and not channels:
        raise click.UsageError("--policy channels needs at least one --channel ID")
    secrets, doors = _secrets(http=http is not None), _doors(http, health, metrics)
    from tutor.fronts.slack.settings import Settings

    settings = Settings(
        mentions=cast("Mentions", policy),
        channels=frozenset(channels),
        whole=whole,
        retention=retention,
        log_text=log_text,
    )
    try:
        _run(secrets, settings, doors, url, folder)
    except ModuleNotFoundError as error:
        raise one_line(f"{error.name} is missing; pip install 'scenario-tutor[slack]'") from None


def _run(secrets: "Secrets", settings: "Settings", doors: "Doors", url: str | None, folder: Path | None) -> None:
    from tutor.folder import bundled
    from tutor.fronts.slack.logs import begin
    from tutor.fronts.slack.running import run, until_told
    from tutor.pack import load_pack
    from tutor.store.opening import open_store, usual

    begin([secrets.bot_token, secrets.app_token or "", secrets.signing_secret or ""])
    tutor = load(folder)
    with until_told() as stop, open_store(url or usual()) as store:
        run(tutor, store, secrets, settings, doors, stop, load_pack(folder or bundled()))


def _secrets(*, http: bool) -> "Secrets":
    names = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN")
    missing = [name for name in names if not os.environ.get(name)]
    if missing:
        where = "; ".join(f"{name} is missing: see {_WHERE[name]}" for name in missing)
        raise one_line(where)
    from tutor.fronts.slack.running import SLACK, Secrets

    taken = {name: os.environ.pop(name, None) for name in _WHERE}  # nobody else who looks there finds them
    return Secrets(
        taken["SLACK_BOT_TOKEN"] or "",
        taken["SLACK_APP_TOKEN"],
        taken["SLACK_SIGNING_SECRET"],
        os.environ.get("SLACK_API_URL") or SLACK,
    )


def _doors(http: str | None, health: str | None, metrics: str | None) -> "Doors":
    from tutor.fronts.slack.running import Doors
    from tutor.fronts.slack.serving import Address

    read = [None if said is None else Address.read(said) for said in (http, health, metrics)]
    return Doors(*read)


@slack.command()
@click.option("--http", "url", metavar="URL", help="For HTTP, at this public address, instead of Socket Mode.")
@json_option
@pack_option
def manifest(url: str | None, as_json: bool, folder: Path | None) -> None:
    """Print the manifest to paste at api.slack.com/apps, Create New App, From a manifest.

    \b
    Example:
      tutor slack manifest --http https://tutor.example.org
    """
    from tutor.folder import bundled
    from tutor.fronts.slack.manifest import as_yaml
    from tutor.fronts.slack.manifest import manifest as made
    from tutor.pack import load_pack

    if url and not url.startswith("https://"):
        raise click.UsageError(f"--http {url}: Slack sends only to https://…")
    said = made(about=load_pack(folder or bundled()).about.title, url=url)
    click.echo(json.dumps(said, ensure_ascii=False, indent=2) if as_json else as_yaml(said))


@slack.command()
@click.option("--user", required=True, metavar="ID", help="The person's id in Slack, such as U0123456789.")
@store_option
def forget(user: str, url: str | None) -> None:
    """Delete all that is kept about a person.

    \b
    Example:
      tutor slack forget --user U0123456789
    """
    with open_kept(url) as store:
        count = store.forget(user)
    click.echo(f"{user}: {count} deleted" if count else f"{user}: nothing was kept")


slack.add_command(stats)
