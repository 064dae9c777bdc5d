"""What a Markdown body refers to: its anchors, its links and its directives, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.texts.problem import Fault

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
}
MATRIX_DIRECTIVE = "law-matrix"
DIRECTIVE_KINDS = (*RECORD_DIRECTIVES, MATRIX_DIRECTIVE)
BOXES = ("save", "danger", "child", "note")

DIRECTIVE = re.compile(r"\{\{ *([a-z]+(?:-[a-z]+)*) +([a-z0-9]+(?:-[a-z0-9]+)*) *\}\}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*(?:\{#([^}]*)\})?\s*$")
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)>?[^)]*\)|^\s*\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:[a-z][a-z0-9+.-]*:|[^\s<>@]+@)[^\s<>]*)>", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?<![\w/(<])(?:https?://|www\.)\S+", re.IGNORECASE)
_HTML = re.compile(r"<(?:/?[a-z][a-z0-9-]*(?:[\s/][^<>]*)?|!--.*?--|![a-z][^>]*|\?[^>]*)>", re.IGNORECASE | re.DOTALL)
_BOX = re.compile(r"^!!!\s*(\S*)\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A link's target, a directive's ``kind id`` or raw HTML, and the line in the body."""

    value: str
    line: int


def headings(body: str) -> list[Heading]:
    found = []
    for number, line in enumerate(body.split("\n"), start=1):
        if match := _HEADING.match(line):
            marks, text, anchor = match.groups()
            found.append(Heading(len(marks), text, anchor or "", number))
    return found


def anchors(body: str) -> list[str]:
    return [heading.anchor for heading in headings(body)]


def directives(body: str) -> list[Mention]:
    return [Mention(" ".join(match.groups()), _line(body, match)) for match in DIRECTIVE.finditer(body)]


def links(body: str) -> list[Mention]:
    found = [Mention(match.group(1) or match.group(2) or "", _line(body, match)) for match in _LINK.finditer(body)]
    found += [Mention(match.group(1), _line(body, match)) for match in _AUTOLINK.finditer(body)]
    return found + [Mention(match.group(), _line(body, match)) for match in _BARE_ADDRESS.finditer(body)]


def raw_html(body: str) -> list[Mention]:
    return [Mention(match.group(), _line(body, match)) for match in _HTML.finditer(body)]


def malformed(body: str) -> list[tuple[int, Fault]]:
    """The lines of braces that are no directive, boxes of an unknown kind, underlined headings, images."""
    found: list[tuple[int, Fault]] = []
    previous = ""
    for number, line in enumerate(body.split("\n"), start=1):
        if "{{" in (rest := DIRECTIVE.sub("", line)) or "}}" in rest:
            found.append((number, Fault("directive-shape")))
        if (box := _BOX.match(line)) and (box[1] not in BOXES or not re.fullmatch(r'".+"', box[2])):
            found.append((number, Fault("box-shape", boxes=BOXES)))
        if previous.strip() and not previous.startswith((" ", ">", "-", "|")) and re.fullmatch(r"(=+|-{2,})\s*", line):
            found.append((number, Fault("heading-underlined")))
        if re.search(r"!\[[^\]]*\][(\[]", line):
            found.append((number, Fault("picture")))
        previous = line
    return found


def _line(body: str, match: re.Match[str]) -> int:
    return body.count("\n", 0, match.start()) + 1
