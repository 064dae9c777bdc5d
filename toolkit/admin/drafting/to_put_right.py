"""What is wrong with texts, as a list to work through: each with its place and a way there, and what is one as one.

What several texts name and would not be there is one thing to put right, with the ways to do so in all of them.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext

from toolkit import roles
from toolkit.admin.buttons import screen as buttons_screen
from toolkit.admin.drafting import plan_screen
from toolkit.admin.finding import naming
from toolkit.admin.showing import part_name, title_of
from toolkit.admin.words.faults import said
from toolkit.admin.words.fields import KINDS
from toolkit.drafting.changing import read_or_none
from toolkit.finding.naming import OF_ONE_PAGE
from toolkit.models import Draft
from toolkit.texts.folder import file_name, unit_of
from toolkit.texts.languages import BUTTONS, FACTS, PARTS, PLAN
from toolkit.texts.page import Site, write_part
from toolkit.texts.problem import Fault, Problem
from toolkit.texts.records.facts import RECORD_TYPES, Facts
from toolkit.texts.records.renaming import new_names
from toolkit.texts.words.prose import Prose

_PAGE, _PLACE = "page", "place"
# What is one because the same words are said of it: what keeps texts from being published, and what does not.
_SAID = "wrong", "advice"
Row = dict[str, Any]


def rows(
    problems: Iterable[Problem],
    site: Site,
    user: User,
    drafts: Sequence[Draft] = (),
    own: Callable[[Problem], Row] | None = None,
) -> list[Row]:
    """For ``staff/problems.html``, worst first, with ways that ``user`` may go.

    ``drafts``: the texts that would be published. ``own``: how a problem of the first of them is shown where that one
    is on the screen.
    """
    here: list[Row] = []
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        if own and problem.file == file_name(drafts[0].page.path, drafts[0].part):
            here.append(own(problem))
        else:
            about = None if problem.is_warning else _about(problem.fault)
            groups.setdefault(about or (_SAID[problem.is_warning], said(problem.fault)), []).append(problem)
    found = [_group(kind, name, some, site, user, drafts) for (kind, name), some in groups.items()]
    return sorted([*here, *found], key=lambda one: (one["is_warning"], one["line"]))


def _group(kind: str, name: str, some: list[Problem], site: Site, user: User, drafts: Sequence[Draft]) -> Row:
    found = [_place(one, site, user, drafts) for one in some]
    # The texts of one page stand together.
    places = [(title, list(texts)) for title, texts in groupby(found, key=lambda one: one["title"])]
    row = {"line": 0, "href": "", "is_warning": some[0].is_warning}
    if kind not in _SAID:
        pages = {unit[0] for one in some if (unit := unit_of(one.file))}
        is_missing = kind in RECORD_TYPES and _owner(kind, name, site) is None
        words = _missing(len(pages)) if is_missing else _gone(len(pages))
        may_write = any(roles.may_draft(user, one) for one in PARTS)
        called = f"{KINDS[kind]} {name}" if kind in RECORD_TYPES else name
        doors = _doors(kind, name, sorted(pages), site, drafts)
        message = words % {"name": called, "n": len(pages)}
        return row | {"message": message, "places": places, "doors": doors if may_write else []}
    if len(some) == 1:
        there = ", ".join(filter(None, (found[0]["title"], found[0]["name"])))
        return row | {"message": f"{there}: {name}", "href": found[0]["href"]}
    return row | {"message": name, "places": places}


def _gone(pages: int) -> str:
    return ngettext(
        "%(name)s would be gone, and %(n)d page names it:", "%(name)s would be gone, and %(n)d pages name it:", pages
    )


def _missing(pages: int) -> str:
    """Of a record that the guide does not have today either: of an old version, or typed wrongly."""
    return ngettext(
        "%(name)s is not there, and %(n)d page names it:", "%(name)s is not there, and %(n)d pages name it:", pages
    )


def _owner(kind: str, name: str, site: Site) -> str | None:
    """The page of a record."""
    owned = (path for path, page in site.items() if any(one.id == name for one in getattr(page.facts, kind, ())))
    return next(owned, None)


def _about(fault: Fault) -> tuple[str, str] | None:
    """What a text names that is not there: the kind and id of a record, or the address of a page or place."""
    parts = fault.parts
    match fault.code:
        case "no-record" if f"{parts['sort']}s" in RECORD_TYPES:
            return f"{parts['sort']}s", parts["record"]
        case "superseded-lost":
            return "contacts", parts["name"]
        case "no-page":
            return _PAGE, parts["path"]
        case "no-type":
            return _PAGE, f"/{parts['page']}/"
        case "no-anchor":
            return _PLACE, f"{parts['path']}#{parts['place']}"
    within = parts.get("fault")
    return _about(within) if isinstance(within, Fault) else None


def _place(problem: Problem, site: Site, user: User, drafts: Sequence[Draft]) -> Row:
    """Where a problem is: the text by its name, the line in its form, and the way there."""
    path, part = unit_of(problem.file) or ("", "")
    draft = next((one for one in drafts if (one.page.path, one.part) == (path, part)), None)
    value = (read_or_none(draft) if draft else None) or (site[path].part(part) if path in site and part else None)
    title, name = (title_of(path, site), part_name(part)) if part else (problem.file, "")
    row = {"title": title, "name": name, "line": 0, "href": ""}
    if draft and draft.author != user:
        return row | {"href": reverse("admin:draft", args=[draft.pk])}
    if not value and not draft:
        return row
    if not roles.may_draft(user, part):
        return row | {"href": reverse("admin:page", args=[path])}
    address = reverse("admin:unit", args=[path, part])
    if isinstance(value, Prose):
        line = max(problem.line - write_part(value).split("\n---\n", 1)[0].count("\n") - 2, 0)
        return row | {"line": line, "href": f"{address}#line-{line}" if line else address}
    if isinstance(value, Facts):
        return row | {"href": address + _record_in(value, problem.fault)}
    place_of = {PLAN: plan_screen.place_of, BUTTONS: buttons_screen.place_of}.get(part)
    return row | {"href": (place_of(problem.fault) if place_of else "") or address}


def _record_in(facts: Facts, fault: Fault) -> str:
    """Where on the screen of facts the record stands that a fault is of; "" for the page's own fields."""
    wanted = fault.parts.get("record")
    for kind in RECORD_TYPES:
        for number, one in enumerate(getattr(facts, kind)):
            if one.id == wanted:
                return f"#{kind}-{number}"
    return ""


def _doors(kind: str, name: str, pages: list[str], site: Site, drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """(address, words) of what puts it right in all of these texts at once."""
    if kind in (_PAGE, _PLACE):
        asked = urlencode({"old": name, "everything": "on"})
        return [(f"{reverse('admin:replace')}?{asked}", gettext("Replace by another address"))]
    path = pages[0] if kind in OF_ONE_PAGE else _owner(kind, name, site) or ""
    now = [new_names(site[path].facts, _facts_of(one)) for one in drafts if one.page.path == path and path in site]
    by = next((names[name] for names in now if name in names), None)
    replace = gettext("Replace by %(name)s") % {"name": by} if by else gettext("Replace by another")
    return [
        (naming.address(kind, name, path, by), replace),
        (naming.address(kind, name, path, ""), gettext("Take out")),
    ]


def _facts_of(draft: Draft) -> Facts | None:
    value = read_or_none(draft) if draft.part == FACTS else None
    return value if isinstance(value, Facts) else None
