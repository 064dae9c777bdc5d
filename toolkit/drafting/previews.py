"""Links that show a draft as readers would get it, for two days, to whoever has the link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone

from toolkit.drafting import addresses
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.texts.page import PageTexts, Site, read_part

_SALT = "preview"


class NoPreviewError(Exception):
    """The link has ended or was never one, or the draft does not make a text yet."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft, the guide with it in its place, where in it to look, and when its link ends."""

    draft: Draft
    site: Site
    path: str
    ends: datetime


def token_for(draft: Draft) -> str:
    return signing.TimestampSigner(salt=_SALT).sign_object(draft.pk)


def preview_of(token: str) -> Preview:
    """Raises NoPreviewError."""
    lasts = timedelta(hours=settings.PREVIEW_HOURS)
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        pk = signer.unsign_object(token, max_age=lasts)
        began = signing.b62_decode(token.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        raise NoPreviewError from None
    draft = Draft.objects.select_related("page").filter(pk=pk).first()
    if draft is None or not draft.text:
        raise NoPreviewError
    ends = datetime.fromtimestamp(began, tz=timezone.get_current_timezone()) + lasts
    return Preview(draft, *_drafted(draft), ends)


def _drafted(draft: Draft) -> tuple[Site, str]:
    """The guide with a draft in its place, and the page to look at. Raises NoPreviewError."""
    live, path = live_site(), draft.page.path
    if draft.part == Draft.ADDRESS:
        wish = addresses.Wish.read(draft.text)
        try:
            return addresses.weighed(draft.page, wish, live).site, wish.to or path
        except addresses.NoWishError:
            raise NoPreviewError from None
    page = live.get(path) or PageTexts(path)
    return {**live, path: page.with_part(draft.part, read_part(draft.part, draft.text))}, path
