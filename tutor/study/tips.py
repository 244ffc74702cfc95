"""Exercises of scenarios and stories: the right answer among what tempts and the answers of sibling entries."""

from collections.abc import Iterator
from dataclasses import replace

from tutor.model import Entry, Pair, Tip
from tutor.study.exercise import Choice, Exercise, drawn
from tutor.study.exercised import exercised
from tutor.study.leads import MOST, advised, advises, lead, said
from tutor.study.material import Material
from tutor.study.stories import told
from tutor.study.wrong import also_wrong, wrong

_STORIES = 6  #: of one entry at the most
_CHOICES = 4


def from_tips(material: Material) -> Iterator[Exercise]:
    """Yield what the tips of a pack give by their own scenario."""
    for entry in material.entries:
        if isinstance(entry, Tip):
            yield _answered(material, entry, f"{entry.scenario} What is right here?", "scenario")


def from_advice(material: Material) -> Iterator[Exercise]:
    """Yield for every tip whether its answer is right: yes, for its own reason; what else is said is wrong."""
    for entry in material.entries:
        if isinstance(entry, Tip) and len(said(entry)) <= MOST:
            yield _claimed(material, entry)


def from_stories(material: Material) -> Iterator[Exercise]:
    """Yield what the stories give that people tell about tips, traps and facts."""
    for entry in material.entries:
        right = said(entry)
        if not isinstance(entry, Pair) and len(right) <= MOST:
            for place, stem in told(material, entry, right, _STORIES):
                story = _answered(material, entry, stem, f"story-{place}")
                if _to_the_point(material, story):
                    yield story


def _answered(material: Material, entry: Entry, stem: str, part: str) -> Exercise:
    right = said(entry)
    tempting = [_tempting(material, entry, right)] if isinstance(entry, Tip) else []
    tempting += also_wrong(entry, part, _CHOICES - 1 - len(tempting))
    taken = [one.text for one in tempting]
    others = wrong(material, entry, right, _answer, _CHOICES - 1 - len(tempting), f"{entry.id}/{part}", *taken)
    return exercised(material.pack, entry, stem, (Choice(right, True, entry.why, entry.id), *tempting, *others), part)


def _to_the_point(material: Material, exercise: Exercise) -> bool:
    """Say whether a wrong choice speaks of what is asked about; else the others give the right one away."""
    entries = material.pack.entries
    return any(entries[one.entry].topic == exercise.topic for one in exercise.choices if not one.right)


def _claimed(material: Material, tip: Tip) -> Exercise:
    right = f"Yes. {lead(tip.why)}"
    key, known = f"{tip.id}/claim", f"{said(tip)} {right}"
    better = _tried(material, tip)
    others = (
        *wrong(material, tip, known, _better, 1, f"{key}-no", length=len(right)),
        *wrong(material, tip, known, _because, 1, f"{key}-yes", length=len(right)),
    )
    choices = (Choice(right, True, _against(tip), tip.id), *better, *others[: _CHOICES - 1 - len(better)])
    stem = f"{tip.scenario} Somebody answers: “{lead(tip.answer)}.” Is this right?"
    return exercised(material.pack, tip, stem, choices, "claim")


def _tried(material: Material, tip: Tip) -> list[Choice]:
    """Return what somebody may hold better who does not see that a *tip* is right; which ones hangs on the tip."""
    options = [Choice(tip.distractor.option, False, tip.distractor.wrong_because, tip.id)]
    options += also_wrong(tip, "claim", _CHOICES)
    options.sort(key=lambda one: drawn(tip.id, one.text))
    return [replace(one, text=f"No, better: {advised(material, one.text)}") for one in options[: _CHOICES - 1]]


def _against(tip: Tip) -> str:
    """Return what speaks against what tempts, after what the first words of the reason leave out."""
    more = tip.why if lead(tip.why) != tip.why.removesuffix(".") else ""
    return f"{more} “{tip.distractor.option.removesuffix('.')}” would be wrong: {tip.distractor.wrong_because}".strip()


def _better(entry: Entry) -> str:
    return "" if isinstance(entry, Pair) else f"No, better: {said(entry)}"


def _because(entry: Entry) -> str:
    return f"Yes. {lead(entry.why)}"


def _tempting(material: Material, tip: Tip, right: str) -> Choice:
    option = tip.distractor.option.removesuffix(".")
    text = advised(material, option) if advises(material, right) else option
    return Choice(text, False, tip.distractor.wrong_because, tip.id)


def _answer(entry: Entry) -> str:
    return "" if isinstance(entry, Pair) else said(entry)
