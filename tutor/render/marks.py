"""A question with the words that weigh for or against an entry marked."""

import re
from collections.abc import Mapping
from html import escape

from tutor.text import words

LONGEST = 700  #: characters shown of a question
_WEAK = 0.4  #: of the heaviest word
_LEAST = 0.1

_WORD = re.compile(r"\d+(?:,\d{3})+|\w+(?:['’]\w+)*")


def marked(question: str, weights: Mapping[str, float]) -> str:
    """Return *question* as HTML, its words in mark elements by their *weights*, the light ones left alone.

    >>> marked("Which rollout is <best>?", {"rollout": 0.8})
    'Which <mark title="+0.80">rollout</mark> is &lt;best&gt;?'
    """
    heard = _by_word(weights)
    most = max(map(abs, heard.values()), default=0.0)
    text = question if len(question) <= LONGEST else f"{question[:LONGEST]} …"
    said, end = [], 0
    for match in _WORD.finditer(text):
        said += [escape(text[end : match.start()]), _mark(match.group(), heard, most)]
        end = match.end()
    return "".join([*said, escape(text[end:])])


def _by_word(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weight of each word, that of a phrase for every word in it, the heaviest where there are several."""
    heard: dict[str, float] = {}
    for phrase, weight in weights.items():
        for word in words(phrase):
            heard[word] = max(heard.get(word, 0.0), weight, key=abs)
    return heard


def _mark(word: str, heard: Mapping[str, float], most: float) -> str:
    weight = max((heard.get(part, 0.0) for part in words(word)), key=abs, default=0.0)
    if not weight or abs(weight) < _LEAST * most:
        return escape(word)
    kind = ' class="against"' if weight < 0 else ' class="weak"' if weight < _WEAK * most else ""
    return f'<mark{kind} title="{weight:+.2f}">{escape(word)}</mark>'
