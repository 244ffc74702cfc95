"""Exercises as parts of text: the question with its choices, a hint, and what is said of an answer."""

from collections.abc import Iterable, Iterator

from tutor.part import Part
from tutor.reply import Cited
from tutor.study.answered import Answered
from tutor.study.certainty import CERTAINTIES, Certainty, mark
from tutor.study.exercise import Exercise
from tutor.subject import Pack

SURENESS: dict[Certainty, str] = {
    "sure": "sure (3 points if right, -6 if wrong)",
    "unsure": "unsure (2 points, or -2)",
    "guess": "a guess (1 point, or 0)",
}
_SAID: dict[Certainty, str] = {"sure": "you were sure", "unsure": "you were unsure", "guess": "it was a guess"}


def asked(pack: Pack, exercise: Exercise, number: int, count: int) -> Iterator[Part]:
    """Yield the question *number* of *count*, with its choices."""
    topic = pack.topics.get(exercise.topic, exercise.topic)
    yield Part("told", f"Question {number} of {count}, {topic}")
    yield Part("question", exercise.stem, apart=False)
    yield Part("options", items=tuple(choice.text for choice in exercise.choices), apart=False)


def how_sure(exercise: Exercise, place: int) -> Iterator[Part]:
    """Yield the question how sure one is of the choice at *place*."""
    yield Part("question", f"“{exercise.choices[place].text}”. How sure are you?")
    yield Part("options", items=tuple(SURENESS[certainty] for certainty in CERTAINTIES), apart=False)


def hint(text: str, number: int, count: int) -> Part:
    """Return a hint, the *number*-th of *count*."""
    return Part("note", f"Hint {number} of {count}: {text}")


def feedback(pack: Pack, exercise: Exercise, given: Answered) -> Iterator[Part]:
    """Yield whether an answer was right, why, which fact decides, and where that stands."""
    right = exercise.choices[exercise.right]
    yield _verdict(given)
    if given.chosen is not None and not given.right:
        yield Part("distractor", _of(exercise, given.chosen), f"Why not “{given.chosen}”")
    if not given.right:
        yield Part("answer", right.text, "The right answer")
    yield Part("why", right.why, "Why", apart=False)
    if exercise.decides not in right.why:
        yield Part("decides", exercise.decides, "What decides", apart=False)
    yield from rests(pack, exercise)


def reasons(exercise: Exercise) -> Iterator[Part]:
    """Yield why each choice is right or wrong."""
    yield Part(
        "verdicts",
        name="Every choice",
        items=tuple(
            f"{choice.text} – {'right' if choice.right else 'wrong'}. {choice.why}" for choice in exercise.choices
        ),
    )


def rests(pack: Pack, exercise: Exercise) -> Iterator[Part]:
    """Yield the entry that an exercise teaches, and the sources that hold it."""
    entry = pack.entries.get(exercise.entry)
    if entry and entry.practice:
        yield Part("practice", entry.practice, "In practice")
    yield Part("told", f"{entry.title if entry else exercise.entry} ({exercise.entry})", "Entry")
    if sources := cited_as(exercise.sources):
        yield Part("told", "; ".join(sources), "Source" if len(sources) == 1 else "Sources", apart=False)


def cited_as(sources: Iterable[Cited]) -> list[str]:
    """Return each source once, with all the lines of it.

    >>> cited_as([Cited("a", "A", "1-2"), Cited("b", "B", "7"), Cited("a", "A", "9")])
    ['A, lines 1-2, 9', 'B, line 7']
    """
    lines: dict[str, list[str]] = {}
    for cited in sources:
        lines.setdefault(cited.title, []).append(cited.lines)
    joined = ((title, ", ".join(dict.fromkeys(some))) for title, some in lines.items())
    return [f"{title}, {'line' if some.isdigit() else 'lines'} {some}" for title, some in joined]


def _verdict(given: Answered) -> Part:
    if given.chosen is None:
        return Part("wrong", "Left open.")
    earned = mark(given.right, given.certainty)
    said = f"{_SAID[given.certainty]}: {earned:+d}" if earned else f"{_SAID[given.certainty]}: 0"
    return Part("right", f"Right; {said}") if given.right else Part("wrong", f"Wrong; {said}")


def _of(exercise: Exercise, text: str) -> str:
    return next((choice.why for choice in exercise.choices if choice.text == text), "")
