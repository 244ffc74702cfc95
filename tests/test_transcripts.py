"""Every transcript of tests/dialogues, replayed through the core."""

import json

import pytest

from tests.transcripts import FOLDER, Expected, Transcript, transcripts
from tutor import Dialogue, Tutor


def replay(tutor: Tutor, transcript: Transcript) -> None:
    """Say every turn; between turns the dialogue goes through JSON, as it does when a front restarts."""
    dialogue = Dialogue()
    for number, (said, expected) in enumerate(transcript.turns, start=1):
        turn = tutor.respond(said, Dialogue.from_dict(json.loads(json.dumps(dialogue.to_dict()))))
        reply = turn.reply.to_dict()
        assert expected.met_by(reply), f"turn {number}, {said!r}: {reply}"
        dialogue = turn.dialogue


@pytest.mark.parametrize("transcript", list(transcripts("tea")), ids=lambda transcript: transcript.title)
def test_a_transcript_about_tea_goes_as_written(tea: Tutor, transcript: Transcript) -> None:
    replay(tea, transcript)


@pytest.mark.parametrize("transcript", list(transcripts("bundled")), ids=lambda transcript: transcript.title)
def test_a_transcript_about_the_bundled_pack_goes_as_written(tutor: Tutor, transcript: Transcript) -> None:
    replay(tutor, transcript)


def test_every_file_of_transcripts_is_replayed() -> None:
    named = {f"pack: {pack}\n" for pack in ("tea", "bundled")}
    for path in FOLDER.iterdir():
        assert named & set(path.read_text(encoding="utf-8").splitlines(keepends=True)), path


@pytest.mark.parametrize(
    "expected",
    [
        Expected("ask", slot="hour"),
        Expected("answer"),
        Expected("answer", entry="fact.other"),
        Expected("answer", entry="fact.green-tea", slot="hour"),
        Expected("answer", entry="fact.green-tea", text="black"),
        Expected("answer", entry="fact.green-tea", without="cooler water"),
    ],
)
def test_a_reply_that_differs_is_not_as_expected(expected: Expected) -> None:
    reply = {"reply": "answer", "entry": "fact.green-tea", "text": "Green tea\n  wants cooler water"}
    assert Expected("answer", "fact.green-tea", text="tea wants cooler", without="black").met_by(reply)
    assert not expected.met_by(reply)
