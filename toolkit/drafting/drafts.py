"""Drafts: what staff write before readers see it. Save, ask for review, send back, publish, set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localtime

from toolkit import live, models
from toolkit.drafting import reading
from toolkit.judging import Change, weigh
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Cause, Draft, Event
from toolkit.talking import remarks
from toolkit.texts.canonical import digest
from toolkit.texts.check import judge
from toolkit.texts.folder import ContentFile, file_name
from toolkit.texts.languages import FACTS, PLAN, SOURCE, TRANSLATIONS
from toolkit.texts.lasting import short_links
from toolkit.texts.page import PageTexts, Part, Site, TranslationState, read_part, write_part
from toolkit.texts.plans.merged import brought_together
from toolkit.texts.plans.plan import PlanText
from toolkit.texts.plans.translated import followed
from toolkit.texts.problem import Problem, TextError
from toolkit.texts.records.facts import Facts
from toolkit.texts.substance import keep_latest_checks, substance
from toolkit.texts.words import markup
from toolkit.texts.words.pins import pins_of
from toolkit.texts.words.prose import Prose

Typed = dict[str, list[str]]
# Before the name of a part: the field that says where it leads once the text has it no more.
KEEP = "keep."


class OtherWindowError(Exception):
    """The draft was saved from another window since this one read it; ``draft`` is what was saved there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


class OvertakenError(Exception):
    """The live text has changed since the draft was begun, in more than dates and pins."""


def open_draft(user: User, page: models.Page, part: str) -> Draft | None:
    return Draft.objects.filter(page=page, part=part, author=user, state__in=Draft.OPEN).first()


def save(
    user: User, page: models.Page, part: str, typed: Typed, text: str, *, version: int, base: str, follows: str
) -> Draft:
    """Keeps what was typed as her draft, which goes back to being written if it was waiting for review.

    ``version`` is that of the draft which the form was made from, 0 for none. Raises OtherWindowError when another
    window has saved since. ``text`` is the canonical text, "" while what was typed makes none.
    """
    with transaction.atomic():
        opened = Draft.objects.select_for_update().filter(page=page, part=part, author=user, state__in=Draft.OPEN)
        draft = opened.first() or Draft(page=page, part=part, author=user, base=base, version=0)
        if draft.pk and draft.typed == typed and draft.text == text:
            return draft
        if draft.version != version and draft.pk:
            raise OtherWindowError(draft)
        draft.typed, draft.text, draft.follows, draft.state = typed, text, follows, Draft.WRITING
        draft.reviewer = None
        draft.version += 1
        draft.save()
        return draft


def put_beside(draft: Draft) -> None:
    """A copy of a draft that is about to be written over, set aside so that it can be found again."""
    models.Draft.objects.create(
        page=draft.page, part=draft.part, author=draft.author, state=Draft.SET_ASIDE, base=draft.base,
        follows=draft.follows, typed=draft.typed, text=draft.text, version=draft.version,
    )  # fmt: skip


def ask_for_review(draft: Draft) -> None:
    """Raises NotFitError when what was typed does not make a text yet."""
    if not draft.text:
        raise NotFitError(problems_of(draft, live.live_site()))
    draft.state = Draft.REVIEW
    draft.save()
    AuditEntry.of_text(draft.author, Event.SENT_FOR_REVIEW, draft.page, draft.part)


def send_back(draft: Draft, user: User, remark: str) -> None:
    with transaction.atomic():
        reading.tell(draft, user, Draft.WRITING)
        draft.reviewer = None
        draft.save()
        if remark:
            remarks.remark(draft.page, draft.part, digest(draft.text), author=user, words=remark, draft=draft)
        AuditEntry.of_text(user, Event.SENT_BACK, draft.page, draft.part)


def set_aside(draft: Draft, user: User) -> None:
    reading.tell(draft, user, Draft.SET_ASIDE)
    draft.save()
    AuditEntry.of_text(user, Event.SET_ASIDE, draft.page, draft.part)


def go_on_from_live(draft: Draft) -> None:
    """Her draft takes in what was published meanwhile: a person has compared the two.

    Of the plan, in which several write at once, it takes in every piece and word that she did not change herself.
    """
    if draft.part == PLAN and "body" in draft.typed:
        _take_in_pieces(draft)
    draft.base = digest(live.live_text(live.live_site(), draft.page.path, draft.part) or "")
    draft.version += 1
    draft.reviewer = None
    draft.save()


def _take_in_pieces(draft: Draft) -> None:
    path, part = draft.page.path, draft.part
    before, now = live.text_of(path, part, draft.base), live.live_text(live.live_site(), path, part)
    try:
        together = brought_together(before or "", draft.typed["body"][0], now or "")
    except TextError:
        return
    draft.typed = {**draft.typed, "body": [together]}
    draft.text = together if draft.text else ""


def is_overtaken(draft: Draft, site: Site) -> bool:
    """Whether the live text has changed since the draft was begun, in more than dates and pins."""
    now = live.live_text(site, draft.page.path, draft.part)
    if now is None or digest(now) == draft.base:
        return False
    before = live.text_of(draft.page.path, draft.part, draft.base)
    return before is None or substance(draft.part, before) != substance(draft.part, now)


# How a text is written in files, or whom it waits for: nothing that whoever writes a draft can put right in it.
_OF_FILES = ("not-canonical", "outdated", "plan-outdated")


def problems_of(draft: Draft, site: Site, *, everywhere: bool = False) -> list[Problem]:
    """What is wrong with a draft as the site now stands; ``everywhere`` also what it would break on other pages."""
    if everywhere and draft.text and read_or_none(draft):
        problems = weigh(_changes(draft, site), site).problems
    else:
        path, part = draft.page.path, draft.part
        own = ContentFile(path, part, file_name(path, part), draft.text.encode())
        kept = [one.file for one in _kept(site.get(path), part, read_or_none(draft), draft.typed)]
        problems = [one for one in judge([own, *kept], site).problems if one.file == own.name]
    return [one for one in problems if one.code not in _OF_FILES]


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
        yield replace(_change(before, part, value, ""), reason=reason)
    if english:
        following = _following(before, SOURCE, english, is_minor=True)
        yield from (one for one in following if one.part not in texts)


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


def read_or_none(draft: Draft) -> Part | None:
    try:
        return read_part(draft.part, draft.text)
    except TextError:
        return None


def _publish(
    draft: Draft, site: Site, origin: str, user: User, *, reason: str, note: str = "", is_minor: bool = False
) -> models.Revision:
    """The draft, and what it brings with it in the other texts of its page, as one publication."""
    path = draft.page.path
    changes = _changes(draft, site, reason, note, is_minor=is_minor)
    done = live.publish(changes, origin=origin, author=user, drafts={(path, draft.part): draft})
    if (before := site.get(path)) and (is_minor or draft.part == FACTS):
        _drafts_follow(draft.page, before, live.live_site()[path].source_digest)
    return done.revisions[path, draft.part]


def named(draft: Draft) -> str:
    return f"{draft.page} {draft.part}"


def _changes(
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
    kept = [replace(one, reason=reason) for one in _kept(before, part, value, draft.typed)]
    return [change, *kept, *(_following(before, part, value, is_minor=is_minor) if before else ())]


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


def _kept(before: PageTexts | None, part: str, value: Part | None, typed: Typed) -> Iterator[Change]:
    """The facts of the page with the old parts that a draft of its English keeps as leading to new ones."""
    places = kept_places(before, part, value, typed)
    if before and before.facts and places:
        leads = {old: places.get(new, new) for old, new in before.facts.anchor_aliases.items()}
        facts = replace(before.facts, anchor_aliases={**leads, **places})
        yield Change.of(before.path, FACTS, facts, digest(write_part(before.facts)), cause=Cause.PLACE_KEPT)


def _following(before: PageTexts, part: str, value: Part, *, is_minor: bool) -> Iterator[Change]:
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
        yield _change(before, SOURCE, texts[SOURCE], Cause.FACT_GONE)
    for language in TRANSLATIONS:
        if old := before.prose.get(language):
            new = texts.get(language, old)
            if before.state(language) is not TranslationState.OUTDATED:
                new = replace(new, translated_from=today)
            if new != old:
                yield _change(before, language, new, Cause.ENGLISH_ONLY)


def _change(page: PageTexts, language: str, prose: Prose, cause: str) -> Change:
    return Change.of(page.path, language, prose, digest(write_part(page.prose[language])), cause=cause)


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


def _ids(facts: Part | None) -> set[str]:
    return {record.id for record in facts.records()} if isinstance(facts, Facts) else set()


def _without_words_of(page: PageTexts, gone: set[str]) -> dict[str, Prose]:
    """The texts of a page that name or explain records which are gone, without those words."""
    return {
        language: prose.without_words_of(gone)
        for language, prose in page.prose.items()
        if not gone.isdisjoint(prose.named_records)
    }
