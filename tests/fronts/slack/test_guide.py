"""The guide for admins names what there is: options, variables, metrics; and what it tells to type is understood."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from tests.conftest import HERE
from tests.test_docs import blocks
from tutor.cli import main
from tutor.cli.slack import slack
from tutor.fronts.slack.metrics import Metrics
from tutor.store import open_store

PAGES = {name: (HERE.parent / name).read_text(encoding="utf-8") for name in ("docs/slack-admins.md", "README.md")}
GUIDE = PAGES["docs/slack-admins.md"]


def typed() -> list[str]:
    """Return every command that the pages tell to type or to start, in any block."""
    shown = [block.text for page in PAGES.values() for block in blocks(page)]
    found = re.findall(r"^(?:\$ |ExecStart=\S*/)?(tutor slack.*)$", "\n".join(shown), re.MULTILINE)
    return sorted({line.partition("#")[0].strip() for line in found})


def test_every_option_is_in_the_table_of_settings_and_the_other_way_round() -> None:
    table = GUIDE.partition("## Settings")[2].partition("\n## ")[0]
    named = set(re.findall(r"--[a-z][a-z-]+", table))
    options = {name for one in slack.params if isinstance(one, click.Option) for name in one.opts}
    assert named == options - {"--help", "-h"}


@pytest.mark.parametrize("command", typed())
def test_what_the_guide_tells_to_type_is_understood(command: str) -> None:
    result = CliRunner().invoke(main, [*shlex.split(command)[1:], "--help"])
    assert result.exit_code == 0, result.output


def test_what_is_not_understood_is_found_out() -> None:
    assert CliRunner().invoke(main, ["slack", "--htp", "127.0.0.1:3000", "--help"]).exit_code == 2


def test_the_commands_of_the_pages_are_found() -> None:
    assert {"tutor slack", "tutor slack manifest", "tutor slack --http 127.0.0.1:3000"} <= set(typed())
    assert any("--store postgresql://" in command for command in typed())


def test_every_metric_is_in_the_guide(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        page = Metrics(store).page()[0].decode()
    metrics = set(re.findall(r"^# TYPE (\w+) ", page, re.MULTILINE))
    assert metrics - {name for name in metrics if name.endswith("_created")} == set(
        re.findall(r"`(tutor_\w+)`", GUIDE.partition("## What happens inside")[2].partition("Worth an alarm")[0])
    )


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"])
def test_every_variable_is_in_the_guide(name: str) -> None:
    assert f"export {name}=" in GUIDE
