"""Links that show a draft as readers would get it, for two days, to whoever has the link."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils import timezone

from toolkit.drafting import addresses, making
from toolkit.live import live_site, live_text
from toolkit.models import Draft, Page
from toolkit.texts.page import Site, read_part

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
    """For a draft that was not saved yet: the text that is live in its place."""
    return signing.TimestampSigner(salt=_SALT).sign_object(draft.pk or [draft.page.pk, draft.part])


def before_any(page: Page, part: str) -> Draft:
    """The draft, not saved, that changes nothing yet: the live text, "" where there is none."""
    return Draft(page=page, part=part, version=0, text=live_text(live_site(), page.path, part) or "")


def preview_of(token: str) -> Preview:
    """Raises NoPreviewError."""
    lasts = timedelta(hours=settings.PREVIEW_HOURS)
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        of = signer.unsign_object(token, max_age=lasts)
        began = signing.b62_decode(token.rsplit(":", 2)[1])
    except (signing.BadSignature, ValueError, IndexError):
        raise NoPreviewError from None
    draft = _draft_of(of)
    if draft is None or (draft.pk and not draft.text):
        raise NoPreviewError
    ends = datetime.fromtimestamp(began, tz=timezone.get_current_timezone()) + lasts
    return Preview(draft, *_drafted(draft), ends)


def _draft_of(signed: int | list[int | str]) -> Draft | None:
    if isinstance(signed, int):
        return Draft.objects.select_related("page").filter(pk=signed).first()
    page = Page.objects.filter(pk=signed[0]).first()
    return before_any(page, str(signed[1])) if page else None


def _drafted(draft: Draft) -> tuple[Site, str]:
    """The guide with a draft in its place, and the page to look at. Raises NoPreviewError."""
    live, path = live_site(), draft.page.path
    if draft.part == Draft.ADDRESS:
        wish = addresses.Wish.read(draft.text)
        try:
            return addresses.weighed(draft.page, wish, live).site, wish.to or path
        except addresses.NoWishError:
            raise NoPreviewError from None
    if not draft.pk:
        return live, path
    page = making.texts_of(path, live)
    return {**live, path: page.with_part(draft.part, read_part(draft.part, draft.text))}, path
