"""The manifest is one that Slack takes, and the app it makes hears and does what the tutor needs."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.slack.app import installed
from tutor.fronts.slack.manifest import EVENTS, SCOPES, as_yaml, manifest
from tutor.fronts.slack.settings import Settings

_TEXT = {"type": "string", "minLength": 1}
_URL = {"type": "string", "pattern": "^https://"}


def closed(required: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**required, **others},
        "required": sorted(required),
        "additionalProperties": False,
    }


def limited(most: int) -> dict[str, Any]:
    return {**_TEXT, "maxLength": most}


#: what Slack's documentation says of a manifest, as far as the tutor uses it
SCHEMA = closed(
    {
        "display_information": closed(
            {"name": limited(35)},
            description=limited(140),
            background_color={"type": "string", "pattern": "^#[0-9a-f]{6}$"},
        ),
        "features": closed(
            {
                "app_home": closed(
                    {
                        f"{name}_enabled": {"type": "boolean"}
                        for name in ("home_tab", "messages_tab", "messages_tab_read_only")
                    }
                ),
                "bot_user": closed({"display_name": limited(80), "always_online": {"type": "boolean"}}),
                "shortcuts": {
                    "type": "array",
                    "maxItems": 10,
                    "items": closed(
                        {
                            "name": limited(24),
                            "type": {"enum": ["message", "global"]},
                            "callback_id": limited(255),
                            "description": limited(150),
                        }
                    ),
                },
                "slash_commands": {
                    "type": "array",
                    "maxItems": 50,
                    "items": closed(
                        {"command": {"type": "string", "pattern": "^/", "maxLength": 32}, "description": limited(2000)},
                        usage_hint=limited(1000),
                        should_escape={"type": "boolean"},
                        url=_URL,
                    ),
                },
            }
        ),
        "oauth_config": closed({"scopes": closed({"bot": {"type": "array", "items": _TEXT, "uniqueItems": True}})}),
        "settings": closed(
            {
                "event_subscriptions": closed(
                    {"bot_events": {"type": "array", "items": _TEXT, "maxItems": 100, "uniqueItems": True}},
                    request_url=_URL,
                ),
                "interactivity": closed({"is_enabled": {"const": True}}, request_url=_URL),
                "org_deploy_enabled": {"type": "boolean"},
                "socket_mode_enabled": {"type": "boolean"},
                "token_rotation_enabled": {"const": False},
            }
        ),
    }
)

ABOUT = "Databricks ML Associate and Professional"


@pytest.mark.parametrize("url", [None, "https://tutor.example.org", "https://tutor.example.org/"])
@pytest.mark.parametrize("about", [ABOUT, "tea " * 60])
def test_the_manifest_is_as_slack_wants_it(url: str | None, about: str) -> None:
    assert list(Draft202012Validator(SCHEMA).iter_errors(manifest(about=about, url=url))) == []


def test_a_manifest_for_socket_mode_names_no_address() -> None:
    made = manifest(about=ABOUT)
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https://" not in str(made)


def test_a_manifest_for_http_names_the_same_address_everywhere() -> None:
    made = manifest(about=ABOUT, url="https://tutor.example.org/")
    assert made["settings"]["socket_mode_enabled"] is False
    assert str(made).count("'https://tutor.example.org/slack/events'") == 3


def test_the_command_is_that_of_the_settings() -> None:
    made = manifest(about=ABOUT, settings=Settings(command="/teach"))
    assert made["features"]["slash_commands"][0]["command"] == "/teach"


@pytest.mark.parametrize(
    ("event", "scope"),
    [
        ("app_mention", "app_mentions:read"),
        ("message.channels", "channels:history"),
        ("message.groups", "groups:history"),
        ("message.im", "im:history"),
        ("message.mpim", "mpim:history"),
    ],
)
def test_what_is_listened_to_is_allowed(event: str, scope: str) -> None:
    assert event in EVENTS
    assert scope in SCOPES


def test_the_app_that_it_makes_is_the_one_that_the_tests_run() -> None:
    app = installed(manifest(about=ABOUT))
    assert (app.name, app.home) == ("tutor", True)
    assert (app.commands, app.shortcuts) == (frozenset({"/tutor"}), frozenset({"tutor_ask"}))
    assert app.hears("message.channels")
    assert app.hears("app_home_opened")


@given(
    st.recursive(
        st.booleans() | st.text(max_size=20),
        lambda inner: (
            st.dictionaries(st.text(alphabet="abc_", min_size=1), inner, min_size=1, max_size=4)
            | st.lists(
                st.text(max_size=9)
                | st.dictionaries(st.text(alphabet="abc_", min_size=1), inner, min_size=1, max_size=3),
                min_size=1,
                max_size=4,
            )
        ),
        max_leaves=12,
    ).filter(lambda drawn: isinstance(drawn, dict))
)
def test_what_is_written_as_yaml_is_read_as_it_was(said: Any) -> None:
    assert yaml.safe_load(as_yaml(said)) == said
