"""Exercises as JSON can hold them, so that an exam goes on with its own questions though the pack has changed."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, get_args

from tutor.errors import StudyError
from tutor.reply import Cited
from tutor.study.exercise import Choice, Exercise, Kind


def exercise_to_dict(exercise: Exercise) -> dict[str, Any]:
    """Return *exercise* as JSON can hold it, its choices in their order."""
    return asdict(exercise)


def exercise_from_dict(saved: Any) -> Exercise:
    """Return the exercise that `exercise_to_dict` wrote; a StudyError when it is not one."""
    try:
        exercise = Exercise(
            kind=saved["kind"],
            choices=tuple(_choice(choice) for choice in saved["choices"]),
            sources=tuple(Cited(**_texts(cited)) for cited in saved["sources"]),
            **{name: text(saved[name]) for name in ("entry", "topic", "stem", "decides", "key")},
        )
    except (KeyError, TypeError, AttributeError):
        raise StudyError("a saved exercise cannot be read") from None
    if exercise.kind not in get_args(Kind) or sum(choice.right for choice in exercise.choices) != 1:
        raise StudyError("a saved exercise cannot be read")
    return exercise


def text(raw: Any) -> str:
    """Return *raw* where it is a text; a TypeError where it is not."""
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _choice(saved: Mapping[str, Any]) -> Choice:
    if not isinstance(saved["right"], bool):
        raise TypeError
    return Choice(text(saved["text"]), saved["right"], text(saved["why"]), text(saved["entry"]))


def _texts(saved: Mapping[str, Any]) -> dict[str, Any]:
    return {name: raw if raw is None else text(raw) for name, raw in saved.items()}
