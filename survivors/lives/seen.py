"""A plan as a reader sees it: its steps, what each does, says and links to, read from the page that she gets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import QueryDict

from survivors.lives.life import Life
from survivors.plan import pages
from toolkit.rendering.guide import Guide
from toolkit.texts.plans.plan import WHENS

# They begin a line of their own.
_BLOCKS = {"p", "li", "ul", "ol", "div", "h2", "h3", "h4", "summary", "details", "dt", "dd", "br", "section", "tr"}
_NEVER_SEEN = {"script", "style", "svg"}
_VOID = {"br", "img", "input", "hr", "wbr"}
# Of a record's card: who it is, and how one reaches them. The rest of a card changes without the plan changing.
_KEPT = {"name", "act"}


@dataclass(slots=True)
class Seen:
    """A step: the part of the plan it stands in, what it does, and the addresses that it links.

    ``lines``: all that it says. ``told``: the same with no more of each card than its name and its buttons.
    """

    id: str
    when: str
    does: tuple[str, ...]
    lines: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return self.told[0] if self.told else self.id

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def plan_of(life: Life, guide: Guide, language: str) -> list[Seen]:
    """The steps that this life is shown, in their order."""
    form = QueryDict(mutable=True)
    for name, given in life.answers.items():
        form.setlist(name, list(given))
    form["go"] = "plan"
    with guide.speaking(language):
        return steps_in(pages.next_screen(guide, language, form))


def steps_in(html: str) -> list[Seen]:
    reader = _Steps()
    reader.feed(html[html.find("<main") :])
    return reader.steps


class _Steps(HTMLParser):
    """``<li id="step-…" data-does="…">`` within ``<section aria-labelledby="now|today|week">``."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: list[Seen] = []
        self._when, self._depth = "", 0
        self._within: list[tuple[str, set[str]]] = []
        self._line = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "section" and given.get("aria-labelledby") in WHENS:
            self._when = given["aria-labelledby"]
        if tag == "li" and self._depth:
            self._depth += 1
        elif tag == "li" and self._when and given.get("id", "").startswith("step-"):
            self._depth = 1
            self.steps.append(Seen(given["id"][5:], self._when, tuple(given.get("data-does", "").split())))
        if self._depth:
            self._begin_line(tag)
            if tag == "a":
                self.steps[-1].links.append(given.get("href", ""))
        if tag not in _VOID:
            self._within.append((tag, set(given.get("class", "").split())))

    def handle_endtag(self, tag: str) -> None:
        if self._depth:
            self._begin_line(tag)
        while self._within and self._within.pop()[0] != tag:
            pass
        self._depth -= tag == "li" and self._depth > 0
        if tag == "section" and not self._depth:
            self._when = ""

    def handle_data(self, data: str) -> None:
        if self._depth and not any(tag in _NEVER_SEEN for tag, _ in self._within):
            self._line += data

    def _begin_line(self, tag: str) -> None:
        if tag not in _BLOCKS:
            return
        if line := " ".join(self._line.split()):
            classes = set().union(*(one for _, one in self._within))
            self.steps[-1].lines.append(line)
            if "card" not in classes or classes & _KEPT:
                self.steps[-1].told.append(line)
        self._line = ""


def numbers_in(links: list[str]) -> Iterator[str]:
    """The digits of every link that calls, texts or writes."""
    for link in links:
        if link.startswith(("tel:", "sms:")) or "wa.me/" in link:
            yield re.sub(r"\D", "", link.rpartition("/")[2])
