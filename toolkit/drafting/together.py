"""Several drafts put before readers as one publication, or none of them; and such a publication taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from toolkit import live, models
from toolkit.drafting import drafts, reading
from toolkit.drafting.changing import Said, Text, changes_of_page, read_or_none
from toolkit.drafting.drafts import OtherWindowError, OvertakenError
from toolkit.drafting.publishing import drafts_follow
from toolkit.judging import Change, weigh
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Batch, Cause, Draft, Event, Revision
from toolkit.talking import calls
from toolkit.texts.canonical import digest
from toolkit.texts.languages import TRANSLATIONS
from toolkit.texts.page import Site, TranslationState, read_part
from toolkit.texts.problem import Problem
from toolkit.texts.substance import substance
from toolkit.texts.words.prose import Prose


class TwiceError(Exception):
    """Two drafts are of the same text."""


def seen_of(shown: Sequence[Draft]) -> str:
    """Which drafts a page shows, each as it is now."""
    return digest(" ".join(f"{one.pk}.{one.version}" for one in shown))


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
    return [change for path, texts in pages.items() for change in changes_of_page(path, texts, site, said)]


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
                pages.setdefault(draft.page.path, {})[draft.part] = _again(draft, before, site)
        said = Said(cause=Cause.TAKEN_BACK)
        changes = [change for path, texts in pages.items() for change in changes_of_page(path, texts, site, said)]
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


def _again(draft: Draft, before: Revision, site: Site) -> Text:
    """An older version. A translation that follows the English of today goes on following it."""
    value, page = read_part(draft.part, before.text), site[draft.page.path]
    if (
        draft.part in TRANSLATIONS
        and isinstance(value, Prose)
        and page.state(draft.part) is not TranslationState.OUTDATED
    ):
        value = replace(value, translated_from=page.source_digest)
    return Text(value)


def _others_follow(pages: Iterable[models.Page], before: Site, said: Said) -> None:
    now = live.live_site()
    for page in {page.path: page for page in pages}.values():
        if said.is_minor and page.path in before and page.path in now:
            drafts_follow(page, before[page.path], now[page.path].source_digest)
