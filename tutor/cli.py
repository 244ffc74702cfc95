"""The command line: parse, call one function, print."""

import errno
import io
import json
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor import __version__
from tutor.errors import Fault, PackError, TutorError

if TYPE_CHECKING:
    from tutor.reply import Reply
    from tutor.tutor import Tutor

_EXIT = {"answer": 0, "chat": 0, "choose": 0, "decline": 3, "ask": 4}


class _Commands(click.Group):
    """Commands whose faults become one clear line and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        _forgive_bytes()
        try:
            return super().invoke(ctx)
        except PackError as error:
            first, *others = error.faults
            more = f" (and {len(others)} more faults; tutor check names them all)" if others else ""
            raise _one_line(f"{first}{more}") from None
        except TutorError as error:
            raise _one_line(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise _one_line(f"{error.filename or 'standard output'}: {error.strerror}") from None


_pack = click.option(
    "--pack",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Answer from another pack than the bundled one.",
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tutor")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Answer scenario questions with citations, asking what is needed first.

    Without a command it opens the shell.

    \b
    Example:
      tutor ask "Which rollout do we need?" --set rollback=instant --set exposure=everyone
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(chat)


@main.command()
@click.argument("question")
@click.option("--set", "pairs", multiple=True, metavar="SLOT=VALUE", help="Give the value of a slot; may be repeated.")
@_as_json
@_pack
def ask(question: str, pairs: tuple[str, ...], as_json: bool, folder: Path | None) -> None:
    """Answer one QUESTION.

    Exit code: 0 answered, 1 error, 2 usage, 3 declined, 4 a slot is needed.

    \b
    Example:
      tutor ask "Which rollout do we need?" --set rollback=instant --set exposure=everyone
    """
    from tutor.reply import Ask

    known = _pairs(pairs)
    reply = _load(folder).respond(question, known=known).reply
    _print(reply, as_json=as_json)
    if isinstance(reply, Ask) and not as_json:
        ways = " or ".join(f"--set {reply.slot}={option.value}" for option in reply.options)
        click.echo(f"Ask again with {ways}.", err=True)
    sys.exit(_EXIT[reply.reply])


@main.command()
@click.option(
    "--save",
    "kept",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also write the dialogue down in a new FILE, which only you may read; tutor replay reads it.",
)
@_pack
def chat(kept: Path | None, folder: Path | None) -> None:
    """Open the shell: a dialogue, line by line. Leave it with Ctrl-D or quit.

    Questions can be piped in; with none, the sample question of the pack is answered.

    \b
    Example:
      echo "What is shadow deployment?" | tutor chat
    """
    from tutor.fronts.shell import converse, piped, typed
    from tutor.transcript import Recording, may_record

    if kept:
        may_record(kept)
    tutor = _load(folder)
    hear = Recording(kept, tutor.pack.stamp).add if kept else None
    if sys.stdin is not None and sys.stdin.isatty():
        click.echo(f"{tutor.pack.about.title}. Ask a question; Ctrl-D leaves.\n")
        converse(tutor, typed(_read_line), click.echo, width=_width(), record=hear)
        click.echo()
    elif not converse(tutor, piped(sys.stdin or ()), click.echo, width=_width(), record=hear):
        click.echo(f"> {tutor.pack.about.sample}\n")
        _print(tutor.respond(tutor.pack.about.sample).reply, as_json=False)


@main.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--update", is_flag=True, help="Write FILE anew with today's replies; comments in it are lost.")
@_as_json
@_pack
def replay(source: Path, update: bool, as_json: bool, folder: Path | None) -> None:
    """Replay the dialogues in FILE and show every reply that differs.

    FILE holds transcripts, as tutor chat --save writes them or as you do. Exit code: 0 all the same, 1 otherwise.

    \b
    Example:
      tutor replay dialogue.yaml
    """
    from tutor.fronts.replay import replay_file, update_file
    from tutor.render.replays import told

    replays = replay_file(lambda: _load(folder), source)
    shown = [done.to_dict() for done in replays]
    click.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else told(replays))
    if update and not any(done.error for done in replays):
        done = "written anew" if update_file(source, replays) else "nothing to update"
        click.echo(f"{source}: {done}", err=True)
    elif not all(done.same for done in replays):
        sys.exit(1)


@main.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "target", required=True, metavar="OUT", help="Where to write: .jsonl, .csv, or - for jsonl."
)
@_pack
def batch(source: Path, target: str, folder: Path | None) -> None:
    """Answer a file of questions, one row each, in order.

    IN is a .jsonl or .csv file with a question column. A column id and any slot as a column are used; other columns
    pass through.

    \b
    Example:
      tutor batch questions.csv -o answers.jsonl
    """
    from tutor.fronts.batch.run import run

    before = signal.signal(signal.SIGTERM, _end)
    try:
        counted = run(lambda: _load(folder), source, target)
    finally:
        signal.signal(signal.SIGTERM, before)
    told = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
    click.echo(f"{counted.total()} rows: {told}" if counted else "0 rows", err=True)


@main.command("eval")
@click.argument("source", metavar="[FILE]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--dialogues",
    "learners",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="YAML",
    help="Instead, let simulated learners talk to the tutor; a file or folder of them, may be repeated.",
)
@click.option("--by", metavar="LABEL", help="Also for each topic, style, source, zone or other label of the rows.")
@click.option(
    "--report",
    "page",
    metavar="HTML",
    type=click.Path(path_type=Path),
    help="Also write a page with charts and misses.",
)
@click.option("--fail-under", "floors", multiple=True, metavar="METRIC=VALUE", help="Exit 1 when a metric is lower.")
@click.option("--fail-over", "ceilings", multiple=True, metavar="METRIC=VALUE", help="Exit 1 when a metric is higher.")
@_as_json
@_pack
def evaluate(
    source: Path | None,
    learners: tuple[Path, ...],
    by: str | None,
    page: Path | None,
    floors: tuple[str, ...],
    ceilings: tuple[str, ...],
    as_json: bool,
    folder: Path | None,
) -> None:
    """Measure the tutor on FILE, a .jsonl of questions with gold: question, gold, topics, scope.

    Rows may also carry options with correct, the indexes of the right ones, and labels such as style, source and zone
    (near or far, of a question out of scope). A metric that no row counts for is "–", and passes no bound.

    With --dialogues, the metrics are success, questions, optimum, repeats and dead-ends of simulated learners, of every
    kind and decision; each dialogue that was lost is shown.

    \b
    Example:
      tutor eval questions.jsonl --by topic --report report.html --fail-under entry@1=0.8 --fail-over wrong=0.3
      tutor eval --dialogues learners.yaml --pack my-pack --fail-under success=0.95 --fail-over repeats=0
    """
    from tutor.fronts.batch.measure import ALL, measure, missed_bounds
    from tutor.render.plain import metric_table, nulled

    if bool(learners) == bool(source):
        raise click.UsageError("name a FILE of questions, or --dialogues and a file of learners")
    if learners:
        if by or page:
            raise click.UsageError("--by and --report go with a FILE of questions")
        _evaluate_dialogues(learners, floors, ceilings, as_json=as_json, folder=folder)
        return
    assert source
    least, most = _bounds(floors), _bounds(ceilings)
    groups = measure(lambda: _load(folder), source, by=by, page=page)
    click.echo(json.dumps(nulled(groups), indent=2) if as_json else metric_table(groups))
    if missed := missed_bounds(groups[ALL], least=least, most=most):
        raise click.ClickException("; ".join(missed))


def _evaluate_dialogues(
    learners: tuple[Path, ...],
    floors: tuple[str, ...],
    ceilings: tuple[str, ...],
    *,
    as_json: bool,
    folder: Path | None,
) -> None:
    from tutor.fronts.batch.measure import missed_bounds
    from tutor.fronts.batch.simulate import simulate
    from tutor.render.dialogues import to_dict, told
    from tutor.simulation import MEASURES, measures

    least, most = _bounds(floors, MEASURES), _bounds(ceilings, MEASURES)
    with _every_fault():
        done = simulate(lambda: _load(folder), learners)
    click.echo(json.dumps(to_dict(done), ensure_ascii=False, indent=2) if as_json else told(done))
    if missed := missed_bounds(measures(done), least=least, most=most):
        raise click.ClickException("; ".join(missed))


@main.command()
@click.argument("question")
@_as_json
@_pack
def explain(question: str, as_json: bool, folder: Path | None) -> None:
    """Explain how one QUESTION is routed, and why.

    Words, names, slots and the verdict with its bars come first, then five candidates with what spoke for and against
    each, then the signals of confidence.

    \b
    Example:
      tutor explain "What is shadow deployment?"
    """
    from tutor.render.explain import explained

    told = _load(folder).explain(question)
    click.echo(json.dumps(told.to_dict(), ensure_ascii=False, indent=2) if as_json else explained(told))


@main.command()
@click.argument("entry")
@_as_json
@_pack
def show(entry: str, as_json: bool, folder: Path | None) -> None:
    """Show one ENTRY by its id.

    \b
    Example:
      tutor show pair.blue-green-vs-canary
    """
    from tutor.answers import show as shown
    from tutor.folder import bundled
    from tutor.pack import load_pack

    _print(shown(load_pack(folder or bundled()), entry), as_json=as_json)


@main.command()
@_as_json
@_pack
def topics(as_json: bool, folder: Path | None) -> None:
    """List the topics and their entries.

    \b
    Example:
      tutor topics --json
    """
    from tutor.folder import bundled
    from tutor.pack import load_pack
    from tutor.render.plain import topic_list

    pack = load_pack(folder or bundled())
    by_topic = {topic: [entry.id for entry in pack.entries.values() if entry.topic == topic] for topic in pack.topics}
    click.echo(json.dumps(by_topic, indent=2) if as_json else topic_list(pack))


@main.command()
@click.argument("decision")
@click.option("--svg", "as_svg", is_flag=True, help="Print an SVG picture instead of Mermaid.")
@click.option(
    "-o",
    "--output",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to FILE; one that ends in .svg gets the picture.",
)
@_pack
def graph(decision: str, as_svg: bool, target: Path | None, folder: Path | None) -> None:
    """Draw the questions of one DECISION as they are asked, and what each way comes to.

    It is written for Mermaid, or, with --svg or into a file that ends in .svg, as a picture of its own.

    \b
    Example:
      tutor graph rollout
      tutor graph rollout -o rollout.svg
    """
    drawn = _drawn(decision, folder, as_svg=as_svg or (target is not None and target.suffix.lower() == ".svg"))
    if target:
        target.write_text(drawn, encoding="utf-8")
    else:
        click.echo(drawn, nl=False)


@main.command()
@click.argument("folder", metavar="[PACK]", type=click.Path(path_type=Path), required=False)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Prove every statement against the sources in FOLDER/sources and the fact check beside them.",
)
@click.option("--ablate", is_flag=True, help="Instead, name each rule, entry and style that no test would miss.")
@click.option(
    "--questions",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --ablate: test with questions with gold, as tutor eval reads them; may be repeated.",
)
@click.option(
    "--dialogues",
    "learners",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="YAML",
    help="With --ablate: test with simulated learners, a file or folder of them; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON: faults, pack, and what is proved; or the ablation.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0, for editors and code scanning.")
def check(
    folder: Path | None,
    evidence: Path | None,
    ablate: bool,
    questions: tuple[Path, ...],
    learners: tuple[Path, ...],
    as_json: bool,
    as_sarif: bool,
) -> None:
    """Say whether a pack may ship: every fault with file, line, column and what to write instead.

    Exit code: 0 it may ship, 1 it has faults, 2 usage.

    With --ablate it leaves out each rule, each entry, and each entry's examples of one style, one at a time, and names
    those without which every question still gets its gold entry first and every dialogue still ends well. For a pack of
    a hundred entries with seventy examples each this takes some minutes; progress goes to stderr.

    \b
    Example:
      tutor check my-pack --evidence my-sources
      tutor check my-pack --ablate --questions questions.jsonl --dialogues learners.yaml
    """
    from tutor.folder import bundled
    from tutor.render.faults import fault_list, fault_rows, sarif

    if as_json and as_sarif:
        raise click.UsageError("--json and --sarif: take one")
    if ablate == (not (questions or learners)):
        raise click.UsageError("--ablate needs --questions or --dialogues, and these need --ablate")
    if ablate and (evidence or as_sarif):
        raise click.UsageError("--ablate goes without --evidence and --sarif")
    home = folder or bundled()
    if ablate:
        _ablate(home, questions, learners, as_json=as_json)
        return
    stamp, faults, proved = _checked(home, evidence)
    if as_json:
        click.echo(json.dumps(fault_rows(faults, stamp=stamp, proved=proved), ensure_ascii=False, indent=2))
    elif as_sarif:
        click.echo(json.dumps(sarif(faults, folder=home, here=Path.cwd()), ensure_ascii=False, indent=2))
    else:
        click.echo(fault_list(faults) if faults else "\n".join(proved))
    sys.exit(bool(faults))


@main.command()
@click.argument("folder", metavar="[PACK]", type=click.Path(path_type=Path), required=False)
def learn(folder: Path | None) -> None:
    """Learn a pack and put what was learned beside it, as learned.weights, so that nobody who gets it has to wait.

    Whoever loads the pack uses the file as long as the pack and the tutor are those it was learned with.

    \b
    Example:
      tutor learn my-pack
    """
    from tutor.folder import bundled

    click.echo(_learned(folder or bundled()))


@main.command()
@click.argument("target", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
def schema(target: Path) -> None:
    """Write the JSON Schema of every kind of pack file into FOLDER, for editors that complete and check.

    \b
    Example:
      tutor schema my-schemas
    """
    from tutor.pack import schemas

    target.mkdir(parents=True, exist_ok=True)
    for name, said in schemas().items():
        (target / f"{name}.json").write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
        click.echo(target / f"{name}.json")


def _checked(folder: Path, evidence: Path | None) -> tuple[str | None, list[Fault], list[str]]:
    """Return the stamp of the pack in *folder* if it can be read, its faults, and what is proved if there are none."""
    from tutor.check import check_survey, heard, taught
    from tutor.folder import read_files
    from tutor.grounding import check_evidence
    from tutor.pack import survey
    from tutor.proof import proofs

    try:
        read = survey(read_files(folder))
    except PackError as error:
        return None, list(error.faults), []
    pack, faults = read.pack, check_survey(read)
    grounded = f", every statement held by {evidence.name}" if evidence else ""
    if evidence:
        faults += check_evidence(read, evidence)
    if faults:
        return None if read.faults else pack.stamp, faults, []
    counted = f"{pack.about.name} {pack.about.version}: {len(pack.entries)} entries, no faults{grounded}"
    return pack.stamp, [], [*proofs(pack), taught(pack), *heard(pack), counted]


def _drawn(name: str, folder: Path | None, *, as_svg: bool) -> str:
    from tutor.folder import bundled
    from tutor.pack import load_pack
    from tutor.render.drawing import svg
    from tutor.render.graph import mermaid
    from tutor.spelling import did_you_mean

    pack = load_pack(folder or bundled())
    if name not in pack.decisions:
        raise _one_line(f"there is no decision {name}; {did_you_mean(name, pack.decisions)}")
    return svg(pack, pack.decisions[name]) if as_svg else mermaid(pack, pack.decisions[name])


def _ablate(folder: Path, questions: tuple[Path, ...], learners: tuple[Path, ...], *, as_json: bool) -> None:
    from tutor.fronts.batch.simulate import ablate
    from tutor.render.ablated import told

    with _every_fault():
        found = ablate(lambda: _load(folder), folder, questions=questions, learners=learners, told=_progress)
    click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if as_json else told(found))


def _progress(step: str) -> None:
    click.echo(f"{step} …", err=True)


def _forgive_bytes() -> None:
    """Let bytes and characters that the terminal's encoding does not have become question marks, not tracebacks."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _one_line(said: str) -> click.ClickException:
    return click.ClickException(" ".join(said.splitlines()))


def _end(*_: object) -> None:
    """End on a kill as on Ctrl-C, so that no half-written file is left behind."""
    sys.exit(128 + signal.SIGTERM)


def _learned(folder: Path) -> Path:
    from tutor.learned import SHIPPED

    tutor = _load(folder)
    tutor.save(folder / SHIPPED)
    return folder / SHIPPED


def _load(folder: Path | None) -> "Tutor":
    from tutor.tutor import Tutor

    return Tutor.load(folder, told=_progress)


def _pairs(said: tuple[str, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for slot, value in map(_pair, said):
        if known.setdefault(slot, value) != value:
            raise click.UsageError(f"--set {slot} is given twice: {known[slot]} and {value}")
    return known


def _pair(said: str) -> tuple[str, str]:
    slot, equals, value = said.partition("=")
    if not equals or not slot or not value:
        raise click.UsageError(f"--set {said}: write SLOT=VALUE, for example rollback=instant")
    return slot.strip(), value.strip()


@contextmanager
def _every_fault() -> Iterator[None]:
    """Let each fault of simulated learners become a line of its own, and then the exit code 1."""
    from tutor.learner import LearnerError

    try:
        yield
    except LearnerError as error:
        for fault in error.faults:
            click.echo(f"Error: {' '.join(str(fault).split())}", err=True)
        sys.exit(1)


def _bounds(said: tuple[str, ...], known: Iterable[str] | None = None) -> dict[str, float]:
    from tutor.evaluation import METRICS

    return dict(_bound(one, known or METRICS) for one in said)


def _bound(said: str, known: Iterable[str]) -> tuple[str, float]:
    from tutor.spelling import did_you_mean

    name, _, value = said.partition("=")
    if name not in known:
        raise click.UsageError(f"there is no metric {name}; {did_you_mean(name, known)}")
    try:
        return name, float(value)
    except ValueError:
        raise click.UsageError(f"{said}: write METRIC=VALUE, for example entry@1=0.8") from None


def _print(reply: "Reply", *, as_json: bool) -> None:
    from tutor.render.plain import plain

    click.echo(json.dumps(reply.to_dict(), ensure_ascii=False, indent=2) if as_json else plain(reply, width=_width()))


def _read_line(prompt: str) -> str:
    return input(prompt)


def _width() -> int | None:
    import shutil

    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else None
