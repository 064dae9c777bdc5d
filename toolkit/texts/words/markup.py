"""A Markdown body as it is read: parsed once, and the same for the check, the contents, the search and the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from markdown_it.token import Token

from toolkit.texts.problem import Fault
from toolkit.texts.words.grammar import BOXES as BOXES
from toolkit.texts.words.grammar import DIRECTIVE as DIRECTIVE
from toolkit.texts.words.grammar import MARK_END, MARK_START, html_of, parse
from toolkit.texts.words.grammar import SLUG as SLUG
from toolkit.texts.words.misread import Misread, faults_of_block, faults_of_body, faults_of_words

# What may stand in braces, and whether it may stand in a sentence, on a line of its own, or both.
RECORD_DIRECTIVES = {
    "contact": "contacts",
    "phone": "contacts",
    "route": "routes",
    "provision": "provisions",
    "penalty": "provisions",
    "since": "provisions",
    "figure": "figures",
    "source": "sources",
    "counter": "counters",
    "picture": "pictures",
}
MATRIX_DIRECTIVE = "law-matrix"
DRAWING_DIRECTIVE = "drawing"
OWNER_DIRECTIVE = "owner"
# What a text may show drawn: templates/inline/marks.svg has the lines, templates/cards/drawing.html the words.
DRAWINGS = ("who-does-what", "report-telegram", "report-whatsapp", "report-tiktok", "report-instagram")
DIRECTIVE_KINDS = (*RECORD_DIRECTIVES, MATRIX_DIRECTIVE, DRAWING_DIRECTIVE, OWNER_DIRECTIVE)
# In one text: each card takes its time to make.
MOST_DIRECTIVES = 200

# A directive in plain words, as ``kind id`` between two marks.
MARKED = re.compile(f"{MARK_START}([^{MARK_END}]+){MARK_END}")


@dataclass(frozen=True, slots=True)
class Heading:
    """``text`` is plain words with directives MARKED; ``anchor`` is "" where there is none."""

    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A link's target or a directive's ``kind id``, and the line in the body."""

    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """A ``##`` heading, or None before the first, and the plain words up to the next one, directives MARKED."""

    heading: Heading | None
    text: str


@dataclass(slots=True)
class Parsed:
    """What a body says. ``words`` are its plain words, block by block, each with its first line; breaks are LF."""

    html: str = ""
    headings: list[Heading] = field(default_factory=list)
    links: list[Mention] = field(default_factory=list)
    directives: list[Mention] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    words: list[Mention] = field(default_factory=list)
    faults: list[Misread] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """What other pages and the checks ask of a body, small enough to keep for a whole guide."""

    headings: tuple[Heading, ...]
    links: tuple[Mention, ...]
    directives: tuple[Mention, ...]


@lru_cache(maxsize=2048)
def parsed(body: str) -> Parsed:
    """A body, read. What it gives must not be changed."""
    return _Reader(body).read()


@lru_cache(maxsize=65_536)
def outline(body: str) -> Outline:
    found = parsed(body)
    return Outline(tuple(found.headings), tuple(found.links), tuple(found.directives))


def headings(body: str) -> tuple[Heading, ...]:
    return outline(body).headings


def anchors(body: str) -> list[str]:
    return [heading.anchor for heading in outline(body).headings]


def directives(body: str) -> tuple[Mention, ...]:
    return outline(body).directives


def links(body: str) -> tuple[Mention, ...]:
    return outline(body).links


class _Reader:
    """Goes through the tokens of a body once."""

    def __init__(self, body: str) -> None:
        self.rows = body.split("\n")
        self.body = body
        self.found = Parsed()
        self._open: list[Token] = []
        self._section: tuple[Heading | None, list[str]] = (None, [])

    def read(self) -> Parsed:
        self.found.faults += faults_of_body(self.body)
        if self.found.faults:  # not worth the time that it would take to go through it
            self.found.html = escape(self.body)
            return self.found
        tokens = parse(self.body)
        previous: Token | None = None
        for token in tokens:
            self.found.faults += faults_of_block(token, previous, self._open, self.rows)
            if token.nesting > 0:
                self._open.append(token)
            elif token.nesting < 0:
                self._open.pop()
            elif token.type == "inline":
                self._take(token)
            previous = token
        self._end_section()
        if len(self.found.directives) > MOST_DIRECTIVES:
            line = self.found.directives[MOST_DIRECTIVES].line
            self.found.faults.append((Fault("many-directives", most=MOST_DIRECTIVES), line))
        self.found.html = html_of(tokens)
        return self.found

    def _take(self, inline: Token) -> None:
        block = self._open[-1]
        place = inline.map or next((one.map for one in reversed(self._open) if one.map), [0, 0])
        line = place[0] + 1
        text = "".join(self._words(inline.children or [], line))
        self.found.words.append(Mention(text, line))
        self.found.faults += faults_of_words(inline, text, line, self._open)
        if block.type == "heading_open":
            self._take_heading(block, text, line)
        elif block.type == "admonition_title_open":
            self._section[1].append(f"{text}.")
        else:
            is_next_cell = block.type in ("td_open", "th_open") and self._cell_before()
            self._section[1].append(f"· {text}" if is_next_cell else text)

    def _words(self, children: list[Token], line: int) -> Iterator[str]:
        """The plain words of a block; notes the links and directives in it."""
        for child in children:
            if child.type in ("softbreak", "hardbreak"):
                line += 1
                yield "\n"
            elif child.type in ("text", "text_special", "code_inline"):
                yield child.content
            elif child.type == "directive":
                self.found.directives.append(Mention(child.content, line))
                yield f"{MARK_START}{child.content}{MARK_END}"
            elif child.type == "link_open":
                self.found.links.append(Mention(str(child.attrs.get("href", "")), line))

    def _take_heading(self, block: Token, text: str, line: int) -> None:
        heading = Heading(int(block.tag[1:]), text, block.meta["anchor"], line)
        self.found.headings.append(heading)
        if heading.level == 2 and len(self._open) == 1:
            self._end_section()
            self._section = (heading, [])
        else:
            self._section[1].append(f"{text}.")

    def _end_section(self) -> None:
        heading, pieces = self._section
        if heading or pieces:
            self.found.sections.append(Section(heading, " ".join(" ".join(pieces).split())))

    def _cell_before(self) -> bool:
        row = self._open[-2]
        is_next = row.meta.get("has_cell", False)
        row.meta["has_cell"] = True
        return bool(is_next)
