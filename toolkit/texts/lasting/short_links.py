"""Short links: ``/p/<code>`` leads to a page or a part of it, and says nothing of what that is about."""

from __future__ import annotations

import hashlib

# No vowels, and neither 3 nor 4, which are read as two of them: no code is a word. Nothing that is taken for another.
ALPHABET = "bcdfghjkmnpqrstvwxz26789"
LENGTH = 5


def code_of(path: str, anchor: str = "") -> str:
    """The five characters that lead to a page, or to the part of it at ``anchor``. No store: the same for ever.

    ``path`` is the page's (``types/outing``; home: an empty one). The code of an address or anchor that was there
    before goes on leading to the page that names it among its old ones.
    """
    number = int.from_bytes(hashlib.sha256(f"{path}#{anchor}".encode()).digest())
    code = ""
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        code += ALPHABET[digit]
    return code
