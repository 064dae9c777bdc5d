"""Who helps, as the Human Services Data Specification (HSDS 3) has it: for directories that take services from others.

Each contact is one organization with one service. Its identifiers are made from the contact's own and never change.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.utils import translation

from survivors.data.addresses import API, whole
from toolkit.rendering import words
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide, Placed, label, note, wording
from toolkit.rendering.owner import public_url
from toolkit.texts.languages import SOURCE
from toolkit.texts.records.facts import DIALLED, Channel, Contact
from toolkit.texts.records.hours import ALWAYS, days_alike, week_of

VERSION = "3.0"
PROFILE = "https://docs.openreferral.org/en/3.0/"
_NUMBER_TYPES = {"tel": "voice", "whatsapp": "text", "sms": "text"}
_LANGUAGES = {"ms": "Malay", "en": "English", "ta": "Tamil", "zh": "Chinese"}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ALL_DAY = ("00:00", "24:00")
# A street, a postcode of five figures and a town.
_ADDRESS = re.compile(r"(?P<street>.+), (?P<code>\d{5}) (?P<town>.+)")

Table = dict[str, Any]


def about(guide: Guide) -> Table:
    """HSDS wants whole addresses; without the site's own there is none to give."""
    found = {"version": VERSION, "profile": PROFILE}
    return found | ({"openapi_url": whole(guide, f"{API}/openapi.json")} if public_url(guide) else {})


def organizations(guide: Guide) -> Table:
    return _page([_organization(placed) | {"locations": _locations(placed)} for placed in _contacts(guide)])


def services(guide: Guide) -> Table:
    return _page([_service(guide, placed) for placed in _contacts(guide)])


def locations(guide: Guide) -> Table:
    return _page([one for placed in _contacts(guide) for one in _locations(placed)])


def _contacts(guide: Guide) -> list[Placed]:
    return sorted((placed for placed, _ in guide.every(Contact)), key=lambda placed: placed.record.id)


def _page(found: list[Table]) -> Table:
    """All in one page: what is answered is a file."""
    frame = {"total_items": len(found), "total_pages": 1, "page_number": 1, "size": len(found)}
    return frame | {"first_page": True, "last_page": True, "empty": not found, "contents": found}


def _organization(placed: Placed) -> Table:
    contact = _contact(placed)
    found = {"id": _id("organization", contact.id), "name": contact.name, "description": _description(placed)}
    return found | ({"website": contact.website} if contact.website else {})


def _service(guide: Guide, placed: Placed) -> Table:
    contact = _contact(placed)
    found: Table = {
        "id": _id("service", contact.id),
        "name": label(placed, SOURCE).text,
        "description": _description(placed),
        "status": "active",
        "assured_date": contact.checked.isoformat(),
        "organization": _organization(placed),
        "phones": [_phone(contact, one) for one in contact.phones],
        "schedules": list(_schedules("service", contact.id, contact.hours)),
        "languages": [_language(contact, code) for code in contact.languages],
        "service_areas": [{"id": _id("area", contact.id, one), "name": _area(one)} for one in contact.states],
        "service_at_locations": [
            {"id": _id("at", one["id"]), "service_id": _id("service", contact.id), "location": one}
            for one in _locations(placed)
        ],
        "metadata": [_given_up(guide, contact, one) for one in contact.channels if _was_number(one)],
    }
    emails = [one.value for one in contact.confirmed if one.kind == "email"]
    if emails:
        found["email"] = emails[0]
    if contact.cost:
        found["fees_description"] = contact.cost
    if contact.serves:
        found["eligibility_description"] = _eligible(contact)
    if public_url(guide):
        found["url"] = whole(guide, address(SOURCE, placed.page.path))
    return found


def _was_number(channel: Channel) -> bool:
    return channel.kind in DIALLED and channel.status == "superseded"


def _given_up(guide: Guide, contact: Contact, channel: Channel) -> Table:
    """A number to call no more: among the changes, as whoever shows ``phones`` shows them to be called."""
    return {
        "id": _id("metadata", contact.id, channel.kind, channel.value),
        "resource_id": _id("service", contact.id),
        "resource_type": "service",
        "last_action_date": contact.checked.isoformat(),
        "last_action_type": "superseded",
        "field_name": "phones.number",
        "previous_value": channel.value,
        "replacement_value": _answers_now(guide, channel),
        "updated_by": guide.owner.name,
    }


def _answers_now(guide: Guide, channel: Channel) -> str:
    """The number or address in place of one given up: of the contact that is named, where one is."""
    now = guide.records.get(("contacts", channel.superseded_by))
    if now is None:
        return channel.superseded_by
    phones = sorted(_contact(now).phones, key=lambda one: one.kind != channel.kind)
    return phones[0].value if phones else _contact(now).website


def _phone(contact: Contact, channel: Channel) -> Table:
    found = {
        "id": _id("phone", contact.id, channel.kind, channel.value),
        "number": channel.value,
        "type": _NUMBER_TYPES[channel.kind],
    }
    said = ["WhatsApp."] if channel.kind == "whatsapp" else []
    if channel.hours:
        said.append(f"Hours (OpenStreetMap opening_hours): {channel.hours}")
    return found | ({"description": " ".join(said)} if said else {})


def _area(state: str) -> str:
    return "Malaysia" if state == "all" else state.replace("-", " ").title()


def _eligible(contact: Contact) -> str:
    with translation.override(SOURCE):
        return "Everyone" if "everyone" in contact.serves else words.served(contact.serves)


def _schedules(kind: str, name: str, hours: str) -> Iterator[Table]:
    """Hours that are the same every week, as rules of RFC 5545; others as they are written."""
    week = week_of(hours) if hours else None
    if hours and week is None:
        yield {"id": _id("schedule", kind, name), "description": hours}
    for runs, times in days_alike(week) if week else ():
        days = ",".join(_DAYS[day % 7] for first, last in runs for day in _run(first, last))
        for opens, closes in times:
            found = {"id": _id("schedule", kind, name, days, opens), "freq": "WEEKLY", "byday": days, "timezone": 8}
            whole_day = hours == ALWAYS or (opens, closes) == _ALL_DAY
            times_said = {} if whole_day else {"opens_at": f"{opens}+08:00", "closes_at": f"{closes}+08:00"}
            yield found | times_said | {"description": hours}


def _run(first: int, last: int) -> range:
    return range(first, (last if last >= first else last + 7) + 1)


def _language(contact: Contact, code: str) -> Table:
    return {"id": _id("language", contact.id, code), "name": _LANGUAGES[code], "code": code}


def _locations(placed: Placed) -> list[Table]:
    """The places whose address it publishes; who has none, or hides people, is reached from anywhere."""
    contact = _contact(placed)
    hides = contact.needs == ("shelter",)
    published = [] if hides else [one.value for one in contact.confirmed if one.kind == "walk-in"]
    if not published:
        virtual = {"id": _id("location", contact.id), "location_type": "virtual", "name": contact.name}
        return [virtual | ({"url": contact.website} if contact.website else {})]
    return [_place(contact, value) for value in published]


def _place(contact: Contact, value: str) -> Table:
    """A physical location; its address in parts only where all parts that HSDS asks for are known."""
    found: Table = {"id": _id("location", contact.id, value), "location_type": "physical"}
    found |= {"name": contact.name, "description": value}
    parts = _ADDRESS.fullmatch(value)
    if parts and len(contact.states) == 1 and contact.states != ("all",):
        found["addresses"] = [
            {
                "id": _id("address", contact.id, value),
                "address_1": parts["street"],
                "city": parts["town"],
                "state_province": _area(contact.states[0]),
                "postal_code": parts["code"],
                "country": "MY",
                "address_type": "physical",
            }
        ]
    return found


def _contact(placed: Placed) -> Contact:
    assert isinstance(placed.record, Contact)  # noqa: S101 (_contacts)
    return placed.record


def _description(placed: Placed) -> str:
    said = note(placed, SOURCE) or wording(placed.page, SOURCE, "summary")
    return said.text


def _id(*names: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "hsds " + " ".join(names)))
