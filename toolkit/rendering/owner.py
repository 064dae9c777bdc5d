"""What pages say of who publishes the guide."""

import base64
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext

from toolkit.rendering.guide import Guide
from toolkit.texts.records.owner import ASK, LICENCES, Owner

# What may stand in an address in double quotes as it is.
SAFE = " =:/'(),;.-"


def public_url(guide: Guide) -> str:
    """The address that readers know the guide by, without a final slash, or "": the environment's before the rooms'."""
    return settings.PUBLIC_URL or guide.owner.public_url


def drawn(logo: str) -> str:
    """A checked SVG as the address of a picture, in which nothing runs and nothing is loaded; "" for none."""
    return f"data:image/svg+xml;base64,{base64.b64encode(logo.encode()).decode()}" if logo else ""


def picture_address(image: str) -> str:
    """A picture's image (records/picture.py) as an address that holds it, so that a page stays one request."""
    # Almost as it is written: encoded in base64 it would not compress with the page.
    return image if image.startswith("data:") else f"data:image/svg+xml,{quote(image, safe=SAFE)}"


def licence(owner: Owner) -> tuple[str, str]:
    """Name and address of the text's licence; ("", "") where none is set, no address where one asks."""
    if owner.licence == ASK:
        return gettext("All rights reserved. Ask before you copy it."), ""
    return LICENCES.get(owner.licence, ("", ""))


def owner_card(guide: Guide) -> str:
    """Who publishes the guide, as a part of a page; "" where nothing is set."""
    owner = guide.owner
    if owner == Owner():
        return ""
    name, url = licence(owner)
    context = {"owner": owner, "logo": drawn(owner.logo), "licence": name, "licence_url": url}
    return render_to_string("cards/owner.html", context).strip()
