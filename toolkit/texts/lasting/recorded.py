"""``places.txt`` of a content folder: every place that partners may link to, for where there are only files.

Addresses, one a line, sorted: ``/types/outing/#do-first``. A folder without the file keeps no such list.
"""

from pathlib import Path

from toolkit.texts.lasting.short_links import address_of, places
from toolkit.texts.page import Site

PLACES_FILE = "places.txt"


def lost(root: Path, site: Site) -> dict[str, int]:
    """Recorded places that lead nowhere any more -> their lines."""
    standing = _standing(site)
    return {place: line for line, place in enumerate(_recorded(root), 1) if place and place not in standing}


def record(root: Path, site: Site) -> list[str]:
    """Adds the places that stand now; gives those that were not recorded."""
    known = _recorded(root)
    added = sorted(_standing(site) - set(known)) if (root / PLACES_FILE).exists() else []
    if added:
        (root / PLACES_FILE).write_text("".join(f"{place}\n" for place in sorted({*known, *added})))
    return added


def _recorded(root: Path) -> list[str]:
    try:
        return (root / PLACES_FILE).read_text().splitlines()
    except FileNotFoundError:
        return []


def _standing(site: Site) -> set[str]:
    """What leads somewhere, or was taken down and says so."""
    facts = [page.facts for page in site.values() if page.facts]
    gone = (old.partition("#") for one in facts for old in (*one.gone, *one.gone_pages))
    led = {address_of(place) for page in site.values() for place, _ in places(page)}
    return led | {address_of((path, anchor)) for path, _, anchor in gone}
