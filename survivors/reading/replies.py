"""Boxes with words to say or send: each gets a button that copies its words (templates/inline/copy.js)."""

import re
from itertools import count

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

# One with a card in it gets no button: where it ends cannot be told from where its card ends.
_REPLY = re.compile(
    r'(<div class="admonition reply">\s*<p class="admonition-title">.*?</p>)((?:(?!<div).)*?)</div>', re.DOTALL
)


def with_buttons(html: str) -> SafeString:
    """The safe HTML of prose with a button below the words of each reply."""
    numbers = count(1)
    return mark_safe(_REPLY.sub(lambda found: _with_button(found[1], found[2], next(numbers)), html))


def _with_button(title: str, words: str, number: int) -> str:
    return render_to_string(
        "reply.html", {"title": mark_safe(title), "words": mark_safe(words), "what": f"reply-{number}"}
    )
