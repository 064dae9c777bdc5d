"""A Markdown body -> safe HTML with directives left as marks, which toolkit/rendering/directives.py fills in."""

from __future__ import annotations

import re

import nh3
from django.core.cache import cache
from markdown import Markdown
from markdown.extensions import Extension

from toolkit.texts.canonical import digest
from toolkit.texts.markup import BOXES, DIRECTIVE

# Part of the cache key: raise it when the same Markdown would come out differently.
RENDERER = 1

# A directive travels through Markdown and the sanitiser as text between two private-use characters, which no text of
# ours may contain (toolkit/texts/canonical.py).
MARK_START, MARK_END = "\ue000", "\ue001"

_TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}}
_CLASSES = {"div": {"admonition", *BOXES}, "p": {"admonition-title"}}
_SCHEMES = {"https", "mailto", "tel", "sms"}


class _NoHtml(Extension):
    """Raw HTML is text, and pictures are not shown."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for name in ("html", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)


def render(body: str) -> str:
    """A Markdown body -> HTML that is safe to show, cached by digest. Links are without a language."""
    key = f"prose:{RENDERER}:{digest(body)}"
    html: str | None = cache.get(key)
    if html is None:
        html = _render(body)
        cache.set(key, html, timeout=None)
    return html


def _render(body: str) -> str:
    marked = DIRECTIVE.sub(lambda match: f"{MARK_START}{match[1]} {match[2]}{MARK_END}", body)
    markdown = Markdown(extensions=["attr_list", "tables", "def_list", "admonition", "sane_lists", _NoHtml()])
    return nh3.clean(
        re.sub(r"<th\b[^>]*>", '<th scope="col">', markdown.convert(marked)),
        tags=_TAGS,
        attributes={**_ATTRIBUTES, "th": {"scope"}},
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
