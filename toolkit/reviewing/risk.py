"""Which page is read first: the one by which a mistake hurts soonest."""

from collections.abc import Iterator
from itertools import groupby

from toolkit.rendering.guide import HOME, TYPES, Guide, facts_of
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.plan import WHENS, Step
from toolkit.texts.words.markup import links

# Among pages that the plan sends someone to equally soon. What is not here comes after.
_SECTIONS = (HOME, "first-response", "safety", "types", "support", "laws", "helpers", "platforms", "what-is-ogbv")
_RECORDS = ("contacts", "routes", "provisions")


def by_risk(guide: Guide) -> list[PageTexts]:
    """Home; the pages that it or the plan leads to now; today, kinds of harm among them; this week; all others."""
    soonest = _soonest(guide)
    return sorted(
        guide.site.values(),
        key=lambda page: (
            page.path != HOME,
            soonest.get(page.path, len(WHENS)),
            _SECTIONS.index(page.section) if page.section in _SECTIONS else len(_SECTIONS),
            page.path.count("/"),
            facts_of(page).position,
            page.path,
        ),
    )


def by_when(guide: Guide) -> list[tuple[str, list[PageTexts]]]:
    """The same in four groups: of WHENS, home within the first, and "" for the pages that no plan leads to."""
    soonest = _soonest(guide)
    when = {
        page.path: (*WHENS, "")[0 if page.path == HOME else soonest.get(page.path, len(WHENS))]
        for page in guide.site.values()
    }
    return [(name, list(pages)) for name, pages in groupby(by_risk(guide), key=lambda page: when[page.path])]


def _soonest(guide: Guide) -> dict[str, int]:
    """Path -> the place in WHENS of the first step of the plan that leads there; the doors of home are for now."""
    found = {page.path: WHENS.index("today") for page in guide.children(TYPES)}
    found |= {_path(link.value): 0 for link in links(guide.site[HOME].prose[SOURCE].body)}
    for step in guide.plan.steps if guide.plan else ():
        for path in _led_to(step, guide):
            found[path] = min(WHENS.index(step.when), found.get(path, len(WHENS)))
    return found


def _led_to(step: Step, guide: Guide) -> Iterator[str]:
    yield from map(_path, step.links)
    for kind in _RECORDS:
        placed = (guide.records.get((kind, record)) for record in getattr(step, kind))
        yield from (one.page.path for one in placed if one)


def _path(link: str) -> str:
    return link.partition("#")[0].strip("/")
