"""The command that shows what was counted; it belongs to the group of a front."""

import json
from datetime import datetime

import click

from tutor.cli.command import json_option
from tutor.cli.stored import open_kept, since_option, since_when, store_option


@click.command()
@store_option
@since_option
@json_option
def stats(url: str | None, since: datetime | None, as_json: bool) -> None:
    """Show questions, answers, what was asked back and votes, by topic and week.

    A question is one of the learner's own; it counts for the topic it was taken for, and so does its answer, which may
    come some turns later. Weeks are ISO weeks in UTC. Nothing is counted about who or where.

    \b
    Example:
      tutor slack stats --since 2026-09-01
    """
    from tutor.render.stats import stats_rows, stats_table

    with open_kept(url) as store:
        lines = store.stats(since=since_when(since))
    click.echo(json.dumps(stats_rows(lines), ensure_ascii=False, indent=2) if as_json else stats_table(lines))
