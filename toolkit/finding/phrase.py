"""A phrase as it may stand in a text: in any script, in capitals or not, a number however it is spaced."""

import re
import unicodedata
from typing import Any

import regex  # type: ignore[import-untyped]

LONGEST = 200
# What may stand between the digits of a number, and how many digits make one that may be spaced in several ways.
_BETWEEN = r"[\s().\-\u2010-\u2013]{0,3}"
_NUMBER = re.compile(r"\+?\(?\d[\d\s().\-\u2010-\u2013]{3,}\d")
_FEWEST_DIGITS = 5
# Emphasis in the middle of a phrase does not keep it from being found, nor does the end of a line.
_BLANK = r"[\s*_]+"
_QUOTES = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}


def pattern(asked: str) -> Any:
    """The phrase as a compiled ``regex``; None when nothing was asked for. At most LONGEST characters count."""
    asked = " ".join(unicodedata.normalize("NFC", asked[:LONGEST]).split())
    return regex.compile(_alternatives(asked), regex.IGNORECASE) if asked else None


def _alternatives(asked: str) -> str:
    pieces, end = [], 0
    plain = "".join(unicodedata.normalize("NFKC", one) if one.isdecimal() or one == "＋" else one for one in asked)
    for found in _NUMBER.finditer(plain):
        digits = re.sub(r"\D", "", found[0])
        if len(digits) >= _FEWEST_DIGITS:
            pieces += [_words(plain[end : found.start()]), _number(digits, is_abroad=found[0].startswith("+"))]
            end = found.end()
    return "".join([*pieces, _words(plain[end:])])


def _words(words: str) -> str:
    before, after = _BLANK if words[:1].isspace() else "", _BLANK if words[-1:].isspace() else ""
    if not words.strip():
        return before
    said = _BLANK.join("".join(_QUOTES.get(sign, regex.escape(sign)) for sign in word) for word in words.split())
    return f"{before}{said}{after}"


def _number(digits: str, *, is_abroad: bool) -> str:
    """The same number as it is dialled here and from abroad."""
    if (is_abroad and digits.startswith("60")) or digits.startswith("0"):
        rest = digits.removeprefix("60") if is_abroad else digits[1:]
        return rf"(?:\+?60{_BETWEEN}|\(?0{_BETWEEN})" + _BETWEEN.join(rest)
    return _BETWEEN.join(digits)
