"""The description of the data is valid, and no answer is another than it says."""

from __future__ import annotations

import json
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from survivors.data import files
from tests.folders import own_guide
from toolkit.edition.live import LiveEdition

_served: list[LiveEdition] = []


def served() -> LiveEdition:
    """Setting EDITION: the guide of content/, without a database."""
    if not _served:
        _served.append(LiveEdition(1, own_guide()))
    return _served[0]


@pytest.fixture(autouse=True)
def _served_from_content(settings) -> None:
    settings.EDITION = "tests.survivors.test_openapi.served"
    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "survivors.urls", ["*"]
    settings.MIDDLEWARE = ["survivors.leaving.headers.ResponseHeaders"]


@pytest.fixture
def description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Client().get("/api/v1/openapi.json").content)
    return found


def schema_of(place: str, description: dict[str, Any]) -> dict[str, Any]:
    """The schema of what is answered at an address."""
    steps = place.removeprefix("/api/v1/pages/").count("/")
    named = {0: "/api/v1/pages/{section}.json", 1: "/api/v1/pages/{section}/{page}.json"}
    path = named[steps] if "/pages/" in place else place
    answer = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return answer | {"components": description["components"]}


def objects(value: Any) -> list[dict[str, Any]]:
    """Every schema of an object with fields, however deep."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    own = [value] if isinstance(value, dict) and isinstance(value.get("properties"), dict) else []
    return own + [one for part in inner for one in objects(part)]


def test_the_description_is_valid_and_says_what_every_field_is(description: dict[str, Any]):
    validate(description)
    for schema in description["components"]["schemas"].values():
        for one in objects(schema):
            undescribed = [
                name for name, field in one["properties"].items() if not {"description", "$ref"} & field.keys()
            ]
            assert undescribed == []


def test_every_list_and_a_page_of_each_section_is_as_described(description: dict[str, Any]):
    guide = served().guide
    pages = [guide.children(section.path)[0].path for section in guide.sections]
    places = [place for place, _ in files.answers(guide) if place.startswith("/api/") and place.endswith(".json")]
    places = [place for place in places if "/pages/" not in place]
    places += [f"/api/v1/pages/{path}.json" for path in ("index", "types", *pages)]
    checker = Draft202012Validator.FORMAT_CHECKER
    for place in places:
        answer = json.loads(Client().get(place).content)
        faults = list(Draft202012Validator(schema_of(place, description), format_checker=checker).iter_errors(answer))
        assert faults == [], (place, faults[:1])


@pytest.mark.django_db
def test_nothing_answers_otherwise_than_described(description: dict[str, Any]):
    api = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    asked = []
    for found in api.get_all_operations():
        operation = found.ok()
        asked.append(operation.path)

        @settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def is_as_described(case: Any) -> None:
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        is_as_described()
    # It asks for the description to begin with, and leaves it out then.
    assert sorted([*asked, "/api/v1/openapi.json"]) == sorted(description["paths"])


def test_hsds_says_where_only_of_places_that_are_published():
    services = json.loads(Client().get("/api/v1/hsds/services.json").content)["contents"]
    locations = json.loads(Client().get("/api/v1/hsds/locations.json").content)["contents"]
    contacts = [placed.record for (kind, _), placed in served().guide.records.items() if kind == "contacts"]
    published = {one.value for contact in contacts for one in contact.confirmed if one.kind == "walk-in"}
    assert {one.get("description") for one in locations if one["location_type"] == "physical"} <= published
    assert len(services) == len(contacts)
    assert all(one["service_at_locations"] for one in services)
    ids = [one["id"] for table in (services, locations) for one in table]
    assert len(ids) == len(set(ids))
    always = next(one for one in services if one["schedules"] and one["schedules"][0]["description"] == "24/7")
    assert always["schedules"][0]["byday"] == "MO,TU,WE,TH,FR,SA,SU" and "opens_at" not in always["schedules"][0]
