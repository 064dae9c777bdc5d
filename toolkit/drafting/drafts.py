"""Drafts: what staff write before readers see it. Save, ask for review, send back, set aside."""

from django.contrib.auth.models import User
from django.db import transaction

from toolkit import live, models
from toolkit.drafting import making, reading
from toolkit.drafting.changing import changes_of, places_kept, read_or_none
from toolkit.judging import broken_elsewhere, weigh
from toolkit.live import NotFitError
from toolkit.models import AuditEntry, Draft, Event, Remark
from toolkit.texts.buttons import text as buttons
from toolkit.texts.canonical import digest
from toolkit.texts.check import judge
from toolkit.texts.folder import ContentFile, file_name
from toolkit.texts.languages import BUTTONS, OF_HOME
from toolkit.texts.page import Site
from toolkit.texts.plans.merged import brought_together
from toolkit.texts.problem import Problem, TextError
from toolkit.texts.substance import substance

Typed = dict[str, list[str]]


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
        no_day(draft)
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
        no_day(draft)
        draft.save()
        if remark:
            Remark.objects.create(
                page=draft.page, part=draft.part, digest=digest(draft.text), author=user, words=remark, draft=draft
            )
        AuditEntry.of_text(user, Event.SENT_BACK, draft.page, draft.part)


def set_aside(draft: Draft, user: User) -> None:
    reading.tell(draft, user, Draft.SET_ASIDE)
    no_day(draft)
    draft.save()
    AuditEntry.of_text(user, Event.SET_ASIDE, draft.page, draft.part)


def go_on_from_live(draft: Draft) -> None:
    """Her draft takes in what was published meanwhile: a person has compared the two.

    Of the plan and of buttons, in which several write at once, it takes in every piece and word that she did not
    change herself.
    """
    if draft.part in OF_HOME and "body" in draft.typed:
        _take_in_pieces(draft)
    draft.base = digest(live.live_text(live.live_site(), draft.page.path, draft.part) or "")
    draft.version += 1
    draft.reviewer = None
    no_day(draft)
    draft.save()


def no_day(draft: Draft) -> None:
    """It does not go live by itself any more: what was set was set for the text as it was."""
    draft.goes_live, draft.set_by, draft.set_with, draft.refused = None, None, {}, ""


def _take_in_pieces(draft: Draft) -> None:
    path, part = draft.page.path, draft.part
    before, now = live.text_of(path, part, draft.base), live.live_text(live.live_site(), path, part)
    try:
        texts = before or "", draft.typed["body"][0], now or ""
        together = _buttons_together(*texts) if part == BUTTONS else brought_together(*texts)
    except TextError:
        return
    draft.typed = {**draft.typed, "body": [together]}
    draft.text = together if draft.text else ""


def _buttons_together(before: str, mine: str, now: str) -> str:
    """Raises TextError."""
    return buttons.write_buttons(buttons.brought_together(*map(buttons.read_buttons, (before, mine, now))))


def is_overtaken(draft: Draft, site: Site) -> bool:
    """Whether the live text has changed since the draft was begun, in more than dates and pins."""
    now = live.live_text(site, draft.page.path, draft.part)
    if now is None or digest(now) == draft.base:
        return False
    before = live.text_of(draft.page.path, draft.part, draft.base)
    return before is None or substance(draft.part, before) != substance(draft.part, now)


# How a text is written in files, or whom it waits for: nothing that whoever writes a draft can put right in it.
OF_FILES = ("not-canonical", "outdated", "plan-outdated")


def problems_of(draft: Draft, site: Site, *, everywhere: bool = False) -> list[Problem]:
    """What is wrong with a draft as the site now stands; ``everywhere`` also what it would break on other pages."""
    if everywhere and draft.text and read_or_none(draft) and draft.page.path in site:
        changes = changes_of(draft, site)
        verdict, changed = weigh(changes, site), {one.file.name for one in changes}
        problems = verdict.problems
        if not verdict.good and changed.issuperset(one.file for one in verdict.errors):
            # What is wrong with her own text does not hide what it takes away from others.
            problems = [*problems, *broken_elsewhere(changes, site)]
    else:
        path, part = draft.page.path, draft.part
        own = ContentFile(path, part, file_name(path, part), draft.text.encode())
        kept = [one.file for one in places_kept(site.get(path), part, read_or_none(draft), draft.typed)]
        guide = making.with_drafts(path, site)
        problems = [one for one in judge([own, *kept], guide).problems if one.file == own.name]
    return [one for one in dict.fromkeys(problems) if one.code not in OF_FILES]


def named(draft: Draft) -> str:
    return f"{draft.page} {draft.part}"
