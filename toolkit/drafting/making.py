"""A page that is being made: it has drafts and no text that readers see. Its texts go live together."""

from django.db.models import QuerySet

from toolkit.drafting.changing import read_or_none
from toolkit.models import Draft, Page
from toolkit.texts.languages import ALL_PARTS, FACTS, SOURCE
from toolkit.texts.page import PageTexts, Site


def opened_of(path: str) -> QuerySet[Draft]:
    """The open drafts of the texts of a page; first those that wait for review, the newest of them first."""
    opened = Draft.objects.filter(page__path=path, part__in=ALL_PARTS, state__in=Draft.OPEN)
    return opened.select_related("page", "author", "reviewer", "set_by").order_by("state", "-updated")


def is_being_made(page: Page, site: Site) -> bool:
    return page.path not in site and not page.is_retired and opened_of(page.path).exists()


def being_made(site: Site) -> list[Page]:
    opened = Draft.objects.filter(part__in=ALL_PARTS, state__in=Draft.OPEN).values("page")
    pages = Page.objects.filter(pk__in=opened, is_retired=False).order_by("path")
    return [page for page in pages if page.path not in site]


def texts_of(path: str, site: Site) -> PageTexts:
    """The texts of a page as readers see them; of one that is being made, as its drafts have them."""
    if path in site:
        return site[path]
    texts = PageTexts(path)
    for draft in opened_of(path):
        if texts.part(draft.part) is None and (value := read_or_none(draft) if draft.text else None):
            texts = texts.with_part(draft.part, value)
    return texts


def heading_of(path: str, site: Site) -> str:
    """What a page is called in English, also while it is being made; "" while it has no name."""
    english = texts_of(path, site).prose.get(SOURCE)
    return english.h1 if english else ""


def with_drafts(path: str, site: Site) -> Site:
    """The guide with a page that is being made as its drafts have it."""
    return site if path in site else {**site, path: texts_of(path, site)}


def chosen(path: str) -> list[Draft]:
    """Of each text of a page that is being made the draft that waits for review, the newest where there are several."""
    waiting = opened_of(path).filter(state=Draft.REVIEW)
    found: dict[str, Draft] = {}
    for draft in waiting:
        found.setdefault(draft.part, draft)
    return [found[part] for part in ALL_PARTS if part in found]


def is_whole(together: list[Draft]) -> bool:
    """Whether there is enough of a page for readers: its facts and its English."""
    return {FACTS, SOURCE} <= {draft.part for draft in together}
