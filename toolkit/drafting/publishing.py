"""Putting a draft before readers; an older version again; translations as they stand."""

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localtime

from toolkit import live, models
from toolkit.drafting import reading
from toolkit.drafting.changing import changes_of, read_or_none
from toolkit.drafting.drafts import OtherWindowError, OvertakenError, is_overtaken, named, problems_of
from toolkit.judging import Change
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Cause, Draft, Event
from toolkit.talking import calls
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Site, TranslationState, write_part
from toolkit.texts.words.pins import pins_of


def publish(
    draft: Draft, user: User, *, reason: str = "", note: str = "", is_minor: bool = False, no_call: str = ""
) -> models.Revision:
    """Puts a draft before readers. ``note`` tells them of it; a minor change of the English leaves translations valid.

    ``no_call``: why its numbers go live though no second person has called them.

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
        calls.see_to(draft, user, site, skipped=no_call)
        reading.read_by_publisher(draft, user)
        done = _publish(draft, site, "staff", user, reason=reason, note=note, is_minor=is_minor)
        reading.keep_published(draft, user, done)
        AuditEntry.of_text(user, Event.PUBLISHED, draft.page, draft.part)
        return done


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
        calls.restored(draft, user, site)
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
        drafts_follow(draft.page, before, live.live_site()[path].source_digest)
    return done.revisions[path, draft.part]


def drafts_follow(page: models.Page, before: PageTexts, today: str) -> None:
    """Drafts of translations that followed the English text go on following it."""
    if SOURCE not in before.prose or before.source_digest == today:
        return
    pins = pins_of(before.prose[SOURCE])
    for draft in Draft.objects.filter(page=page, state__in=Draft.OPEN, follows__in=pins):
        draft.follows = today
        for pin in pins:
            draft.text = draft.text.replace(f"\ntranslated_from: {pin}\n", f"\ntranslated_from: {today}\n")
        draft.save()
