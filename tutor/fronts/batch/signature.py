"""What the first bytes of a file look like, where it is no text that can be read as one."""

import re

from tutor.errors import BatchError

_SIGNS = (
    (b"PAR1", "a parquet file", "--from parquet reads it"),
    (b"\x1f\x8b\x08", "a gzip file", "a name that ends in .gz has it unpacked"),
    (b"\x28\xb5\x2f\xfd", "a zstd file", "a name that ends in .zst has it unpacked"),
    (b"%PDF-", "a PDF", "only its text can be read, saved as txt or md"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel file from before 2007", "save it as xlsx"),
)
_ZIP = b"PK\x03\x04"
_SHEETS = re.compile(rb"xl/|\[Content_Types\]\.xml")  #: what an xlsx file begins with, inside
_TEXT = frozenset(b"\t\n\r") | frozenset(range(0x20, 0x7F))
_FEWEST = 8  #: characters that tell an encoding
_MOST = 0.8  #: share of a text that is plain ASCII, from which its zero bytes tell its encoding
_WIDE = (
    ("utf-32-le", 4, 0),
    ("utf-32-be", 4, 3),
    ("utf-16-le", 2, 0),
    ("utf-16-be", 2, 1),
)  #: encodings with the bytes of a character, and which of them holds ASCII


def must_be_text(head: bytes, called: str) -> None:
    """Raise a BatchError where *head*, the first bytes of a file *called* so, is that of no text, and say of what."""
    if head.startswith(_ZIP):
        is_book = bool(_SHEETS.search(head))
        looks, helps = ("an xlsx file", "--from xlsx reads it") if is_book else ("a zip file", "unpack it first")
        raise BatchError(f"{called}: looks like {looks}; {helps}")
    for sign, looks, helps in _SIGNS:
        if head.startswith(sign):
            raise BatchError(f"{called}: looks like {looks}; {helps}")


def must_be_marked(head: bytes, called: str) -> None:
    """Raise a BatchError where *head* looks like UTF-16 or UTF-32 without a byte order mark."""
    if wide := wide_encoding(head):
        raise BatchError(f"{called}: looks like {wide.upper()} without a byte order mark; say --encoding {wide}")


def wide_encoding(head: bytes) -> str | None:
    """Return in which encoding of two or four bytes a character *head* is, as far as its zero bytes tell.

    >>> wide_encoding("Which tea?".encode("utf-16-le")), wide_encoding(b"Which tea?")
    ('utf-16-le', None)
    """
    for name, width, place in _WIDE:
        whole = head[: len(head) - len(head) % width]
        chars = [whole[start : start + width] for start in range(0, len(whole), width)]
        plain = [char for char in chars if char[place] in _TEXT and not any(char[:place] + char[place + 1 :])]
        if len(chars) >= _FEWEST and len(plain) >= _MOST * len(chars):
            return name
    return None
