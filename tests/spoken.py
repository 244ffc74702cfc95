"""Numbers written out in English words, for tests that read them back."""

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
MAGNITUDES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand"))


def in_words(number: int, *, hyphen: str = " ", joint: str = " ") -> str:
    """Return *number*, below a thousand trillions, in words; *hyphen* joins tens and ones, *joint* follows a hundred.

    >>> in_words(1_250_045, hyphen="-", joint=" and ")
    'one million two hundred and fifty thousand forty-five'
    """
    for magnitude, name in MAGNITUDES:
        if number >= magnitude:
            rest = f" {in_words(number % magnitude, hyphen=hyphen, joint=joint)}" if number % magnitude else ""
            return f"{in_words(number // magnitude, hyphen=hyphen, joint=joint)} {name}{rest}"
    if number >= 100:
        rest = joint + in_words(number % 100, hyphen=hyphen) if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number < 20:
        return ONES[number]
    return TENS[number // 10 - 2] + (hyphen + ONES[number % 10] if number % 10 else "")
