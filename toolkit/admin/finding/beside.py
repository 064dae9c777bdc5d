"""What the reviewer of a translation sees beside it: the English, what changed in it, and what the author ticked."""

from dataclasses import dataclass

from toolkit.admin.translations import english_changes
from toolkit.admin.words.comparing import comparison, in_lines
from toolkit.drafting import changing
from toolkit.live import english_of
from toolkit.models import Draft
from toolkit.texts.compare import Row
from toolkit.texts.languages import SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Site, TranslationState, write_part
from toolkit.texts.substance import substance
from toolkit.texts.words.pins import pins_of
from toolkit.texts.words.prose import Prose


@dataclass(frozen=True, slots=True)
class Beside:
    """``english`` in plain lines. ``changes`` of it: since the translation on the site, None when it follows today's.

    ``later``: what changed in it since the draft was written by it, None when nothing did. ``is_empty``: it says that
    it follows today's English, which the one on the site does not, and its words are the same as there.
    ``is_english``: its text is the English one still.
    """

    english: str
    changes: list[Row] | None
    later: list[Row] | None
    follows: bool
    is_reviewed: bool
    was_reviewed: bool
    is_empty: bool
    is_english: bool


def beside(draft: Draft, site: Site) -> Beside | None:
    """For a draft of a translation of a page that has English words."""
    texts = site.get(draft.page.path) or PageTexts(draft.page.path)
    value, source = changing.read_or_none(draft), texts.prose.get(SOURCE)
    if draft.part not in TRANSLATIONS or source is None or not isinstance(value, Prose):
        return None
    live = texts.prose.get(draft.part)
    is_older = texts.state(draft.part) is TranslationState.OUTDATED
    follows = value.translated_from in pins_of(source)
    is_same = live is not None and substance(draft.part, draft.text) == substance(draft.part, write_part(live))
    return Beside(
        english=in_lines(SOURCE, write_part(source)),
        changes=english_changes(texts, draft.part),
        later=_later(draft, texts, source),
        follows=follows,
        is_reviewed=value.review == "reviewed",
        was_reviewed=live is not None and live.review == "reviewed",
        is_empty=follows and is_older and is_same,
        is_english=value.body == source.body and bool(source.body),
    )


def _later(draft: Draft, texts: PageTexts, source: Prose) -> list[Row] | None:
    if not draft.follows or draft.follows in pins_of(source):
        return None
    before = english_of(texts.path, draft.follows)
    return comparison(SOURCE, before, write_part(source)) if before else None
