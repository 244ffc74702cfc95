"""What came of a quiz or mock exam as parts of text: the score, how well one knew it, what to study next."""

from collections.abc import Iterator, Sequence
from math import ceil

from tutor.part import Part
from tutor.render.exercises import asked, feedback
from tutor.render.plain import table
from tutor.study.result import Group, Judged, Result, Sureness, Tally
from tutor.subject import Pack

_CALLED = {"sure": "sure", "unsure": "unsure", "guess": "a guess"}
_PASSED = {True: "Passed", False: "Not passed"}
_MOST = 10  #: entries to study that are named
_MOMENT = 1e-6  #: minutes that a clock may be fast
JUDGED: dict[Judged, str] = {
    "too sure": "too sure",
    "about right": "as it should be",
    "surer than you think": "you know more than you think",
}


def summary(result: Result) -> Iterator[Part]:
    """Yield the end of a quiz in a few lines."""
    if not result.questions:
        yield Part("told", "No question was answered.")
        return
    yield Part("title", f"{scored(result.whole)}{_points(result)}.")
    yield from _how_sure(result.sureness)
    yield from to_study(result)


def report(result: Result, *, minutes: tuple[float, float] | None = None, kept: bool = True) -> Iterator[Part]:
    """Yield the whole report of a mock exam; *minutes* are those that it took, and those allowed.

    Where it is not *kept*, nothing is said of commands that would need it.
    """
    whole = result.whole
    yield Part("title", f"{scored(whole)} ({whole.share:.0%}){_points(result)}.")
    if result.pass_mark is not None:
        yield Part(
            "right" if result.passed else "wrong", f"{_PASSED[bool(result.passed)]}: {result.pass_mark:.0%} are needed."
        )
    if minutes:
        yield Part("told", f"It took {spent(*minutes)}.", apart=False)
    if left := whole.asked - whole.answered:
        yield Part("told", f"Left open: {left}.", apart=False)
    if result.domains:
        yield Part("listing", groups("domain", result.domains))
    yield Part("listing", groups("topic", result.topics))
    yield from _how_sure(result.sureness)
    yield from to_study(result)
    if result.wrong and kept:
        again = "tutor quiz --wrong asks the wrong ones again; tutor exam --last --details shows them."
        yield Part("told", f"{scored(whole)} ({whole.share:.0%}). {again}")


def missed(pack: Pack, result: Result) -> Iterator[Part]:
    """Yield each question that was not answered right, with what was chosen, what is right, and why."""
    for one in result.wrong:
        yield from asked(pack, one.exercise, one.number, len(result.questions))
        yield from feedback(pack, one.exercise, one.answered)


def spent(took: float, allowed: float) -> str:
    """Return how many minutes of those *allowed* an exam took; one that is begun counts."""
    return f"{ceil(took - _MOMENT)} of {ceil(allowed)} minutes"


def scored(tally: Tally) -> str:
    """Return how many answers were right."""
    return f"{tally.right} of {tally.asked} right"


def marked(tally: Tally) -> str:
    """Return the points of certainty-based marking."""
    return f"{tally.marks} of {tally.most} points by how sure you were"


def _points(result: Result) -> str:
    return f"; {marked(result.whole)}" if result.rated else ""


def groups(name: str, rows: Sequence[Group]) -> str:
    """Return a table with a line for each of *rows*."""
    lines = [[one.title, str(one.tally.asked), str(one.tally.right), f"{one.tally.share:.0%}"] for one in rows]
    return table([[name, "asked", "right", "share"], *lines])


def to_study(result: Result) -> Iterator[Part]:
    """Yield the entries to read again, each with the reason."""
    if not result.study:
        yield Part("told", "Nothing to study again: all right, and no guess.")
        return
    items = tuple(f"{one.title} ({one.entry}): {one.reason}" for one in result.study[:_MOST])
    more = len(result.study) - len(items)
    yield Part("told", name="To study next", items=(*items, *([f"and {more} more"] if more > 0 else [])))


def _how_sure(sureness: Sequence[Sureness]) -> Iterator[Part]:
    rows = tuple(_one(one) for one in sureness if one.count)
    if rows:
        yield Part("told", name="When you said", items=rows)


def _one(one: Sureness) -> str:
    judged = f": {JUDGED[one.judged]}" if one.judged else ""
    return f"{_CALLED[one.certainty]}: {one.right} of {one.count} right ({one.share:.0%}){judged}"
