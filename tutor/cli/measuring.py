"""The command that measures the tutor: eval."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from tutor.cli.command import every_fault, json_option, load, main, pack_option


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
@json_option
@pack_option
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
    groups = measure(lambda: load(folder), source, by=by, page=page)
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
    with every_fault():
        done = simulate(lambda: load(folder), learners)
    click.echo(json.dumps(to_dict(done), ensure_ascii=False, indent=2) if as_json else told(done))
    if missed := missed_bounds(measures(done), least=least, most=most):
        raise click.ClickException("; ".join(missed))


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
