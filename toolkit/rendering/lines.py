"""Where the lines of a finished page may end. Nothing of it is in a title, an attribute, or what is copied."""

import re

# A Tamil letter with its vowel sign or dot: a line may end after it, and never within.
_LETTER = re.compile("[\u0b80-\u0bbd\u0bd0-\u0bff][\u0bbe-\u0bcd\u0bd7]*")
_DOT = "\u0bcd"
# Words of so many letters may be wider than a small phone's line, or a large one's with large text.
LONG, TAIL = 11, 3
# Words that stand in a line with others; not those that a link, a button or a fold lays out as boxes of their own.
_RUNNING = re.compile(
    r"(<(?:p|(?:li|h[123]|t[dh]|d[dt]|br|figcaption|span|strong|em|b)\b[^<>]*|/(?:a|strong|em|b))>)([^<>]*[\u0b80-\u0bff][^<>]*)"
)
_ENDING = re.compile("-[\u0b80-\u0bff]{1,9}(?![\u0b80-\u0bff])")
_WORD = re.compile(f"[\u0b80-\u0bff]{{{LONG},}}")
# In words, not in a tag: there the next bracket closes it.
_IN_WORDS = "(?=[^<>]*<)"
_HOURS = re.compile(rf"\d\d:\d\d–\d\d:\d\d{_IN_WORDS}")
_GAP = re.compile(rf"([。！？：；，])\s+{_IN_WORDS}")


def set_lines(html: str, language: str) -> str:
    """Opening hours do not break. A Tamil word that is wider than its line breaks so that no letter stands alone on the
    next, and its ending stays with the word that it is joined to by a hyphen (``IC-ஐ``). A Chinese stop brings its own
    space: no other follows.

    What does not break is in ``<i>``, the shortest element there is: long words are many.
    """
    html = _HOURS.sub(r"<i>\g<0></i>", html)
    if language == "ta":
        return _RUNNING.sub(lambda found: found[1] + _held(found[2]), html)
    return _GAP.sub(r"\1", html) if language == "zh-hans" else html


def _held(words: str) -> str:
    return _WORD.sub(_with_tail, _ENDING.sub(r"<i>\g<0></i>", words))


def _with_tail(found: re.Match[str]) -> str:
    """Its last three letters, or more: a line does not begin with a letter that only ends a syllable."""
    letters = _LETTER.findall(found[0])
    if len(letters) < LONG:
        return found[0]
    start = next(n for n in range(len(letters) - TAIL, 0, -1) if _DOT not in letters[n])
    return f"{''.join(letters[:start])}<i>{''.join(letters[start:])}</i>"
