"""How a page's prose is laid out for a small screen: what to do first, the fork of age, and the rest folded."""

import re
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from toolkit.rendering.guide import PLATFORMS, TYPES
from toolkit.rendering.marks import mark, name_of
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.plans.plan import UNDER_18

# Anchors that the texts use alike on every page of a kind (docs/content.md).
FIRST = ("do-first", "now", "take-it-further", "report", "order")
PROOF = "save-first"
EVIDENCE, ADULTS = "first-response/save-evidence", "adults"
SUPPORT = "support"
HELPERS = "helpers"

_SECTION = re.compile(r'(?=<h2 id=")')
_HEAD = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>\s*', re.DOTALL)
# A box that holds no card: where one ends cannot be told from where its card ends, so it stays where it is.
_BOX = re.compile(r'<div class="admonition \w+">(?:(?!<div).)*?</div>\s*', re.DOTALL)
# A list of links and nothing else: the doors of home, her own sentences on the page of types.
_LINKS = re.compile(r'<ul>\s*(?:<li><a href="[^"]*">[^<]*</a></li>\s*)+</ul>')
_LINK = re.compile(r'<li><a href="([^"]*)">([^<]*)</a></li>')
ROWS = '<ul class="rows" role="list">'
# The bold sentence that a step begins with; where it ends no sentence, the words after it go on in its line.
_BOLD = re.compile(r"(<li>\s*<strong>(?:(?!</strong>).)*[.?!:]</strong>)\s", re.DOTALL)
_STEPS = re.compile(r"<ol>.*?</ol>\s*", re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_CHILD_BOX = re.compile(r'<div class="admonition child">(?:(?!<div).)*?</div>\s*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a page: its anchor, the words of its heading, and what stands below it, as safe HTML.

    ``beside`` is what follows its steps: below them on a phone, beside them where there is room.
    """

    anchor: str
    heading: SafeString
    html: SafeString
    beside: SafeString = field(default=mark_safe(""))


@dataclass(frozen=True, slots=True)
class Composition:
    """A page in the order in which it is read; every part of the prose is in exactly one of these.

    ``warnings`` and ``fork`` (for adults, for someone under 18) stand above ``first``, the open part with the steps;
    ``words`` is what the page opens with in prose; ``open`` has parts that are doors to pages; ``folds`` are closed
    until they are asked for.
    """

    warnings: SafeString = field(default=mark_safe(""))
    fork: tuple[Part, Part] | None = None
    first: Part | None = None
    words: SafeString = field(default=mark_safe(""))
    open: tuple[Part, ...] = ()
    folds: tuple[Part, ...] = ()

    @property
    def doors(self) -> frozenset[str]:
        """The addresses that its rows lead to."""
        rows = re.findall(f"{ROWS}.*?</ul>", self.words + "".join(part.html for part in self.open), re.DOTALL)
        return frozenset(re.findall(r'href="([^"]*)"', "".join(rows)))

    @property
    def leads(self) -> bool:
        """Whether something to do stands at its top without a part of its own: doors, or a card with its button."""
        return bool(self.doors) or 'class="act"' in self.words


def compose(html: str, texts: PageTexts, site: Site) -> Composition:
    """The safe HTML of a page's prose -> its parts. What comes first stands on the kind of page."""
    opening, *rest = _SECTION.split(_LINKS.sub(lambda found: _rows(found[0], site), _BOLD.sub(r"\1<br>", html)))
    parts = {part.anchor: part for part in map(_part, rest)}
    fork = _fork(parts, texts)
    for part in fork or ():
        parts.pop(part.anchor, None)
    first = _steps_first(parts.pop(_first(parts, texts), None))
    boxes = "".join(_BOX.findall(opening)) if first else ""
    return Composition(
        warnings=mark_safe(boxes),
        fork=fork,
        first=first,
        words=mark_safe(_BOX.sub("", opening) if first else opening),
        open=tuple(part for part in parts.values() if ROWS in part.html),
        folds=tuple(part for part in parts.values() if ROWS not in part.html),
    )


def _part(html: str) -> Part:
    head = _HEAD.match(html)
    assert head  # noqa: S101 (every section begins with its heading)
    return Part(head[1], mark_safe(head[2]), mark_safe(html[head.end() :]))


def _rows(html: str, site: Site) -> str:
    """A list of links as rows to tap, each with the mark of the page or part that it leads to."""
    return _LINK.sub(lambda found: _row(found[1], found[2], site), html).replace("<ul>", ROWS, 1)


def _row(target: str, words: str, site: Site) -> str:
    address, _, anchor = target.partition("#")
    path = address.strip("/").partition("/")[2]
    name = mark(anchor) or mark(path.rpartition("/")[2]) or (mark(name_of(site[path])) if path in site else "")
    return f'<li><a href="{target}">{name}<span>{words}</span></a></li>'


def _first(parts: dict[str, Part], texts: PageTexts) -> str:
    """The part that holds the steps: by its anchor, else the page's first when it has numbered steps."""
    if found := next((anchor for anchor in FIRST if anchor in parts), ""):
        return found
    anchor, part = next(iter(parts.items()), ("", None))
    return anchor if part and "<ol" in part.html and texts.parent not in (None, SUPPORT) else ""


def _steps_first(part: Part | None) -> Part | None:
    """The part with its numbered steps before a table or a paragraph that leads to them."""
    steps = part and _STEPS.search(part.html)
    if part is None or not steps:
        return part
    rest = _TABLE.sub(_folded_table, part.html[: steps.start()] + part.html[steps.end() :])
    return Part(part.anchor, part.heading, mark_safe(steps[0]), mark_safe(rest))


def _folded_table(table: re.Match[str]) -> str:
    """A table below the steps, folded to the words at the heads of its columns."""
    heads = re.findall(r'<th scope="col">(.*?)</th>', table[0])
    return f"<details><summary><span>{' · '.join(heads)}</span></summary>{table[0]}</details>" if heads else table[0]


def _fork(parts: dict[str, Part], texts: PageTexts) -> tuple[Part, Part] | None:
    """What is so when everyone is 18 or over, and when anyone is under 18; only where both are said."""
    if texts.path.endswith(f"/{UNDER_18}"):
        return None
    is_of_adults = EVIDENCE in texts.addresses or texts.parent == HELPERS
    under_18, adults = parts.get(UNDER_18), parts.get(ADULTS if is_of_adults else PROOF)
    if PLATFORMS in (texts.parent, texts.path):
        return _fork_of_boxes(adults)
    is_forked = texts.parent == TYPES or is_of_adults
    return (adults, under_18) if is_forked and adults and under_18 else None


def _fork_of_boxes(proof: Part | None) -> tuple[Part, Part] | None:
    """The same where one part has a box for each age."""
    child = proof and _CHILD_BOX.search(proof.html)
    if not proof or not child or "admonition save" not in proof.html:
        return None
    adults = Part(proof.anchor, proof.heading, mark_safe(_CHILD_BOX.sub("", proof.html)))
    return adults, Part("", mark_safe(""), mark_safe(child[0]))
