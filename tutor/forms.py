"""The form of a question, told from its frame words: what is it, what tells two apart, why did it fail."""

from collections.abc import Sequence

# fmt: off
_FORMS: dict[str, tuple[str, ...]] = {
    "compare": ("difference between", "differ from", "versus", "vs", "compared to", "compared with", "or",
                "rather than", "instead of", "distinguish", "tell apart", "same thing", "interchangeable",
                "confuse", "instead"),
    "define": ("what is", "what are", "what does", "define", "definition", "meaning of", "purpose of", "explain",
               "what do", "describe", "which statement", "characteristic"),
    "fail": ("error", "fails", "fail", "failed", "failing", "wrong", "broken", "mistake", "problem", "throws", "raises",
             "crash", "why does", "why is", "why did", "went wrong", "what happened", "unexpected", "exception"),
    "choose": ("which should", "which one", "should i", "should we", "which approach", "best", "recommend", "choose",
               "pick", "most appropriate", "which strategy", "which method", "what should", "suitable"),
    "count": ("how many", "how much", "how long", "number of", "total", "percentage", "percent"),
    "believe": ("right", "correct", "isn't it", "i thought", "i think", "surely", "always", "never", "must", "only",
                "true", "so i", "because it", "just", "enough", "obviously", "automatically"),
    "do": ("how do", "how can", "how to", "how should", "steps", "what must", "needs to", "way to", "in order to"),
    "story": ("a team", "a company", "a data scientist", "an engineer", "our team", "a bank", "a retailer", "they",
              "she"),
}
# fmt: on
_LONGEST = 3
_FIRST = frozenset(phrase.split()[0] for phrases in _FORMS.values() for phrase in phrases)
FRAME = frozenset(word for phrases in _FORMS.values() for phrase in phrases for word in phrase.split())
_FORM_OF: dict[str, str] = {phrase: form for form, phrases in _FORMS.items() for phrase in phrases}


def forms(said: Sequence[str]) -> tuple[str, ...]:
    """Return the forms that the words *said* show, in alphabetical order.

    >>> forms(("what", "is", "drift"))
    ('define',)
    """
    found = set()
    for start in [place for place, word in enumerate(said) if word in _FIRST]:
        for end in range(start + 1, min(len(said), start + _LONGEST) + 1):
            form = _FORM_OF.get(" ".join(said[start:end]))
            if form:
                found.add(form)
    return tuple(sorted(found))
