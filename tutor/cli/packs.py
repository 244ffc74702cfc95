"""Commands about a pack: show, topics, graph, check, learn, schema."""

import json
import sys
from pathlib import Path

import click

from tutor.cli.command import every_fault, json_option, load, main, one_line, pack_option, print_reply, progress
from tutor.errors import Fault, PackError


@main.command()
@click.argument("entry")
@json_option
@pack_option
def show(entry: str, as_json: bool, folder: Path | None) -> None:
    """Show one ENTRY by its id.

    \b
    Example:
      tutor show pair.blue-green-vs-canary
    """
    from tutor.answers import show as shown
    from tutor.folder import bundled
    from tutor.pack import load_pack

    print_reply(shown(load_pack(folder or bundled()), entry), as_json=as_json)


@main.command()
@json_option
@pack_option
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
@pack_option
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
    from tutor.check import check_survey, heard, taught, weighed
    from tutor.folder import read_files
    from tutor.grounding import check_evidence
    from tutor.pack import survey
    from tutor.proof import proofs
    from tutor.study.making import exercises
    from tutor.study.soundness import unsound

    try:
        read = survey(read_files(folder))
    except PackError as error:
        return None, list(error.faults), []
    pack, faults = read.pack, check_survey(read)
    made = () if read.faults else exercises(pack)
    faults += unsound(pack, read.places, made)
    grounded = f", every statement held by {evidence.name}" if evidence else ""
    if evidence:
        faults += check_evidence(read, evidence)
    if faults:
        return None if read.faults else pack.stamp, faults, []
    counted = f"{pack.about.name} {pack.about.version}: {len(pack.entries)} entries, no faults{grounded}"
    sound = [f"exercises: {len(made)}, each sound"] if made else []
    return pack.stamp, [], [*proofs(pack), taught(pack), *heard(pack), *weighed(pack), *sound, counted]


def _drawn(name: str, folder: Path | None, *, as_svg: bool) -> str:
    from tutor.folder import bundled
    from tutor.pack import load_pack
    from tutor.render.drawing import svg
    from tutor.render.graph import mermaid
    from tutor.spelling import did_you_mean

    pack = load_pack(folder or bundled())
    if name not in pack.decisions:
        raise one_line(f"there is no decision {name}; {did_you_mean(name, pack.decisions)}")
    return svg(pack, pack.decisions[name]) if as_svg else mermaid(pack, pack.decisions[name])


def _ablate(folder: Path, questions: tuple[Path, ...], learners: tuple[Path, ...], *, as_json: bool) -> None:
    from tutor.fronts.batch.simulate import ablate
    from tutor.render.ablated import told

    with every_fault():
        found = ablate(lambda: load(folder), folder, questions=questions, learners=learners, told=progress)
    click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if as_json else told(found))


def _learned(folder: Path) -> Path:
    from tutor.learned import SHIPPED

    tutor = load(folder)
    tutor.save(folder / SHIPPED)
    return folder / SHIPPED
