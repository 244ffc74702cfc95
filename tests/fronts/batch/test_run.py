"""A batch that is stopped and goes on: no row lost, none twice, and the same bytes as if nothing had happened."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEA, promising
from tutor import Tutor
from tutor.cli import main
from tutor.errors import BatchError
from tutor.fronts.batch import shards
from tutor.fronts.batch.progress import Progress
from tutor.fronts.batch.readers import Reading
from tutor.fronts.batch.run import Wishes, run
from tutor.fronts.batch.stopping import Stopped

GO_ON = "go on with --resume, or begin anew with --fresh"
ROWS = 23  #: of a short batch, in shards of five
STATUSES = Counter(answered=8, conditional=8, declined=7)


class Stopping(Progress):
    """Is told to stop once so many rows are done."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def show(self) -> None:
        if self.counted.total() >= self._rows:
            raise Stopped(signal.SIGINT)


@pytest.fixture(autouse=True)
def _short_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "MOST_RECORDS", 5)


def questions(path: Path, rows: int = ROWS) -> Path:
    asked = ("What temperature does sencha need?", "Which tea should I brew?", "What is the capital of Peru?")
    lines = ({"id": number, "question": f"{asked[number % 3]} {number}", "team": "=1+1"} for number in range(rows))
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return path


def undisturbed(tea: Tutor, source: Path, name: str) -> bytes:
    out = source.with_name(f"undisturbed-{name}")
    assert run(lambda: tea, source, str(out)).total() == ROWS
    return out.read_bytes()


def stopped(tea: Tutor, source: Path, out: Path, after: int, **how: Any) -> str | None:
    try:
        run(lambda: tea, source, str(out), Wishes(**how), progress=Stopping(after))
    except Stopped as told:
        return told.kept
    return None


# going on


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "suffix", ["jsonl", "csv", "tsv", "parquet", "xlsx", "md", "gift", "html", "csv.gz", "jsonl.zst"]
)
def test_a_batch_that_went_on_is_byte_for_byte_an_undisturbed_one(
    tea: Tutor, tmp_path: Path, suffix: str, jobs: int
) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / f"out.{suffix}"
    whole = undisturbed(tea, source, out.name)
    kept = stopped(tea, source, out, after=10)
    assert kept == f"10 rows are kept in {out}.journal; {GO_ON}"
    assert not out.exists()
    assert run(lambda: tea, source, str(out), Wishes(jobs=jobs, resume=True)) == STATUSES
    assert out.read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [source.name, out.name, f"undisturbed-{out.name}"]
    )


@settings(deadline=None, max_examples=8)
@given(stops=st.lists(st.integers(1, ROWS), max_size=4))
def test_a_batch_may_be_stopped_as_often_as_one_likes(
    tea: Tutor, tmp_path_factory: pytest.TempPathFactory, stops: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("stops")
    source, out = questions(folder / "q.jsonl"), folder / "out.jsonl"
    whole = undisturbed(tea, source, out.name)
    for after in stops:
        stopped(tea, source, out, after, resume=True)
    assert run(lambda: tea, source, str(out), Wishes(resume=True)) == STATUSES
    assert out.read_bytes() == whole


def test_a_batch_in_two_processes_is_byte_for_byte_one_in_one(tea: Tutor, tmp_path: Path) -> None:
    source = questions(tmp_path / "q.jsonl")
    assert run(lambda: tea, source, str(tmp_path / "out.csv"), Wishes(jobs=2)) == STATUSES
    assert (tmp_path / "out.csv").read_bytes() == undisturbed(tea, source, "out.csv")


def test_what_was_done_is_not_done_again(tea: Tutor, tmp_path: Path) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl"
    stopped(tea, source, out, after=15)
    progress = Progress()
    run(lambda: tea, source, str(out), Wishes(resume=True), progress=progress)
    assert (progress.kept, progress.counted, progress.total) == (15, STATUSES, ROWS + 1)


def test_a_part_that_is_damaged_is_done_again(tea: Tutor, tmp_path: Path) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl"
    whole = undisturbed(tea, source, out.name)
    stopped(tea, source, out, after=15)
    (tmp_path / "out.jsonl.journal" / "00000001.part").write_bytes(b"damaged")
    run(lambda: tea, source, str(out), Wishes(resume=True))
    assert out.read_bytes() == whole


def test_resume_begins_where_nothing_was_stopped(tea: Tutor, tmp_path: Path) -> None:
    source = questions(tmp_path / "q.jsonl")
    assert run(lambda: tea, source, str(tmp_path / "out.jsonl"), Wishes(resume=True)) == STATUSES


def test_a_batch_that_is_stopped_before_anything_is_done_keeps_nothing(tea: Tutor, tmp_path: Path) -> None:
    assert (
        stopped(tea, questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl", after=0)
        == f"5 rows are kept in {tmp_path}/out.jsonl.journal; {GO_ON}"
    )


# what does not go on


def refused(tea: Tutor, source: Path, out: Path | str, **how: Any) -> str:
    with pytest.raises(BatchError) as error:
        run(lambda: tea, source, str(out), Wishes(**{"resume": True, **how}))
    return str(error.value)


def test_a_stopped_batch_is_not_begun_anew_by_accident_nor_the_tutor_loaded_for_it(tea: Tutor, tmp_path: Path) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl"
    stopped(tea, source, out, after=10)

    def load() -> Tutor:
        raise AssertionError

    with pytest.raises(BatchError) as error:
        run(load, source, str(out))
    assert str(error.value) == f"{out}.journal: a batch into {out} was stopped before; {GO_ON}"
    assert run(lambda: tea, source, str(out), Wishes(fresh=True)) == STATUSES


@pytest.mark.parametrize(
    ("how", "other"),
    [
        ({"assumed": ("hour=night",)}, "set of options"),
        ({"reading": Reading(raw=True)}, "set of options"),
        ({"reading": Reading(columns={"id": "team"})}, "set of options"),
        ({"to": "jsonl"}, "format"),
    ],
)
def test_other_options_are_refused(tea: Tutor, tmp_path: Path, how: dict[str, Any], other: str) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.csv"
    stopped(tea, source, out, after=10)
    assert refused(tea, source, out, **how) == f"{out}.journal: was begun with another {other}; begin anew with --fresh"
    assert run(lambda: tea, source, str(out), Wishes(resume=True)) == STATUSES


def test_another_input_and_another_pack_are_refused(tea: Tutor, tmp_path: Path) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl"
    stopped(tea, source, out, after=10)
    other = Tutor(promising(tea.pack, clear=0.5), tea.weights)
    object.__setattr__(other.pack, "digest", "another")
    begun = f"{out}.journal: was begun with another"
    assert refused(other, source, out) == f"{begun} pack; begin anew with --fresh"
    questions(source, ROWS + 1)
    assert refused(tea, source, out) == f"{begun} file of questions; begin anew with --fresh"


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("-", "out.jsonl", "standard input can be read only once, so there is nothing to resume; name a file instead"),
        (
            "q.jsonl",
            "-",
            "standard output is gone once it is written, so there is nothing to resume; name a file instead",
        ),
        (
            "q.jsonl",
            "/dev/null",
            "standard output is gone once it is written, so there is nothing to resume; name a file instead",
        ),
    ],
)
def test_what_is_read_or_written_only_once_cannot_be_resumed(
    tea: Tutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    questions(Path("q.jsonl"))
    assert refused(tea, Path(source), target) == said


def test_a_source_that_is_written_to_meanwhile_is_an_error(tea: Tutor, tmp_path: Path) -> None:
    source, out = questions(tmp_path / "q.jsonl"), tmp_path / "out.jsonl"

    class Meddling(Progress):
        def show(self) -> None:
            with source.open("a") as file:
                file.write("\n")

    with pytest.raises(BatchError) as error:
        run(lambda: tea, source, str(out), progress=Meddling())
    assert str(error.value).startswith(f"{source}: was changed while it was read; begin anew with --fresh; 23 rows")
    assert not out.exists()


# the command


def command(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "tutor", "batch", "q.jsonl", *arguments, "--pack", str(TEA)]


@pytest.fixture
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(tmp_path_factory.getbasetemp() / "killed")}


def killed(folder: Path, environment: dict[str, str], kill: signal.Signals, *arguments: str) -> tuple[int, str]:
    """Run the command until it kept a part more than before, kill it, and return its exit code and what it said."""
    before = len(list(folder.glob("out.jsonl.journal/*.part")))
    batch = subprocess.Popen(
        command(folder, "-o", "out.jsonl", *arguments), cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    )
    while batch.poll() is None and len(list(folder.glob("out.jsonl.journal/*.part"))) <= before:
        time.sleep(0.001)
    batch.send_signal(kill)
    _, said = batch.communicate(timeout=60)
    return batch.returncode, said


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("kill", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_batch_that_is_told_to_stop_says_how_to_go_on(
    tmp_path: Path, environment: dict[str, str], kill: signal.Signals, code: int, jobs: str
) -> None:
    questions(tmp_path / "q.jsonl", 60_000)
    (tmp_path / "out.jsonl").write_text("old")
    ended, said = killed(tmp_path, environment, kill, "--jobs", jobs)
    assert (ended, said.splitlines()[-1].startswith("Stopped: "), said.count("Traceback")) == (code, True, 0)
    assert said.endswith(f"rows are kept in out.jsonl.journal; {GO_ON}\n")
    assert (tmp_path / "out.jsonl").read_text() == "old"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_batch_that_is_killed_goes_on(tmp_path: Path, environment: dict[str, str], jobs: str) -> None:
    questions(tmp_path / "q.jsonl", 30_000)
    subprocess.run(command(tmp_path, "-o", "whole.jsonl", "--quiet"), cwd=tmp_path, env=environment, check=True)
    for _ in range(3):
        code, said = killed(tmp_path, environment, signal.SIGKILL, "--resume", "--jobs", jobs)
        assert code in (0, -signal.SIGKILL), said
    subprocess.run(
        command(tmp_path, "-o", "out.jsonl", "--resume", "--quiet"), cwd=tmp_path, env=environment, check=True
    )
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "q.jsonl", "whole.jsonl"]


def test_a_full_disk_is_one_clear_error_and_what_is_done_is_kept(tmp_path: Path, environment: dict[str, str]) -> None:
    questions(tmp_path / "q.jsonl", 30_000)
    full = subprocess.run(
        command(tmp_path, "-o", "out.jsonl"),
        cwd=tmp_path, env=environment, capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000_000, 9_000_000)),
    )  # fmt: skip
    assert full.returncode == 1
    assert full.stderr.splitlines()[-1].startswith("Error: out.jsonl: cannot be written: File too large; ")
    assert full.stderr.endswith(f"rows are kept in out.jsonl.journal; {GO_ON}\n")
    assert not (tmp_path / "out.jsonl").exists()
    subprocess.run(command(tmp_path, "-o", "out.jsonl", "--resume"), cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 30_000


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.chdir(tmp_path)
    questions(Path("q.jsonl"))

    def run_it(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["batch", "q.jsonl", "-o", "out.jsonl", "--pack", str(TEA), *arguments])

    run_it("--quiet")  # learns the pack once
    return run_it  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("failing", "code", "said"),
    [
        ([], 0, ""),
        (["error"], 0, ""),
        (["declined"], 1, "Error: rows that must not be (--fail-on): 7 declined\n"),
        (
            ["error", "declined", "conditional", "declined"],
            1,
            "Error: rows that must not be (--fail-on): 7 declined, 8 conditional\n",
        ),
    ],
)
def test_rows_that_must_not_be_make_the_exit_code(invoke: Any, failing: list[str], code: int, said: str) -> None:
    done = invoke(*(part for status in failing for part in ("--fail-on", status)))
    summary = "23 rows: 8 answered, 8 conditional, 7 declined\n"
    assert (done.exit_code, done.stderr) == (code, summary + said)
    assert Path("out.jsonl").exists()


def test_quiet_says_nothing(invoke: Any) -> None:
    assert (invoke("--quiet").output, invoke("--quiet", "--jobs", "2").output) == ("", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--resume", "--fresh"], "--resume goes on and --fresh begins anew; take one of them"),
        (["--jobs", "0"], "0 is not in the range 1<=x<=256"),
        (["--fail-on", "eror"], "'eror' is not one of 'error', 'declined', 'choose', 'conditional'"),
    ],
)
def test_options_that_make_no_sense_are_usage(invoke: Any, arguments: list[str], said: str) -> None:
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
