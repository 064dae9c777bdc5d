"""What of a Markdown body would not come out as it was meant: found in the parsed text, each with its line."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from toolkit.texts.problem import Fault
from toolkit.texts.words.grammar import BOXES, DEEPEST

Misread = tuple[Fault, int]

_LISTS = ("bullet_list_open", "ordered_list_open")
_HOLDERS = (*_LISTS, "dl_open", "blockquote_open", "admonition_open")
_BRACKET = re.compile(r"\\.|\n[ \t]*\n|\n|\[|\]", re.DOTALL)
_HTML = re.compile(r"</?[a-z][a-z0-9-]*(?:[\s/][^<>]*)?>|<!--|<![a-z]|<\?[a-z]", re.IGNORECASE)
_BOX_TITLE = re.compile(r'\s*(\S+) "[^"]+"\Z')
# A row of a paragraph that was meant as something else -> what it was meant as. Full-width signs count as the plain.
_ROWS = (
    (re.compile(r"(?:[-*+•●▪◦‣∙○■□－＊]|[0-9０-９]{1,3}[.)、．）])[\s\u3000]"), Fault("list-lost")),
    (
        re.compile(r"[•●▪◦‣∙○■□]|[-+－][^\W\d_]|[0-9０-９]{1,2}(?:、|．(?![0-9０-９])|[.)](?=[^\W\d]))"),
        Fault("list-lost"),
    ),
    (re.compile(r"[#＃]{2,}"), Fault("heading-lost")),
    (re.compile(r"[!！]{3}"), Fault("box-shape", boxes=BOXES)),
    (re.compile(r"[|｜]"), Fault("table-lost")),
    (re.compile(r"={2,}\s*\Z"), Fault("heading-underlined")),
    (re.compile(r"```|~~~"), Fault("code-lost")),
)
_WORDS = (
    (re.compile(r"[\]］](?:[(（]|\s[(（][/#])|\]\[|\]:"), Fault("link-lost")),
    (re.compile(r"\*\*|__|＊＊"), Fault("bold-lost")),
    (re.compile(r"[{｛][#＃]"), Fault("anchor-lost")),
    (re.compile(r"[{}｛｝]"), Fault("directive-shape")),
)


def faults_of_body(body: str) -> Iterator[Misread]:
    """Brackets in brackets, deeper than anyone means; they end with their paragraph."""
    depth, line = 0, 1
    for match in _BRACKET.finditer(body):
        sign = match.group()
        line += sign.count("\n")
        depth = depth + 1 if sign == "[" else max(0, depth - 1) if sign == "]" else 0 if len(sign) > 1 else depth
        if depth > DEEPEST:
            yield Fault("nested-text", most=DEEPEST), line
            return


def faults_of_block(
    token: Token, previous: Token | None, parents: Sequence[Token], rows: list[str]
) -> Iterator[Misread]:
    """What is wrong with how a block begins or ends. ``parents``: the blocks that are open around it."""
    line = token.map[0] + 1 if token.map else 1
    if token.type in _HOLDERS and sum(one.type in _HOLDERS for one in parents) == DEEPEST:
        yield Fault("nested-text", most=DEEPEST), line
    is_right_below = previous is not None and previous.type == "paragraph_close" and bool(rows[line - 2].strip(" >"))
    if is_right_below and token.type in _LISTS and not (parents and parents[-1].type == "list_item_open"):
        yield Fault("list-glued"), line
    elif is_right_below and token.type == "hr":
        yield Fault("heading-underlined"), line
    elif token.type == "admonition_open":
        yield from _box_faults(token, line)
    elif token.type == "heading_open" and parents:
        yield Fault("heading-inside"), line
    elif token.nesting < 0 and previous:
        yield from _empty(token, previous, parents[-1])


def _box_faults(token: Token, line: int) -> Iterator[Misread]:
    shape = _BOX_TITLE.match(token.info)
    if token.markup != "!!!" or not shape or shape[1] not in BOXES:
        yield Fault("box-shape", boxes=BOXES), line


def _empty(token: Token, previous: Token, opening: Token) -> Iterator[Misread]:
    """Whether a box, an item or a quote ends where it began."""
    line = opening.map[0] + 1 if opening.map else 1
    if token.type == "admonition_close" and (previous is opening or previous.type == "admonition_title_close"):
        yield Fault("box-empty"), line
    elif token.type in ("list_item_close", "blockquote_close", "dd_close") and previous is opening:
        yield Fault("item-empty"), line


def faults_of_words(inline: Token, text: str, line: int, parents: Sequence[Token]) -> Iterator[Misread]:
    """What is wrong within a block of words. ``text`` is what a reader sees of it, line by line."""
    block = parents[-1].type
    if match := _HTML.search(inline.content):
        code = inline.content[match.start() : match.start() + 40].partition("\n")[0]
        yield Fault("html", code=code), line + inline.content.count("\n", 0, match.start())
    if block == "paragraph_open":
        for number, row in enumerate(inline.content.split("\n"), start=line):
            yield from ((fault, number) for fault in _row_faults(row.lstrip(), is_first=number == line))
    for number, row in enumerate(text.split("\n"), start=line):
        for pattern, fault in _WORDS:
            if pattern.search(row):
                yield fault, number
                break
    if block == "heading_open" and not text.strip():
        yield Fault("heading-empty"), line
    yield from _link_faults(inline.children or [], line)


def _row_faults(row: str, *, is_first: bool) -> Iterator[Fault]:
    for pattern, fault in _ROWS:
        if pattern.match(row):
            yield Fault("list-glued") if fault.code == "list-lost" and not is_first else fault
            return


def _link_faults(children: Sequence[Token], line: int) -> Iterator[Misread]:
    """Links without words or with a link in them, pictures, and what is nested too deeply."""
    began: int | None = None
    is_deep = False
    for place, child in enumerate(children):
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "link_open":
            began = place
        elif child.type == "link_close":
            if began is not None and not any(one.content.strip() for one in children[began:place]):
                yield Fault("link-empty"), line
            began = None
        elif child.type == "directive" and began is not None:
            yield Fault("link-in-link"), line
        elif child.type == "image":
            yield Fault("picture"), line
        if child.level > DEEPEST and not is_deep:
            is_deep = True
            yield Fault("nested-text", most=DEEPEST), line
