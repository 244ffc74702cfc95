"""What a learner wants a quiz about: the words by which one asks for it, and the topics that they mean."""

import re
from collections.abc import Iterable
from typing import Literal

from tutor.model import Entry, Pair
from tutor.reply import Decline
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean, fold, stem, words
from tutor.tutor import Tutor

Aim = Literal["weak", "confused", "wrong"]

# fmt: off
_AIMS: dict[Aim, tuple[str, ...]] = {
    "weak": ("weak spots", "weak spot", "weaknesses", "weak points", "weak topics", "weakest topics", "weakest spots",
             "what i am weak at", "what i'm weak at", "what i am bad at", "what i'm bad at", "what i do not know",
             "what i don't know", "what i forgot", "gaps"),
    "confused": ("confusions", "what i confuse", "pairs i confuse", "things i confuse", "the pairs i confuse",
                 "the things i confuse", "what i mix up", "pairs i mix up", "things i mix up", "the pairs i mix up",
                 "the things i mix up", "confused pairs", "what i keep confusing"),
    "wrong": ("mistakes", "errors", "wrong answers", "wrong ones", "what i got wrong", "the ones i got wrong",
              "questions i got wrong", "the questions i got wrong", "what i answered wrong", "what i had wrong",
              "what i missed", "the ones i missed"),
}
_ALL = ("everything", "anything", "all", "all topics", "all of it", "whatever", "any topic", "something", "the exam",
        "the whole thing")
# fmt: on
_AIM_OF = {fold(phrase): aim for aim, phrases in _AIMS.items() for phrase in phrases}
_EVERYTHING = frozenset(map(fold, _ALL))
_BEFORE = (
    r"(?:(?:please|ok|okay|now|hi|hello|hey|then|and),? )*"
    r"(?:(?:can|could|would|will) (?:you|we|i) |let'?s |i(?:'d| would) like (?:you )?to |i want (?:you )?to |i want |"
    r"i(?:'d| would) like |i need )?(?:please )?"
)
_COUNT = r"(?:\d{1,3}|a few|some|a couple of|a|an|the|another|more)"
_NOUN = r"(?:short |quick |little |practice |multiple[- ]choice |exam )*(?:quiz(?:zes)?|questions?|exercises?|drill)"
_ASKED = (
    r"(?:quiz|test|drill|examine|question) (?:me|us)(?: again| now| please)?",
    r"be (?:quizzed|tested|examined)(?: again| now)?",
    rf"(?:give|ask|make|set|show|get) (?:me|us) (?:{_COUNT} )?{_NOUN}",
    rf"(?:start|begin|do|have|take|try|run|make) (?:{_COUNT} )?(?:short |quick |little )?quiz",
    rf"(?:{_COUNT} )?(?:short |quick |little )?quiz(?: for me)?",
    r"(?:some |more |a few )?practice questions",
)
_ON = r"(?:[:,]? (?:on|about|in|with|for|over|of|around|regarding|covering) |: ?)"
_QUIZ = re.compile(rf"{_BEFORE}(?:{'|'.join(_ASKED)})(?:{_ON}(?P<on>.+?))?", re.IGNORECASE)
_AFTER = re.compile(r"(?:[\s,.!?]+(?:please|now|thanks|thank you|then|today|again))*[\s.!?]*$", re.IGNORECASE)
_MINE = re.compile(r"^(?:my|our|the) ", re.IGNORECASE)
_SMALL = frozenset("a an and the of on in or my our topic topics about with for to vs versus between".split())
_ENOUGH = 0.3  #: confidence that what the words are routed to is meant
_LONGEST = 300  #: characters of words that may ask for a quiz


def quiz_wanted(text: str) -> str | None:
    """Return what a quiz is wanted about where the whole of *text* asks for one: "" for anything; None where none is.

    >>> quiz_wanted("Quiz me on drift, please!"), quiz_wanted("quiz"), quiz_wanted("How do I test a quiz app?")
    ('drift', '', None)
    """
    said = _AFTER.sub("", clean(text)) if len(text) <= _LONGEST else ""
    match = _QUIZ.fullmatch(said.replace("’", "'"))
    if not match:
        return None
    on = (match["on"] or "").strip()
    return "" if fold(_MINE.sub("", on)) in _EVERYTHING or fold(on) in _EVERYTHING else on


def aim_of(said: str) -> Aim | None:
    """Return which part of what was answered before *said* means, None where it means something else.

    >>> aim_of("my weak spots"), aim_of("what I mix up"), aim_of("drift")
    ('weak', 'confused', None)
    """
    return _AIM_OF.get(fold(said)) or _AIM_OF.get(fold(_MINE.sub("", clean(said))))


def topics_for(tutor: Tutor, said: str) -> tuple[str, ...]:
    """Return the topics that *said* means, in the order of the pack; none where nothing of the pack is meant.

    Names and titles of topics come first, then titles of entries, names of the field, and at last what a question in
    these words would lead to.
    """
    pack, asked = tutor.pack, clean(said)
    exact = tuple(topic for topic, title in pack.topics.items() if fold(asked) in (fold(topic), fold(title)))
    stems = _stems(asked)
    if exact or not stems:
        return exact
    return _titled(pack, stems) or _of_entries(pack, stems) or _of_terms(pack, asked) or _routed(tutor, asked)


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word not in _SMALL)


def _titled(pack: Pack, stems: frozenset[str]) -> tuple[str, ...]:
    return tuple(topic for topic, title in pack.topics.items() if stems <= _stems(f"{topic} {title}"))


def _of_entries(pack: Pack, stems: frozenset[str]) -> tuple[str, ...]:
    return _ordered(pack, (entry.topic for entry in pack.entries.values() if stems <= _stems(_heading(entry))))


def _of_terms(pack: Pack, said: str) -> tuple[str, ...]:
    """Return the topics with an entry that names every term in *said*: in its title or sides, or else in its text."""
    lexicon = Lexicon.of(pack.terms)
    wanted = _terms(lexicon, said)
    entries = pack.entries.values()
    of_titles = [entry.topic for entry in entries if wanted and wanted <= _terms(lexicon, _heading(entry))]
    texts = (
        (entry.topic, f"{entry.title} {entry.answer} {entry.why}") for entry in entries if wanted and not of_titles
    )
    return _ordered(pack, [*of_titles, *(topic for topic, text in texts if wanted <= _terms(lexicon, text))])


def _heading(entry: Entry) -> str:
    return " / ".join((entry.title, *entry.sides)) if isinstance(entry, Pair) else entry.title


def _terms(lexicon: Lexicon, text: str) -> frozenset[str]:
    return frozenset(found.term for found in lexicon.find(words(text)))


def _routed(tutor: Tutor, said: str) -> tuple[str, ...]:
    turn = tutor.respond(said)
    if isinstance(turn.reply, Decline) or not turn.candidates:
        return ()
    best = turn.candidates[0]
    sure = [one for one in turn.candidates if one is best or one.confidence >= _ENOUGH]
    return _ordered(tutor.pack, (tutor.pack.entries[one.entry].topic for one in sure))


def _ordered(pack: Pack, topics: Iterable[str]) -> tuple[str, ...]:
    found = set(topics)
    return tuple(topic for topic in pack.topics if topic in found)
