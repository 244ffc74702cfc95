"""Cards: an exercise as the fields of a flash card in HTML, and as the columns of a table."""

import json
from html import escape

from tutor.study.exercise import Exercise

FIELDS = ("Key", "Question", "Choices", "Answer", "Decides", "Others", "Sources")
COLUMNS = ("id", "kind", "topic", "entry", "question", "options", "correct", "why", "sources")

FRONT = "{{Question}}<br><br>{{Choices}}"
BACK = "{{FrontSide}}<hr id=answer>{{Answer}}<br><br>{{Decides}}<br><br>{{Others}}<br><br><small>{{Sources}}</small>"


def card(exercise: Exercise) -> tuple[str, ...]:
    """Return the FIELDS of *exercise*; its choices always stand in the same order."""
    shown = exercise.shuffled(0)
    letters = [f"{chr(ord('A') + place)}. {escape(choice.text)}" for place, choice in enumerate(shown.choices)]
    others = [
        f"{chr(ord('A') + place)}: {escape(choice.why)}"
        for place, choice in enumerate(shown.choices)
        if not choice.right
    ]
    right = shown.choices[shown.right]
    decides = [] if right.why == shown.decides else [escape(shown.decides)]
    return (
        shown.key,
        escape(shown.stem),
        "<br>".join(letters),
        f"<b>{letters[shown.right]}</b><br>{escape(right.why)}",
        "".join(decides),
        "<br>".join(others),
        escape(_sources(shown)),
    )


def columns(exercise: Exercise) -> tuple[str, ...]:
    """Return what stands in the COLUMNS for *exercise*: options and reasons as JSON lists."""
    shown = exercise.shuffled(0)
    options = json.dumps([choice.text for choice in shown.choices], ensure_ascii=False)
    why = json.dumps([choice.why for choice in shown.choices], ensure_ascii=False)
    own = (shown.key, shown.kind, shown.topic, shown.entry, shown.stem, options, json.dumps([shown.right]), why)
    return (*own, _sources(shown))


def _sources(exercise: Exercise) -> str:
    return "; ".join(f"{cited.title}, {cited.lines}" for cited in exercise.sources)
