"""What a learner may say about the dialogue itself: don't know, doesn't matter, back, why, start over and so on."""

import re
from typing import Literal

from tutor.text import fold, words

Move = Literal["unsure", "any", "none", "back", "why", "over", "more", "sources", "example"]

# fmt: off
_SAID: dict[Move, tuple[str, ...]] = {
    "unsure": ("don't know", "do not know", "dont know", "not sure", "unsure", "no idea", "can't say", "cannot say",
               "i don't know", "i do not know", "i'm not sure", "not certain", "idk", "dunno", "no clue",
               "hard to say", "unknown", "not known", "it is not said", "not stated", "the question does not say",
               "can't tell", "cannot tell", "have no idea", "have no clue", "not a clue", "skip", "it depends",
               "depends", "maybe", "nobody knows", "nobody told me", "nobody told us", "nobody can say",
               "nobody has decided",
               "nobody has decided that", "nobody has said", "who knows", "anybody's guess"),
    "any": ("doesn't matter", "does not matter", "doesnt matter", "don't care", "do not care", "any", "either",
            "whatever", "whatever you like", "any of them", "irrelevant", "no preference", "it doesn't matter",
            "not important", "both are fine"),
    "none": ("none", "none of these", "none of them", "none of those", "neither", "something else", "other",
             "none of the above", "not any of these"),
    "back": ("back", "go back", "undo", "previous", "step back", "take me back", "undo that", "previous question",
             "one step back"),
    "why": ("why", "why do you ask", "why do you ask that", "why this question", "why that question", "what for",
            "why is that important", "why does it matter", "why do you need that", "why do you want to know",
            "what do you mean", "what does that mean",
            "i don't understand", "i do not understand", "i don't understand the question"),
    "over": ("start over", "restart", "reset", "new question", "begin again", "start again", "start from scratch",
             "from the beginning", "forget that", "forget it", "never mind", "nevermind", "stop", "leave it", "cancel"),
    "more": ("more", "tell me more", "say more", "explain", "explain that", "explain more", "details", "go on",
             "what else", "anything else", "related", "see also"),
    "sources": ("sources", "show sources", "show me the sources", "source", "citations", "references",
                "where does it say that", "says who", "who says so", "which source says so", "which source says that",
                "where does that come from", "what is the source", "what's the source", "where is that from",
                "show the source", "show me the source", "show citations", "cite your sources", "how do you know",
                "where does it say so", "which lines"),
    "example": ("example", "for example", "an example", "give me an example", "give an example", "show an example",
                "show me an example", "can you give an example", "such as", "like what", "for instance"),
}
# fmt: on
_MOVE_OF: dict[str, Move] = {fold(phrase): move for move, phrases in _SAID.items() for phrase in phrases}
_ENDS = {move.split()[-1] for move in _MOVE_OF} | set("me us all here now".split())  #: last words of moves
_POLITE = frozenset(
    "please pls sorry hm hmm well oh um ok okay really just honestly thanks tbh yet".split()  # "yet": "not sure yet"
)
_FRAME = re.compile(
    r"(?:(?:i|we|it|that)(?: am| are| is)? |(?:i'm|we're|it's|that's) |(?:can|could) (?:you|we|i) |let's |i want to )?"
    r"(.+?)(?: (?:to|for) (?:me|us)| at all| here| now)?"
)
_LONGEST = 6  #: words of a move that a text may begin with
_ALONE = [["dunno"], ["idk"], ["unsure"], ["whatever"], ["irrelevant"]]  #: of one word, those that mean nothing else
_SILENT = re.compile(
    r"\b(?:doesn't|does not|don't|do not|didn't|did not|isn't|not|never|wasn't|weren't|nobody|nothing)"
    r"(?: \w+)? (?:say|says|said|mention|mentions|mentioned|state|states|stated|tell|tells|told|specify|specified"
    r"|specific|given|clear|known|decided|points?)\b"
    r"|\b(?:silent|leaves? (?:that|it|this) open|no (?:info|information|details?|mention|word) (?:on|about|of))\b"
)  #: somebody or something does not tell
_NUMBER = re.compile(
    r"(?:(?:option|number|answer|no|nr)\.?)?\s*[#(\[]?(\d{1,2})[.)\]]?(?:[,\s]+(?:please|pls|thanks))?"
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ORDINAL = re.compile(rf"(?:the )?({'|'.join(_ORDINALS)})(?: one| option| answer)?")


def read_move(text: str) -> Move | None:
    """Return the move that the whole of *text* makes, or None.

    >>> read_move("Hmm, not sure."), read_move("Why do teams use canary?")
    ('unsure', None)
    """
    said = [word for word in words(text) if word not in _POLITE]
    if not said or said[-1] not in _ENDS:
        return None
    return _MOVE_OF.get(" ".join(said)) or _framed(" ".join(said))


def opened_move(text: str) -> Move | None:
    """Return the move that the first words of *text* make, where they say that the learner does not know or care."""
    said = [word for word in fold(text).split() if word not in _POLITE]
    begun = (
        _MOVE_OF.get(" ".join(said[:count])) for count in range(_LONGEST, 0, -1) if count > 1 or said[:1] in _ALONE
    )
    return next((move for move in begun if move in ("unsure", "any")), None)


def begun_move(text: str) -> Move | None:
    """Return the move by which *text* says, in its first words or with more, that the learner does not know or care.

    >>> begun_move("not sure, our admin sets the quotas"), begun_move("sure, within seconds")
    ('unsure', None)
    >>> begun_move("the question doesn't say anything about going back")
    'unsure'
    """
    return opened_move(text) or ("unsure" if _SILENT.search(fold(text)) else None)


def _framed(said: str) -> Move | None:
    """Return the move within "I am …", "it … to us" and the like; "we have none" and its kind are replies, no moves."""
    match = _FRAME.fullmatch(said)
    move = _MOVE_OF.get(match[1]) if match else None
    return None if move == "none" else move


def read_number(text: str, most: int) -> int | None:
    """Return the option number, from 1 to *most*, that is all *text* says, or None.

    >>> read_number("2.", 3), read_number("the third one", 3), read_number("2 days", 3)
    (2, 3, None)
    """
    match, ordinal = _NUMBER.fullmatch(text.strip().casefold()), _ORDINAL.fullmatch(fold(text))
    number = int(match[1]) if match else _ORDINALS.index(ordinal[1]) + 1 if ordinal else 0
    return number if 1 <= number <= most else None
