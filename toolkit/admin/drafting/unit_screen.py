"""What the screen of one text shows: its form, what is wrong, the English beside it, and what others are doing."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from toolkit import roles
from toolkit.admin.buttons import screen as buttons_screen
from toolkit.admin.buttons.form import ButtonsForm
from toolkit.admin.drafting import plan_screen, to_put_right
from toolkit.admin.drafting.facts_form import FactsForm
from toolkit.admin.drafting.plan_form import WHOLE, PlanForm
from toolkit.admin.drafting.prose_form import ProseForm
from toolkit.admin.showing import language_of, page_name, part_name, show, who
from toolkit.admin.talking.remarks import waiting_on
from toolkit.admin.translations import english_changes
from toolkit.admin.words.comparing import comparison, in_lines
from toolkit.admin.words.faults import said
from toolkit.drafting import changing, drafts, making, previews
from toolkit.live import english_of, live_text, text_of
from toolkit.models import Draft, Page, UnitState
from toolkit.rendering import chips
from toolkit.rendering.directives import Place
from toolkit.rendering.guide import Guide
from toolkit.texts.canonical import digest
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, OF_HOME, PLAN, SOURCE, TRANSLATIONS
from toolkit.texts.page import PageTexts, Site, write_part
from toolkit.texts.problem import Problem
from toolkit.texts.words.markup import DRAWING_DIRECTIVE, MARKED, MATRIX_DIRECTIVE, OWNER_DIRECTIVE, headings

TYPES = "types/"
UnitForm = ButtonsForm | FactsForm | PlanForm | ProseForm
TEMPLATES = {FACTS: "unit_facts"}


def show_unit(
    request: HttpRequest,
    page: Page,
    part: str,
    site: Site,
    form: UnitForm,
    *,
    at: str = "",
    draft: Draft | None,
    passed: str,
    other: Draft | None = None,
    status: int = 200,
) -> TemplateResponse:
    """``other`` is what another window saved in the draft's place since this one read it."""
    texts = making.texts_of(page.path, site)
    live = live_text(site, page.path, part)
    is_translation = part in TRANSLATIONS
    shown = draft or previews.before_any(page, part)
    held = UnitState.objects.filter(page=page, part=part).exclude(hold="").first()
    overtaken = draft is not None and drafts.is_overtaken(draft, site)
    return show(
        request,
        _template_of(part, at),
        f"{page_name(page)}: {part_name(part)}",
        status,
        page=page,
        is_new=making.is_being_made(page, site),
        part=part,
        part_name=part_name(part),
        language=language_of(part),
        form=form,
        draft=draft,
        version=draft.version if draft else 0,
        base=draft.base if draft else (digest(live) if live is not None else ""),
        follows=texts.source_digest,
        passed=passed,
        other=comparison(part, other.text, _text(form)) if other and _text(form) else (),
        is_other=other is not None,
        others=_others(who(request), page, part),
        problems=faults(who(request), shown, site, form, at) if draft or shown.text else [],
        overtaken=_overtaken(draft, live) if overtaken and draft else None,
        held=held,
        remarks=waiting_on(page, part, draft, who(request)),
        held_rows=comparison(part, live, held.held) if held and draft and draft.answers else (),
        english=_english(texts) if is_translation else None,
        english_rows=_english_rows(texts, part, draft) if is_translation else None,
        preview=preview_address(shown) if shown.text or not draft else "",
        may_publish_this=roles.may_publish(request.user),
        choices=_insertable(site, page.path) if part in LANGUAGES else None,
        writing=_writing(site, texts, part) if part in LANGUAGES else None,
        lost_places=_lost_places(texts, part, draft) if draft else [],
        **_own(request, form, at, texts),
    )


def _template_of(part: str, at: str) -> str:
    if part == BUTTONS:
        return buttons_screen.template_of(at)
    return plan_screen.template_of(at) if part == PLAN else TEMPLATES.get(part, "unit_prose")


def _own(request: HttpRequest, form: UnitForm, at: str, texts: PageTexts) -> dict[str, Any]:
    """What the screens of a text show that is written piece by piece."""
    if isinstance(form, ButtonsForm):
        return buttons_screen.context(request, form, at, texts.buttons)
    return plan_screen.context(form, at, texts.plan, who(request)) if isinstance(form, PlanForm) else {}


def types_of(site: Site) -> list[tuple[str, str]]:
    """(slug, title) of the types of harm."""
    return [
        (path.removeprefix(TYPES), page.prose[SOURCE].h1 if SOURCE in page.prose else path)
        for path, page in sorted(site.items())
        if path.startswith(TYPES)
    ]


def faults(user: User, draft: Draft, site: Site, form: UnitForm, at: str = "") -> list[dict[str, Any]]:
    """What is wrong, worst first: with the form while it makes no text, else with the text it makes, and elsewhere."""
    if not draft.text:
        if isinstance(form, FactsForm):
            return [_wrong(message, place) for message, place in form.wrong()]
        found = [_wrong(_named(form, name, error), "") for name, errors in form.errors.items() for error in errors]
        return found + (list(plan_screen.part_problems(form)) if isinstance(form, PlanForm) else [])
    problems = drafts.problems_of(draft, site, everywhere=draft.part in (FACTS, SOURCE))
    return to_put_right.rows(problems, site, user, [draft], lambda one: _fault(one, draft, form, at))


def preview_address(draft: Draft) -> str:
    if draft.pk and not draft.text:
        return ""
    if draft.part == PLAN:
        return reverse("preview_plan", args=[previews.token_for(draft), SOURCE])
    language = draft.part if draft.part in LANGUAGES else SOURCE
    return reverse("preview", args=[previews.token_for(draft), language])


def _fault(problem: Problem, draft: Draft, form: UnitForm, at: str) -> dict[str, Any]:
    """Lines are counted in the form's text field, not in the file with its front matter; the plan has links."""
    front = 0 if draft.part in (FACTS, *OF_HOME) else draft.text.split("\n---\n", 1)[0].count("\n") + 2
    has_lines = draft.part not in (FACTS, BUTTONS) and (draft.part != PLAN or at == WHOLE)
    return {
        "line": max(problem.line - front, 0) if has_lines else 0,
        "href": _href(problem, form, at),
        "message": said(problem.fault),
        "is_warning": problem.is_warning,
    }


def _href(problem: Problem, form: UnitForm, at: str) -> str:
    """Where on the screen it is put right."""
    if isinstance(form, FactsForm):
        place = form.place_of(problem.fault)
        return f"#{place}" if place else ""
    if isinstance(form, ButtonsForm):
        return buttons_screen.place_of(problem.fault)
    return plan_screen.place_of(problem.fault) if isinstance(form, PlanForm) and at != WHOLE else ""


def _wrong(message: str, place: str) -> dict[str, Any]:
    return {"line": 0, "href": f"#{place}" if place else "", "message": message, "is_warning": False}


def _named(form: Any, name: str, error: Any) -> str:
    return f"{form.fields[name].label}: {error}" if name in form.fields else str(error)


def _text(form: UnitForm) -> str:
    return form.text(follows="", pinned="") if isinstance(form, ProseForm) else form.text()


def _lost_places(texts: PageTexts, part: str, draft: Draft) -> list[dict[str, Any]]:
    """The places that her draft has no more, each with those that it may lead to and what she chose."""
    value = changing.read_or_none(draft) if part == SOURCE else None
    lost = changing.lost_anchors(texts, part, value)
    there = [(one.anchor, MARKED.sub("…", one.text)) for one in headings(getattr(value, "body", ""))] if lost else []
    kept = changing.kept_places(texts, part, value, draft.typed)
    return [{"name": changing.KEEP + one, "anchor": one, "choices": there, "chosen": kept.get(one)} for one in lost]


def _others(user: User, page: Page, part: str) -> list[Draft]:
    opened = Draft.objects.filter(page=page, part=part, state__in=Draft.OPEN).select_related("author")
    return list(opened.exclude(author=user))


def _overtaken(draft: Draft, live: str | None) -> dict[str, Any]:
    """What was published meanwhile: who, when, and the difference it made to the text that the draft was begun from."""
    before = text_of(draft.page.path, draft.part, draft.base) or ""
    latest = draft.page.revisions.filter(part=draft.part, was_live=True).select_related("author").first()
    return {
        "by": latest.author if latest else None,
        "at": latest.created if latest else None,
        "rows": comparison(draft.part, before, live or ""),
        "live": in_lines(draft.part, live or ""),
    }


def _english(texts: PageTexts) -> dict[str, Any] | None:
    if SOURCE not in texts.prose:
        return None
    prose = texts.prose[SOURCE]
    return {"prose": prose, "keywords": ", ".join(prose.keywords), "labels": prose.labels, "notes": prose.notes}


def _english_rows(texts: PageTexts, part: str, draft: Draft | None) -> Any:
    """What changed in the English since the text she works on was written by it; None when nothing did."""
    if draft is None or not draft.follows:
        return english_changes(texts, part)
    if draft.follows == texts.source_digest or SOURCE not in texts.prose:
        return None
    before = english_of(texts.path, draft.follows)
    return comparison(SOURCE, before, write_part(texts.prose[SOURCE])) if before else None


def _writing(site: Site, texts: PageTexts, language: str) -> dict[str, Any]:
    """What the editor shows in the place of each directive, in the language of the text, and above each kind of box."""
    guide = Guide.of(site)
    with guide.speaking(language):
        found = chips.chips(Place(guide, language, texts))
    named = {
        MATRIX_DIRECTIVE: gettext("Table of all laws"),
        DRAWING_DIRECTIVE: gettext("Drawing"),
        OWNER_DIRECTIVE: gettext("Who publishes the guide"),
    }
    boxes = {
        "save": gettext("Keep this first"),
        "danger": gettext("Danger to life"),
        "child": gettext("Someone under 18"),
        "note": gettext("Note"),
        "reply": gettext("Words to say or send"),
    }
    return {
        "chips": {said: (one.name or named[said.split()[0]], one.fact) for said, one in found.items()},
        "boxes": boxes,
    }


def _insertable(site: Site, own: str) -> dict[str, list[tuple[str, str]]]:
    """What the toolbar can put into a text: facts by their directive, and pages by their address."""
    facts = [
        (
            f"{{{{ {kind} {record.id} }}}}",
            f"{name}: {getattr(record, 'name', '') or getattr(record, 'platform', '') or record.id}",
        )
        for path, page in sorted(site.items())
        for kind, name, records in (
            ("contact", gettext("Contact"), page.facts.contacts if page.facts else ()),
            ("route", gettext("Report route"), page.facts.routes if page.facts else ()),
            ("provision", gettext("Law"), page.facts.provisions if page.facts else ()),
            ("picture", gettext("Picture"), page.facts.pictures if page.facts and path == own else ()),
        )
        for record in records
    ]
    pages = [
        (f"/{path}/" if path else "/", one.prose[SOURCE].title)
        for path, one in sorted(site.items())
        if SOURCE in one.prose
    ]
    return {"facts": sorted(facts, key=lambda one: one[1]), "pages": pages}
