"""What came back from someone outside: her link, what she says of each text, and what is made of it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from toolkit import models, roles
from toolkit.admin.drafting import editing
from toolkit.admin.finding.drafting import begun
from toolkit.admin.showing import language_of, part_name, require, show, who, whole
from toolkit.drafting import changing, drafts
from toolkit.live import NotFitError, StaleTextError, live_site, live_text
from toolkit.models import AuditEntry, Event, OutsideReader, Remark
from toolkit.rendering import words
from toolkit.rendering.directives import Place
from toolkit.rendering.guide import Guide
from toolkit.reviewing import asked
from toolkit.reviewing.asked import Reading
from toolkit.reviewing.wordings import Wording, taken_in
from toolkit.reviewing.words import LAW
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, PLAN, SELF_NAMES, SOURCE, TRANSLATIONS
from toolkit.texts.words.prose import Prose

MOST_DAYS = 90


def of_name(reader: OutsideReader) -> str:
    return gettext("The law") if reader.of == LAW else SELF_NAMES.get(reader.of, reader.of)


def state_of(reader: OutsideReader) -> tuple[str, str]:
    """How her link stands: look and words."""
    if reader.revoked:
        return "bad", gettext("Taken back")
    return ("good", gettext("Works")) if reader.may_read else ("quiet", gettext("Ended"))


@require_http_methods(["GET", "HEAD", "POST"])
def reader_page(request: HttpRequest, pk: int) -> HttpResponse:
    """POST ``action``: revoke, extend (``days``), or draft and reviewed with the number of a text behind a colon."""
    reader = get_object_or_404(OutsideReader.objects.select_related("asked_by"), pk=pk)
    guide = Guide.of(live_site())
    if request.method == "POST":
        return _act(request, reader, guide)
    found = asked.readings(reader, guide)
    return show(
        request,
        "outside_reader",
        gettext("Outside reader: %(name)s") % {"name": reader.name},
        reader=reader,
        of=of_name(reader),
        language=language_of(reader.of),
        ends=localdate(reader.expires),
        state=state_of(reader),
        link=request.build_absolute_uri(reverse("admin:read", args=[asked.token_for(reader)])),
        rows=[_row(one, request) for one in found],
        most_days=MOST_DAYS,
    )


def _row(one: Reading, request: HttpRequest) -> dict[str, Any]:
    """One text: what she found in it, and what can be made of it."""
    said = [(statement, remark) for statement in one.statements if (remark := one.remark_on(statement))]
    verdicts = [remark.verdict for _statement, remark in said]
    prose = one.page.prose.get(one.part)
    return {
        "at": one,
        "name": one.sheet.name,
        "part": one.parts[0],
        "language": language_of(one.part),
        "counts": {verdict: verdicts.count(verdict) for verdict in asked.VERDICTS},
        "said": [(statement, remark) for statement, remark in said if remark.verdict != Remark.RIGHT or remark.words],
        "is_reviewed": bool(prose and prose.review == "reviewed"),
        "may_draft": any(_is_prose(one, remark) for _statement, remark in asked.wordings(one)),
        "may_review": one.part in TRANSLATIONS and one.is_right and roles.may_publish(who(request)),
        "day": one.last_day,
    }


def _is_prose(one: Reading, remark: Remark) -> bool:
    return one.part != PLAN and remark.part != FACTS


def _act(request: HttpRequest, reader: OutsideReader, guide: Guide) -> HttpResponse:
    action, _colon, number = request.POST.get("action", "").partition(":")
    if action == "revoke" and not reader.revoked:
        reader.revoked = now()
        reader.save()
        AuditEntry.add(who(request), Event.READER_ENDED, reader.name)
        messages.success(request, gettext("Taken back: her link leads nowhere now. What she said stays here."))
    elif action == "extend" and not reader.revoked:
        _extend(request, reader)
    elif action in ("draft", "reviewed"):
        at = asked.reading(reader, guide, whole(number))
        if at is None:
            raise Http404
        if action == "draft":
            return _make_draft(request, reader, at, guide)
        _say_reviewed(request, reader, at)
    return HttpResponseRedirect(request.path)


def _extend(request: HttpRequest, reader: OutsideReader) -> None:
    days = whole(request.POST.get("days", ""))
    if not 1 <= days <= MOST_DAYS:
        messages.error(request, gettext("Give a number of days from 1 to %(most)s.") % {"most": MOST_DAYS})
        return
    reader.expires = now() + timedelta(days=days)
    reader.save()
    AuditEntry.add(who(request), Event.READER_EXTENDED, reader.name)
    messages.success(request, gettext("Her link works until %(day)s.") % {"day": words.day(localdate(reader.expires))})


def _make_draft(request: HttpRequest, reader: OutsideReader, at: Reading, guide: Guide) -> HttpResponse:
    """Her wordings, in a draft of whoever presses the button: her own that is open, or one begun from today's text."""
    user, site = who(request), live_site()
    page, part = models.Page.objects.get(path=at.page.path), at.parts[0]
    there = HttpResponseRedirect(reverse("admin:unit", args=[page.path, part]))
    opened = drafts.open_draft(user, page, part)
    before = changing.read_or_none(opened) if opened else at.page.prose.get(part)
    if not isinstance(before, Prose):
        messages.error(request, gettext("Your draft of this text is not right yet. Put it right, then come back."))
        return there
    hers = [(statement, remark) for statement, remark in asked.wordings(at) if _is_prose(at, remark)]
    wanted = [Wording(statement.what, statement.text, remark.wording) for statement, remark in hers]
    after, left = taken_in(before, Place(guide, part, at.page), wanted)
    done = [remark for (_statement, remark), one in zip(hers, wanted, strict=True) if one not in left]
    if not done:
        messages.warning(request, gettext("None could be put in by itself: put them into the text by hand."))
        return HttpResponseRedirect(request.path)
    texts = at.page.with_part(part, after)
    typed = {**(opened.typed if opened else {}), **begun(texts, part)}
    follows = opened.follows if opened else texts.source_digest
    text = editing.text_of(editing.form_for(part, typed, texts, site), part, at.page, follows)
    draft = drafts.save(
        user, page, part, typed, text,
        version=opened.version if opened else 0, base=digest(live_text(site, page.path, part) or ""), follows=follows,
    )  # fmt: skip
    Remark.objects.filter(pk__in=[remark.pk for remark in done]).update(draft=draft)
    said = ngettext(
        "%(n)s wording of %(name)s is in your draft.", "%(n)s wordings of %(name)s are in your draft.", len(done)
    )
    messages.success(request, said % {"n": len(done), "name": reader.name})
    if left:
        said = gettext("To be put in by hand, as marks or facts stand in them: %(sentences)s")
        messages.warning(request, said % {"sentences": " · ".join(one.sentence for one in left)})
    return there


def _say_reviewed(request: HttpRequest, reader: OutsideReader, at: Reading) -> None:
    require(roles.may_publish(who(request)))
    if at.part not in TRANSLATIONS or not at.is_right or at.last_day is None:
        messages.error(request, gettext("She has not found every sentence of today's text right."))
        return
    reason = gettext("Compared with the English by %(name)s, %(day)s") % {
        "name": reader.name, "day": words.day(at.last_day),
    }  # fmt: skip
    try:
        asked.say_reviewed(at, who(request), reason)
    except (NotFitError, StaleTextError):
        messages.error(request, gettext("Not published: the text on the site has changed meanwhile. Both are kept."))
    else:
        said = gettext("%(text)s of “%(page)s” is now called reviewed.")
        messages.success(request, said % {"text": part_name(at.part), "page": at.page.prose[SOURCE].h1})
