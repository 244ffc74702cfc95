"""tutor slack on the command line: what is missing is said in one line, and no secret is ever shown."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from tests.conftest import TEA
from tutor.cli import main
from tutor.store import open_store

_TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-secret-1",
    "SLACK_APP_TOKEN": "xapp-secret-2",
    "SLACK_SIGNING_SECRET": "secret-3",
    "SLACK_API_URL": "http://127.0.0.1:1/api/",
}


def run(*arguments: str, without: tuple[str, ...] = ()) -> Result:
    env = {name: None if name in without else value for name, value in _TOKENS.items()}
    return CliRunner().invoke(main, ["slack", *arguments], env=env)


@pytest.mark.parametrize(
    ("arguments", "without", "told"),
    [
        ([], ["SLACK_BOT_TOKEN"], "SLACK_BOT_TOKEN is missing: see api.slack.com/apps: OAuth & Permissions"),
        ([], ["SLACK_APP_TOKEN"], "SLACK_APP_TOKEN is missing: see api.slack.com/apps: Basic Information"),
        (["--http", "3000"], ["SLACK_SIGNING_SECRET"], "SLACK_SIGNING_SECRET is missing: see"),
        (["--http", "here"], [], "here is no address; write HOST:PORT"),
        (["--health", "here"], [], "here is no address; write HOST:PORT"),
        (["--metrics", "here"], [], "here is no address; write HOST:PORT"),
        (["--store", "mysql://x"], [], "mysql"),
        (["--pack", "nowhere"], [], "nowhere"),
        ([], [], "Slack cannot be reached"),
    ],
)
def test_what_is_missing_or_wrong_is_one_line_and_exit_code_1(
    tmp_path: Path, arguments: list[str], without: list[str], told: str
) -> None:
    store = [] if "--store" in arguments else ["--store", str(tmp_path / "store.db")]
    pack = [] if "--pack" in arguments else ["--pack", str(TEA)]
    result = run(*arguments, *store, *pack, without=tuple(without))
    assert result.exit_code == 1
    lines = [line for line in result.output.splitlines() if line.startswith("Error: ")]
    assert len(lines) == 1
    assert told in lines[0]
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--policy", "sometimes"], "Invalid value for '--policy'"),
        (["--policy", "channels"], "--policy channels needs at least one --channel ID"),
        (["--retention", "0"], "Invalid value for '--retention'"),
        (["manifest", "--http", "http://example.org"], "Slack sends only to https://"),
        (["forget"], "Missing option '--user'"),
    ],
)
def test_a_wrong_use_is_exit_code_2(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("http", [[], ["--http", "https://tutor.example.org"]])
def test_the_manifest_is_the_same_in_yaml_and_json(http: list[str]) -> None:
    as_yaml, as_json = run("manifest", "--pack", str(TEA), *http), run("manifest", "--pack", str(TEA), "--json", *http)
    assert (as_yaml.exit_code, as_json.exit_code) == (0, 0)
    assert yaml.safe_load(as_yaml.stdout) == json.loads(as_json.stdout)
    assert "Ask about: Brewing tea" in as_yaml.stdout


def test_a_person_is_forgotten(tmp_path: Path) -> None:
    path = str(tmp_path / "store.db")
    with open_store(path) as store:
        store.choose("person", "U1", {"private": True})
    assert run("forget", "--user", "U1", "--store", path).stdout == "U1: 1 deleted\n"
    assert run("forget", "--user", "U1", "--store", path).stdout == "U1: nothing was kept\n"
    with open_store(path) as store:
        assert store.settings("person", "U1") == {}
