"""Gaps of a pack, as text, as data, and as a file of skeletons to be edited."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from tutor.gaps import Gap
from tutor.skeletons import Skeleton
from tutor.yaml_text import visible

_SHOWN = 5  #: questions of one gap in the list


def told(gaps: Sequence[Gap], *, most: int) -> str:
    """Return the first *most* of *gaps* as text, and how many more there are."""
    if not gaps:
        return "Nothing is unanswered."
    shown = ["\n".join(_told(number, gap)) for number, gap in enumerate(gaps[:most], start=1)]
    left = gaps[most:]
    asked = sum(gap.times for gap in left)
    more = [f"… and {len(left)} more, asked {_times(asked)} in all; --most shows more"] if left else []
    return "\n\n".join([*shown, *more])


def to_dicts(gaps: Sequence[Gap], skeletons: Sequence[Skeleton]) -> list[dict[str, Any]]:
    """Return gaps and their skeletons as JSON can hold them."""
    return [_to_dict(gap, skeleton) for gap, skeleton in zip(gaps, skeletons, strict=True)]


def skeleton_file(gaps: Sequence[Gap], skeletons: Sequence[Skeleton]) -> str:
    """Return a YAML file that holds the lines of every skeleton, each as a document of its own, and what to do."""
    parts = ["# Each part after --- is for the end of the file that is named there. Replace every TODO.\n"]
    for number, (gap, skeleton) in enumerate(zip(gaps, skeletons, strict=True), start=1):
        parts += [
            f"\n# {line}\n" if at == 0 else f"# {line}\n" for at, line in enumerate(_about(number, gap, skeleton))
        ]
        parts += [f"--- # for the end of {file}\n{lines}" for file, lines in skeleton.lines.items()]
    return "".join(parts)


def _told(number: int, gap: Gap) -> Iterator[str]:
    yield f"{number}. {_summary(gap)}"
    for question in gap.questions[:_SHOWN]:
        yield f"   {visible(question.text)}" + (f" ({_times(question.times)})" if question.times > 1 else "")
    if len(gap.questions) > _SHOWN:
        yield f"   … and {len(gap.questions) - _SHOWN} more"
    yield "   Nearest:" if gap.nearest else "   Nearest: nothing"
    yield from (f"   - {line}" for line in _nearest(gap))


def _summary(gap: Gap) -> str:
    declined = sum(question.declined for question in gap.questions)
    down = gap.times - declined
    counted = [f"declined {_times(declined)}"] if declined else []
    counted += [f"voted down {_times(down)}"] if down else []
    return f"{', '.join(counted)}, last on {_day(gap.last)}"


def _about(number: int, gap: Gap, skeleton: Skeleton) -> Iterator[str]:
    yield f"{number}. {_summary(gap)}"
    yield "Nearest:"
    yield from (f"  {line}" for line in _nearest(gap) or ["nothing"])
    yield "The check says, with these lines put in:"
    yield from (f"  {fault.file}: {' '.join(fault.said.split())}" for fault in skeleton.faults)
    if not skeleton.faults:
        yield "  nothing"


def _nearest(gap: Gap) -> list[str]:
    return [f"{near.entry}: {near.title} ({near.confidence:.3f})" for near in gap.nearest]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _to_dict(gap: Gap, skeleton: Skeleton) -> dict[str, Any]:
    return {
        "times": gap.times,
        "last": _day(gap.last),
        "questions": [
            {"text": one.text, "declined": one.declined, "voted_down": one.voted_down, "last": _day(one.last)}
            for one in gap.questions
        ],
        "nearest": [vars(near).copy() for near in gap.nearest],
        "skeleton": {
            "entry": skeleton.entry,
            "topic": skeleton.topic,
            "lines": dict(skeleton.lines),
            "faults": [
                {"file": fault.file, "rule": fault.rule, "place": fault.place, "said": fault.said}
                for fault in skeleton.faults
            ],
        },
    }
