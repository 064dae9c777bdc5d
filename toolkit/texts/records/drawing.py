"""An SVG from outside -> one that holds drawn shapes and nothing else, or what is wrong with it.

What is not on the lists is refused and not taken out: half a drawing is nobody's. Drawing programs' own marks, which
draw nothing, are left out. Readers get it as a picture (``<img>``), in which a browser runs and loads nothing.
"""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from toolkit.texts.problem import Fault, FaultError

# Characters of it as it is kept, and as it may come from a drawing program.
LARGEST, LARGEST_TYPED = 4_000, 50_000
DEEPEST = 12
SVG = "http://www.w3.org/2000/svg"
SHAPES = (
    "svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title", "desc", "defs",
    "linearGradient", "radialGradient", "stop", "clipPath",
)  # fmt: skip
_WORDS = ("title", "desc")
_PAINT = (
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "stroke-opacity", "opacity", "clip-path", "clip-rule",
    "stop-color", "stop-opacity",
)  # fmt: skip
ATTRIBUTES = (
    "id", "viewBox", "width", "height", "d", "cx", "cy", "r", "rx", "ry", "x", "y", "x1", "y1", "x2", "y2", "fx", "fy",
    "points", "transform", "offset", "gradientUnits", "gradientTransform", "clipPathUnits",
    "preserveAspectRatio", *_PAINT,
)  # fmt: skip
# Say nothing of what is drawn.
_NEEDLESS = ("version", "class", "role", "enable-background", "aria-label", "aria-hidden", "focusable")
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE[^>\[]*>")
# Nothing but a gradient or a clip of its own.
_WITHIN = re.compile(r"url\(#[\w-]+\)")
_QUOTE = {"'": "&#39;"}


def read_logo(value: Any) -> str:
    """The SVG on one line, with what it draws only. Raises FaultError."""
    return read_drawing(value, LARGEST)


def read_drawing(value: Any, most: int) -> str:
    """An SVG of at most ``most`` characters, on one line, with what it draws only. Raises FaultError."""
    if not isinstance(value, str) or len(value) > LARGEST_TYPED:
        raise FaultError(Fault("logo-large", most=most))
    if "<!DOCTYPE" in (text := _DOCUMENT_TYPE.sub("", value.strip())) or "<!ENTITY" in text:
        raise FaultError(Fault("logo-part", part="<!DOCTYPE"))
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (no document type, so no entity)
    except (ElementTree.ParseError, ValueError):
        raise FaultError(Fault("logo-unreadable")) from None
    if root.tag != f"{{{SVG}}}svg" or not root.get("viewBox"):
        raise FaultError(Fault("logo-unreadable"))
    found = "".join(_written(root, 0))
    if len(found) > most:
        raise FaultError(Fault("logo-large", most=most))
    return found


def _written(one: ElementTree.Element, depth: int) -> Iterator[str]:
    namespace, _, name = str(one.tag).rpartition("}")
    if namespace not in ("", f"{{{SVG}") or name == "metadata":
        return
    if name not in SHAPES or depth > DEEPEST:
        raise FaultError(Fault("logo-part", part=f"<{name}>"))
    xmlns = f" xmlns='{SVG}'" if not depth else ""
    attributes = "".join(f" {key}='{escape(value, _QUOTE)}'" for key, value in _attributes(one))
    words = escape(" ".join((one.text or "").split())) if name in _WORDS else ""
    yield f"<{name}{xmlns}{attributes}>{words}"
    for child in one:
        yield from _written(child, depth + 1)
    yield f"</{name}>"


def _attributes(one: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """What its attributes say, those within ``style`` too, as attributes of their own."""
    styled = (row.partition(":") for row in one.get("style", "").split(";") if row.strip())
    inside = {key.strip(): value.strip() for key, _, value in styled}
    said = {key: value for key, value in one.attrib.items() if key != "style" and not key.startswith("{")}
    for key, value in {**said, **{key: value for key, value in inside.items() if key in _PAINT}}.items():
        if key in _NEEDLESS or key.startswith("data-"):
            continue
        if key not in ATTRIBUTES or not _is_plain(value):
            raise FaultError(Fault("logo-part", part=key))
        yield key, " ".join(value.split())
    if bad := next((value for value in inside.values() if not _is_plain(value)), ""):
        raise FaultError(Fault("logo-part", part=bad[:40]))


def _is_plain(value: str) -> bool:
    """Whether it leads nowhere: no address but one within, no escape that could hide one."""
    rest = _WITHIN.sub("", value)
    return not re.search(r"url|:|\\|&|<|@|expression", rest, re.IGNORECASE)
