import fcntl
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEA, TEA_EVIDENCE
from tutor import Tutor, __version__
from tutor.cli import main
from tutor.render.explain import explained
from tutor.reply import Reply
from tutor.transcript import load_transcripts

OPEN = "Which tea should I brew?"
BETWEEN = "What is the difference between green and black tea?"
ANSWER = """\
Green or black

Green is brewed cooler, black with boiling water.

What decides: Black leaves are oxidised and green leaves are not.

Why: Oxidised leaves bear heat.

In practice: Some black teas taste better at 90 degrees.

Source: The Kettle Book, lines 2, 3-4
Page: Black tea <https://example.org/black>
"""
ASK = """\
When will it be drunk?
  1. In the morning
  2. Before sleep
The hour separates tea with caffeine from tea without. At most 2 questions.
"""
COMMANDS = ("ask", "chat", "batch", "explain", "show", "topics", "check", "graph")
PACK = ("--pack", str(TEA))

Run = Callable[..., Result]
Started = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the tea pack is already learned."""
    folder = tmp_path_factory.mktemp("cli-cache")
    first = CliRunner(env={"XDG_CACHE_HOME": str(folder)}).invoke(main, ["ask", BETWEEN, *PACK])
    assert first.exit_code == 0, first.output
    return folder


@pytest.fixture(scope="session")
def run(cache: Path) -> Run:
    """Run the command in this process."""

    def invoke(*words: str, input: str | bytes | None = None) -> Result:
        result = CliRunner(env={"XDG_CACHE_HOME": str(cache)}).invoke(main, words, input=input)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def start(cache: Path, tmp_path: Path) -> Started:
    """Run the command as a process of its own, in an empty folder, without a terminal."""

    def started(*words: str | bytes, **options: Any) -> subprocess.CompletedProcess[bytes]:
        env = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONIOENCODING": "utf-8:strict", **options.pop("env", {})}
        words = (sys.executable, "-m", "tutor", *words)
        done = subprocess.run(words, cwd=tmp_path, env=env, stderr=subprocess.PIPE, **{**_QUIET, **options})
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return started


_QUIET: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}


def one_line(stderr: str) -> str:
    """Return the only line of *stderr*."""
    (line,) = stderr.splitlines()
    return line


# help


def helped(command: str) -> str:
    result = CliRunner().invoke(main, [*command.split(), "--help"])
    assert result.exit_code == 0
    return result.stdout


def test_the_commands_are_these() -> None:
    assert set(COMMANDS) <= set(main.list_commands(click.Context(main)))


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_every_command_has_help_with_an_example(command: str) -> None:
    said = helped(command)
    assert said.startswith(f"Usage: main {command}".rstrip())
    assert re.search(r"\n  Example:\n    \S*.*tutor ", said)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_example_in_the_help_of_a_command_works(command: str, tmp_path: Path) -> None:
    (example,) = re.findall(r"\n  Example:\n    (.*)\n", helped(command))
    shutil.copytree(TEA, tmp_path / "my-pack")
    shutil.copytree(TEA_EVIDENCE, tmp_path / "my-sources")
    (tmp_path / "questions.csv").write_text("question\nWhat is shadow deployment?\n")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    env |= {f"XDG_{kind}_HOME": str(tmp_path / "home" / kind.lower()) for kind in ("STATE", "CONFIG", "DATA")}
    done = subprocess.run(["sh", "-c", example], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = tmp_path / "answers.jsonl"
    assert len(done.stdout.splitlines()) > 1 or json.loads(written.read_text())["status"] == "answered"


@pytest.mark.parametrize("command", ["", "ask", "batch"])
def test_h_is_short_for_help(command: str) -> None:
    assert CliRunner().invoke(main, [*command.split(), "-h"]).stdout == helped(command)


def test_the_version_is_that_of_the_package() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout == f"tutor, version {__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["aks", "x"], "No such command 'aks'"),
        (["ask"], "Missing argument 'QUESTION'"),
        (["ask", "two", "questions"], "Got unexpected extra argument"),
        (["ask", "x", "--jsn"], "No such option"),
        (["ask", "x", "--set", "hour"], "--set hour: write SLOT=VALUE, for example rollback=instant"),
        (["ask", "x", "--set", "=night"], "--set =night: write SLOT=VALUE"),
        (["ask", "x", "--set", "hour="], "--set hour=: write SLOT=VALUE"),
        (["ask", "x", "--set", "hour=night", "--set", "hour=noon"], "--set hour is given twice: night and noon"),
        (["ask", "x", "--set", "a=b", "--set", "c=d", "--set", " a = d"], "--set a is given twice: b and d"),
        (["batch", "in.jsonl"], "say where to write, once: tutor batch IN -o OUT"),
        (["batch", "-o", "out.jsonl"], "Missing argument 'IN'"),
        (["show"], "Missing argument 'ENTRY'"),
    ],
)
def test_wrong_usage_is_exit_code_2(run: Run, words: list[str], said: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


# ask


def test_ask_prints_an_answer_and_exits_0(run: Run) -> None:
    result = run("ask", BETWEEN, *PACK)
    assert (result.exit_code, result.stdout, result.stderr) == (0, ANSWER, "")


def test_ask_prints_the_question_it_needs_answered_and_exits_4(run: Run) -> None:
    result = run("ask", OPEN, *PACK)
    assert (result.exit_code, result.stdout) == (4, ASK)
    assert one_line(result.stderr) == "Ask again with --set hour=morning or --set hour=night."


def test_the_hint_how_to_ask_again_names_the_slot_that_is_asked_for_and_works(run: Run) -> None:
    first = run("ask", OPEN, "--set", "hour=morning", *PACK)
    assert (first.exit_code, one_line(first.stderr)) == (4, "Ask again with --set guests=one or --set guests=many.")
    pairs = re.findall(r"--set (guests=\w+)", first.stderr)
    codes = [run("ask", OPEN, "--set", "hour=morning", "--set", pair, *PACK).exit_code for pair in pairs]
    assert codes == [0, 0]


def test_a_question_as_json_is_not_followed_by_a_hint(run: Run) -> None:
    result = run("ask", OPEN, "--json", *PACK)
    assert (result.exit_code, result.stderr) == (4, "")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What is the capital of Peru?", "out-of-scope"),
        ("", "empty"),
        (" \t\n", "empty"),
        ("?!", "empty"),
        ("tea " * 25_000, "too-long"),
        ("x" * 100_000, "too-long"),
    ],
)
def test_ask_declines_what_it_cannot_answer_and_exits_3(run: Run, question: str, reason: str) -> None:
    result = run("ask", question, "--json", *PACK)
    assert (result.exit_code, result.stderr) == (3, "")
    said = json.loads(result.stdout)
    assert (said["reply"], said["reason"]) == ("decline", reason)


def test_ask_answers_small_talk_with_exit_code_0(run: Run) -> None:
    result = run("ask", "hello", *PACK)
    assert (result.exit_code, result.stdout) == (0, "Hello. Ask about tea.\n")


@pytest.mark.parametrize(
    ("pairs", "entry"),
    [
        (["hour=night"], "trap.caffeine-at-night"),
        (["hour=Before sleep"], "trap.caffeine-at-night"),
        ([" hour = night "], "trap.caffeine-at-night"),
        (["hour=morning", "guests=one"], "fact.green-tea"),
        (["hour=morning", "guests=many"], "tip.breakfast-pot"),
        (["hour=night", "hour=night"], "trap.caffeine-at-night"),
        (["hour=night", "hour= night"], "trap.caffeine-at-night"),
    ],
)
def test_set_gives_the_value_of_a_slot_and_may_say_it_twice(run: Run, pairs: list[str], entry: str) -> None:
    result = run("ask", OPEN, "--json", *(word for pair in pairs for word in ("--set", pair)), *PACK)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["entry"] == entry


@pytest.mark.parametrize(
    ("pair", "said"),
    [
        ("houre=night", "there is no slot houre; did you mean hour?"),
        ("colour=red", "there is no slot colour; did you mean hour?"),
        ("xyz=night", "there is no slot xyz; known: guests, hour"),
        ("hour=nigth", "slot hour has no value nigth; did you mean night?"),
        ("hour=14:00", "slot hour has no value 14:00; known: morning, night"),
        ("hour=a=b", "slot hour has no value a=b; known: morning, night"),
        ("a\nb=night", "there is no slot a b; known: guests, hour"),
    ],
)
def test_an_unknown_slot_or_value_is_one_line_that_names_the_nearest(run: Run, pair: str, said: str) -> None:
    result = run("ask", "x", "--set", pair, *PACK)
    assert (result.exit_code, result.stdout, one_line(result.stderr)) == (1, "", f"Error: {said}")


def test_json_is_the_reply_as_data(run: Run) -> None:
    said = json.loads(run("ask", OPEN, "--json", *PACK).stdout)
    assert said == {
        "reply": "ask",
        "text": ASK.rstrip("\n"),
        "decision": "which-tea",
        "slot": "hour",
        "question": "When will it be drunk?",
        "options": [
            {"value": "morning", "label": "In the morning"},
            {"value": "night", "label": "Before sleep"},
        ],
        "why": "The hour separates tea with caffeine from tea without.",
        "at_most": 2,
        "known": {},
        "between": [],
        "note": None,
    }


@pytest.mark.parametrize("reply", Reply.__args__)
def test_every_kind_of_reply_has_an_exit_code(reply: type[Reply]) -> None:
    from tutor.cli.talking import _EXIT

    assert _EXIT[reply.reply] in (0, 3, 4)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=60).filter(lambda text: not text.startswith("-")))
def test_any_text_gets_a_reply(run: Run, text: str) -> None:
    result = run("ask", text, "--json", *PACK)
    assert result.exit_code in (0, 3, 4)
    assert json.loads(result.stdout)["text"].strip()


# as a process


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("ask", BETWEEN, *PACK), 0),
        (("ask", BETWEEN, "--pack", "nowhere"), 1),
        (("ask", BETWEEN, "--nonsense"), 2),
        (("ask", "capital of Peru", *PACK), 3),
        (("ask", OPEN, *PACK), 4),
        (("ask", b"sencha caf\xe9 \xff degrees \xed\xa0\x80", *PACK), 0),
        (("ask", "x" * 100_000, *PACK), 3),
        (("ask", "x", "--set", b"ho\xffur=x", *PACK), 1),
        (("show", b"fact.\xff", *PACK), 1),
        (("check", b"\xff"), 1),
        (("batch", b"\xff.jsonl", "-o", "-", *PACK), 1),
        (("ask", "x", "--pack", "a" * 5_000), 1),
        (("check", "a" * 5_000), 1),
        (("batch", "a" * 5_000 + ".jsonl", "-o", "-", *PACK), 1),
    ],
)
def test_a_process_ends_with_its_exit_code_and_without_a_traceback(
    start: Started, words: tuple[str | bytes, ...], code: int
) -> None:
    done = start(*words)
    assert done.returncode == code
    if code == 1:
        assert len((done.stdout + done.stderr).splitlines()) == 1


def test_bytes_that_are_not_utf8_do_not_change_the_words_around_them(start: Started) -> None:
    done = start("ask", b"sencha \xff degrees", "--json", *PACK)
    assert json.loads(done.stdout)["entry"] == "fact.green-tea"


def test_a_terminal_without_the_characters_gets_question_marks(start: Started, tea_copy: Path) -> None:
    topic = tea_copy / "knowledge" / "topics" / "leaves.yaml"
    topic.write_text(topic.read_text().replace("80 degrees", "80 °C – no more"))
    done = start("show", "fact.green-tea", "--pack", str(tea_copy), env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 0
    assert b"Brew green tea at 80 \xb0C ? no more." in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("words", [("ask", BETWEEN), ("topics",), ("batch", "q.jsonl", "-o", "-")])
def test_a_full_disk_behind_standard_output_is_one_line(start: Started, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "x"}\n')
    with Path("/dev/full").open("wb") as full:
        done = start(*words, *PACK, stdout=full)
    assert done.returncode == 1
    assert "No space left on device" in one_line(done.stderr.decode())


def test_a_reader_that_leaves_early_is_no_fault(start: Started, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "x"}\n' * 300)
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = start("batch", "q.jsonl", "-o", "-", *PACK, stdout=pipe)
    assert (done.returncode, done.stderr) == (1, b"")


# packs that cannot be used


def test_a_pack_with_faults_is_one_line_that_says_how_many_more(run: Run, tea_copy: Path) -> None:
    terms = tea_copy / "knowledge" / "terms.yaml"
    terms.write_text("terms:\n  - {nmae: green tea, kind: leaf}\n")
    result = run("ask", "x", "--pack", str(tea_copy))
    assert (result.exit_code, result.stdout) == (1, "")
    said = one_line(result.stderr)
    assert said.startswith("Error: knowledge/terms.yaml:2:5: ")
    assert said.endswith(" (and 1 more faults; tutor check names them all)")


def test_a_pack_with_one_fault_is_that_fault(run: Run, spoil: Callable[[str, str, str], Path]) -> None:
    folder = spoil("knowledge/topics/leaves.yaml", "see_also: [pair.green-vs-black]", "see_also: [pair.green-vs-blck]")
    said = one_line(run("ask", "x", "--pack", str(folder)).stderr)
    assert said.startswith("Error: knowledge/topics/leaves.yaml:")
    assert said.endswith("pair.green-vs-blck does not exist; did you mean pair.green-vs-black?")


# show and topics


def test_show_prints_the_entry(run: Run) -> None:
    result = run("show", "pair.green-vs-black", *PACK)
    assert (result.exit_code, result.stdout, result.stderr) == (0, ANSWER, "")


def test_show_prints_the_entry_as_json(run: Run) -> None:
    said = json.loads(run("show", "fact.green-tea", "--json", *PACK).stdout)
    assert (said["reply"], said["entry"], said["kind"]) == ("answer", "fact.green-tea", "fact")
    assert said["see_also"] == ["pair.green-vs-black"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("fact.gren-tea", "there is no entry fact.gren-tea; did you mean fact.green-tea?"),
        (
            "zzz",
            "there is no entry zzz; known: fact.green-tea, pair.green-vs-black, tip.breakfast-pot, "
            "trap.caffeine-at-night",
        ),
    ],
)
def test_show_of_an_unknown_entry_names_the_nearest(run: Run, entry: str, said: str) -> None:
    result = run("show", entry, *PACK)
    assert (result.exit_code, result.stdout, one_line(result.stderr)) == (1, "", f"Error: {said}")


def test_topics_lists_topics_and_entries(run: Run) -> None:
    result = run("topics", *PACK)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Hours of the day (hours)",
        "  trap.caffeine-at-night: Strong tea before sleep",
        "  tip.breakfast-pot: A pot for the breakfast table",
        "Leaves (leaves)",
        "  fact.green-tea: Green tea wants cooler water",
        "  pair.green-vs-black: Green or black",
    ]


def test_topics_as_json_are_entries_by_topic(run: Run) -> None:
    assert json.loads(run("topics", "--json", *PACK).stdout) == {
        "hours": ["trap.caffeine-at-night", "tip.breakfast-pot"],
        "leaves": ["fact.green-tea", "pair.green-vs-black"],
    }


# check


def test_check_of_a_sound_pack_proves_its_decisions(run: Run) -> None:
    result = run("check", str(TEA))
    assert (result.exit_code, result.stderr) == (0, "")
    first, *_, last = result.stdout.splitlines()
    assert first.startswith("which-tea: 4 cases, 3 rules, ")
    assert last == "tea 1: 4 entries, no faults"


def test_check_against_evidence_says_so(run: Run) -> None:
    result = run("check", str(TEA), "--evidence", str(TEA_EVIDENCE))
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == ("tea 1: 4 entries, no faults, every statement held by tea-evidence")


def test_check_against_evidence_names_what_is_not_held(run: Run, spoil: Callable[[str, str, str], Path]) -> None:
    folder = spoil("knowledge/topics/leaves.yaml", "lines: [1-2]", "lines: [1-99]")
    result = run("check", str(folder), "--evidence", str(TEA_EVIDENCE))
    assert result.exit_code == 1
    assert "knowledge/topics/leaves.yaml:" in result.stdout
    assert "no faults" not in result.stdout


def test_check_names_every_fault(run: Run, tea_copy: Path) -> None:
    (tea_copy / "knowledge" / "terms.yaml").write_text("terms:\n  - {nmae: green tea, kind: leaf}\n")
    result = run("check", str(tea_copy))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "knowledge/terms.yaml:2:5: terms.0.name: is missing; add name:",
        "knowledge/terms.yaml:2:6: terms.0.nmae: unknown key; did you mean name?",
        "2 faults in 1 file",
    ]


def test_check_as_json_has_every_fault_with_its_place_and_rule(run: Run, tea_copy: Path) -> None:
    (tea_copy / "knowledge" / "terms.yaml").write_text("terms:\n  - {nmae: green tea, kind: leaf}\n")
    result = run("check", str(tea_copy), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr, told["pack"], told["proved"]) == (1, "", None, [])
    assert told["faults"][1] == {
        "file": "knowledge/terms.yaml",
        "line": 2,
        "column": 6,
        "rule": "unknown-key",
        "place": "terms.0.nmae",
        "problem": "unknown key",
        "instead": "did you mean name?",
    }


def test_check_as_json_of_a_sound_pack_has_its_stamp_and_what_is_proved(run: Run) -> None:
    result = run("check", str(TEA), "--json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["faults"], told["pack"][:6]) == (0, [], "tea 1 ")
    assert told["proved"] == run("check", str(TEA)).stdout.splitlines()


def test_check_as_json_of_a_pack_that_is_read_but_may_not_ship_has_its_stamp(
    run: Run, spoil: Callable[[str, str, str], Path]
) -> None:
    folder = spoil("intents/decisions.yaml", "Recommend a tea, ", "")
    told = json.loads(run("check", str(folder), "--json").stdout)
    assert ([fault["rule"] for fault in told["faults"]], told["pack"][:6]) == (["too-few-examples"], "tea 1 ")
    assert told["proved"] == []


def test_check_as_sarif_names_files_from_where_it_runs(
    run: Run, tea_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tea_copy / "knowledge" / "terms.yaml").write_text("terms:\n  - {nmae: green tea, kind: leaf}\n")
    monkeypatch.chdir(tea_copy.parent)
    result = run("check", "tea", "--sarif")
    (log,) = json.loads(result.stdout)["runs"]
    assert result.exit_code == 1
    assert [found["ruleId"] for found in log["results"]] == ["missing-key", "unknown-key"]
    assert log["results"][1]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "tea/knowledge/terms.yaml"},
        "region": {"startLine": 2, "startColumn": 6},
    }


def test_check_as_sarif_of_a_sound_pack_has_no_results(run: Run) -> None:
    result = run("check", str(TEA), "--sarif")
    assert (result.exit_code, json.loads(result.stdout)["runs"][0]["results"]) == (0, [])


def test_check_prints_one_form_only(run: Run) -> None:
    result = run("check", str(TEA), "--sarif", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("Error: --json and --sarif: take one\n")


def test_check_of_a_folder_that_is_no_pack_is_a_fault_in_every_form(run: Run, tmp_path: Path) -> None:
    (fault,) = json.loads(run("check", str(tmp_path), "--json").stdout)["faults"]
    assert (fault["file"], fault["line"], fault["column"], fault["rule"]) == (str(tmp_path), None, None, "unreadable")
    (result,) = json.loads(run("check", str(tmp_path), "--sarif").stdout)["runs"][0]["results"]
    assert "region" not in result["locations"][0]["physicalLocation"]


def test_check_of_an_empty_folder_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert (
        result.stdout == f"{tmp_path}: holds no pack; a pack has knowledge/pack.yaml, knowledge/topics/ and intents/\n"
    )


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_check_of_something_that_is_no_folder_is_one_clear_line(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    result = run("check", str(tmp_path / name))
    assert result.exit_code == 1
    assert result.stdout == f"{tmp_path / name}: is not a folder; name a folder with knowledge/ and intents/\n"


# graph


def test_graph_prints_a_decision_for_mermaid(run: Run) -> None:
    result = run("graph", "which-tea", *PACK)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:3] == [
        "flowchart TD",
        "  accTitle: Which tea",
        '  n{"When will it be drunk?"}',
    ]


def test_graph_draws_a_picture_into_a_file_or_prints_it(run: Run, tmp_path: Path) -> None:
    printed = run("graph", "which-tea", "--svg", *PACK)
    written = run("graph", "which-tea", "-o", str(tmp_path / "tea.svg"), *PACK)
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert (tmp_path / "tea.svg").read_text(encoding="utf-8") == printed.stdout
    assert printed.stdout.startswith("<svg ")
    assert run("graph", "which-tea", "-o", str(tmp_path / "tea.mmd"), *PACK).exit_code == 0
    assert (tmp_path / "tea.mmd").read_text(encoding="utf-8").startswith("flowchart TD")


@pytest.mark.parametrize(("name", "told"), [("wich-tea", "did you mean which-tea?"), ("coffee", "known: which-tea")])
def test_graph_of_an_unknown_decision_is_one_clear_line(run: Run, name: str, told: str) -> None:
    result = run("graph", name, *PACK)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: there is no decision {name}; {told}\n"


def test_graph_into_a_folder_that_is_not_there_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    result = run("graph", "which-tea", "-o", str(tmp_path / "nowhere" / "tea.svg"), *PACK)
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path / 'nowhere' / 'tea.svg'}: No such file or directory\n"


# batch


def test_batch_writes_the_rows_and_counts_them_on_standard_error(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "q.jsonl", tmp_path / "out.jsonl"
    source.write_text(f'{{"question": "{BETWEEN}"}}\n{{\n{{"question": "{OPEN}"}}\n{{"question": "hm?"}}\n')
    result = run("batch", str(source), "-o", str(out), *PACK)
    assert (result.exit_code, result.stdout) == (0, "")
    assert one_line(result.stderr) == "4 rows: 1 answered, 1 conditional, 1 declined, 1 error"
    assert [json.loads(line)["status"] for line in out.read_text().splitlines()] == [
        "answered",
        "error",
        "conditional",
        "declined",
    ]


def test_batch_of_nothing_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_text("question\n")
    result = run("batch", str(tmp_path / "q.csv"), "-o", str(tmp_path / "out.jsonl"), *PACK)
    assert (result.exit_code, result.stderr) == (0, "0 rows\n")
    assert (tmp_path / "out.jsonl").read_bytes() == b""


def test_batch_to_a_dash_keeps_rows_and_counts_apart(start: Started, tmp_path: Path) -> None:
    (tmp_path / "q.csv").write_bytes("question\n“Which tea?”\n".encode())
    done = start("batch", "q.csv", "-o", "-", *PACK)
    assert done.returncode == 0
    assert json.loads(done.stdout)["question"] == "“Which tea?”"
    assert done.stderr.startswith(b"1 row: ")


@pytest.mark.parametrize(
    ("source", "out", "said"),
    [
        ("no.jsonl", "/dev/null", "no.jsonl: there is no such file"),
        ("folder.csv", "/dev/null", "folder.csv: is a folder, not a file of questions"),
        ("q.doc", "/dev/null", "q.doc: cannot read .doc; known: .csv, .gift, .jsonl, .md, .parquet, .tsv, .txt, .xlsx"),
        ("q.csv", "/dev/null", "q.csv: the first line has no column called question, but text"),
        ("q.jsonl", "no/out.csv", "no/out.csv: cannot be written: No such file or directory"),
        (
            "q.jsonl",
            "out.doc",
            "out.doc: cannot write .doc; known: .csv, .gift, .html, .jsonl, .md, .parquet, .tsv, .xlsx",
        ),
        ("q.jsonl", "q.jsonl", "q.jsonl: is the file the questions come from; name another"),
    ],
)
def test_batch_that_cannot_be_is_one_clear_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, out: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.csv").mkdir()
    Path("q.csv").write_text("text\nx\n")
    Path("q.jsonl").touch()
    result = run("batch", source, "-o", out, *PACK)
    assert (result.exit_code, result.stdout, one_line(result.stderr)) == (1, "", f"Error: {said}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder.csv", "q.csv", "q.jsonl"]


# chat


def test_chat_answers_what_is_piped_in(run: Run) -> None:
    result = run("chat", *PACK, input=f"{OPEN}\n\nbefore sleep\nquit\n{BETWEEN}\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{ASK}\nStrong tea before sleep\n\nTake an infusion")
    assert "Green or black" not in result.stdout


@pytest.mark.parametrize("input", ["", "\n \n"])
def test_chat_without_input_answers_the_sample_question(run: Run, input: str) -> None:
    result = run("chat", *PACK, input=input)
    assert (result.exit_code, result.stdout) == (0, f"> {OPEN}\n\n{ASK}")


@pytest.mark.parametrize("options", [("--plain",), ("--no-history",), ("--plain", "--no-history")])
def test_the_options_of_the_shell_need_no_command(run: Run, options: tuple[str, ...]) -> None:
    result = run(*options, *PACK, input="hello\n")
    assert (result.exit_code, result.stdout) == (0, "Hello. Ask about tea.\n\n")
    assert run(f"--pack={TEA}", input="hello\n").stdout == result.stdout


def test_a_command_of_the_shell_can_be_piped_in(run: Run) -> None:
    result = run("chat", *PACK, input=f"{OPEN}\n/set hour=night\n/quit\nhello\n")
    assert result.stdout.startswith(f"{ASK}\nStrong tea before sleep\n")
    assert "Hello" not in result.stdout


def test_chat_reads_bytes_that_are_not_utf8(start: Started) -> None:
    done = start("chat", *PACK, stdin=None, input=b"sencha \xff degrees\r\n\x00\nhello")
    assert done.returncode == 0
    assert done.stdout.startswith(b"Green tea wants cooler water\n")
    assert done.stdout.endswith(b"Hello. Ask about tea.\n\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["", "x"], "an --option is empty"),
        (["x", " \u200b"], "an --option is empty"),
        (list("abcdefghijklm"), "--option is given 13 times; 12 are the most"),
    ],
)
def test_options_that_cannot_be_are_a_wrong_usage(run: Run, options: list[str], said: str) -> None:
    result = run("ask", BETWEEN, *(word for one in options for word in ("--option", one)), *PACK)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {said}"


def closed(cache: Path, how: str, *words: str) -> tuple[int, str, str]:
    """Run the command with streams closed, as a shell does it; return the exit code, and what it said on both."""
    command = ["sh", "-c", f'exec "$0" -m tutor "$@" {how}', sys.executable, *words, *PACK]
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "XDG_DATA_HOME": str(cache / "data")}
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize("words", [("ask", BETWEEN), ("topics",), ("--help",), ("chat",)])
def test_without_an_output_there_is_one_line(cache: Path, words: tuple[str, ...]) -> None:
    assert closed(cache, ">&-", *words) == (1, "", "Error: standard output is closed\n")


def test_a_closed_input_is_an_empty_one(cache: Path) -> None:
    assert closed(cache, "<&-", "batch", "-", "-o", "-") == (0, "", "0 rows\n")


@pytest.mark.parametrize(("words", "code"), [(("ask", BETWEEN), 0), (("show", "nope"), 1), (("quiz",), 0)])
def test_with_errors_closed_all_else_is_as_before(cache: Path, words: tuple[str, ...], code: int) -> None:
    done = closed(cache, "<&- 2>&-", *words)
    assert (done[0], done[2]) == (code, "")
    assert bool(done[1]) == (code == 0)


def test_chat_with_standard_input_closed_answers_the_sample_question(start: Started) -> None:
    done = start("chat", *PACK, stdin=None, preexec_fn=lambda: os.close(0))
    assert (done.returncode, done.stdout.decode()) == (0, f"> {OPEN}\n\n{ASK}")


def test_chat_saves_the_dialogue_and_replay_finds_it_the_same(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    result = run("chat", *PACK, "--save", str(path), input=f"{OPEN}\n\n\x1b[31mhello\u202e\n  before: sleep\nquit\n")
    assert result.exit_code == 0
    assert result.stdout.startswith(ASK)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [turn.say for turn in load_transcripts(path)[0].turns] == [OPEN, "\x1b[31mhello\u202e", "  before: sleep"]
    result = run("replay", str(path), *PACK)
    said = "same: transcript 1\n1 transcript, all the same\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, said, "")


def test_chat_saves_into_a_new_file_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text("mine")
    for name, said in (("t.yaml", "is there already; name a new file"), ("no/t.yaml", f"no folder {tmp_path}/no")):
        result = run("chat", *PACK, "--save", str(tmp_path / name), input="hello")
        assert (result.exit_code, result.stdout) == (1, "")
        assert said in one_line(result.stderr)
    assert (tmp_path / "t.yaml").read_text() == "mine"


def test_a_killed_chat_has_saved_every_reply_it_gave(cache: Path, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    command = [sys.executable, "-m", "tutor", "chat", *PACK, "--save", str(path)]
    env = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) as chat:
        assert chat.stdin
        assert chat.stdout
        for line in (OPEN, "before sleep"):
            chat.stdin.write(f"{line}\n".encode())
            chat.stdin.flush()
            assert chat.stdout.readline()
        while b"Source" not in chat.stdout.readline():
            pass
        chat.kill()
    assert [turn.reply for turn in load_transcripts(path)[0].turns] == ["ask", "answer"]


# replay


@pytest.fixture
def recording(run: Run, tmp_path: Path) -> Path:
    """A recorded dialogue of two turns."""
    path = tmp_path / "t.yaml"
    assert run("chat", *PACK, "--save", str(path), input=f"{OPEN}\nbefore sleep\n").exit_code == 0
    return path


def test_replay_shows_what_differs_and_names_another_pack(run: Run, recording: Path) -> None:
    text = recording.read_text()
    stamp = load_transcripts(recording)[0].pack
    recording.write_text(text.replace(stamp, "tea 0 0123456789ab").replace("2. Before sleep", "2. Before noon"))
    result = run("replay", str(recording), *PACK)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "different: transcript 1",
        f"  recorded with tea 0 0123456789ab, replayed with {stamp}",
        f"  turn 1: {OPEN}",
        "--- written",
        "+++ today",
        "@@ -2,5 +2,5 @@",
        " slot: hour",
        " When will it be drunk?",
        "   1. In the morning",
        "-  2. Before noon",
        "+  2. Before sleep",
        " The hour separates tea with caffeine from tea without. At most 2 questions.",
        "1 transcript, 1 different",
    ]
    (told,) = json.loads(run("replay", str(recording), "--json", *PACK).stdout)
    assert (told["same"], told["recorded_with"], told["replayed_with"]) == (False, "tea 0 0123456789ab", stamp)
    assert [part["turn"] for part in told["different"]] == [1]
    result = run("replay", str(recording), "--update", *PACK)
    assert (result.exit_code, result.stderr) == (0, f"{recording}: written anew\n")
    assert recording.read_text() == text
    assert run("replay", str(recording), "--update", *PACK).stderr == f"{recording}: nothing to update\n"


def test_replay_ends_where_a_value_does_not_exist_and_updates_nothing(run: Run, recording: Path) -> None:
    text = recording.read_text().replace("    reply: answer\n", "    known: {huor: night}\n    reply: answer\n")
    recording.write_text(text)
    result = run("replay", str(recording), "--update", *PACK)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "  ended at turn 2: there is no slot huor; did you mean hour?\n" in result.stdout
    assert recording.read_text() == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the file is empty; write its content or delete it"),
        ("transcript: 1\nturns:\n  - sayy: a\n    say: b\n", "3:5: turns.0.sayy: unknown key; did you mean say?"),
    ],
)
def test_replay_names_the_fault_of_a_file_in_one_line(run: Run, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(text)
    result = run("replay", str(path), *PACK)
    assert (result.exit_code, result.stdout, one_line(result.stderr)) == (1, "", f"Error: {path}:{said}")


class Terminal:
    """A tutor in a terminal."""

    def __init__(self, cache: Path) -> None:
        self._ours, theirs = os.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tutor", "chat", *PACK],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "XDG_CACHE_HOME": str(cache), "TERM": "dumb"},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)

    def type(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    def until(self, text: str, patience: float = 60) -> str:
        """Return what is shown up to *text*, or up to the end, or until nothing came for *patience* seconds."""
        shown = ""
        while text not in shown and select.select([self._ours], [], [], patience)[0]:
            try:
                shown += os.read(self._ours, 1_000).decode()
            except OSError:  # the other end is closed
                break
        return shown.replace("\r\n", "\n")

    def interrupt(self) -> None:
        """Press Ctrl-C, again where it came in the moment between the prompt and the reading, until a new prompt."""
        for _ in range(60):
            self.type("\x03")
            if "you> " in self.until("you> ", patience=1):
                return

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


def _take_terminal() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(cache: Path) -> Iterator[Terminal]:
    opened = Terminal(cache)
    yield opened
    opened.close()


def test_in_a_terminal_ctrl_c_drops_the_line_and_ctrl_d_leaves(terminal: Terminal) -> None:
    assert terminal.until("you> ").startswith(
        "Brewing tea. Ask a question; /help says what else there is, Ctrl-D leaves.\n"
    )
    terminal.type("What is the capi")
    terminal.interrupt()
    terminal.type("hello\n")
    assert "Hello. Ask about tea.\n" in terminal.until("tea.\r\n\r\nyou> ")
    terminal.type("\x04")
    assert "Traceback" not in terminal.until("(nothing)")
    assert terminal.process.wait() == 0


def test_in_a_terminal_the_shell_opens_without_a_command(terminal: Terminal) -> None:
    terminal.until("you> ")
    terminal.type(f"{OPEN}\n")
    assert "  2. Before sleep\n" in terminal.until("you> ")
    terminal.type("quit\n")
    terminal.until("(nothing)")
    assert terminal.process.wait() == 0


# explain


@pytest.mark.parametrize("question", [BETWEEN, OPEN, "Who won the match?", "hello", "?", "tea " * 6000])
def test_explain_says_what_the_tutor_says_as_text_and_as_json(run: Run, tea: Tutor, question: str) -> None:
    told, told_json = run("explain", question, *PACK), run("explain", question, "--json", *PACK)
    assert (told.exit_code, told_json.exit_code) == (0, 0)
    assert told.stdout == explained(tea.explain(question)) + "\n"
    assert json.loads(told_json.stdout) == tea.explain(question).to_dict()


def test_explain_tells_of_a_pack_that_is_not_there_in_one_line(run: Run) -> None:
    result = run("explain", OPEN, "--pack", "nowhere")
    assert result.exit_code == 1
    assert one_line(result.stderr) == "Error: nowhere: is not a folder; name a folder with knowledge/ and intents/"
