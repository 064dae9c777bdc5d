"""Short links: ``/p/<code>`` leads to a page or a part of it, and says nothing of what that is about."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache

from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.words import markup

# A page and an anchor on it, "" for all of it.
Place = tuple[str, str]

# No vowels, and neither 3 nor 4, which are read as two of them: no code is a word. Nothing that is taken for another.
ALPHABET = "bcdfghjkmnpqrstvwxz26789"
LENGTH = 5


@lru_cache(maxsize=200_000)
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


def address_of(place: Place) -> str:
    """A path and an anchor as they stand behind the language in an address."""
    path, anchor = place
    return (f"/{path}/" if path else "/") + (f"#{anchor}" if anchor else "")


def places(page: PageTexts) -> Iterator[tuple[Place, Place]]:
    """Every place that leads to a page or a part of it, today's and those of before, with today's."""
    facts = page.facts
    now = {"": "", **{one: one for one in anchors(page)}}
    now |= {old: new for old, new in (facts.anchor_aliases if facts else {}).items() if old not in now}
    for path in (page.path, *(facts.aliases if facts else ())):
        yield from (((path, old), (page.path, new)) for old, new in now.items())


def anchors(page: PageTexts) -> list[str]:
    """The anchors of a page's English text, which are those of every language."""
    return markup.anchors(page.prose[SOURCE].body) if SOURCE in page.prose else []


def short_links(site: Site) -> dict[str, Place]:
    """Code -> where it leads today. A page that was taken down is still where it was, and says so itself."""
    places_gone = (old.partition("#") for page in site.values() if page.facts for old in page.facts.gone)
    gone = {code_of(path, anchor): (path, "") for path, _, anchor in places_gone}
    return gone | {code_of(*old): now for page in site.values() for old, now in places(page)}


def clashes(site: Site, live: Site) -> dict[str, tuple[Place, Place]]:
    """Of a page that is not live as it is, two of the places whose short links would be one.

    What is live keeps its short link; what is new must have another.
    """
    changed = [page for page in site.values() if live.get(page.path) is not page]
    if all(_stands(page, live.get(page.path)) for page in changed):
        return {}
    taken = {code_of(*place): place for page in live.values() for place, _ in places(page)}
    found = {}
    for page in changed:
        for place, _ in places(page):
            other = taken.setdefault(code_of(*place), place)
            if other != place:
                found[page.path] = place, other
    return found


def _stands(page: PageTexts, before: PageTexts | None) -> bool:
    """Whether all places of a page are live already."""
    return before is not None and {old for old, _ in places(page)} <= {old for old, _ in places(before)}
