"""Typed facts as words, for templates."""

from collections.abc import Callable

from django import template
from django.template.base import Node, Parser, Token
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
    """``{% set_lines %}…{% endset_lines %}``: what stands within, its lines set. It ends with a tag's end."""
    return _Within(parser, "endset_lines", lambda html: lines.set_lines(html, get_language() or ""))


@register.tag
def with_marks(parser: Parser, token: Token) -> Node:
    """``{% with_marks %}…{% endwith_marks %}``: what stands within, then the marks that it uses."""
    return _Within(parser, "endwith_marks", lambda html: html + marks.sprite(html))


@register.tag
def kept(parser: Parser, token: Token) -> Node:
    """``{% kept "top" %}…{% endkept %}``: made once where the context has a dict ``kept``. Nothing in it is hers."""
    return _Kept(token.split_contents()[1], parser)


class _Within(Node):
    def __init__(self, parser: Parser, end: str, done: Callable[[str], str]) -> None:
        self.nodelist, self.done = parser.parse((end,)), done
        parser.delete_first_token()

    def render(self, context: Context) -> SafeString:
        return mark_safe(self.done(self.nodelist.render(context)))


class _Kept(Node):
    def __init__(self, name: str, parser: Parser) -> None:
        self.name, self.nodelist = name, parser.parse(("endkept",))
        parser.delete_first_token()

    def render(self, context: Context) -> SafeString:
        kept: dict[str, SafeString] | None = context.get("kept")
        if kept is None:
            return self.nodelist.render(context)
        if self.name not in kept:
            kept[self.name] = self.nodelist.render(context)
        return kept[self.name]
