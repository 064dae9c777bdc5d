"""Who helps, as HSDS 3 wants it: every object has the fields of the specification and no others, each of its kind."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from survivors.data import hsds
from tests.folders import own_guide
from toolkit.rendering.guide import Guide
from toolkit.texts.records.facts import DIALLED, Channel, Contact

# The objects that are served, with all fields that HSDS 3.0 has for them in words, numbers or served objects:
# "!" is required, "[…]" a list of objects, "…|…" the words that may stand there.
_HSDS = {
    "about": "version profile:uri openapi_url:uri",
    "page": "total_items:integer total_pages:integer page_number:integer size:integer first_page:boolean "
    "last_page:boolean empty!:boolean contents!",
    "service": "id!:uuid organization_id:uuid program_id:uuid name! alternate_name description url:uri email:email "
    "status!:active|inactive|defunct|temporarily-closed interpretation_services application_process fees_description "
    "wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number assured_date:date "
    "assurer_email:email licenses alert last_modified:date-time organization:organization phones:[phone] "
    "schedules:[schedule] service_areas:[service_area] service_at_locations:[service_at_location] "
    "languages:[language] metadata:[metadata]",
    "organization": "id!:uuid name! alternate_name description! email:email website:uri tax_status tax_id "
    "year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid phones:[phone] "
    "locations:[location] metadata:[metadata]",
    "location": "id!:uuid location_type!:physical|postal|virtual url:uri organization_id:uuid name alternate_name "
    "description transportation latitude:number longitude:number external_identifier external_identifier_type "
    "languages:[language] addresses:[address] phones:[phone] schedules:[schedule] metadata:[metadata]",
    "address": "id!:uuid location_id:uuid attention address_1! address_2 city! region state_province! postal_code! "
    "country! address_type!:physical|postal|virtual metadata:[metadata]",
    "phone": "id!:uuid location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid "
    "service_at_location_id:uuid number! extension:number type:text|voice|fax|cell|video|pager|textphone "
    "description languages:[language] metadata:[metadata]",
    "schedule": "id!:uuid service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:date valid_to:date "
    "dtstart:date timezone:number until:date count:number wkst:MO|TU|WE|TH|FR|SA|SU freq:WEEKLY|MONTHLY "
    "interval:number byday byweekno bymonthday byyearday description opens_at:hour closes_at:hour "
    "schedule_link:uri attending_type notes metadata:[metadata]",
    "language": "id!:uuid service_id:uuid location_id:uuid phone_id:uuid name code note metadata:[metadata]",
    "service_area": "id!:uuid service_id:uuid service_at_location_id:uuid name description extent extent_type uri "
    "metadata:[metadata]",
    "service_at_location": "id!:uuid service_id:uuid location_id:uuid description service_areas:[service_area] "
    "phones:[phone] schedules:[schedule] location:location metadata:[metadata]",
    "metadata": "id!:uuid resource_id:uuid resource_type last_action_date!:date last_action_type! field_name! "
    "previous_value! replacement_value! updated_by!",
}
_TYPES = {"number", "integer", "boolean"}
_FORMATS = {"uuid", "date", "date-time", "email"}
# Whole addresses; times of the day with the hours ahead of UTC.
_PATTERNS = {"uri": r"^https?://[^\s/]+(/\S*)?$", "hour": r"^([01]\d|2[0-4]):[0-5]\d(Z|[+-]\d\d:\d\d)$"}


def _field(kind: str) -> dict[str, Any]:
    if kind.strip("[]") in _HSDS:
        inner = {"$ref": f"#/$defs/{kind.strip('[]')}"}
        return {"type": "array", "items": inner} if kind.startswith("[") else inner
    if kind in _TYPES:
        return {"type": kind}
    words: dict[str, Any] = {"type": "string", "minLength": 1} if kind else {"type": "string"}
    if kind in _FORMATS:
        return words | {"format": kind}
    if kind in _PATTERNS:
        return words | {"pattern": _PATTERNS[kind]}
    return words | ({"enum": kind.replace("-", " ").split("|")} if kind else {})


def _schema(name: str) -> dict[str, Any]:
    fields = dict(one.partition(":")[::2] for one in _HSDS[name].split())
    found = {field.strip("!"): _field(kind) if field != "contents!" else {} for field, kind in fields.items()}
    required = [field.strip("!") for field in fields if field.endswith("!")]
    return {"type": "object", "properties": found, "required": required, "additionalProperties": False}


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/$defs/{name}", "$defs": {one: _schema(one) for one in _HSDS}}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def faults(name: str, served: dict[str, Any]) -> list[str]:
    return [f"{one.json_path}: {one.message}" for one in _validator(name).iter_errors(served)]


@pytest.fixture(scope="module")
def guide() -> Guide:
    return own_guide()


def contacts(guide: Guide) -> list[Contact]:
    return [placed.record for placed in guide.records.values() if isinstance(placed.record, Contact)]


def is_given_up(channel: Channel) -> bool:
    return channel.kind in DIALLED and channel.status == "superseded"


@pytest.mark.parametrize("public", ["", "https://guide.example.org"])
def test_every_object_is_what_hsds_says_wherever_the_guide_is(guide: Guide, settings, public: str):
    settings.PUBLIC_URL = public
    assert faults("about", hsds.about(guide)) == []
    pages = {"organization": hsds.organizations, "service": hsds.services, "location": hsds.locations}
    for name, listed in pages.items():
        page = listed(guide)
        assert faults("page", page) == [] and page["total_items"] == len(page["contents"]) > len(contacts(guide)) - 1
        assert [fault for one in page["contents"] for fault in faults(name, one)] == []


def test_what_is_not_of_hsds_is_found(guide: Guide):
    service = hsds.services(guide)["contents"][0]
    for wrong in ({"status": "open"}, {"colour": "red"}, {"id": "7"}, {"url": "/en/"}, {"phones": [{"number": "999"}]}):
        assert faults("service", service | wrong) != []


def test_a_number_that_was_given_up_is_nowhere_among_the_numbers_to_call(guide: Guide):
    services = hsds.services(guide)["contents"]
    given_up = {one.value for contact in contacts(guide) for one in contact.channels if is_given_up(one)}
    called = [phone["number"] for one in services for phone in one["phones"]]
    assert given_up and not given_up & set(called)
    assert len(called) == sum(len(contact.phones) for contact in contacts(guide))
    changes = [one for service in services for one in service["metadata"]]
    assert {one["previous_value"] for one in changes} == given_up
    answering = {one.value for contact in contacts(guide) for one in contact.confirmed}
    assert all(one["replacement_value"] in answering or urlsplit(one["replacement_value"]).scheme for one in changes)


def test_where_a_shelter_is_stands_nowhere(guide: Guide):
    line = next(one for one in contacts(guide) if any(channel.kind == "walk-in" for channel in one.confirmed))
    hidden = replace(line, needs=("shelter",))
    placed = guide.records["contacts", line.id]
    records = {("contacts", line.id): replace(placed, record=hidden)}
    service = hsds.services(replace(guide, records=records))["contents"][0]
    location = service["service_at_locations"][0]["location"]
    assert location["location_type"] == "virtual" and faults("service", service) == []
    street = next(one.value for one in line.confirmed if one.kind == "walk-in")
    assert street in json.dumps(hsds.services(guide)) and street not in json.dumps(service)
