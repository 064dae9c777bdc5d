"""What a draft changes: its own text, and what that brings with it in the other texts of its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit import live
from toolkit.judging import Change
from toolkit.models import Cause, Draft
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, SOURCE, TRANSLATIONS
from toolkit.texts.lasting import short_links
from toolkit.texts.page import PageTexts, Part, Site, TranslationState, read_part, write_part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.translated import followed
from toolkit.texts.problem import TextError
from toolkit.texts.records.facts import Facts
from toolkit.texts.substance import keep_latest_checks
from toolkit.texts.words import markup
from toolkit.texts.words.prose import Prose

# Before the name of a part: the field that says where it leads once the text has it no more.
KEEP = "keep."
Typed = Mapping[str, Sequence[str]]


def read_or_none(draft: Draft) -> Part | None:
    try:
        return read_part(draft.part, draft.text)
    except TextError:
        return None


def changes_of(
    draft: Draft, site: Site, reason: str = "", note: str = "", *, is_minor: bool = False
) -> list[Change]:  # fmt: skip
    path, part = draft.page.path, draft.part
    value, before = read_part(part, draft.text), site.get(path)
    if isinstance(value, Facts) and before and before.facts:
        value = keep_latest_checks(value, before.facts)
    if isinstance(value, PlanText) and is_minor and before and before.plan:
        value = followed(before.plan, value)
    text = live.live_text(site, path, part)
    expected = None if text is None else digest(text)
    change = Change.of(path, part, value, expected, agreed=draft.answers, reason=reason, note=note)
    kept = [replace(one, reason=reason) for one in places_kept(before, part, value, draft.typed)]
    return [change, *kept, *(following(before, part, value, is_minor=is_minor) if before else ())]


def lost_anchors(before: PageTexts | None, part: str, value: Part | None) -> list[str]:
    """The parts of a page that its English would have no more, and that lead nowhere else."""
    if part != SOURCE or before is None or before.facts is None or not isinstance(value, Prose):
        return []
    kept = {*markup.anchors(value.body), *before.facts.anchor_aliases}
    return [one for one in short_links.anchors(before) if one not in kept]


def kept_places(before: PageTexts | None, part: str, value: Part | None, typed: Typed) -> dict[str, str]:
    """Where those parts shall lead, as her form says it (fields named KEEP and the part): old -> new."""
    chosen = {one: (typed.get(KEEP + one) or [""])[0] for one in lost_anchors(before, part, value)}
    there = markup.anchors(value.body) if isinstance(value, Prose) else []
    return {old: new for old, new in chosen.items() if new in there}


def places_kept(before: PageTexts | None, part: str, value: Part | None, typed: Typed) -> Iterator[Change]:
    """The facts of the page with the old parts that a draft of its English keeps as leading to new ones."""
    places = kept_places(before, part, value, typed)
    if before and before.facts and places:
        leads = {old: places.get(new, new) for old, new in before.facts.anchor_aliases.items()}
        facts = replace(before.facts, anchor_aliases={**leads, **places})
        yield Change.of(before.path, FACTS, facts, digest(write_part(before.facts)), cause=Cause.PLACE_KEPT)


def following(before: PageTexts, part: str, value: Part, *, is_minor: bool) -> Iterator[Change]:
    """What a publication brings with it in the other texts of its page.

    Records that are gone are named and explained no more; translations that followed the English go on following it.
    """
    texts: dict[str, Prose] = {}
    if part == FACTS:
        texts = _without_words_of(before, _ids(before.facts) - _ids(value))
    elif part == SOURCE and is_minor and isinstance(value, Prose):
        texts = {SOURCE: value}
    if not texts:
        return
    today = (before.with_part(SOURCE, texts[SOURCE]) if SOURCE in texts else before).source_digest
    if part == FACTS and SOURCE in texts:
        yield change_of_words(before, SOURCE, texts[SOURCE], Cause.FACT_GONE)
    for language in TRANSLATIONS:
        if old := before.prose.get(language):
            new = texts.get(language, old)
            if before.state(language) is not TranslationState.OUTDATED:
                new = replace(new, translated_from=today)
            if new != old:
                yield change_of_words(before, language, new, Cause.ENGLISH_ONLY)


def change_of_words(page: PageTexts, language: str, prose: Prose, cause: str) -> Change:
    return Change.of(page.path, language, prose, digest(write_part(page.prose[language])), cause=cause)


def _ids(facts: Part | None) -> set[str]:
    return {record.id for record in facts.records()} if isinstance(facts, Facts) else set()


def _without_words_of(page: PageTexts, gone: set[str]) -> dict[str, Prose]:
    """The texts of a page that name or explain records which are gone, without those words."""
    return {
        language: prose.without_words_of(gone)
        for language, prose in page.prose.items()
        if not gone.isdisjoint(prose.named_records)
    }
