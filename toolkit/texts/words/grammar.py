"""The Markdown of this guide: what is known of it, and how it is written in HTML.

CommonMark with tables, definition lists and boxes, and ``{{ kind id }}``; without HTML, pictures shown, code blocks and
link definitions. Everything takes time in proportion to the length of the text.
"""

import re
import sys
from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin

BOXES = ("save", "danger", "child", "note", "reply")
DIRECTIVE = re.compile(r"\{\{ *([a-z]+(?:-[a-z]+)*) +([a-z0-9]+(?:-[a-z0-9]+)*) *\}\}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

# A directive travels through the sanitiser and through plain text between two private-use characters, which no text
# of ours may contain (canonical.py).
MARK_START, MARK_END = "\ue000", "\ue001"

# Lists in lists, quotes in quotes, brackets in brackets. The parser goes deeper, so that what is over it can be named.
DEEPEST = 20
_PARSED_TO = 3 * DEEPEST

# Cells that a table's rows leave out and the library fills in: it would make 65,000 of a few lines.
# By the module's name: the package has a function of the same name in its place.
sys.modules["markdown_it.rules_block.table"].MAX_AUTOCOMPLETED_CELLS = 1_000  # type: ignore[attr-defined]

_TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code",
    "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "div",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}, "h3": {"id"}, "ol": {"start"}, "th": {"scope"}}
_CLASSES = {"div": {"admonition", *BOXES}, "p": {"admonition-title"}}
_SCHEMES = {"https", "mailto", "tel", "sms"}


def _made() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": _PARSED_TO})
    md.enable("table").use(deflist_plugin).use(admon_plugin)
    md.disable(["code", "fence", "html_block", "reference", "lheading", "html_inline"])
    md.inline.ruler.before("escape", "directive", _directive)
    md.inline.ruler.at("emphasis", _emphasis)
    md.core.ruler.before("inline", "anchors", _anchors)
    # Whatever leads elsewhere is a link, so that it can be named; the sanitiser takes its address away.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.add_render_rule("directive", _render_directive)
    md.add_render_rule("image", lambda *_: "")
    return md


def parse(body: str) -> list[Token]:
    return _MARKDOWN.parse(body)


def html_of(tokens: Sequence[Token]) -> str:
    """Tokens -> HTML that is safe to show, with directives left as marks."""
    html = nh3.clean(
        _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return html.strip()


def _directive(state: StateInline, silent: bool) -> bool:
    """``{{ kind id }}``, as a token whose content is "kind id"."""
    match = DIRECTIVE.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("directive", "", 0)
        token.content = f"{match[1]} {match[2]}"
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Marks of ``*`` and ``_``: bold and italics.

    Unlike CommonMark's, a ``*`` works wherever no space keeps it from the words: Chinese has no spaces, and
    ``**注意：**请`` is bold to whoever wrote it.
    """
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    opens, closes = not after.isspace(), not before.isspace()
    if marker == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    length = end - state.pos
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def _anchors(state: StateCore) -> None:
    """``{#name}`` at the end of a heading becomes its id; head cells of tables get their scope."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open":
            inline.content, anchor = _without_anchor(inline.content)
            opening.meta = {"anchor": anchor}
            if SLUG.match(anchor):
                opening.attrs["id"] = anchor
        elif opening.type == "th_open":
            opening.attrs = {"scope": "col"}


def _without_anchor(heading: str) -> tuple[str, str]:
    """A heading -> its words and its anchor, "" without one."""
    words, mark, anchor = heading.rstrip().rpartition("{#")
    if mark and anchor.endswith("}") and "}" not in anchor[:-1]:
        return words.rstrip(), anchor[:-1].strip()
    return heading, ""


def _render_directive(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return f"{MARK_START}{tokens[index].content}{MARK_END}"


_MARKDOWN = _made()
