"""Every file of data, with how it is made. None has a language of its own: see toolkit.rendering.answers.Maker."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any

from survivors.data import crawlers, feeds, hsds, pages, records
from survivors.data.addresses import API, feed_address, page_address
from toolkit.rendering.answers import Maker
from toolkit.rendering.guide import Guide
from toolkit.rendering.owner import public_url
from toolkit.texts.languages import LANGUAGES

_LISTS: dict[str, Callable[[Guide], Any]] = {
    f"{API}/pages.json": pages.every_page,
    **{f"{API}/{kind}.json": partial(records.every, kind) for kind in ("contacts", "provisions", "routes")},
    f"{API}/hsds/index.json": hsds.about,
    f"{API}/hsds/organizations.json": hsds.organizations,
    f"{API}/hsds/services.json": hsds.services,
    f"{API}/hsds/locations.json": hsds.locations,
}
_TEXTS: dict[str, Callable[[Guide], str]] = {
    f"{API}/openapi.json": crawlers.openapi,
    "/robots.txt": crawlers.robots,
    "/llms.txt": crawlers.llms,
}
# Of whole addresses by their own rules: a guide that does not know its own has none to give.
_WITH_ADDRESS: dict[str, Callable[[Guide], str]] = {
    "/sitemap.xml": crawlers.sitemap,
    "/.well-known/security.txt": crawlers.security,
}


def answers(guide: Guide) -> Iterator[tuple[str, Maker]]:
    """Address -> how it is made."""
    for place, found in _LISTS.items():
        yield place, Maker("", partial(_json, found, guide))
    for place, text in (_TEXTS | (_WITH_ADDRESS if public_url(guide) else {})).items():
        yield place, Maker("", partial(text, guide))
    # Where a page was before too: who reads data or a feed follows no move of its own.
    for place, path in chain(((path, path) for path in guide.site), guide.aliases.items()):
        yield page_address(place), Maker("", partial(_json, pages.whole_page, guide, path))
        for language in LANGUAGES:
            yield feed_address(language, place), Maker("", partial(feeds.feed, guide, language, path))


def _json(found: Callable[..., Any], *args: object) -> str:
    return json.dumps(found(*args), ensure_ascii=False, separators=(",", ":")) + "\n"
