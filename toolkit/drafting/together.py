"""Several drafts put before readers as one publication, or none of them; and such a publication taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from toolkit import live, models
from toolkit.drafting import drafts, reading
from toolkit.drafting.changing import Typed, kept_places, read_or_none
from toolkit.drafting.drafts import OtherWindowError, OvertakenError
from toolkit.drafting.publishing import drafts_follow
from toolkit.judging import Change, weigh
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Batch, Cause, Draft, Event, Revision
from toolkit.talking import calls
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, LANGUAGES, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Part, Site, TranslationState, read_part, write_part
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.translated import followed
from toolkit.texts.problem import Problem
from toolkit.texts.records.facts import Facts
from toolkit.texts.substance import keep_latest_checks, substance
from toolkit.texts.words.pins import pins_of
from toolkit.texts.words.prose import Prose


@dataclass(frozen=True, slots=True)
class Said:
    """What a publication says of its changes: ``notes`` for readers by language; a minor one has none."""

    reason: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    is_minor: bool = True
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that shall be live: what it says, and what its form had besides."""

    value: Part
    typed: Typed = field(default_factory=dict)
    answers: str = ""


class TwiceError(Exception):
    """Two drafts are of the same text."""


def publish_together(together: Sequence[Draft], user: User, said: Said) -> None:
    """Puts drafts of texts before readers as one publication.

    Raises NotFitError, TwiceError, OvertakenError when a live text has changed meanwhile, OtherWindowError when a draft
    has.
    """
    with transaction.atomic():
        live.one_at_a_time()
        seen, site = {one.pk: one.version for one in together}, live.live_site()
        found = list(Draft.objects.select_for_update().select_related("page").filter(pk__in=seen, state__in=Draft.OPEN))
        for draft in found:
            if draft.version != seen[draft.pk]:
                raise OtherWindowError(draft)
            if not read_or_none(draft):
                raise NotFitError(drafts.problems_of(draft, site))
            if drafts.is_overtaken(draft, site):
                raise OvertakenError(drafts.named(draft))
            calls.see_to(draft, user, site)
            reading.read_by_publisher(draft, user)
        units = {(draft.page.path, draft.part): draft for draft in found}
        changes = changes_together(found, site, said)
        done = live.publish(changes, origin="staff", author=user, drafts=units)
        for unit, draft in units.items():
            reading.keep_published(draft, user, done.revisions[unit])
            AuditEntry.of_text(user, Event.PUBLISHED, draft.page, draft.part)
        _others_follow([draft.page for draft in found], site, said)


def problems_together(together: Sequence[Draft], site: Site) -> list[Problem]:
    """What is wrong with drafts as they would be published together, in their own texts and elsewhere."""
    unread = [draft for draft in together if not read_or_none(draft)]
    own = [problem for draft in unread for problem in drafts.problems_of(draft, site)]
    found = own or weigh(changes_together(together, site, Said()), site).problems
    return [one for one in found if one.code not in drafts.OF_FILES]


def changes_together(together: Iterable[Draft], site: Site, said: Said) -> list[Change]:
    """Raises TwiceError."""
    pages: dict[str, dict[str, Text]] = {}
    for draft in together:
        texts = pages.setdefault(draft.page.path, {})
        if draft.part in texts:
            raise TwiceError(drafts.named(draft))
        if value := read_or_none(draft):
            texts[draft.part] = Text(value, draft.typed, draft.answers)
    return [change for path, texts in pages.items() for change in _of_page(path, texts, site, said)]


def take_back(batch: Batch, user: User) -> list[Draft]:
    """The versions from before a batch are live again, as one publication. Raises NotFitError.

    Returns the drafts of which the text was changed again since, or was not there before: these stay as they are.
    """
    with transaction.atomic():
        live.one_at_a_time()
        site, stays, pages = live.live_site(), list[Draft](), dict[str, dict[str, Text]]()
        changed = [draft for draft in published_of(batch) if draft.revision]
        for draft in changed:
            before = _before(draft.revision) if draft.revision and _stands(draft, site) else None
            if before is None:
                stays.append(draft)
            else:
                pages.setdefault(draft.page.path, {})[draft.part] = Text(read_part(draft.part, before.text))
        said = Said(cause=Cause.TAKEN_BACK)
        changes = [change for path, texts in pages.items() for change in _of_page(path, texts, site, said)]
        if changes:
            live.publish(changes, origin="staff", author=user)
        _others_follow([draft.page for draft in changed], site, said)
        for draft in changed:
            if draft not in stays:
                AuditEntry.of_text(user, Event.RESTORED, draft.page, draft.part)
        batch.taken_back, batch.taken_back_by = timezone.now(), user
        batch.save()
        return stays


def published_of(batch: Batch) -> list[Draft]:
    found = batch.drafts.filter(state=Draft.PUBLISHED).exclude(part=Draft.ADDRESS)
    return list(found.select_related("page", "revision").order_by("pk"))


def _stands(draft: Draft, site: Site) -> bool:
    """Whether its text is before readers as it was published, but for dates and pins."""
    now = live.live_text(site, draft.page.path, draft.part)
    return bool(now and draft.revision and substance(draft.part, now) == substance(draft.part, draft.revision.text))


def _before(revision: Revision) -> Revision | None:
    older = Revision.objects.filter(page=revision.page, part=revision.part, was_live=True, pk__lt=revision.pk)
    return older.first()


def _of_page(path: str, texts: Mapping[str, Text], site: Site, said: Said) -> Iterator[Change]:
    """The changes of one page: the texts, and what they bring with them in its others (as ``drafts.publish`` does)."""
    before = site.get(path) or PageTexts(path)
    facts, words = _facts(before, texts), _words(before, texts, said)
    plan = texts["plan"].value if "plan" in texts else None
    if isinstance(plan, PlanText) and said.is_minor and before.plan:
        plan = followed(before.plan, plan)
    for part, value in (("facts", facts), *words.items(), ("plan", plan)):
        old = before.part(part)
        if value is None or (value == old and part not in texts):
            continue
        own = texts.get(part)
        by_itself = {FACTS: Cause.PLACE_KEPT, SOURCE: Cause.FACT_GONE}.get(part, Cause.ENGLISH_ONLY)
        note = "" if said.is_minor or not own else said.notes.get(part if part in LANGUAGES else SOURCE, "")
        yield Change.of(
            path, part, value, digest(write_part(old)) if old else None, cause=said.cause if own else by_itself,
            agreed=own.answers if own else "", reason=said.reason if own else "", note=note,
        )  # fmt: skip


def _facts(before: PageTexts, texts: Mapping[str, Text]) -> Facts | None:
    """With the later days of checking, and with the old places that the English keeps as leading to others."""
    drafted = texts[FACTS].value if FACTS in texts else None
    facts = drafted if isinstance(drafted, Facts) else before.facts
    if facts and facts is drafted and before.facts:
        facts = keep_latest_checks(facts, before.facts)
    if facts and SOURCE in texts:
        places = kept_places(before, SOURCE, texts[SOURCE].value, texts[SOURCE].typed)
        leads = {old: places.get(new, new) for old, new in facts.anchor_aliases.items()}
        facts = replace(facts, anchor_aliases={**leads, **places})
    return facts


def _words(before: PageTexts, texts: Mapping[str, Text], said: Said) -> dict[str, Prose]:
    """The words in every language; a translation that followed the English goes on following it.

    After a major change of the English only those that change with it.
    """
    drafted = texts[FACTS].value if FACTS in texts else None
    gone = _ids(before.facts) - _ids(drafted) if isinstance(drafted, Facts) else set()
    words = {
        language: value.without_words_of(gone)
        for language in LANGUAGES
        if isinstance(value := texts[language].value if language in texts else before.prose.get(language), Prose)
    }
    today = replace(before, prose=words).source_digest
    for language in set(TRANSLATIONS) & words.keys():
        pins = pins_of(before.prose[SOURCE]) if SOURCE in before.prose and language in texts else ()
        follows = before.state(language) is not TranslationState.OUTDATED or words[language].translated_from in pins
        if follows and today and (language in texts or said.is_minor or SOURCE not in texts):
            words[language] = replace(words[language], translated_from=today)
    return words


def _ids(facts: Facts | None) -> set[str]:
    return {record.id for record in facts.records()} if facts else set()


def _others_follow(pages: Iterable[models.Page], before: Site, said: Said) -> None:
    now = live.live_site()
    for page in {page.path: page for page in pages}.values():
        if said.is_minor and page.path in before and page.path in now:
            drafts_follow(page, before[page.path], now[page.path].source_digest)
