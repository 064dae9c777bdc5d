"""Whether a plan holds what a life needs, and nothing that it must never hold."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from survivors.lives.life import Life
from survivors.lives.seen import Seen, numbers_in
from toolkit.rendering.guide import Guide, Placed, facts_of, label, wording
from toolkit.texts.plans.plan import WHENS

_SUPPORT = "support/"


@dataclass(frozen=True, slots=True)
class Names:
    """``called``: the page of a service -> its names in the language of the plan. ``moved``: old -> new path."""

    called: Mapping[str, frozenset[str]]
    moved: Mapping[str, str]

    def today(self, path: str) -> str:
        return self.moved.get(path, path)


def names_in(guide: Guide, language: str) -> Names:
    called = {
        page.path: frozenset(
            {wording(page, language, "title").text, wording(page, language, "h1").text}
            | {label(Placed(contact, page), language).text for contact in facts_of(page).contacts}
        )
        for page in guide.site.values()
        if facts_of(page).contacts
    }
    return Names(called, guide.aliases)


def broken(life: Life, steps: list[Seen], names: Names, language: str) -> list[str]:
    """What is wrong with the plan of a life, in words; nothing when it is right."""
    return [*_parts(life, steps, names), *_words(life, steps, language)]


def _parts(life: Life, steps: list[Seen], names: Names) -> Iterator[str]:
    if not steps:
        yield "the plan has no step"
        return
    if life.first and set(life.first).isdisjoint(steps[0].does):
        done = " ".join(steps[0].does)
        yield f"the first step is {steps[0].id} ({done}), not one that does {' or '.join(life.first)}"
    for wanted in life.must:
        if not holders(wanted, steps, names):
            yield f"lacks: {wanted}"
    for unwanted in life.never:
        if found := holders(unwanted, steps, names):
            yield f"must never hold: {unwanted}, and has it in {', '.join(f'{one.id} ({one.when})' for one in found)}"
    for first, then in life.before:
        yield from _out_of_order(first, then, steps)


def _out_of_order(first: str, then: str, steps: list[Seen]) -> Iterator[str]:
    """A step that does both counts as being in order."""
    for step in steps:
        if first in step.does:
            return
        if then in step.does:
            yield f"{first} must come before {then}, and {step.id} ({step.when}) does {then} first"
            return


def _words(life: Life, steps: list[Seen], language: str) -> Iterator[str]:
    said = "\n".join(step.text for step in steps).lower()
    words = life.words.get(language, {})
    for one in words.get("says", ()):
        if one.lower() not in said:
            yield f"must say in {language}: {one}"
    for one in words.get("never", ()):
        if one.lower() in said:
            yield f"must never say in {language}: {one}"


def holders(line: str, steps: list[Seen], names: Names) -> list[Seen]:
    """The steps that hold what a line of ``must`` or ``never`` names."""
    when, what, value, outside = read_line(line)
    return [
        step
        for step in steps
        if (not when or step.when == when)
        and (not outside or outside not in step.does)
        and _holds(step, what, value, names)
    ]


def read_line(line: str) -> tuple[str, str, str, str]:
    """``now number 999 outside rescue`` -> ("now", "number", "999", "rescue")."""
    found = re.fullmatch(rf"(?:({'|'.join(WHENS)}) )?([a-z-]+)(?: (.+?))?(?: outside ([a-z-]+))?", line)
    if not found:
        raise ValueError(f"a line of a life that says nothing: {line!r}")
    when, what, value, outside = (one or "" for one in found.groups())
    return when, what, value, outside


def _holds(step: Seen, what: str, value: str, names: Names) -> bool:
    if what == "number":
        return value in numbers_in(step.links)
    if what == "contact":
        page = names.today(_SUPPORT + value)
        return _leads_to(step, page) or _is_called(step, names.called.get(page, frozenset()))
    if what == "page":
        return _leads_to(step, names.today(value))
    return value.lower() in step.text.lower() if what == "says" else what in step.does


def _leads_to(step: Seen, path: str) -> bool:
    return any(re.match(rf"/[a-z-]+/{re.escape(path)}/", link) for link in step.links)


def _is_called(step: Seen, names: frozenset[str]) -> bool:
    """Whether a line of the step, a button for one, begins with one of the names."""
    return any(line == name or line.startswith(f"{name} ") for line in step.lines for name in names)
