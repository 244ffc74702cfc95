"""Words: the only place where text is cleaned and cut into words."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 20_000  #: characters in one question; longer ones are declined unread

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBER = re.compile(r"(?<=\d)[,_](?=\d{3}(?!\d))")


def clean(raw: str) -> str:
    """Return *raw* in Unicode NFKC without invisible characters, its white space reduced to single spaces.

    >>> clean("which\\u00a0 rollout\\u200b?")
    'which rollout?'
    """
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.split())
    seen = (" " if char.isspace() else char for char in raw if char.isspace() or not _is_hidden(char))
    return " ".join(unicodedata.normalize("NFKC", "".join(seen)).split())


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN


@lru_cache(maxsize=500)
def words(text: str) -> tuple[str, ...]:
    """Return the words of *text* in lower case, names of the camelCase and snake_case kind split into their parts.

    >>> words("When does applyInPandas (or spark_udf) fail?")
    ('when', 'does', 'apply', 'in', 'pandas', 'or', 'spark', 'udf', 'fail')
    """
    split = _CAMEL.sub(" ", _NUMBER.sub("", text))
    if split.isascii():
        return tuple(_WORD.findall(split.lower()))
    return tuple(word.replace("’", "'").casefold() for word in _WORD.findall(split))


def fold(text: str) -> str:
    """Return the one spelling under which differently written names meet.

    >>> fold("apply_in_pandas") == fold("applyInPandas()") == fold("Apply in Pandas")
    True
    """
    return " ".join(words(text))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return the stem of an English *word*.

    >>> stem("predictions"), stem("predicting")
    ('predict', 'predict')
    """
    from Stemmer import Stemmer

    return str(Stemmer("english", 0).stemWord(word))  # a new one each time: threads cannot share it
