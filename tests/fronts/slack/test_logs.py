"""The log: one line of JSON for each thing, and never a secret in it."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.fronts.slack.logs import Lines, begin

SECRETS = ["xoxb-123456-abcdef", "0123456789abcdef"]


def line(said: str, *secrets: str, **more: object) -> str:
    record = logging.makeLogRecord({"msg": said, "name": "tutor.slack", "levelname": "INFO", "levelno": 20, **more})
    return Lines(secrets).format(record)


def test_a_line_holds_when_how_bad_from_where_what_and_the_facts() -> None:
    said = json.loads(line("answered", facts={"reply": "ask", "turn": 2}, created=0.5, msecs=500))
    assert said == {
        "at": "1970-01-01T00:00:00.500Z", "level": "info", "from": "tutor.slack", "said": "answered",
        "reply": "ask", "turn": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "secret",
    [
        "xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
        "xapp-1-A0123-456-abcdef0123456789",
        "xoxe.xoxp-1-Mi0yLTEyMzQ1",
        "xoxp-23984754863-2348975623103",
    ],
)
def test_whatever_looks_like_a_token_is_hidden(secret: str) -> None:
    assert "***" in line(f"refused {secret}!")
    assert secret not in line(f"refused {secret}!", facts={"why": f"token={secret}"})


def test_the_password_of_a_database_is_hidden() -> None:
    said = line("cannot open postgresql://tutor:s3cret@db.example.org/tutor")
    assert json.loads(said)["said"] == "cannot open postgresql://***@db.example.org/tutor"


@given(st.text(max_size=50), st.sampled_from(SECRETS))
def test_a_known_secret_never_shows_itself(text: str, secret: str) -> None:
    said = line(f"{text}{secret}{text}", *SECRETS)
    assert secret not in said
    assert "\n" not in said


def test_a_fault_is_told_in_the_same_line_without_its_secrets() -> None:
    try:
        raise ValueError("bad xoxb-123456-abcdef")
    except ValueError as error:
        said = line("a worker failed", exc_info=(type(error), error, error.__traceback__))
    assert "\n" not in said
    assert json.loads(said)["fault"].endswith("ValueError: bad ***")


def test_an_empty_secret_hides_nothing() -> None:
    assert json.loads(line("hello", "", *SECRETS))["said"] == "hello"


def test_what_the_tutor_says_goes_to_standard_error_and_others_only_from_warnings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, own = logging.getLogger(), logging.getLogger("tutor")
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    level = root.level
    try:
        begin(SECRETS)
        logging.getLogger("tutor.slack").info("running")
        logging.getLogger("slack_bolt.App").info("chatter")
        logging.getLogger("slack_bolt.App").warning("warned")
    finally:
        root.setLevel(level)
        own.setLevel(logging.NOTSET)
    shown = capsys.readouterr()
    assert [json.loads(said)["said"] for said in shown.err.splitlines()] == ["running", "warned"]
    assert shown.out == ""
