"""The charts of a report as inline SVG, coloured by the style sheet of its page, told in words to a screen reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import isnan

from tutor.measures import BINS, Bin, Point

_WIDTH = 400
_LEFT, _RIGHT = 44, 388  #: of what is plotted
_PANEL = 62  #: height of a histogram


@dataclass(frozen=True)
class _Frame:
    """Where values lie on the page: x runs from 0 to 1 across, y from 0 to *most* upwards, *foot* to *head*."""

    head: float
    foot: float
    most: float = 1.0

    def x(self, value: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * value

    def y(self, value: float) -> float:
        return self.foot - (self.foot - self.head) * min(1.0, value / self.most)


def reliability(bins: Sequence[Bin]) -> str:
    """Return a reliability diagram: a bar for the share right in each bin, a tick at its confidence, and its count."""
    frame = _Frame(26, 266)
    filled = [one for one in bins if one.count]
    told = ", ".join(f"{one.low:.1f} to {one.high:.1f}: {percent(one.right)} right of {one.count}" for one in filled)
    drawn = [
        *_grid(frame, "confidence of the first candidate", "share right"),
        *(part for one in filled for part in _reliable(frame, one)),
        _line("ideal", frame.x(0), frame.y(0), frame.x(1), frame.y(1)),
    ]
    return _svg(304, f"Reliability diagram. {told or 'No questions.'}", drawn)


def risk_coverage(curve: Sequence[Point], now: Point) -> str:
    """Return the share wrong among those answered, over the share answered, with a dot where the tutor stands *now*."""
    frame = _Frame(26, 266, _most(curve, now))
    path = " ".join(f"{frame.x(point.answered):.1f},{frame.y(point.wrong):.1f}" for point in curve)
    drawn = [
        *_grid(frame, "share answered", "share wrong"),
        f'<polyline class="curve" points="{path}"/>' if path else "",
    ]
    end = f"All answered, {percent(curve[-1].wrong)} would be wrong." if curve else "No questions."
    return _svg(304, f"Risk-coverage curve. {end} {standing(now)}", [*drawn, *_now(frame, now)])


def histograms(confidences: Mapping[str, Sequence[int]]) -> str:
    """Return a histogram of confidence for each part of the questions, one below the other, on the same scales."""
    most = max((count / sum(counts) for counts in confidences.values() if sum(counts) for count in counts), default=1.0)
    drawn, told, head = [], [], 22.0
    for number, (name, counts) in enumerate(confidences.items()):
        frame = _Frame(head + 14, head + _PANEL, most)
        drawn += _histogram(frame, name, counts, number)
        told.append(f"{name}: {sum(counts)}, of them {sum(counts[BINS // 2 :])} above 0.5")
        head += _PANEL + 26
    last = _Frame(0, head - 26)
    drawn += [*_ticks(last), _text("label", (_LEFT + _RIGHT) / 2, last.foot + 32, "confidence of the first candidate")]
    return _svg(last.foot + 38, f"Histograms of confidence. {'; '.join(told)}.", drawn)


def percent(value: float) -> str:
    """Return a share in percent, a dash for not-a-number.

    >>> percent(0.125), percent(float("nan"))
    ('12.5 %', '–')
    """
    return "–" if isnan(value) else f"{value * 100:.1f} %"


def standing(now: Point) -> str:
    """Return in words where the tutor stands."""
    if isnan(now.answered):
        return "Now nothing is asked."
    return f"Now {percent(now.answered)} are answered" + (
        f", {percent(now.wrong)} of them wrong." if not isnan(now.wrong) else "."
    )


def _svg(height: float, told: str, drawn: Iterable[str]) -> str:
    label = escape(told)
    return f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{label}">{"".join(drawn)}</svg>'


def _grid(frame: _Frame, across: str, upwards: str) -> list[str]:
    marks = [frame.most * quarter / 4 for quarter in range(5)]
    return [
        *(_line("grid", _LEFT, frame.y(mark), _RIGHT, frame.y(mark)) for mark in marks),
        *(_text("tick end", _LEFT - 6, frame.y(mark) + 4, f"{mark * 100:.3g} %") for mark in marks),
        *_ticks(frame),
        _text("label", (_LEFT + _RIGHT) / 2, frame.foot + 32, across),
        _text("label start", 2, 10, upwards),
    ]


def _ticks(frame: _Frame) -> list[str]:
    return [
        _line("axis", _LEFT, frame.foot, _RIGHT, frame.foot),
        *(_text("tick", frame.x(tenth / 10), frame.foot + 16, f"{tenth / 10:g}") for tenth in range(0, 11, 2)),
    ]


def _reliable(frame: _Frame, one: Bin) -> list[str]:
    left, right, top = frame.x(one.low) + 2, frame.x(one.high) - 2, frame.y(one.right)
    sure = frame.y(one.confidence)
    above = min(top, sure) if abs(top - sure) < 14 else top
    return [
        _bar("inside", left, top, right - left, frame.foot - top),
        _line("sure", left, sure, right, sure),
        _text("count", (left + right) / 2, above - 4, str(one.count)),
    ]


def _histogram(frame: _Frame, name: str, counts: Sequence[int], number: int) -> list[str]:
    total = sum(counts)
    drawn = [
        _text("label start strong", _LEFT, frame.head - 20, f"{name} ({total})"),
        _line("axis", _LEFT, frame.foot, _RIGHT, frame.foot),
    ]
    for place, count in enumerate(counts):
        if count:
            left, top = frame.x(place / BINS) + 2, frame.y(count / total)
            drawn.append(_bar(f"part{number}", left, top, frame.x(1 / BINS) - _LEFT - 4, frame.foot - top))
            drawn.append(_text("count", frame.x((place + 0.5) / BINS), top - 4, str(count)))
    return drawn


def _most(curve: Sequence[Point], now: Point) -> float:
    """Return the top of the scale: the least of a few round shares that holds the curve, its nervous start aside."""
    calm = [point.wrong for point in curve if point.answered >= 0.05] + ([] if isnan(now.wrong) else [now.wrong])
    return next((top for top in (0.1, 0.2, 0.4, 0.6, 0.8) if top >= max(calm, default=1.0)), 1.0)


def _now(frame: _Frame, now: Point) -> list[str]:
    if isnan(now.answered) or isnan(now.wrong):
        return []
    x, y = frame.x(now.answered), frame.y(now.wrong)
    side, right, down = ("start", 10, 16) if now.answered < 0.7 else ("end", -10, -8)  # where the curve is not
    told = _text(f"{side} strong", x + right, y + down, f"now: {percent(now.wrong)} wrong")
    return [f'<circle class="now" cx="{x:.1f}" cy="{y:.1f}" r="5"/>', told]


def _bar(name: str, left: float, top: float, width: float, height: float) -> str:
    return f'<rect class="{name}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"/>'


def _line(name: str, left: float, top: float, right: float, foot: float) -> str:
    return f'<line class="{name}" x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{foot:.1f}"/>'


def _text(name: str, x: float, y: float, said: str) -> str:
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}">{escape(said)}</text>'


_ROW, _NAME = 24, 150  #: height of a row of bars, and the width of its name


@dataclass(frozen=True)
class Share:
    """A bar: its name, how many of how many, and the shares between which it should end, where there are such."""

    name: str
    count: int
    of: int
    wanted: tuple[float, float] | None = None

    @property
    def share(self) -> float:
        """The share, from 0 to 1; 0 of none."""
        return self.count / self.of if self.of else 0.0


def bars(title: str, rows: Sequence[Share], *, least: float | None = None) -> str:
    """Return a bar across for each share, with its counts; a dashed line where the *least* share is that is wanted."""
    told = "; ".join(f"{row.name}: {row.count} of {row.of}, {percent(row.share)}" for row in rows)
    foot = 8.0 + _ROW * len(rows)
    drawn = [part for place, row in enumerate(rows) for part in _across(row, 8.0 + _ROW * place)]
    ticks = [
        _text("tick end" if quarter == 4 else "tick", _along(quarter / 4), foot + 16, f"{quarter * 25} %")
        for quarter in range(5)
    ]
    line = [] if least is None else [_line("ideal", _along(least), 4, _along(least), foot)]
    return _svg(
        foot + 22, f"{title}. {told or 'Nothing.'}", [*drawn, _line("axis", _NAME, foot, _RIGHT, foot), *line, *ticks]
    )


def _along(share: float) -> float:
    return _NAME + (_RIGHT - _NAME) * share


def _across(row: Share, top: float) -> list[str]:
    name = row.name if len(row.name) <= 24 else f"{row.name[:23]}…"
    end = _along(row.share)
    inner = row.share > 0.8
    count = _text(
        "count end" if inner else "count start", end - 5 if inner else end + 5, top + 15, f"{row.count} of {row.of}"
    )
    band = []
    if row.wanted:
        least, most = row.wanted
        band = [_bar("wanted", _along(least), top + 1, _along(most) - _along(least), _ROW - 4)]
    return [
        *band,
        _text("label end", _NAME - 6, top + 15, name),
        _bar("inside", _NAME, top + 4, end - _NAME, _ROW - 10),
        count,
    ]
