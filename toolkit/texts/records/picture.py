"""A picture on a page: a drawing, or a small photograph. It stands in the page itself, so a page stays one request.

A photograph is WebP without anything but the picture: what a camera writes beside it (where, when, whose phone) would
be a chunk of its own, and is refused. What a picture shows is said in the label of each language.
"""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.drawing import read_drawing
from toolkit.texts.records.values import ListOf, read_day, read_slug, read_text

# Characters of one as it is kept, and of all of a page: a page weighs at most 14,600 bytes on the wire.
LARGEST, MOST_ON_A_PAGE = 4_800, 6_000
PHOTOGRAPH = "data:image/webp;base64,"
# RIFF, the size of the rest, WEBP, one chunk of pixels, its size.
_WEBP = re.compile(rb"RIFF(.{4})WEBP(VP8 |VP8L)(.{4})", re.DOTALL)


def read_image(value: Any) -> str:
    """A checked SVG on one line, or a photograph as ``data:image/webp;base64,…``. Raises FaultError."""
    if not isinstance(value, str) or not value.startswith(PHOTOGRAPH):
        return read_drawing(value, LARGEST)
    if len(value) > LARGEST:
        raise FaultError(Fault("logo-large", most=LARGEST))
    try:
        data = b64decode(value.removeprefix(PHOTOGRAPH), validate=True)
    except binascii.Error:
        raise FaultError(Fault("image-unreadable")) from None
    head = _WEBP.match(data)
    if head is None:
        raise FaultError(Fault("image-unreadable"))
    whole, pixels = (int.from_bytes(size, "little") for size in head.group(1, 3))
    if whole != len(data) - 8 or pixels + pixels % 2 != len(data) - 20:
        raise FaultError(Fault("image-unreadable"))
    return value


def read_yes(value: Any) -> bool:
    if value is not True:
        raise FaultError(Fault("not-ticked"))
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``shows_nobody``: somebody has looked, and said that no one can be recognised in it and that it is no one's."""

    id: str = field(metadata={"read": read_slug})
    image: str = field(metadata={"read": read_image})
    credit: str = field(default="", metadata={"read": read_text})
    shows_nobody: bool = field(metadata={"read": read_yes})
    sources: tuple[str, ...] = field(default=(), metadata={"read": ListOf(read_slug)})
    checked: date = field(metadata={"read": read_day})
