"""Leads: what a text says first, short enough to stand as a choice."""

import re

MOST = 190  #: characters that a choice may have
_LEAST = 50  #: characters below which a first sentence says too little
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(])")


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*.

    >>> sentences("Use an alias. It keeps its name.")
    ['Use an alias.', 'It keeps its name.']
    """
    return [one.strip() for one in _SENTENCE.split(text.strip()) if one.strip()]


def lead(text: str) -> str:
    """Return the first sentence of *text*, with the next ones where it is very short, without the last full stop.

    >>> lead("Blue. The sky is blue when the sun shines. It is grey in rain.")
    'Blue. The sky is blue when the sun shines'
    """
    told, *more = sentences(text)
    for one in more:
        if len(told) >= _LEAST or len(f"{told} {one}") > MOST:
            break
        told = f"{told} {one}"
    return told.removesuffix(".")
