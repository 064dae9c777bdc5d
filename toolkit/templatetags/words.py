"""Typed facts as words, for templates."""

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from toolkit.rendering import lines, marks, words
from toolkit.rendering.directives import dial
from toolkit.rendering.guide import Wording

register = template.Library()
register.filter("day", words.day)
register.filter("hours", words.hours)
register.filter("number", words.number)
register.filter("ringgit", words.ringgit)
register.filter("span", words.span)


@register.filter
def address_of(channel: object) -> str:
    """The address that calls, texts or writes to a channel."""
    return dial(channel.kind, channel.value)  # type: ignore[attr-defined]


@register.filter
def lang(wording: Wording) -> SafeString | str:
    """A wording, marked with its own language when that is not the page's."""
    if wording.language == get_language():
        return wording.text
    return format_html('<span lang="{}">{}</span>', wording.language, wording.text)


register.simple_tag(marks.mark, name="mark")


@register.tag
def set_lines(parser: Parser, token: Token) -> Node:
    """``{% set_lines %}…{% endset_lines %}``: what stands within, its lines set, then the marks that it uses."""
    inner = parser.parse(("endset_lines",))
    parser.delete_first_token()
    return _SetLines(inner)


class _SetLines(Node):
    def __init__(self, inner: NodeList) -> None:
        self.inner = inner

    def render(self, context: Context) -> SafeString:
        html = self.inner.render(context)
        return mark_safe(lines.set_lines(html, get_language() or "") + marks.sprite(html))
