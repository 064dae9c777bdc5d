"""Drafts that the rooms write for her: one of each text, as if she had typed it in its form."""

from django.contrib.auth.models import User

from toolkit.admin.buttons import form as buttons_form
from toolkit.admin.drafting import facts_form, plan_form, prose_form
from toolkit.drafting import drafts
from toolkit.drafting.drafts import Typed
from toolkit.live import live_text
from toolkit.models import Batch, Draft, Page
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, FACTS, PLAN, SOURCE
from toolkit.texts.page import PageTexts, Part, Site, write_part


def begun(texts: PageTexts, part: str) -> Typed:
    """What the form of a text shows before anything was typed: the text as it is."""
    if part == FACTS:
        return facts_form.typed_of(texts.facts)
    if part == PLAN:
        return plan_form.typed_of(texts.plan)
    if part == BUTTONS:
        return buttons_form.typed_of(texts.buttons)
    return prose_form.typed_of(texts.prose.get(part), part, texts.prose.get(SOURCE), follows=texts.source_digest)


def drafted(user: User, page: Page, part: str, value: Part, site: Site, batch: Batch | None = None) -> Draft:
    """Her draft of a text on the site, which waits for review. She has none of it yet."""
    texts = site.get(page.path) or PageTexts(page.path)
    typed, follows = begun(texts.with_part(part, value), part), texts.source_digest
    base = digest(live_text(site, page.path, part) or "")
    draft = drafts.save(user, page, part, typed, write_part(value), version=0, base=base, follows=follows)
    draft.batch = batch
    drafts.ask_for_review(draft)
    return draft
