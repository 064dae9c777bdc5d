"""Drafts that the rooms write for her: one of each text, as if she had typed it in its form."""

from __future__ import annotations

from django.contrib.auth.models import User

from toolkit.admin.buttons import form as buttons_form
from toolkit.admin.drafting import facts_form, plan_form, prose_form
from toolkit.drafting import drafts
from toolkit.live import live_text
from toolkit.models import Batch, Draft, Page
from toolkit.texts.buttons.text import Buttons
from toolkit.texts.canonical import digest
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts, Part, Site, write_part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.records.facts import Facts


def drafted(user: User, page: Page, part: str, value: Part, site: Site, batch: Batch | None = None) -> Draft:
    """Her draft of a text on the site, which waits for review. She has none of it yet."""
    texts = site.get(page.path) or PageTexts(page.path)
    follows = texts.source_digest
    if isinstance(value, Facts):
        typed = facts_form.typed_of(value)
    elif isinstance(value, PlanText):
        typed = plan_form.typed_of(value)
    elif isinstance(value, Buttons):
        typed = buttons_form.typed_of(value)
    else:
        typed = prose_form.typed_of(value, part, texts.prose.get(SOURCE), follows=follows)
    base = digest(live_text(site, page.path, part) or "")
    draft = drafts.save(user, page, part, typed, write_part(value), version=0, base=base, follows=follows)
    draft.batch = batch
    drafts.ask_for_review(draft)
    return draft
