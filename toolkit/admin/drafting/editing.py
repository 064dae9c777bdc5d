"""The screen of one text: its words in a language, or its facts. What is typed here is never lost.

Every form carries a signed pass that says whose it is and of which text. It takes the place of Django's token against
forged requests, because it must still be good after a log-in has ended, or been renewed in another window: then what
she typed is kept as her draft all the same, and the log-in page comes next (docs/decisions/0007).
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core import signing
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.buttons import saving as buttons_saving
from toolkit.admin.buttons.form import ButtonsForm
from toolkit.admin.drafting import facts_form, plan_form, plan_saving, prose_form
from toolkit.admin.drafting.facts_form import FactsForm
from toolkit.admin.drafting.plan_form import PlanForm
from toolkit.admin.drafting.prose_form import ProseForm
from toolkit.admin.drafting.unit_screen import UnitForm, faults, preview_address, show_unit, types_of
from toolkit.admin.entering import kept
from toolkit.admin.entering.log_in import address
from toolkit.admin.finding.drafting import begun
from toolkit.admin.keeping.used_on import say_uses
from toolkit.admin.showing import require, wants_json, who, whole
from toolkit.admin.words.faults import said
from toolkit.admin.words.picture_field import taken_in
from toolkit.drafting import drafts, making, reading
from toolkit.drafting.drafts import Typed
from toolkit.live import live_site
from toolkit.models import Draft, Page
from toolkit.texts.languages import BUTTONS, FACTS, LANGUAGES, OF_HOME, PLAN, parts_of
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.problem import Fault
from toolkit.texts.words.tidied import tidied_body, without_invisible

# Texts that are written piece by piece: what a post makes of a draft.
_PIECEWISE: dict[str, Any] = {PLAN: plan_saving, BUTTONS: buttons_saving}
_SALT = "unit-form"
_PASS_LASTS = 7 * 24 * 3600


@csrf_exempt
def unit_page(request: HttpRequest, path: str, part: str, at: str = "") -> HttpResponseBase:
    """One text of a page, to be written; ``at``: one piece of the plan or of the words of buttons.

    A post without a log-in keeps what was typed, then asks for the log-in.
    """
    if request.method == "POST" and (gone := _gone(request, part)):
        return _keep_aside(request, *gone, part)
    if request.method == "POST" and not admin.site.has_permission(request):
        return _keep(request, page_or_404(path), part, at)
    enter = admin.site.admin_view(_unit)
    return enter(request, path=path, part=part, at=at)


@csrf_exempt
def _unit(request: HttpRequest, path: str, part: str, at: str) -> HttpResponseBase:
    require(roles.may_draft(who(request), part) and plan_saving.may_enter(who(request), at))
    page = page_or_404(path)
    if part not in parts_of(page.path) or (at and part not in OF_HOME):
        raise Http404
    site = live_site()
    texts = making.texts_of(page.path, site)
    if request.method == "POST":
        return _post(request, page, part, at, site, texts)
    draft = drafts.open_draft(who(request), page, part)
    typed = draft.typed if draft else begun(texts, part)
    if draft and draft.follows != texts.source_digest:
        # The English has changed since she wrote by it: she says anew whether hers follows it.
        typed = {name: values for name, values in typed.items() if name != "follows_today"}
    form = form_for(part, typed, texts, site)
    if draft:
        reading.know(draft, who(request))
        text_of(form, part, texts, texts.source_digest)
    if isinstance(form, FactsForm):
        say_uses(form, site, page.path)
    return show_unit(request, page, part, site, form, at=at, draft=draft, passed=make_pass(who(request), page, part))


def form_for(part: str, typed: Typed, texts: PageTexts, site: Site) -> UnitForm:
    if part == FACTS:
        return FactsForm(typed, types_of(site), texts.facts)
    if part == PLAN:
        return PlanForm(typed, site)
    if part == BUTTONS:
        return ButtonsForm(typed)
    return ProseForm(typed, part, prose_form.records_of(texts.facts, texts.prose.get(part)))


def text_of(form: UnitForm, part: str, texts: PageTexts, follows: str) -> str:
    """The canonical text of a form, "" with errors on its fields."""
    if not isinstance(form, ProseForm):
        return form.text()
    live = texts.prose.get(part)
    return form.text(follows=follows, pinned=live.translated_from if live else "")


def make_pass(user: User, page: Page, part: str) -> str:
    return signing.dumps([user.pk, page.pk, part], salt=_SALT)


def _typed(posted: QueryDict, part: str) -> Typed:
    """The fields that are hers, without those that the page itself put there, and without what only a paste puts in."""
    own = {"csrfmiddlewaretoken", "pass", "version", "base", "follows", "action", "was", "copy"}
    fields = {name: values for name, values in posted.lists() if name not in own}
    tidy = {"body": tidied_body} if part in LANGUAGES else {}
    return {name: [tidy.get(name, without_invisible)(one) for one in values] for name, values in fields.items()}


def _read_pass(request: HttpRequest) -> tuple[int, int, str]:
    """Keys of the account and the page that a form is of, and its text; nobody's when its pass is not good."""
    try:
        user, page, part = signing.loads(request.POST.get("pass", ""), salt=_SALT, max_age=_PASS_LASTS)
    except (signing.BadSignature, ValueError):
        return 0, 0, ""
    return user, page, part


def _passed(request: HttpRequest, page: Page, part: str) -> User | None:
    """Whose form this is, or None when its pass is not good."""
    user, pk, of = _read_pass(request)
    return User.objects.filter(pk=user, is_active=True).first() if (pk, of) == (page.pk, part) else None


def _gone(request: HttpRequest, part: str) -> tuple[User, Page] | None:
    """Whose form this is, where its page was taken down or has given way since it was opened."""
    page = Page.objects.filter(pk=_read_pass(request)[1], is_retired=True).first()
    user = _passed(request, page, part) if page else None
    return (user, page) if page and user and user.is_staff and roles.may_draft(user, part) else None


def _post(request: HttpRequest, page: Page, part: str, at: str, site: Site, texts: PageTexts) -> HttpResponseBase:
    action = request.POST.get("action", "save")
    typed = _typed(request.POST, part)
    chosen, unfit = taken_in(request.FILES)
    typed |= chosen
    for fault in () if wants_json(request) else unfit:
        messages.error(request, said(fault))
    if part in _PIECEWISE:
        typed = _PIECEWISE[part].written_into(who(request), page, texts, typed, at, action)
    elif part == FACTS:
        typed = facts_form.acted(typed, action)
    form = form_for(part, typed, texts, site)
    passed = make_pass(who(request), page, part)
    if _passed(request, page, part) != who(request):
        text_of(form, part, texts, texts.source_digest)
        messages.error(request, gettext("This form was opened by someone else, or long ago. Read it, then save again."))
        return show_unit(request, page, part, site, form, at=at, draft=None, passed=passed, status=403)
    try:
        draft = _save(request, who(request), page, part, at, form, texts, typed)
    except drafts.OtherWindowError as error:
        if wants_json(request):
            return JsonResponse(
                {"other": True, "said": gettext("This draft was saved from another window.")}, status=409
            )
        text_of(form, part, texts, texts.source_digest)
        return show_unit(
            request, page, part, site, form, at=at, draft=error.draft, passed=passed, other=error.draft, status=409
        )
    if wants_json(request):
        return _told(draft, [*_files(unfit), *faults(who(request), draft, site, form, at)])
    if part in _PIECEWISE:
        return _PIECEWISE[part].after(request, draft, at, action) or _after(request, draft, action)
    return _after(request, draft, action)


def _save(
    request: HttpRequest, user: User, page: Page, part: str, at: str, form: UnitForm, texts: PageTexts, typed: Typed
) -> Draft:
    follows = request.POST.get("follows", "")
    text = text_of(form, part, texts, follows)
    version = request.POST.get("version", "0")
    opened = drafts.open_draft(user, page, part)
    if request.POST.get("replaces") and opened and str(opened.version) == version:
        drafts.put_beside(opened)
    typed.pop("replaces", None)
    if part in _PIECEWISE:
        version = _PIECEWISE[part].version(opened, request.POST, at)
    if part == PLAN:
        # By itself it saves while she types: only what she saves becomes part of the text, or it would be there twice.
        is_settled = text and not wants_json(request) and not request.POST.get("action", "").startswith("add:")
        typed = plan_form.settled(text) if is_settled else typed
    return drafts.save(
        user, page, part, typed, text,
        version=whole(version), base=request.POST.get("base", ""), follows=follows,
    )  # fmt: skip


def _after(request: HttpRequest, draft: Draft, action: str) -> HttpResponseRedirect:
    here = reverse("admin:unit", args=[draft.page.path, draft.part])
    if place := facts_form.place_after(draft.typed, action) if draft.part == FACTS else "":
        return HttpResponseRedirect(f"{here}#{place}")
    if action == "aside":
        drafts.set_aside(draft, draft.author)
        messages.info(
            request, gettext("Discarded. It stays in the history of this text, and can be copied from there.")
        )
        return HttpResponseRedirect(reverse("admin:page", args=[draft.page.path]))
    if action == "caught-up":
        drafts.go_on_from_live(draft)
        messages.success(request, gettext("Your draft now goes on from the text on the site."))
    elif action == "review" and draft.text:
        drafts.ask_for_review(draft)
        messages.success(request, gettext("Saved. It now waits for review; readers do not see it yet."))
        return HttpResponseRedirect(reverse("admin:draft", args=[draft.pk]))
    elif action == "publish" and draft.text:
        return HttpResponseRedirect(reverse("admin:draft", args=[draft.pk]))
    elif draft.text:
        messages.success(request, gettext("Draft saved. Readers do not see it yet."))
    else:
        messages.warning(request, gettext("Draft saved. Something in it is not right yet: see below."))
    return HttpResponseRedirect(here)


def _keep(request: HttpRequest, page: Page, part: str, at: str) -> HttpResponse:
    """Without a log-in: what she typed becomes her draft if her pass is good, and nothing else happens."""
    user, is_kept = _passed(request, page, part), False
    if user is not None and user.is_staff and roles.may_draft(user, part) and plan_saving.may_enter(user, at):
        site = live_site()
        texts = making.texts_of(page.path, site)
        typed = _typed(request.POST, part) | taken_in(request.FILES)[0]
        if part in _PIECEWISE:
            typed = _PIECEWISE[part].written_into(user, page, texts, typed, at, "save")
        form = form_for(part, typed, texts, site)
        is_kept = True
        try:
            _save(request, user, page, part, at, form, texts, typed)
        except drafts.OtherWindowError as error:
            # Hers from this window goes beside the one that another window has saved.
            hers = error.draft
            hers.typed, hers.text = typed, text_of(form, part, texts, request.POST.get("follows", ""))
            drafts.put_beside(hers)
    where = address("login", request.path)
    if wants_json(request):
        said = (
            gettext("Your log-in has ended. What you typed is kept.") if is_kept else gettext("Your log-in has ended.")
        )
        return JsonResponse({"login": where, "said": said}, status=401)
    if is_kept:
        return kept.taken(request, HttpResponseRedirect(where + "&kept=1"))
    return HttpResponseRedirect(where)


def _keep_aside(request: HttpRequest, user: User, page: Page, part: str) -> HttpResponse:
    """What was typed for a page that is not there any more stays in the history of its text."""
    texts, typed = PageTexts(page.path), _typed(request.POST, part) | taken_in(request.FILES)[0]
    follows = request.POST.get("follows", "")
    text = text_of(form_for(part, typed, texts, live_site()), part, texts, follows)
    drafts.put_beside(
        Draft(
            page=page,
            part=part,
            author=user,
            base=request.POST.get("base", ""),
            follows=follows,
            typed=typed,
            text=text,
        )
    )
    where = reverse("admin:history", args=[page.path, part])
    said = gettext(
        "This page was taken down or replaced while you wrote. What you typed is kept here, in the history of its text."
    )
    if wants_json(request):
        return JsonResponse({"said": said, "address": where, "name": gettext("See what is kept")}, status=410)
    if admin.site.has_permission(request):
        messages.warning(request, said)
    else:
        where = reverse("admin:login") + "?" + urlencode({"next": where, "kept": "1"})
    return kept.taken(request, HttpResponseRedirect(where))


def _files(unfit: list[Fault]) -> Iterator[dict[str, Any]]:
    """What is wrong with the files that she has chosen."""
    yield from ({"line": 0, "message": said(fault), "is_warning": False, "href": "#pictures"} for fault in unfit)


def _told(draft: Draft, problems: list[dict[str, Any]]) -> JsonResponse:
    """What the page's script is told after it has saved by itself."""
    said = gettext("Draft saved at %(time)s") % {"time": f"{timezone.localtime():%H:%M:%S}"}
    return JsonResponse(
        {
            "version": draft.version,
            "said": said,
            "problems": render_to_string("staff/problems.html", {"problems": problems}).strip(),
            "preview": preview_address(draft),
        }
    )
