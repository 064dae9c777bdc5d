"""The room where a page gets another address, and the draft of it as its reviewer sees it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from toolkit import roles
from toolkit.admin.addresses import page_or_404
from toolkit.admin.drafting import to_put_right
from toolkit.admin.moving.retiring import GiveWayForm
from toolkit.admin.room import Room
from toolkit.admin.showing import page_name, part_name, show, title_of, who
from toolkit.admin.talking.became import may_read
from toolkit.admin.talking.remarks import of_draft
from toolkit.admin.words.faults import said
from toolkit.drafting import addresses, drafts
from toolkit.drafting.addresses import COME_BACK, GIVE_WAY, KINDS, MOVE, TAKE_DOWN, NoWishError, Wish
from toolkit.drafting.old_links import links_to
from toolkit.drafting.previews import token_for
from toolkit.live import NotFitError, StaleTextError, live_site
from toolkit.models import Cause, Draft, Page
from toolkit.rendering.guide import Guide
from toolkit.texts.folder import is_page_path
from toolkit.texts.languages import LANGUAGES, SELF_NAMES
from toolkit.texts.lasting.renamed import naming
from toolkit.texts.page import Site
from toolkit.texts.problem import Fault
from toolkit.texts.words.markup import SLUG
from toolkit.texts.words.neutral import giveaway


class NameForm(forms.Form):
    """The last step of an address."""

    name = forms.CharField(
        label=_("Short name"),
        help_text=_(
            "Small letters, digits and single hyphens. It stands in the browser's history: it must not tell the topic."
        ),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not SLUG.match(name):
            raise forms.ValidationError(gettext("A short name has small letters, digits and single hyphens only."))
        if not is_page_path(name):
            raise forms.ValidationError(gettext("This cannot be the name of a page: choose another."))
        if word := giveaway(name.replace("-", " ")):
            raise forms.ValidationError(said(Fault("address-gives-away", word=word)))
        return name


class MoveForm(NameForm):
    """The new address of a page: one of the sections that there are, and a short name."""

    section = forms.ChoiceField(label=_("Section"))
    field_order = ("section", "name")

    def __init__(self, data: Any, page: Page, site: Site) -> None:
        section, _slash, name = page.path.partition("/")
        super().__init__(data, initial={"section": section, "name": name})
        self.page, self.site = page, site
        self.is_named = bool(naming(page.path, site))
        sections = [(one.path, title_of(one.path, site)) for one in Guide.of(site).sections]
        self.fields["section"].choices = sections  # type: ignore[attr-defined]

    def clean_section(self) -> str:
        section = str(self.cleaned_data["section"])
        if self.is_named and section != self.page.path.partition("/")[0]:
            raise forms.ValidationError(
                gettext("The plan or facts of other pages name this page: it can have another name, in this section.")
            )
        return section

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "section" in said and "name" in said and (fault := _taken(self.path, self.page, self.site)):
            self.add_error("name", fault)
        return said

    @property
    def path(self) -> str:
        return f"{self.cleaned_data['section']}/{self.cleaned_data['name']}"

    @property
    def wish(self) -> Wish:
        return Wish(MOVE, self.path)


def taken(path: str, site: Site, own: str | None = None) -> str:
    """Which page an address leads to already, said; "" for none. ``own``: the page whose old ones do not count."""
    named = addresses.named_by(path, site)
    if path in site:
        return gettext("This is the address of a page already: %(title)s.") % {"title": title_of(path, site)}
    if named is not None and named != own:
        return gettext("This old address leads to another page: %(title)s.") % {"title": title_of(named, site)}
    return ""


def _taken(path: str, page: Page, site: Site) -> str:
    """Why a page cannot have an address, "" where it can. An address that it had before is its own."""
    if path == page.path:
        return gettext("This is its address today.")
    if fault := taken(path, site, page.path):
        return fault
    if Page.objects.filter(path=path).exists():
        return gettext("Another page was at this address: its history stands there.")
    return ""


@require_http_methods(["GET", "HEAD", "POST"])
def address_page(request: HttpRequest, path: str) -> HttpResponse:
    """Asks for another address of a page: a draft, which a Publisher reviews. POST ``kind``: one of addresses.KINDS."""
    page, site = page_or_404(path), live_site()
    kind = request.POST.get("kind", "") if request.method == "POST" else ""
    back = [one for one in addresses.gave_way(page.path, site) if str(one.pk) == request.POST.get("page")]
    may_ask = roles.may_draft(who(request), Draft.ADDRESS)
    stays = addresses.why_it_stays(page.path)
    may_go = may_ask and not stays
    if request.method == "POST" and not (may_ask if kind == COME_BACK and back else may_go and kind in KINDS):
        raise PermissionDenied
    move = MoveForm(request.POST if kind == MOVE else None, page, site)
    way = GiveWayForm(
        request.POST if kind == GIVE_WAY else None, page, site, {one: title_of(one, site) for one in site}
    )
    about, wish = (back[0] if kind == COME_BACK else page), _wished(kind, move, way)
    problems = _problems(who(request), about, wish, site) if wish else []
    if wish and not problems:
        return _asked(request, about, wish)
    return show(
        request,
        "address",
        gettext("Address: %(page)s") % {"page": page_name(page)},
        422 if kind and not way.is_half else 200,
        page=page,
        form=move,
        way=_without_errors(way) if way.is_half else way,
        is_half=way.is_half,
        problems=problems,
        may_ask=may_ask,
        stays=stays,
        gave_way=addresses.gave_way(page.path, site),
        earlier=Draft.objects.filter(page=page, part=Draft.ADDRESS).select_related("author"),
    )


def _wished(kind: str, move: MoveForm, way: GiveWayForm) -> Wish | None:
    """What was asked for, None while a form does not say it."""
    if kind in (TAKE_DOWN, COME_BACK):
        return Wish(kind)
    form = move if kind == MOVE else way
    return form.wish if form.is_bound and form.is_valid() else None


def _without_errors(way: GiveWayForm) -> GiveWayForm:
    """The form as it asks for more: what was not asked before is no fault."""
    way.errors.clear()
    return way


def _asked(request: HttpRequest, page: Page, wish: Wish) -> HttpResponseRedirect:
    """What she wishes becomes her draft, and waits for review."""
    opened = drafts.open_draft(who(request), page, Draft.ADDRESS)
    draft = drafts.save(
        who(request), page, Draft.ADDRESS, {}, wish.text,
        version=opened.version if opened else 0, base="", follows="",
    )  # fmt: skip
    drafts.ask_for_review(draft)
    messages.success(request, gettext("Saved. It now waits for review; readers do not see it yet."))
    return HttpResponseRedirect(reverse("admin:draft", args=[draft.pk]))


def _problems(user: User, page: Page, wish: Wish, site: Site) -> list[dict[str, Any]]:
    """What would be wrong, where, and a link to it; of links that lead on anyway nothing is said here."""
    try:
        errors = addresses.weighed(page, wish, site).errors
    except NoWishError:
        return [{"message": gettext("A page that this is about is not there any more, or has moved meanwhile.")}]
    return to_put_right.rows(errors, site, user)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why, for your colleagues"), max_length=300)


def address_draft(request: HttpRequest, shown: Draft, act: Any) -> HttpResponse:
    """The draft of an address; ``act`` does what can be done with any draft, None where nothing was."""
    action = request.POST.get("action", "") if request.method == "POST" else ""
    form = ReasonForm(request.POST if action == "publish" else None)
    if action == "publish" and not roles.may_publish(who(request)):
        raise PermissionDenied
    answer = (
        _published(request, shown, form)
        if action == "publish"
        else act(action)
        if action in ("back", "aside", "right", "known")
        else None
    )
    return answer or _show(request, shown, form)


def _published(request: HttpRequest, shown: Draft, form: ReasonForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    if str(shown.version) != request.POST.get("version"):
        messages.error(request, gettext("The draft has changed since you opened it. Read it again, then publish."))
        return None
    try:
        addresses.publish(shown, who(request), form.cleaned_data["reason"])
    except (drafts.OtherWindowError, StaleTextError):
        messages.error(request, gettext("The draft has changed since you opened it. Read it again, then publish."))
    except (NotFitError, NoWishError):
        messages.error(request, gettext("Not published: something is not right yet. See the list below."))
    else:
        messages.success(request, gettext("Published. Readers see it now."))
        shown.page.refresh_from_db()
        return HttpResponseRedirect(reverse("admin:page", args=[_above(shown.page, live_site())]))
    return None


def _show(request: HttpRequest, shown: Draft, form: ReasonForm) -> TemplateResponse:
    wish, site, page = Wish.read(shown.text), live_site(), shown.page
    problems = _problems(who(request), page, wish, site) if shown.is_open else []
    links = links_to([page.path], site) if shown.is_open else {}
    return show(
        request,
        "address_draft",
        gettext("Draft: %(page)s, %(text)s") % {"page": page_name(page), "text": gettext("Address")},
        draft=shown,
        above=_above(page, site),
        wish=wish,
        parts=wish.anchors.items(),
        other=title_of(wish.to, site) if wish.to in site else "",
        previews=_previews(shown) if shown.is_open and not problems else [],
        links=sum(links.values()),
        pages=len({path for path, _part in links}),
        named=_named(page, wish, site) if shown.is_open and not problems else [],
        problems=problems,
        is_fit=not problems,
        may_read=may_read(who(request), shown),
        **of_draft(shown, who(request), site),
        form=form,
        is_mine=shown.author == who(request),
        may_publish_this=roles.may_publish(who(request)) and shown.is_open,
    )


def _named(page: Page, wish: Wish, site: Site) -> list[str]:
    """The texts that name the page and change with it."""
    changes, _moves = addresses.changes_of(page, wish, site)
    return [f"{title_of(one.path, site)}, {part_name(one.part)}" for one in changes if one.cause == Cause.PAGE_RENAMED]


def _above(page: Page, site: Site) -> str:
    """The page itself, or the one that took its place or says that it was taken down."""
    return page.path if page.path in site else addresses.named_by(page.path, site) or ""


def _previews(shown: Draft) -> list[tuple[str, str, str]]:
    """(language, its name, address) of the page as readers would get it."""
    token = token_for(shown)
    return [(one, SELF_NAMES[one], reverse("preview", args=[token, one])) for one in LANGUAGES]


ROOMS: list[Room] = [("pages/<page:path>/address/", address_page, "address", None)]
