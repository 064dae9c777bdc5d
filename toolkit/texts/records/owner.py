"""Who publishes the guide: what staff set once, for every page. Nothing is set by default, and nothing is then said."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.drawing import read_logo
from toolkit.texts.records.values import OneOf, address, read_email, read_text

ASK = "all-rights-reserved"
# What the text may be licensed under: (name, address of its terms).
LICENCES = {
    "cc0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "cc-by": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc-by-sa": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "cc-by-nd": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "cc-by-nc": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "cc-by-nc-sa": ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    "cc-by-nc-nd": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
}


def read_public_url(value: Any) -> str:
    """The address that readers know the guide by, without a path: ``https://guide.example.org``."""
    text: str = address("https")(value).rstrip("/")
    parts = urlsplit(text)
    if not parts.hostname or parts.path or parts.query or parts.fragment or parts.username:
        raise FaultError(Fault("not-a-site", address=text[:60]))
    return text


def _of(read: Callable[[Any], Any]) -> Any:
    return field(default="", metadata={"read": read})


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Each "" where it is not set. ``licence`` is a key of LICENCES or ASK; ``logo`` a checked SVG (drawing.py)."""

    name: str = _of(read_text)
    email: str = _of(read_email)
    website: str = _of(address("https", "http"))
    licence: str = _of(OneOf((*LICENCES, ASK)))
    public_url: str = _of(read_public_url)
    logo: str = _of(read_logo)
