"""The canonical form of a text, and the digest that names it."""

import hashlib
import re
import unicodedata

from toolkit.texts.problem import Fault, TextError

DIGEST_LENGTH = 12
# Bytes of a file, characters of a line. What is longer is no text that a person wrote or will read.
LONGEST_FILE = 256 * 1024
LONGEST_LINE = 5_000

# Byte-order marks, zero-width spaces, soft hyphens and direction marks: they can hide or reorder what a person who
# reviews the text sees. The joiners that Tamil and other scripts need are not among them.
_UNSEEN = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff"
INVISIBLE = re.compile(f"[{_UNSEEN}]")
# Spaces that are not the one on the keyboard.
SPACES = re.compile("[\x0b\x0c\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters too; private-use characters are ours: directives are marked with them (grammar.py).
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029{_UNSEEN}\ue000-\uf8ff]")


def decode(raw: bytes) -> str:
    """Bytes of a file -> text in NFC with LF line ends. Raises TextError at the first that is too long or bad."""
    if len(raw) > LONGEST_FILE:
        raise TextError(Fault("long-file"))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(Fault("not-utf8"), raw.count(b"\n", 0, error.start) + 1) from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if hidden := hidden_in(text):
        sign, place = hidden
        raise TextError(Fault("hidden-character", sign=sign), text.count("\n", 0, place) + 1)
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            raise TextError(Fault("long-line", most=LONGEST_LINE), number)
    return unicodedata.normalize("NFC", text)


def hidden_in(text: str) -> tuple[str, int] | None:
    """The first character that nobody sees and that may not stand in a text, as "U+202E", and its place."""
    found = _FORBIDDEN.search(text)
    return (f"U+{ord(found.group()):04X}", found.start()) if found else None


def tidy_block(text: str) -> str:
    """No space at line ends, no blank lines around, one final newline; an empty text stays empty."""
    lines = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    return f"{lines}\n" if lines else ""


def tidy_line(text: str) -> str:
    """One line, single spaces."""
    return " ".join(text.split())


def first_line(text: str, pattern: str) -> int:
    """The first line, counted from 1, that begins with a pattern; else 1."""
    return next((number for number, row in enumerate(text.split("\n"), start=1) if re.match(pattern, row)), 1)


def digest(text: str) -> str:
    """The first 12 hex digits of the SHA-256 of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
