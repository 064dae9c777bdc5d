"""Malay in Arabic letters (Jawi) by its consonants, which is all that both scripts write in full."""

import re

from survivors.search.hearing import chat
from survivors.search.spelling import table

_SCRIPT = re.compile("[\u0620-\u06ff\u0750-\u077f]")


def is_jawi(word: str) -> bool:
    return bool(_SCRIPT.search(word))


def skeleton(word: str) -> str:
    """A Jawi word in Latin consonants: ڬمبر -> gmbr."""
    letters = table("ms/jawi")
    latin = "".join(letters.get(one, "") for one in word if _SCRIPT.match(one))
    return chat.skeleton(latin)
