"""Questions about the answer just given: why not another one, and which source says so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor import answers
from tutor.asking import conclusion, decision_of
from tutor.decision import settled
from tutor.dialogue import Dialogue, Mind, Turn
from tutor.model import Pair, Tip
from tutor.reply import Answer, Chat, Choose
from tutor.text import fold, stem, words

_WHY_NOT = re.compile(
    r"(?:(?:and|but|so|ok|okay|hm|hmm|well) )*"
    r"(?:what about|how about|why not|why isn't it|why is it not|why can't (?:i|we|it be)|couldn't (?:i|we|it be)"
    r"|(?:what is|what's) wrong with|why no|and|isn't it)"
    r" (?!(?:what|which|why|how|when|who|if|is|are|does|do|can|could|should)\b)"
    r"(?:(?:just|simply|rather|use|using|take|choose|pick|go with|a|an|the) )*(.+)"
)
_ENOUGH = 0.5  #: share of the words asked about that a rival must have
_SHORT = 12  #: words up to which a text may be a question about the answer


@dataclass(frozen=True)
class _Rival:
    """Something else that might have been the answer: its words, and what is said of it."""

    words: str
    said: str


def why_not(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    """Return why what *text* asks about ("what about canary?") is not the answer; None when it asks no such thing."""
    asked = _WHY_NOT.fullmatch(fold(text)) if dialogue.entry else None
    if not asked or len(words(text)) > _SHORT:
        return None
    rival = _meant(mind, dialogue, asked[1])
    if not rival:
        return None
    return Turn(replace(again(mind, dialogue), focus="against", against=rival.said), dialogue)


def sources(mind: Mind, dialogue: Dialogue) -> Turn:
    """Return the answer last given with its sources first."""
    return Turn(replace(again(mind, dialogue), focus="sources"), dialogue)


def more(mind: Mind, dialogue: Dialogue) -> Turn:
    """Offer what belongs to the answer last given."""
    entry = mind.pack.entries[dialogue.entry or ""]
    if not entry.see_also:
        return Turn(again(mind, dialogue), dialogue)
    related = answers.named(mind.pack, entry.see_also)
    return Turn(Choose(related, "Related to it. Which one?"), replace(dialogue, offered=entry.see_also))


def example(mind: Mind, dialogue: Dialogue) -> Turn:
    """Give a scenario for the answer last given: its own, or that of a tip it points to or that shares its topic."""
    entry = mind.pack.entries[dialogue.entry or ""]
    near = [entry, *(mind.pack.entries[name] for name in entry.see_also)]
    near += [other for other in mind.pack.entries.values() if other.topic == entry.topic]
    tip = next((one for one in near if isinstance(one, Tip)), None)
    if not tip:
        return Turn(again(mind, dialogue), dialogue)
    return Turn(Chat(f"For example: {tip.scenario} Then: {tip.answer}"), dialogue)


def again(mind: Mind, dialogue: Dialogue) -> Answer:
    """Return the answer last given."""
    if dialogue.decision and dialogue.asked:
        concluded = conclusion(mind, dialogue)
        if concluded.entry == dialogue.entry:
            return concluded
    return answers.answer(
        mind.pack,
        dialogue.entry or "",
        filled=dialogue.values,
        words=dialogue.words,
        confidence=dialogue.confidence,
    )


def _meant(mind: Mind, dialogue: Dialogue, asked: str) -> _Rival | None:
    """Return the rival that *asked* names best, with least beside it; None when it names none by half its words."""
    wanted = _telling(mind, asked)
    rivals = [(_telling(mind, rival.words), rival) for rival in _rivals(mind, dialogue)]
    near = [(told, rival) for told, rival in rivals if wanted and len(wanted & told) >= _ENOUGH * len(wanted)]
    return min(near, key=lambda one: (-len(wanted & one[0]), len(one[0])), default=(None, None))[1]


def _telling(mind: Mind, said: str) -> set[str]:
    """Return the stems of *said*, mended and without words of one or two letters, and the names of the field in it."""
    cut = tuple(map(mind.router.repaired, words(said)))
    named = {f"name {found.term}" for found in mind.router.lexicon.find(cut)}
    return named or {stem(word) for word in cut if len(word) > 2}


def _rivals(mind: Mind, dialogue: Dialogue) -> Iterator[_Rival]:
    """Yield what might have been meant: other ends of the decision, the distractor, the other side of a pair."""
    entry = mind.pack.entries[dialogue.entry or ""]
    if dialogue.decision:
        yield from _other_ends(mind, dialogue)
    option, tempting = answers.tempting(entry), answers.distractor(entry)
    if option and tempting:
        yield _Rival(option, f"Not here: {tempting}")
    if isinstance(entry, Pair):
        yield from (_Rival(side, f"Of {side}: {entry.decides}") for side in entry.sides)


def _other_ends(mind: Mind, dialogue: Dialogue) -> Iterator[_Rival]:
    decision, pack = decision_of(mind, dialogue), mind.pack
    here = settled(decision, pack.slots, dialogue.values)
    if here:
        named = here.verdict or pack.entries[here.outcome].title
        yield _Rival(named, f"{named} is the answer: {here.because}")
    for rule in decision.rules if here else ():
        if here and (rule.outcome, rule.verdict) != (here.outcome, here.verdict):
            other = {slot: values[0] for slot, values in rule.when.items() if dialogue.values.get(slot) not in values}
            named = rule.verdict or pack.entries[rule.outcome].title
            yield _Rival(
                named,
                f"Not here: {named} would be right with {answers.told(pack, other)}. Here: {here.because}",
            )
