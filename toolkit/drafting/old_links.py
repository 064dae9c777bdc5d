"""Links of texts to addresses that their page has left: they lead on, and are corrected in one batch of drafts."""

import re
from collections.abc import Collection
from dataclasses import replace

from toolkit.judging import Unit
from toolkit.models import Draft
from toolkit.texts.check import alias_targets
from toolkit.texts.mentions import leads_to
from toolkit.texts.page import Site, write_part
from toolkit.texts.words import markup
from toolkit.texts.words.prose import Prose

_LINK = re.compile(r"(?<=\]\()/[^\s)]*(?=\))")


def links_to(paths: Collection[str], site: Site) -> dict[Unit, int]:
    """Text -> how many of its links lead to one of some addresses."""
    found = {
        (path, language): sum(_path(link.value) in paths for link in markup.links(prose.body))
        for path, page in site.items()
        for language, prose in page.prose.items()
    }
    return {unit: number for unit, number in sorted(found.items()) if number}


def old_addresses(path: str, site: Site) -> tuple[str, ...]:
    """The addresses that lead to a page."""
    facts = site[path].facts if path in site else None
    return facts.aliases if facts else ()


def corrected(unit: Unit, path: str, site: Site) -> Prose:
    """A live text with its links to the old addresses of the page at ``path`` as they would be written today."""
    prose, old, moved = site[unit[0]].prose[unit[1]], old_addresses(path, site), alias_targets(site)
    body = _LINK.sub(lambda link: leads_to(link[0], site, moved) if _path(link[0]) in old else link[0], prose.body)
    return replace(prose, body=body)


def corrections(path: str, site: Site) -> list[Draft]:
    """The drafts in review that correct such links, and nothing else."""
    units = links_to(old_addresses(path, site), site)
    texts = {unit: write_part(corrected(unit, path, site)) for unit in units}
    waiting = Draft.objects.filter(state=Draft.REVIEW, page__path__in={one for one, _ in units}).order_by("pk")
    found = {
        (one.page.path, one.part): one
        for one in waiting.select_related("page", "author")
        if texts.get((one.page.path, one.part)) == one.text
    }
    return [found[unit] for unit in units if unit in found]


def _path(target: str) -> str:
    """The page that a link names; of one within its page, what no page is called."""
    return target.partition("#")[0].strip("/") if target.startswith("/") else "#"
