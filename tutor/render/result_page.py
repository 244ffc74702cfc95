"""The report of a mock exam as one HTML page that needs nothing but itself: no script, no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tutor.render.charts import Share, bars
from tutor.render.exercises import cited_as
from tutor.render.html_head import html_head
from tutor.render.results import JUDGED, marked, scored, spent
from tutor.study.exercise import Choice
from tutor.study.result import Group, Marked, Result, Sureness
from tutor.subject import Pack

_SECTIONS = {
    "domains": "By domain and topic",
    "sureness": "Did you know what you knew?",
    "study": "What to study next",
    "missed": "Not answered right",
    "others": "Answered right",
}
_CALLED = {"sure": "sure", "unsure": "unsure", "guess": "a guess"}


@dataclass(frozen=True)
class Sat:
    """How an exam was sat: *day* in the learner's zone, the minutes that it took and those allowed, and its seed.

    *kept* says whether it and its answers are in the log.
    """

    day: str
    took: float
    allowed: float
    seed: int
    kept: bool = True


def result_page(pack: Pack, result: Result, sat: Sat) -> str:
    """Return the whole page."""
    links = "".join(f'<li><a href="#{name}">{title}</a></li>' for name, title in _SECTIONS.items())
    right = [one for one in result.questions if one.answered.right]
    title = f"Mock exam: {escape(pack.about.title)}, {escape(sat.day)}"
    return f"""{html_head(title, ("report.css", "result.css"))}{_header(pack, result, sat)}
<nav aria-label="Sections"><ul>{links}</ul></nav>
{_section("domains", _groups(result))}
{_section("sureness", _sureness(result.sureness))}
{_section("study", _study(result, kept=sat.kept))}
{_section("missed", _questions(pack, result.wrong, unfolded=True))}
{_section("others", _questions(pack, right, unfolded=False))}
</main>
</body>
</html>
"""


def _header(pack: Pack, result: Result, sat: Sat) -> str:
    whole = result.whole
    left = whole.asked - whole.answered
    opened = f" {left} left open." if left else ""
    points = f"\n{escape(marked(whole))}." if result.rated else ""
    return f"""<header>
<h1>Mock exam</h1>
<p class="quiet of">{escape(pack.about.title)} · {escape(sat.day)} · {spent(sat.took, sat.allowed)}
· seed {sat.seed} · pack <code>{escape(pack.stamp)}</code></p>
<p class="lead"><strong>{escape(scored(whole))}</strong>, {whole.share:.0%}.{opened} {_passed(result)}{points}</p>
</header>"""


def _passed(result: Result) -> str:
    if result.pass_mark is None:
        return ""
    name, said = ("passed", "Passed") if result.passed else ("failed", "Not passed")
    return f'<span class="{name}">{said}</span>: {result.pass_mark:.0%} are needed.'


def _section(name: str, inner: str) -> str:
    title = f'<h2 id="{name}-title">{_SECTIONS[name]}</h2>'
    return f'<section id="{name}" aria-labelledby="{name}-title">\n{title}\n{inner}\n</section>'


def _groups(result: Result) -> str:
    shown = [("domain", result.domains), ("topic", result.topics)]
    return "\n".join(_chart(name, groups, result) for name, groups in shown if groups)


def _chart(name: str, groups: Sequence[Group], result: Result) -> str:
    least, points = result.pass_mark, ("points",) if result.rated else ()
    rows = [Share(group.title, group.tally.right, group.tally.asked) for group in groups]
    heads = "".join(f'<th scope="col">{head}</th>' for head in (name, "asked", "right", "share", *points))
    lines = "\n".join(_group(group, rated=result.rated) for group in groups)
    weakest = " The weakest come first." if name == "topic" else ""
    marked_at = " The dashed line is the pass mark." if least is not None else ""
    return f"""<h3>By {name}</h3>
<div class="beside"><figure>{bars(f"Share right by {name}", rows, least=least)}
<figcaption>Share of right answers.{weakest}{marked_at}</figcaption></figure>
<table class="plain"><caption>The same in figures.</caption>
<thead><tr>{heads}</tr></thead><tbody>
{lines}
</tbody></table></div>"""


def _group(group: Group, *, rated: bool) -> str:
    tally = group.tally
    points = (f"{tally.marks} of {tally.most}",) if rated else ()
    cells = (str(tally.asked), str(tally.right), f"{tally.share:.0%}", *points)
    return f'<tr><th scope="row">{escape(group.title)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _sureness(sureness: Sequence[Sureness]) -> str:
    said = [one for one in sureness if one.count]
    if not said:
        return "<p>You never said how sure you were. In the exam, s, u and g say so.</p>"
    rows = [Share(_CALLED[one.certainty], one.right, one.count, one.pays) for one in said]
    judged = "".join(
        f"<li>{_CALLED[one.certainty]}: {one.right} of {one.count} right, {JUDGED[one.judged]}.</li>"
        for one in said
        if one.judged
    )
    few = "" if judged else "<p>Fewer than three answers of each: too few to judge.</p>"
    return f"""<p>A right answer earns 3, 2 or 1 points when you are sure, unsure or guess; a wrong one costs 6, 2 or
nothing. So “sure” pays from four right in five on, “unsure” from two in three, and below that a guess.</p>
<figure>{bars("Share right by how sure you were", rows)}
<figcaption>Share right by what you said. The shaded stretch is where saying so earns most: a bar that ends before it
was too sure.</figcaption></figure>
<ul class="study">{judged}</ul>{few}"""


def _study(result: Result, *, kept: bool) -> str:
    if not result.study:
        return "<p>Nothing: all right, and no guess.</p>"
    items = "\n".join(
        f"<li><strong>{escape(one.title)}</strong> (<code>{escape(one.entry)}</code>), {escape(one.topic)}: "
        f"{one.reason}</li>"
        for one in result.study
    )
    again = ", <code>tutor quiz --wrong</code> asks the wrong ones again" if kept else ""
    return f"""<p>What you were sure of and had wrong comes first. <code>tutor show ENTRY</code> shows an
entry{again}.</p>
<ol class="study">
{items}
</ol>"""


def _questions(pack: Pack, questions: Sequence[Marked], *, unfolded: bool) -> str:
    if not questions:
        return "<p>None.</p>"
    shown = "\n".join(_question(pack, one, unfolded=unfolded) for one in questions)
    return f'<div class="questions">\n{shown}\n</div>'


def _question(pack: Pack, one: Marked, *, unfolded: bool) -> str:
    given, exercise = one.answered, one.exercise
    state = "left open" if one.place is None else "right" if given.right else "wrong"
    sure = "" if one.place is None else f", {_CALLED[given.certainty]}"
    choices = "\n".join(_choice(choice, chosen=place == one.place) for place, choice in enumerate(exercise.choices))
    entry = pack.entries.get(exercise.entry)
    sources = escape("; ".join(cited_as(exercise.sources)))
    practice = f"<p>In practice: {escape(entry.practice)}</p>" if entry and entry.practice else ""
    return f"""<details class="{"right" if given.right else "wrong"}"{" open" if unfolded else ""}>
<summary>{one.number}. {escape(exercise.stem)} <span class="state">{state}{sure}</span></summary>
<ol>
{choices}
</ol>
<p>What decides: {escape(exercise.decides)}</p>
{practice}<p class="quiet">{escape(entry.title if entry else exercise.entry)} (<code>{escape(exercise.entry)}</code>).
{sources}</p>
</details>"""


def _choice(choice: Choice, *, chosen: bool) -> str:
    marks = [*(["right"] if choice.right else []), *(["your answer"] if chosen else [])]
    said = f' <span class="is">– {", ".join(marks)}</span>' if marks else ""
    return f'<li>{escape(choice.text)}{said}<span class="why">{escape(choice.why)}</span></li>'
