"""A file of questions with gold, measured: its metrics, those of its groups, and a page that shows them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from tutor.errors import BatchError
from tutor.evaluation import by_label, judge, known_label, metrics, read_gold
from tutor.fronts.batch.readers import whole
from tutor.fronts.batch.targets import may_write, write_text
from tutor.render.report import report_page
from tutor.report import report
from tutor.tutor import Tutor

ALL = "all"  #: the name of the whole file among its groups


def measure(
    load: Callable[[], Tutor], source: Path, *, by: str | None, page: Path | None
) -> dict[str, dict[str, float]]:
    """Return the metrics of ALL questions in *source*, then *by* groups, and write the *page*.

    A BatchError when the questions cannot be used or the page not be written, before the tutor is loaded.
    """
    golds = [read_gold(columns, number) for number, columns in whole(source)]
    if by:
        known_label(golds, by)
    if page:
        _may_write(page, source)
    tutor = load()
    judged = judge(tutor, golds)
    if page:
        told = report(judged, pack=tutor.pack.stamp, file=source.name, by=by, blame=tutor.blame)
        write_text(page, report_page(told))
    groups = by_label(judged, by) if by else {}
    return {ALL: metrics(judged), **{f"{by}={name}" if name == ALL else name: group for name, group in groups.items()}}


def missed_bounds(values: Mapping[str, float], *, least: Mapping[str, float], most: Mapping[str, float]) -> list[str]:
    """Return a line for each metric that is under its *least* or over its *most*; not-a-number passes no bound.

    >>> missed_bounds({"wrong": 0.3, "auroc": float("nan")}, least={"auroc": 0.5}, most={"wrong": 0.2})
    ['auroc is under 0.5', 'wrong is over 0.2']
    """
    under = [f"{name} is under {bound}" for name, bound in least.items() if not values[name] >= bound]
    return under + [f"{name} is over {bound}" for name, bound in most.items() if not values[name] <= bound]


def _may_write(page: Path, source: Path) -> None:
    may_write(page)
    if page.exists() and page.samefile(source):
        raise BatchError(f"{page}: is the file the questions come from; name another")
