"""A report as one HTML page that needs nothing but itself: no script, no network, the same bytes each time."""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import isnan

from tutor.evaluation import METRICS, Metric
from tutor.measures import BINS, Bin, Point
from tutor.render.charts import histograms, percent, reliability, risk_coverage, standing
from tutor.render.html_head import html_head
from tutor.render.marks import marked
from tutor.render.plain import decimals
from tutor.report import OUTSIDE, Confused, Group, Miss, Misses, Report, by_tenths

_HEATS = 4
_BREAK = re.compile(r"([/_])")  #: after it a long name may go on in the next line
_SECTIONS = {
    "topics": "Confused topics",
    "calibration": "Does confidence tell?",
    "abstention": "What if it answered less, or more?",
    "confidence": "Confidence inside and outside",
    "groups": "By group",
    "misses": "Worst misses",
}


def report_page(report: Report) -> str:
    """Return the whole page."""
    title = f"{escape(report.file)} · {escape(report.pack)}"
    return f"""{html_head(f"How well the tutor answers: {title}", ("report.css",))}{_header(report)}
{_section("topics", _topics(report.confused))}
{_section("calibration", _calibration(report.bins))}
{_section("abstention", _abstention(report.curve, report.now))}
{_section("confidence", _confidence(report.confidences))}
{_section("groups", _groups(report.groups))}
{_section("misses", _all_misses(report))}
</main>
</body>
</html>
"""


def _header(report: Report) -> str:
    total = sum(report.counts.values())
    counts = ", ".join(f"{count} {name}" for name, count in report.counts.items())
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in _SECTIONS.items())
    return f"""<header>
<h1>How well the tutor answers</h1>
<p class="quiet of"><code>{escape(report.file)}</code>: {_many(total, "question")} ({escape(counts)})
· pack <code>{escape(report.pack)}</code></p>
<p class="lead">{_lead(report.metrics)}</p>
{_metrics(report.metrics)}
</header>
<nav aria-label="Sections"><ul>{links}</ul></nav>"""


def _lead(values: Mapping[str, float]) -> str:
    said = {name: f"<strong>{percent(value)}</strong>" for name, value in values.items() if not isnan(value)}
    parts = (
        ("entry@1", "The right entry comes first for {} of the questions inside the pack"),
        ("answered", "{} of them are answered outright"),
        ("wrong", "{} of all answers shown are wrong"),
        ("decline-recall", "{} of the questions outside are declined"),
    )
    told = [sentence.format(said[name]) for name, sentence in parts if name in said]
    return "; ".join(told) + "." if told else "There is nothing to measure in this file."


def _metrics(values: Mapping[str, float]) -> str:
    rows = "\n".join(_metric(name, METRICS[name], value) for name, value in values.items())
    return f"""<table class="metrics"><caption>Every metric lies from 0 to 1; a dash: no row could be counted.</caption>
<thead><tr><th scope="col">metric</th><th scope="col">value</th><td class="meter"></td>
<th scope="col" class="text">meaning</th></tr></thead><tbody>
{rows}
</tbody></table>"""


def _metric(name: str, metric: Metric, value: float) -> str:
    wish = "" if metric.best else ' <span class="quiet">(less is better)</span>'
    return (
        f'<tr><th scope="row">{name}</th><td class="value">{decimals(value)}</td>'
        f'<td class="meter">{_meter(metric, value)}</td><td class="text">{metric.meaning}{wish}</td></tr>'
    )


def _meter(metric: Metric, value: float) -> str:
    if isnan(value):
        return ""
    bar = f'<rect class="best{metric.best}" width="{value * 100:.1f}" height="6"/>'
    track = '<rect class="track" width="100" height="6"/>'
    return f'<svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">{track}{bar}</svg>'


def _section(name: str, inner: str) -> str:
    title = f'<h2 id="{name}-title">{_SECTIONS[name]}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{title}\n{inner}\n</section>'


def _topics(confused: Sequence[Confused]) -> str:
    if not confused:
        return "<p>None: every first candidate is of a gold topic, and nothing outside is answered.</p>"
    columns = list(dict.fromkeys(topic for row in confused for topic in row.taken_for))
    columns.sort(key=lambda topic: -sum(row.taken_for.get(topic, 0) for row in confused))
    most = max(count for row in confused for count in row.taken_for.values())
    heads = "".join(f'<th scope="col"><span>{escape(head)}</span></th>' for head in ("topic", "questions", *columns))
    body = "\n".join(_confused_row(row, columns, most) for row in confused)
    table = f"""<table class="confusion"><caption>Gold topic, by topic of the first candidate.</caption>
<thead><tr>{heads}</tr></thead><tbody>
{body}
</tbody></table>"""
    return f"""<p>A cell counts the questions of the topic on the left whose first candidate is of the topic above.
Topics that are never confused are left out. A row “outside” counts the answers given to questions outside the pack.</p>
{_scrolling("Confused topics", table)}"""


def _confused_row(row: Confused, columns: Iterable[str], most: int) -> str:
    name = ' class="outside"' if row.topic == OUTSIDE else ""
    cells = "".join(_heat(row.taken_for.get(topic, 0), most) for topic in columns)
    return f'<tr{name}><th scope="row">{escape(row.topic)}</th><td class="quiet">{row.count}</td>{cells}</tr>'


def _heat(count: int, most: int) -> str:
    return f'<td class="heat{-(-count * _HEATS // most)}">{count}</td>' if count else "<td></td>"


def _calibration(bins: Sequence[Bin]) -> str:
    rows = [(_range(one.low), str(one.count), decimals(one.confidence), decimals(one.right)) for one in bins]
    table = _table("Confidence and what came of it.", ("confidence", "questions", "on average", "right"), rows)
    caption = "Share right by confidence, with the number of questions; the tick is their average confidence."
    return f"""<p>Where confidence is 0.7, the right entry should come first for seven questions in ten: a bar that ends
on the dotted line. A bar below its <span class="key"></span> tick was too sure, one above it not sure enough. For a
question outside no entry is right.</p>
{_beside(reliability(bins), caption, table)}"""


def _abstention(curve: Sequence[Point], now: Point) -> str:
    tenths = by_tenths(curve).items()
    rows = [(f"{tenth * 10} %", decimals(point.confidence), percent(point.wrong)) for tenth, point in tenths]
    rows.append((f"now: {percent(now.answered)}", "", percent(now.wrong)))
    heads = ("share answered", "confidence from", "wrong")
    table = _table("Answering only above a confidence.", heads, rows, name="tenths")
    caption = "Share wrong among the questions answered, over the share answered; inside and outside together."
    return f"""<p>If the surest first candidates were answered first: further to the right more is answered, and more of
it is wrong. The dot is the tutor as it is, which may lie off the curve, because it also offers choices and answers in
branches. {escape(standing(now))}</p>
{_beside(risk_coverage(curve, now), caption, table)}"""


def _confidence(confidences: Mapping[str, Sequence[int]]) -> str:
    heads = ("confidence", *confidences)
    rows = [
        (_range(number / BINS), *(str(counts[number]) for counts in confidences.values())) for number in range(BINS)
    ]
    table = _table("Questions by confidence of the first candidate.", heads, rows)
    return f"""<p>The further apart inside and outside lie, the better the tutor can tell what it does not know.</p>
{_beside(histograms(confidences), "Share of the questions of each part, with their number.", table)}"""


def _groups(groups: Mapping[str, Sequence[Group]]) -> str:
    tables = [f"<h3>By {escape(label)}</h3>\n{_grouped(label, ones)}" for label, ones in groups.items()]
    return "\n".join(tables) or "<p>The rows carry no style and no source.</p>"


def _grouped(label: str, groups: Sequence[Group]) -> str:
    shown = [name for name in METRICS if not all(isnan(group.metrics[name]) for group in groups)]
    rows = [(group.name, str(group.count), *(decimals(group.metrics[name]) for name in shown)) for group in groups]
    table = _table(f"The metrics above, for each {label}.", (label, "questions", *shown), rows, name="groups")
    return _scrolling(f"Metrics by {label}", table)


def _all_misses(report: Report) -> str:
    blamed = any(miss.blame for miss in (*report.wrong.worst, *report.declined.worst))
    told = "<p>Marked words spoke for the first candidate, those on a dashed line against it.</p>\n" if blamed else ""
    return f"""{told}{_missed("Wrong answers, the surest first", report.wrong)}
{_missed("Declined though inside, the least sure first", report.declined)}"""


def _missed(title: str, misses: Misses) -> str:
    shown = len(misses.worst)
    told = f"{shown} of {misses.count}" if shown < misses.count else str(misses.count)
    items = "\n".join(_miss(miss) for miss in misses.worst)
    listed = f'<ol class="misses">\n{items}\n</ol>' if items else "<p>None.</p>"
    return f'<h3>{title} <span class="quiet">({told})</span></h3>\n{listed}'


def _miss(miss: Miss) -> str:
    told = "".join(f"<div><dt>{name}</dt><dd>{said}</dd></div>" for name, said in _facts(miss).items())
    return f'<li><p class="question" dir="auto">{marked(miss.question, miss.blame)}</p><dl>{told}</dl></li>'


def _facts(miss: Miss) -> dict[str, str]:
    gold = ", ".join(map(_code, miss.gold))
    return {
        "wanted": gold or ("nothing: outside the pack" if miss.scope == "out" else "none named"),
        "first candidate": _code(miss.first) if miss.first else "none",
        **({"answered with": _code(miss.shown)} if miss.shown and miss.shown != miss.first else {}),
        "confidence": decimals(miss.confidence),
        "status": escape(miss.status),
        "id": escape(miss.id),
    }


def _code(name: str) -> str:
    return f"<code>{escape(name)}</code>"


def _range(low: float) -> str:
    return f"{low:.1f}–{low + 1 / BINS:.1f}"


def _beside(chart: str, caption: str, table: str) -> str:
    return f'<div class="beside"><figure>{chart}<figcaption>{escape(caption)}</figcaption></figure>\n{table}</div>'


def _scrolling(name: str, table: str) -> str:
    return f'<div class="scroll" role="region" aria-label="{escape(name)}" tabindex="0">\n{table}</div>'


def _table(caption: str, heads: Iterable[str], rows: Iterable[Sequence[str]], *, name: str = "plain") -> str:
    head = "".join(f'<th scope="col">{escape(said)}</th>' for said in heads)
    body = "\n".join(map(_row, rows))
    return f"""<table class="{name}"><caption>{escape(caption)}</caption>
<thead><tr>{head}</tr></thead><tbody>
{body}
</tbody></table>"""


def _row(row: Sequence[str]) -> str:
    first, *others = map(escape, row)
    name, cells = _BREAK.sub(r"\1<wbr>", first), "".join(f"<td>{said}</td>" for said in others)
    return f'<tr><th scope="row">{name}</th>{cells}</tr>'


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
