"""Contacts as links that call, text or write at a tap."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_noop as N_

from survivors.search.crisis import CHILD, POLICE_RISK
from toolkit.rendering import words
from toolkit.rendering.directives import address, dial
from toolkit.rendering.guide import Guide, wording
from toolkit.texts.page import PageTexts
from toolkit.texts.plans.people import is_child_line
from toolkit.texts.records.facts import Channel, Contact

# What stands above the help lines of a crisis (spelling/crisis.toml).
HEADINGS = {
    "suicide": N_("You are not alone. Talk to someone now."),
    "rape": N_("It is not your fault. These people can help you now."),
    "violence": N_("In danger now? Call."),
    "followed": N_("Is someone following you now? Go where other people are, and call."),
    "child": N_("Is a child in danger? Call now."),
}
_BEFORE_THE_NUMBER = {"whatsapp": "WhatsApp ", "sms": "SMS "}


def lines(guide: Guide, language: str, contacts: Iterable[str]) -> list[dict[str, Any]]:
    """Every confirmed number of some contacts, in their order; a contact that the guide does not have is left out."""
    return [line for name in dict.fromkeys(contacts) for line in _lines(guide, language, name)]


def fitting(guide: Guide, contacts: Iterable[str], heard: frozenset[str]) -> list[str]:
    """Those of some contacts that the plan's rules let stand for what a query says of herself.

    Where the police are a risk, nobody who tells them or asks who she is; a child gets and keeps a child's line.
    """
    first, *others = dict.fromkeys(contacts)
    known = {one.id: one for _, one in guide.every(Contact)}
    childs = [name for name, one in known.items() if CHILD in heard and is_child_line(one)]
    exposing = {name for name, one in known.items() if POLICE_RISK in heard and one.is_exposing}
    return [one for one in dict.fromkeys([first, *childs, *others]) if one in childs or one not in exposing]


def doors(guide: Guide, language: str, paths: Iterable[str]) -> list[dict[str, Any]]:
    """Links to the pages that there are."""
    return [
        {"address": address(language, path), "title": wording(guide.site[path], language, "h1")}
        for path in dict.fromkeys(paths)
        if path in guide.site
    ]


def _lines(guide: Guide, language: str, contact: str) -> Iterator[dict[str, Any]]:
    placed = guide.records.get(("contacts", contact))
    if placed is None or not isinstance(placed.record, Contact):
        return
    for channel in placed.record.phones:
        yield line(channel, placed.page, language)


def line(channel: Channel, page: PageTexts, language: str) -> dict[str, Any]:
    """A number of the contact on ``page``."""
    return {
        "address": dial(channel.kind, channel.value),
        "before": _BEFORE_THE_NUMBER.get(channel.kind, ""),
        "number": words.number(channel),
        "name": wording(page, language, "title"),
    }
