"""Drafts: what staff write before readers see it. Save, ask for review, send back, publish, set aside."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.timezone import localtime

from toolkit import models
from toolkit.live import agree, live_site, live_text, text_of
from toolkit.live import publish as make_live
from toolkit.models import AuditEntry, Draft
from toolkit.texts import markup
from toolkit.texts.canonical import digest
from toolkit.texts.check import Problem, judge
from toolkit.texts.facts import Facts
from toolkit.texts.folder import ContentFile, file_name
from toolkit.texts.languages import FACTS, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Part, Site, read_part, write_part
from toolkit.texts.plan_check import check_plan
from toolkit.texts.prose import Prose
from toolkit.texts.substance import keep_latest_checks, substance

Typed = dict[str, list[str]]


class OtherWindowError(Exception):
    """The draft was saved from another window since this one read it; ``draft`` is what was saved there."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


class OvertakenError(Exception):
    """The live text has changed since the draft was begun, in more than dates and pins."""


class NotFitError(Exception):
    """The draft has problems that keep it from being published."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems


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
        raise NotFitError(problems_of(draft, live_site()))
    draft.state, draft.remark = Draft.REVIEW, ""
    draft.save()
    AuditEntry.add(draft.author, "sent for review", named(draft))


def send_back(draft: Draft, user: User, remark: str) -> None:
    draft.state, draft.remark = Draft.WRITING, remark
    draft.save()
    AuditEntry.add(user, "sent back", named(draft))


def set_aside(draft: Draft, user: User) -> None:
    draft.state = Draft.SET_ASIDE
    draft.save()
    AuditEntry.add(user, "set aside", named(draft))


def go_on_from_live(draft: Draft) -> None:
    """Her draft takes in what was published meanwhile: a person has compared the two."""
    draft.base = digest(live_text(live_site(), draft.page.path, draft.part) or "")
    draft.version += 1
    draft.save()


def is_overtaken(draft: Draft, live: Site) -> bool:
    """Whether the live text has changed since the draft was begun, in more than dates and pins."""
    now = live_text(live, draft.page.path, draft.part)
    if now is None or digest(now) == draft.base:
        return False
    before = text_of(draft.page.path, draft.part, draft.base)
    return before is None or substance(draft.part, before) != substance(draft.part, now)


def problems_of(draft: Draft, live: Site, *, everywhere: bool = False) -> list[Problem]:
    """What is wrong with a draft as the site now stands; ``everywhere`` also what it would break on other pages."""
    path, part = draft.page.path, draft.part
    file = ContentFile(path, part, file_name(path, part), draft.text.encode())
    judgement = judge([file], live)
    problems = [one for one in judgement.problems if "content_check" not in one.message]
    if everywhere and part == FACTS and not judgement.errors and path in judgement.site:
        problems += _broken_elsewhere(live, judgement.site, path)
    return problems


def publish(draft: Draft, user: User, *, reason: str = "", note: str = "", is_minor: bool = False) -> models.Revision:
    """Puts a draft before readers. ``note`` tells them of it; a minor change of the English leaves translations valid.

    Raises NotFitError, OvertakenError when the live text has changed meanwhile, OtherWindowError when the draft has.
    """
    with transaction.atomic():
        models.Page.objects.select_for_update().get(pk=draft.page.pk)
        seen, draft = draft.version, Draft.objects.select_for_update().get(pk=draft.pk)
        if draft.version != seen:
            raise OtherWindowError(draft)
        live = live_site()
        errors = [one for one in problems_of(draft, live, everywhere=True) if not one.is_warning]
        if errors or not draft.is_open:
            raise NotFitError(errors)
        if is_overtaken(draft, live):
            raise OvertakenError(named(draft))
        path, part = draft.page.path, draft.part
        revision = make_live(
            path, part, _value(draft, live), origin="staff", expected=_live_digest(live, path, part), author=user,
            reason=reason, note=note,
        )  # fmt: skip
        _follow(draft, user, live, is_minor=is_minor)
        draft.state, draft.revision = Draft.PUBLISHED, revision
        draft.save()
        if draft.answers:
            agree(path, part, draft.answers)
        AuditEntry.add(user, "published", named(draft))
        return revision


def restore(revision: models.Revision, user: User) -> models.Revision:
    """An older version becomes the live text again, as a new version. Raises NotFitError."""
    path, part = revision.page.path, revision.part
    with transaction.atomic():
        models.Page.objects.select_for_update().get(pk=revision.page.pk)
        live = live_site()
        draft = Draft(page=revision.page, part=part, author=user, text=revision.text)
        if errors := [one for one in problems_of(draft, live, everywhere=True) if not one.is_warning]:
            raise NotFitError(errors)
        restored = make_live(
            path, part, read_part(part, revision.text), origin="restored", author=user,
            expected=_live_digest(live, path, part), reason=f"{localtime(revision.created):%Y-%m-%d %H:%M}",
        )  # fmt: skip
        _follow(draft, user, live, is_minor=False)
        AuditEntry.add(user, "restored", named(draft))
        return restored


def still_correct(page: models.Page, languages: list[str], user: User) -> list[str]:
    """Says of translations that they follow today's English; returns the languages of which that was new."""
    done = []
    with transaction.atomic():
        texts = live_site()[page.path]
        for language in languages:
            prose = texts.prose.get(language)
            if language in TRANSLATIONS and prose and prose.translated_from != texts.source_digest:
                _publish_as(page.path, language, prose, replace(prose, translated_from=texts.source_digest), user,
                            "still correct")  # fmt: skip
                AuditEntry.add(user, "still correct", f"{page} {language}")
                done.append(language)
    return done


def named(draft: Draft) -> str:
    return f"{draft.page} {draft.part}"


def _value(draft: Draft, live: Site) -> Part:
    value = read_part(draft.part, draft.text)
    page = live.get(draft.page.path)
    if isinstance(value, Facts) and page and page.facts:
        return keep_latest_checks(value, page.facts)
    return value


def _live_digest(live: Site, path: str, part: str) -> str | None:
    text = live_text(live, path, part)
    return None if text is None else digest(text)


def _follow(draft: Draft, user: User, before: Site, *, is_minor: bool) -> None:
    """What a publication brings with it in the other texts of its page."""
    path = draft.page.path
    if path not in before:
        return
    if draft.part == SOURCE and is_minor:
        _pin_again(draft.page, before[path], user, {})
    elif draft.part == FACTS:
        after = read_part(FACTS, draft.text)
        if gone := _ids(before[path].facts) - _ids(after):
            _pin_again(draft.page, before[path], user, _without_words_of(before[path], gone))


def _pin_again(page: models.Page, before: PageTexts, user: User, changed: dict[str, Prose]) -> None:
    """Publishes ``changed`` texts; translations that followed the English text go on following it."""
    if SOURCE in changed:
        _publish_as(page.path, SOURCE, before.prose[SOURCE], changed[SOURCE], user, "a fact was taken away")
    today = live_site()[page.path].source_digest
    for language in TRANSLATIONS:
        if old := before.prose.get(language):
            new = changed.get(language, old)
            if old.translated_from == before.source_digest:
                new = replace(new, translated_from=today)
            if new != old:
                _publish_as(page.path, language, old, new, user, "the English changed, its meaning did not")
    for draft in Draft.objects.filter(page=page, state__in=Draft.OPEN, follows=before.source_digest):
        draft.follows = today
        draft.text = draft.text.replace(f"\ntranslated_from: {before.source_digest}\n", f"\ntranslated_from: {today}\n")
        draft.save()


def _publish_as(path: str, part: str, old: Prose, new: Prose, user: User, reason: str) -> None:
    make_live(path, part, new, origin="staff", expected=digest(write_part(old)), author=user, reason=reason)


def _ids(facts: Part | None) -> set[str]:
    return {record.id for record in facts.records()} if isinstance(facts, Facts) else set()


def _without_words_of(page: PageTexts, gone: set[str]) -> dict[str, Prose]:
    """The texts of a page that name or explain records which are gone, without those words."""
    found = {}
    for language, prose in page.prose.items():
        labels = {record: words for record, words in prose.labels.items() if record not in gone}
        notes = {record: words for record, words in prose.notes.items() if record not in gone}
        if (labels, notes) != (prose.labels, prose.notes):
            found[language] = replace(prose, labels=labels, notes=notes)
    return found


def _broken_elsewhere(before: Site, after: Site, path: str) -> list[Problem]:
    """Texts that name a record which would be gone, and a plan that would fail someone."""
    gone = _ids(before[path].facts if path in before else None) - _ids(after[path].facts)
    problems = [
        Problem(file_name(other, language), mention.line, f"names {mention.value}, which would be gone")
        for other, page in (after.items() if gone else ())
        for language, prose in page.prose.items()
        for mention in markup.directives(prose.body)
        if mention.value.partition(" ")[2] in gone
    ]
    problems += [
        Problem(file_name(other, FACTS), 1, f"its help lines name {record}, which would be gone")
        for other, page in (after.items() if gone else ())
        for record in (page.facts.help_lines if page.facts else ())
        if record in gone
    ]
    plan = after[""].plan if "" in after else None
    if plan and path in before and before[path].facts != after[path].facts:
        raw = plan.text.encode()
        # Going through all answers takes a third of a second, twice only where something is wrong.
        if found := check_plan(raw, after):
            problems += sorted(set(found) - set(check_plan(raw, before)))
    return problems
