"""The translations that nobody has compared with the English, those first by which a mistake hurts soonest."""

from toolkit.rendering.guide import Guide
from toolkit.reviewing.risk import by_when
from toolkit.texts.page import PageTexts


def unread(guide: Guide, language: str) -> list[tuple[str, list[PageTexts]]]:
    """(when a reader may need them, pages) as in ``reviewing.risk.by_when``, without groups that have none."""
    if guide.home is None:
        return []
    groups = ((when, [page for page in pages if is_unread(page, language)]) for when, pages in by_when(guide))
    return [(when, pages) for when, pages in groups if pages]


def is_unread(page: PageTexts, language: str) -> bool:
    """Whether a text was never compared, be its English as it was or newer."""
    prose = page.prose.get(language)
    return prose is not None and prose.review == "unreviewed"
