"""Putting drafts before readers, alone or together; an older version again; translations as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localtime

from toolkit import live, models
from toolkit.drafting import reading
from toolkit.drafting.changing import change_of_words, changes_of, following, read_or_none
from toolkit.drafting.drafts import OtherWindowError, OvertakenError, is_overtaken, named, problems_of
from toolkit.judging import Change
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Cause, Draft, Event
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Site, TranslationState, write_part
from toolkit.texts.words.pins import pins_of
from toolkit.texts.words.prose import Prose


def publish(draft: Draft, user: User, *, reason: str = "", note: str = "", is_minor: bool = False) -> models.Revision:
    """Puts a draft before readers. ``note`` tells them of it; a minor change of the English leaves translations valid.

    Raises NotFitError, OvertakenError when the live text has changed meanwhile, OtherWindowError when the draft has.
    """
    with transaction.atomic():
        live.one_at_a_time()
        seen, draft = draft.version, Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != seen:
            raise OtherWindowError(draft)
        site = live.live_site()
        if not draft.is_open or not read_or_none(draft):
            raise NotFitError(problems_of(draft, site))
        if is_overtaken(draft, site):
            raise OvertakenError(named(draft))
        reading.read_by_publisher(draft, user)
        done = _publish(draft, site, "staff", user, reason=reason, note=note, is_minor=is_minor)
        reading.keep_published(draft, user, done)
        AuditEntry.of_text(user, Event.PUBLISHED, draft.page, draft.part)
        return done


def publish_together(together: Sequence[Draft], user: User, reason: str) -> None:
    """Puts drafts of prose before readers as one publication, all of them minor, or none.

    Raises NotFitError, OvertakenError when a live text has changed meanwhile, OtherWindowError when a draft has.
    """
    with transaction.atomic():
        live.one_at_a_time()
        seen, site = {one.pk: one.version for one in together}, live.live_site()
        found = list(Draft.objects.select_for_update().select_related("page").filter(pk__in=seen, state__in=Draft.OPEN))
        for draft in found:
            if draft.version != seen[draft.pk]:
                raise OtherWindowError(draft)
            if is_overtaken(draft, site):
                raise OvertakenError(named(draft))
        by_page: dict[str, list[Draft]] = {}
        for draft in found:
            by_page.setdefault(draft.page.path, []).append(draft)
        changes = [change for path, some in by_page.items() for change in _together(site[path], some, reason)]
        for draft in found:
            reading.read_by_publisher(draft, user)
        units = {(draft.page.path, draft.part): draft for draft in found}
        done = live.publish(changes, origin="staff", author=user, drafts=units)
        for unit, draft in units.items():
            reading.keep_published(draft, user, done.revisions[unit])
            AuditEntry.of_text(user, Event.PUBLISHED, draft.page, draft.part)
        now = live.live_site()
        for path, some in by_page.items():
            _drafts_follow(some[0].page, site[path], now[path].source_digest)


def _together(before: PageTexts, some: Sequence[Draft], reason: str) -> Iterator[Change]:
    """Drafts of the texts of one page; translations that followed the English go on following it."""
    texts = {one.part: value for one in some if isinstance(value := read_or_none(one), Prose)}
    english = texts.get(SOURCE)
    today = before.with_part(SOURCE, english).source_digest if english else before.source_digest
    for part, value in texts.items():
        if part != SOURCE and before.state(part) is not TranslationState.OUTDATED:
            value = replace(value, translated_from=today)
        yield replace(change_of_words(before, part, value, ""), reason=reason)
    if english:
        brought = following(before, SOURCE, english, is_minor=True)
        yield from (one for one in brought if one.part not in texts)


def restore(revision: models.Revision, user: User) -> models.Revision:
    """An older version becomes the live text again, as a new version. Raises NotFitError."""
    with transaction.atomic():
        live.one_at_a_time()
        site = live.live_site()
        draft = Draft(page=revision.page, part=revision.part, text=revision.text)
        # Whoever wrote that version has written this one: nobody where it came from the files.
        draft.author_id = revision.writer_id or revision.author_id  # type: ignore[assignment]
        if not read_or_none(draft):
            raise NotFitError(problems_of(draft, site))
        restored = _publish(draft, site, "restored", user, reason=f"{localtime(revision.created):%Y-%m-%d %H:%M}")
        AuditEntry.of_text(user, Event.RESTORED, draft.page, draft.part)
        return restored


def still_correct(page: models.Page, languages: list[str], user: User) -> list[str]:
    """Says of translations that they follow today's English; returns the languages of which that was new."""
    with transaction.atomic():
        live.one_at_a_time()
        texts = live.live_site()[page.path]
        changes = []
        for language in languages:
            prose = texts.prose.get(language)
            if language in TRANSLATIONS and prose and texts.state(language) is TranslationState.OUTDATED:
                pinned = replace(prose, translated_from=texts.source_digest)
                changes.append(Change.of(page.path, language, pinned, digest(write_part(prose))))
        if changes:
            live.publish(changes, origin="staff", author=user, cause=Cause.STILL_CORRECT)
        for change in changes:
            AuditEntry.of_text(user, Event.STILL_CORRECT, page, change.part)
        return [change.part for change in changes]


def _publish(
    draft: Draft, site: Site, origin: str, user: User, *, reason: str, note: str = "", is_minor: bool = False
) -> models.Revision:
    """The draft, and what it brings with it in the other texts of its page, as one publication."""
    path = draft.page.path
    changes = changes_of(draft, site, reason, note, is_minor=is_minor)
    done = live.publish(changes, origin=origin, author=user, drafts={(path, draft.part): draft})
    if (before := site.get(path)) and (is_minor or draft.part == FACTS):
        _drafts_follow(draft.page, before, live.live_site()[path].source_digest)
    return done.revisions[path, draft.part]


def _drafts_follow(page: models.Page, before: PageTexts, today: str) -> None:
    """Drafts of translations that followed the English text go on following it."""
    if SOURCE not in before.prose or before.source_digest == today:
        return
    pins = pins_of(before.prose[SOURCE])
    for draft in Draft.objects.filter(page=page, state__in=Draft.OPEN, follows__in=pins):
        draft.follows = today
        for pin in pins:
            draft.text = draft.text.replace(f"\ntranslated_from: {pin}\n", f"\ntranslated_from: {today}\n")
        draft.save()
