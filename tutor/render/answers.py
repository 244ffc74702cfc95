"""The answers of a batch as one HTML page that needs nothing but itself: to search, to filter, to print, to send.

Without a script every answer stands open. Rows are told one by one, so that a page can be put together from parts.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from tutor.render.html_head import asset, html_head, html_script
from tutor.render.plain import decimals
from tutor.render.told import because, cases, declined, feedback, key_of, nearest, options_of, sources, verdicts
from tutor.row import Row

LONGEST = 20_000  #: characters shown of one text


def page_head(title: str) -> str:
    """Return the page down to its first row."""
    return f"""{html_head(f"Answers: {_said(title)}", ("report.css", "answers.css"), asset("answers.js"))}<header>
<h1>Answers</h1>
<p class="quiet of"><code>{_said(title)}</code></p>
</header>
<form class="tools" id="tools" role="search" hidden onsubmit="return false">
<label class="field" for="search"><span>Search, or press <kbd>/</kbd></span>
<input type="search" id="search" autocomplete="off"></label>
<label class="field" for="topic">Topic<select id="topic"><option value="">all</option></select></label>
<fieldset id="statuses"><legend>Status</legend></fieldset>
<button type="button" id="open">Open all</button> <button type="button" id="close">Close all</button>
<output id="shown" aria-live="polite"></output>
</form>
<div class="answers">
"""


def page_tail(counts: Mapping[str, int], left_out: int = 0) -> str:
    """Return the page from after its last row on: how many rows have which status, how many were *left_out*."""
    told = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()) if count)
    others = "more row is" if left_out == 1 else "more rows are"
    more = f'\n<p class="left-out">{left_out} {others} not shown on this page.</p>' if left_out else ""
    total = sum(counts.values())
    return f"""</div>{more}
<p class="lead counts">{total} {"row" if total == 1 else "rows"}{": " if told else ""}{_said(told)}</p>
</main>
{html_script(asset("answers.js"))}</body>
</html>
"""


def row_article(row: Row) -> str:
    """Return *row* as a part of the page, which begins with "<article "."""
    topic = f' data-topic="{escape(row.topic)}"' if row.topic else ""
    body = "\n".join(filter(None, _body(row)))
    return f"""<article class="row" data-status="{row.status}"{topic}>
<details open><summary><span class="question" dir="auto">{_said(row.question.strip()) or "(no question)"}</span>
<span class="status">{row.status}</span></summary>
<div class="body">
{body}
</div></details></article>
"""


def _body(row: Row) -> Iterator[str]:
    yield _options(row)
    if row.error:
        yield f'<p class="answer">{_said(row.error)}</p>'
    if said := declined(row):
        yield f'<p class="answer">{_said(said)}</p>'
    if row.title:
        yield f'<p class="title">{_said(row.title)}</p>'
    if row.answer:
        yield f'<p class="answer">{_said(row.answer)}</p>'
    yield _list(
        "It depends",
        (f"{_said(when)}: <strong>{_said(title)}</strong> {_said(said)}".rstrip() for when, title, said in cases(row)),
    )
    yield _list(
        "Nearest to it", (f'{_said(title)} <span class="quiet">{decimals(sure)}</span>' for title, sure in nearest(row))
    )
    yield _list("Sources", (_link(title, url) for title, url in sources(row)))
    yield _facts(row)


def _options(row: Row) -> str:
    told, key = verdicts(row), key_of(row)
    items = []
    for place, option in enumerate(options_of(row)):
        why = [_said(feedback(told[place]))] if place in told else []
        why += ["right as the file has it"] if place in key else []
        picked = ' class="picked"' if place in (row.choice or ()) else ""
        more = f'<span class="why">{"; ".join(why)}</span>' if why else ""
        items.append(f"<li{picked}>{_said(option)}{more}</li>")
    return f'<ol type="A">{"".join(items)}</ol>' if items else ""


def _list(title: str, items: Iterable[str]) -> str:
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"<h3>{title}</h3>\n<ul>{listed}</ul>" if listed else ""


def _link(title: str, url: str | None) -> str:
    return f'<a href="{escape(url)}" rel="noreferrer">{_said(title)}</a>' if url else _said(title)


def _facts(row: Row) -> str:
    facts: dict[str, Any] = {
        "id": row.id,
        "entry": row.entry,
        "topic": row.topic,
        "confidence": decimals(row.confidence) if row.status != "error" else None,
        "picked with confidence": decimals(row.choice_confidence) if row.choice_confidence is not None else None,
        "because": because(row),
        "needs": ", ".join(row.needs),
        **{name: said for name, said in row.passed.items() if name not in ("options", "correct")},
    }
    told = "".join(
        f'<div><dt>{_said(name)}</dt><dd dir="auto">{_said(str(said))}</dd></div>'
        for name, said in facts.items()
        if said not in (None, "", [], {})
    )
    return f'<dl class="facts">{told}</dl>'


def _said(text: str) -> str:
    return escape(text if len(text) <= LONGEST else f"{text[:LONGEST]} …")
