"""The drawn marks of the guide: one line, one weight, never without words, only those that a page uses."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from toolkit.texts.page import PageTexts

_SYMBOL = re.compile(r'<symbol id="m-([a-z0-9-]+)".*?</symbol>', re.DOTALL)
USED = re.compile(r'<use href="#m-([a-z0-9-]+)"')


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Name -> the symbol's SVG, from ``templates/inline/marks.svg``."""
    drawn = Path(settings.BASE_DIR, "templates", "inline", "marks.svg").read_text()
    return {found[1]: found[0] for found in _SYMBOL.finditer(drawn)}


def mark(name: str) -> SafeString:
    """A mark that is drawn by this name; nothing where there is none. Words stand beside it, always."""
    if name not in symbols():
        return mark_safe("")
    return format_html('<svg class="m" aria-hidden="true"><use href="#m-{}"/></svg>', name)


def name_of(page: PageTexts) -> str:
    """The mark of a page: that of its short name, or of one that it had."""
    names = [address.rpartition("/")[2] for address in page.addresses]
    return next((name for name in names if name in symbols()), "")


def sprite(html: str) -> SafeString:
    """The symbols that a page uses, once each, to stand at its end."""
    used = [symbols()[name] for name in dict.fromkeys(USED.findall(html))]
    if not used:
        return mark_safe("")
    return mark_safe(f'<svg width="0" height="0" class="sr" aria-hidden="true">{"".join(used)}</svg>')
