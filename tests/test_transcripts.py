"""Every transcript of tests/dialogues, replayed through the core, the plain loop and the shell at a keyboard."""

import pytest

from tests.conftest import TEA
from tests.fronts.shell.keyboard import ENTER, pasted, talk
from tests.transcripts import FOLDER, transcripts
from tutor import Tutor
from tutor.fronts.shell.lines import converse
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session
from tutor.render.replays import told
from tutor.replay import replay
from tutor.transcript import Transcript, load_transcripts

ABOUT_TEA, ABOUT_BUNDLED = transcripts("tea"), transcripts("databricks-ml")


def typed(held: list[Transcript]) -> list[Transcript]:
    """Return those of the transcripts *held* that can be typed: without given values, each turn a line."""
    return [one for one in held if not any(turn.known or "\n" in turn.say for turn in one.turns)]


def through_the_core(tutor: Tutor, transcript: Transcript) -> None:
    done = replay(tutor, transcript)
    assert len(done.turns) == len(transcript.turns)
    assert done.same, told([done])


def through_the_shell(tutor: Tutor, transcript: Transcript) -> None:
    said: list[str] = []
    session = Session(Loading(lambda _: tutor), TEA)
    assert converse(session, (turn.say for turn in transcript.turns), said.append, width=60) == len(transcript.turns)
    for turn, text in zip(transcript.turns, said, strict=True):
        assert turn.missed_in(text) == (), f"{turn.say}: {text}"


def through_the_keyboard(tutor: Tutor, transcript: Transcript) -> None:
    done = talk(tutor, *(pasted(turn.say) + ENTER for turn in transcript.turns))
    assert len(done.turns) == len(transcript.turns)
    for turn, today in zip(transcript.turns, done.turns, strict=True):
        assert turn.met_by(today), f"{turn.say}: {today.text}"


@pytest.mark.parametrize("transcript", ABOUT_TEA, ids=lambda transcript: transcript.title)
def test_a_transcript_about_tea_goes_as_written(tea: Tutor, transcript: Transcript) -> None:
    through_the_core(tea, transcript)


@pytest.mark.parametrize("transcript", ABOUT_BUNDLED, ids=lambda transcript: transcript.title)
def test_a_transcript_about_the_bundled_pack_goes_as_written(tutor: Tutor, transcript: Transcript) -> None:
    through_the_core(tutor, transcript)


@pytest.mark.parametrize("transcript", typed(ABOUT_TEA), ids=lambda transcript: transcript.title)
def test_a_transcript_about_tea_goes_through_the_shell(tea: Tutor, transcript: Transcript) -> None:
    through_the_shell(tea, transcript)


@pytest.mark.parametrize("transcript", typed(ABOUT_BUNDLED), ids=lambda transcript: transcript.title)
def test_a_transcript_about_the_bundled_pack_goes_through_the_shell(tutor: Tutor, transcript: Transcript) -> None:
    through_the_shell(tutor, transcript)


@pytest.mark.parametrize("transcript", typed(ABOUT_TEA), ids=lambda transcript: transcript.title)
def test_a_transcript_about_tea_is_typed_at_the_keyboard(tea: Tutor, transcript: Transcript) -> None:
    through_the_keyboard(tea, transcript)


@pytest.mark.parametrize("transcript", typed(ABOUT_BUNDLED), ids=lambda transcript: transcript.title)
def test_a_transcript_about_the_bundled_pack_is_typed_at_the_keyboard(tutor: Tutor, transcript: Transcript) -> None:
    through_the_keyboard(tutor, transcript)


def test_every_file_of_transcripts_is_replayed() -> None:
    replayed = len(ABOUT_TEA) + len(ABOUT_BUNDLED)
    assert replayed == sum(len(load_transcripts(path)) for path in FOLDER.iterdir())
    assert min(len(typed(ABOUT_TEA)), len(typed(ABOUT_BUNDLED))) > 20


@pytest.mark.parametrize("transcript", [*ABOUT_TEA, *ABOUT_BUNDLED], ids=lambda transcript: transcript.title)
def test_a_transcript_expects_of_every_turn_its_kind_and_its_entry_or_slot(transcript: Transcript) -> None:
    assert transcript.title
    assert transcript.turns
    for turn in transcript.turns:
        assert turn.reply, turn.say
        assert (turn.entry is not None, turn.slot is not None) == (turn.reply == "answer", turn.reply == "ask"), turn
