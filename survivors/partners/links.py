"""The short link of a page, and its QR code."""

import io

import segno
from django.utils.safestring import SafeString, mark_safe

from toolkit.texts.lasting.short_links import code_of

# Modules of white around a code, which readers of codes need.
QUIET_ZONE = 4
# Pixels along one side of a code as PNG: what is offered, and the most that is made.
PNG_SIZES = (300, 600, 1200)
LARGEST_PNG = 4000


def short_link(public: str, path: str, language: str = "") -> str:
    """``https://guide.example.org/p/bcdfg.ta``; without a language it is the reader's."""
    return f"{public}/p/{code_of(path)}" + (f".{language}" if language else "")


def typed(link: str) -> str:
    """A link as a person types it."""
    return link.partition("://")[2] or link


def qr_svg(link: str, *, whole: bool = False) -> SafeString:
    """The code of a link as SVG of any size: to stand in a page, or ``whole`` as a file."""
    if not whole:
        return mark_safe(
            _code(link).svg_inline(border=QUIET_ZONE, light="#fff", unit="mm", svgclass="qr", lineclass=None)
        )
    out = io.BytesIO()
    _code(link).save(out, kind="svg", border=QUIET_ZONE, light="#fff", scale=10)
    return mark_safe(out.getvalue().decode())


def qr_png(link: str, pixels: int) -> bytes:
    """The code as PNG, as near below ``pixels`` along a side as whole modules allow."""
    code, out = _code(link), io.BytesIO()
    code.save(out, kind="png", border=QUIET_ZONE, scale=max(1, pixels // code.symbol_size(border=QUIET_ZONE)[0]))
    return out.getvalue()


def _code(link: str) -> segno.QRCode:
    return segno.make_qr(link, error="m")
