"""Links of texts to addresses that their page has left: they lead on, and are corrected in one batch of drafts."""

from __future__ import annotations

from collections.abc import Collection

from toolkit.judging import Unit
from toolkit.texts.page import Site
from toolkit.texts.words import markup


def links_to(paths: Collection[str], site: Site) -> dict[Unit, int]:
    """Text -> how many of its links lead to one of some addresses."""
    found = {
        (path, language): sum(_path(link.value) in paths for link in markup.links(prose.body))
        for path, page in site.items()
        for language, prose in page.prose.items()
    }
    return {unit: number for unit, number in sorted(found.items()) if number}


def _path(target: str) -> str:
    """The page that a link names; of one within its page, what no page is called."""
    return target.partition("#")[0].strip("/") if target.startswith("/") else "#"
