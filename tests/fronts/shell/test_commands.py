"""The commands of the shell, each by what it says; help and completion come from the same table."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TEA
from tests.fronts.shell.test_watch import edited
from tutor import Tutor
from tutor.fronts.shell.commands import COMMANDS
from tutor.fronts.shell.loading import Load, Loading
from tutor.fronts.shell.session import Session
from tutor.fronts.shell.settings import Settings, load_settings
from tutor.fronts.shell.watch import Watch
from tutor.part import text_of
from tutor.transcript import load_transcripts

OPEN = "Which tea should I brew?"


class Talk:
    """A session that answers in plain text."""

    def __init__(self, made: Tutor | Load, **fields: Any) -> None:
        load = (lambda _: made) if isinstance(made, Tutor) else made
        self.session = Session(Loading(load), fields.pop("folder", TEA), **fields)

    def __call__(self, *lines: str) -> str:
        """Take *lines*, and return what the last one came to."""
        told = [self.session.take(line) for line in lines]
        return text_of(told[-1].parts)


@pytest.fixture
def say(tea: Tutor) -> Talk:
    return Talk(tea)


def test_help_names_every_command_with_what_it_takes_and_does(say: Talk) -> None:
    rows = [f"- /{name} {one.takes}".rstrip() + f": {one.about}" for name, one in COMMANDS.items()]
    assert say("/help").splitlines() == ["Commands:", *rows]
    assert say("/") == say("/help")


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_one_command_says_all_about_it(say: Talk, name: str) -> None:
    command = COMMANDS[name]
    assert say(f"/help {name}") == say(f"/help /{name}")
    assert say(f"/help {name}").splitlines()[0] == command.usage
    assert say(f"/help {name}").splitlines()[1].endswith(f"{command.about[1:]} {command.more}")


def test_help_shows_keys_where_there_is_a_keyboard(tea: Tutor) -> None:
    assert Talk(tea, keys=(("F1", "is /help"),))("/help").endswith("\n\nKeys:\n- F1: is /help")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/hlep", "there is no command /hlep; did you mean /help? A question may begin with a space."),
        ("/xyzzy", "there is no command /xyzzy; /help lists them. A question may begin with a space."),
        ("/help shwo", "there is no command /shwo; did you mean /show?"),
    ],
)
def test_an_unknown_command_gets_the_nearest_name(say: Talk, line: str, said: str) -> None:
    assert say(line) == said


@pytest.mark.parametrize("line", ["/Volumes/tea is full", " /help", "/dbfs/tea?", "a /help", "/1"])
def test_what_only_looks_like_a_command_is_a_question(say: Talk, line: str) -> None:
    say(line)
    assert [turn.say for turn in say.session.transcripts[0].turns] == [line]


def test_topics_are_counted_and_one_of_them_is_listed(say: Talk) -> None:
    assert say("/topics") == "Topics:\n- hours: Hours of the day, 2 entries\n- leaves: Leaves, 2 entries"
    listed = "Leaves:\n- fact.green-tea: Green tea wants cooler water\n- pair.green-vs-black: Green or black"
    assert (say("/topics leaves"), say("/topics LEAVES ")) == (listed, listed)
    assert say("/topics hours of the day").startswith("Hours of the day:\n- trap.caffeine-at-night")
    assert say("/topics leafs") == "there is no topic leafs; did you mean leaves?"


def test_an_entry_is_shown_by_its_id_and_by_its_title(say: Talk) -> None:
    shown = say("/show fact.green-tea")
    assert shown.startswith("Green tea wants cooler water\n\nBrew green tea at 80 degrees.")
    assert say("/show green tea wants cooler water") == shown
    assert say("/show fact.gren-tea") == "there is no entry fact.gren-tea; did you mean fact.green-tea?"
    assert say("/show green tea wants colder water").endswith("did you mean Green tea wants cooler water?")
    assert say("/show").startswith("write the id or the title of an entry, for example /show ")


@pytest.mark.parametrize(
    ("command", "words"), [("/sources", "sources"), ("/why", "why"), ("/back", "back"), ("/reset", "start over")]
)
def test_a_command_that_is_a_word_to_the_tutor_is_said(tea: Tutor, command: str, words: str) -> None:
    commanding, speaking = Talk(tea), Talk(tea)
    assert commanding(OPEN, "2", command) == speaking(OPEN, "2", words)
    assert [turn.say for turn in commanding.session.transcripts[0].turns] == [OPEN, "2", words]


def test_set_shows_what_is_known(say: Talk) -> None:
    assert say("/set") == "No decision is under way, so nothing is known yet."
    assert say(OPEN, "/set") == "Which tea:\n- hour: not known\n- guests: not known"
    said = "Which tea:\n- hour=morning: In the morning, you said “in the morning”\n- guests: not known"
    assert say("in the morning", "/set") == said
    assert say("doesn't matter", "/set").splitlines()[2] == "- guests: doesn't matter"


def test_set_settles_the_open_slot_and_asks_on(say: Talk) -> None:
    assert say(OPEN, "/set hour=morning").startswith("How many cups are needed?\n  1. One cup")
    turn = say.session.transcripts[0].turns[1]
    assert (turn.say, turn.known, turn.slot) == ("", {"hour": "morning"}, "guests")


def test_set_corrects_after_the_answer_and_says_what_changed(say: Talk) -> None:
    said = say(OPEN, "in the morning", "one", "/set guests=A whole pot")
    changed = "Changed: guests “A whole pot”. Still counts: hour “In the morning”."
    assert said.startswith(f"{changed}\n\nA pot for the breakfast table")
    assert "You said: hour “in the morning”; guests “A whole pot”" in said


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("hour", "write /set SLOT=VALUE, for example /set hour=morning"),
        ("hour=", "write /set SLOT=VALUE, for example /set hour=morning"),
        ("huor=night", "there is no slot huor; did you mean hour?"),
        ("hour=nihgt", "slot hour has no value nihgt; did you mean night?"),
    ],
)
def test_set_says_what_to_write_instead(say: Talk, argument: str, said: str) -> None:
    assert say(OPEN, f"/set {argument}") == said


def test_set_without_a_decision_says_so(say: Talk) -> None:
    assert say("/set hour=night") == "no decision is under way; ask first, then set what was understood wrongly"


def test_set_of_a_slot_that_does_not_count_names_those_that_do(tutor: Tutor) -> None:
    said = Talk(tutor)("Which rollout do we need?", "/set latency=batch")
    assert said == "latency does not count here; slots of this decision: rollback, exposure"


def test_explain_explains_the_last_question_or_another(say: Talk) -> None:
    assert say("/explain") == "nothing was asked yet; write /explain QUESTION"
    assert say(OPEN, "2", "/explain").startswith(f"“{OPEN}”\n\nwords       which tea should i brew\n")
    assert say("/explain green or black").startswith("“green or black”\n\nwords       green or black\n")


def test_what_was_saved_replays_the_same(say: Talk, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    assert say(f"/save {path}") == "nothing was said yet that could be saved"
    said = say(OPEN, "/set hour=night", "/why", f"/save {path}")
    assert said == f"3 turns in {path}, which only you may read; /replay {path} says them again."
    assert path.stat().st_mode & 0o777 == 0o600
    assert say(f"/replay {path}") == "same: transcript 1\n1 transcript, all the same"
    assert say(f"/save {path}") == f"{path}: is there already; name a new file"


def test_replay_shows_what_differs(say: Talk, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_text("transcript: 1\nturns: [{say: hello, reply: answer}]\n")
    assert say(f"/replay {path}").startswith("different: transcript 1\n  turn 1: hello\n--- written\n+++ today")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/save", "write /save FILE, for example /save dialogue.yaml"),
        ("/replay", "write /replay FILE, for example /replay dialogue.yaml"),
        ("/replay nowhere.yaml", "nowhere.yaml: cannot be read: No such file or directory"),
        ("/save no/t.yaml", "no/t.yaml: there is no folder no; make it first"),
        ("/save " + "x" * 300, "x" * 300 + ": File name too long"),
        ("/pack relaod", "there is no /pack relaod; write /pack or /pack reload"),
        ("/theme drak", "there is no theme drak; did you mean dark?"),
        ("/settings mouse", "write /settings NAME=VALUE, for example /settings mouse=off"),
        ("/settings mose=off", "there is no setting mose; did you mean mouse?"),
        ("/settings mouse=perhaps", "mouse cannot be perhaps; write on or off"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_one_line(say: Talk, line: str, said: str) -> None:
    assert say("hello", line) == said


def test_files_are_named_from_the_home_folder(say: Talk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    say("hello", "/save ~/t.yaml")
    assert [turn.say for turn in load_transcripts(tmp_path / "t.yaml")[0].turns] == ["hello"]


def test_pack_says_which_pack_is_in_use(say: Talk, tea: Tutor) -> None:
    assert say("/pack").splitlines() == [
        f"Brewing tea: tea 1, digest {tea.pack.digest[:12]}",
        f"In {TEA}",
        "With 4 entries, 2 topics, 1 decision, 2 slots, 4 terms, 1 source",
    ]


def test_themes_and_settings_are_changed_kept_and_shown(tea: Tutor, tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    say = Talk(tea, settings_file=file)
    assert say("/theme") == "The theme is auto; there are auto, dark, light, mono."
    assert say("/theme dark") == "The theme is dark; there are auto, dark, light, mono."
    assert "- mouse=off" in say("/settings mouse=off").splitlines()
    assert load_settings(file) == Settings(theme="dark", mouse=False)
    assert say("/settings").splitlines()[:2] == [f"Settings, in {file}:", "- theme=dark"]


@pytest.mark.parametrize("line", ["/quit", "quit", "exit", ":q", " QUIT \n"])
def test_leaving_is_a_value(say: Talk, line: str) -> None:
    assert say.session.take(line).left
    assert not say.session.take("hello").left


# a pack that changes


@pytest.fixture
def reloading(tea_copy: Path, tmp_path: Path) -> Talk:
    """A talk about a copy of the tea pack, which is watched."""
    watch = Watch(tea_copy)

    def load(told: object) -> Tutor:
        watch.look()
        return Tutor.load(tea_copy, cache=tmp_path / "cache")

    return Talk(load, folder=tea_copy, watch=watch)


def test_a_pack_that_changes_is_noticed_once_and_taken_up(reloading: Talk, tea_copy: Path) -> None:
    say = reloading
    say(OPEN, "in the morning")
    edited(tea_copy / "knowledge/slots.yaml", "How many cups are needed?", "How many cups do you need?")
    note, asked = say("why?").split("\n\n", 1)
    assert note == "The pack has changed on disk; /pack reload takes it up."
    assert "How many cups are needed?" in asked
    assert say("why?").startswith("I ask because: ")
    before = say.session.ready().pack.stamp
    assert say("/pack reload").endswith(" is in use now. The dialogue goes on.")
    assert say.session.ready().pack.stamp != before
    assert "How many cups do you need?\n  1. One cup\n  2. A whole pot" in say("why?")


def test_a_pack_that_did_not_change_is_not_taken_up(reloading: Talk) -> None:
    reloading("hello")
    assert reloading("/pack reload") == "The pack on disk is the one in use."


def test_a_faulty_pack_is_not_taken_up_and_the_first_fault_is_told(reloading: Talk, tea_copy: Path) -> None:
    say = reloading
    say(OPEN)
    edited(tea_copy / "knowledge/slots.yaml", "question: When", "qestion: When")
    said = say("/pack reload").removeprefix("The pack has changed on disk; /pack reload takes it up.\n\n")
    assert said.startswith("The pack on disk cannot be used, so the old one stays. knowledge/slots.yaml:")
    assert "slots.hour.question: is missing" in said
    assert "(and 1 more fault; tutor check names them all)" in said
    assert "\n" not in said
    assert say("2").startswith("Strong tea before sleep")


def test_a_dialogue_that_no_longer_fits_begins_anew_and_says_why(reloading: Talk, tea_copy: Path) -> None:
    say = reloading
    say(OPEN, "in the morning", "one")
    for file in ("knowledge/slots.yaml", "knowledge/decisions/which-tea.yaml"):
        path = tea_copy / file
        path.write_text(path.read_text().replace("one", "single"))
    said = say("/pack reload")
    assert "is in use now. A new dialogue begins: the dialogue was saved under tea 1 " in said
    assert "has no value one of slot guests" in said
    assert say("/set") == "No decision is under way, so nothing is known yet."
    say("hello")
    assert [len(one.turns) for one in say.session.transcripts] == [3, 1]


def test_a_recording_goes_on_in_a_new_transcript_where_the_dialogue_begins_anew(
    reloading: Talk, tea_copy: Path, tmp_path: Path
) -> None:
    say = reloading
    say.session.record = tmp_path / "t.yaml"
    say(OPEN, "in the morning", "one")
    for file in ("knowledge/slots.yaml", "knowledge/decisions/which-tea.yaml"):
        path = tea_copy / file
        path.write_text(path.read_text().replace("one", "single"))
    say("/pack reload", "hello")
    first, second = load_transcripts(tmp_path / "t.yaml")
    assert ([turn.say for turn in first.turns], [turn.say for turn in second.turns]) == (
        [OPEN, "in the morning", "one"],
        ["hello"],
    )
    assert first.pack != second.pack == say.session.ready().pack.stamp


def test_a_reload_can_be_stopped_and_the_old_pack_stays(tea: Tutor) -> None:
    from threading import Event

    go_on, loads = Event(), 0

    def load(told: object) -> Tutor:
        nonlocal loads
        loads += 1
        if loads > 1:
            talk.session.interrupts.stop = True
            go_on.wait(20)
        return tea

    talk = Talk(load)
    talk("hello")
    assert talk("/pack reload") == "Stopped."
    go_on.set()
    talk.session.interrupts.stop = False
    assert talk("hello") == "Hello. Ask about tea."
