from __future__ import annotations

import base64
import hashlib
import re

import pytest
from django.conf import settings

from survivors.leaving import inline
from toolkit.texts.languages import LANGUAGES

# Bytes of the script of leaving, minified: it comes before anything else, on the slowest line too.
SCRIPT = 2048
READER_PAGES = ["/en/", "/ta/types/fake-images/", "/zh-hans/nothing/", "/healthz", "/"]


@pytest.mark.parametrize("path", READER_PAGES)
def test_every_response_keeps_quiet_about_the_reader(guide, client, path):
    headers = client.get(path).headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Request-OTR"] == "1"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", READER_PAGES)
def test_nothing_may_run_but_the_inlined_code_known_by_its_hash(guide, client, path):
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "http" not in policy and "*" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy and "base-uri 'none'" in policy and "form-action 'self'" in policy


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hashes_are_those_of_the_code_in_the_page(guide, client, language):
    response = client.get(f"/{language}/types/")
    html = response.content.decode()
    for tag in ("style", "script"):
        found = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.S)
        assert found
        (allowed,) = re.findall(rf"{tag}-src ([^;]*)", response.headers["Content-Security-Policy"])
        for code in found:
            wanted = "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
            assert f"'{wanted}'" in allowed.split()
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)


def test_every_feature_a_page_could_ask_for_is_off(client, db):
    policy = client.get("/en/").headers["Permissions-Policy"]
    assert all(feature.endswith("=()") for feature in policy.split(", "))
    assert {"camera=()", "microphone=()", "geolocation=()", "browsing-topics=()"} <= set(policy.split(", "))


def test_https_is_remembered_by_the_browser_when_the_site_is_served_over_it(guide, client):
    assert "Strict-Transport-Security" not in client.get("/en/").headers
    secure = client.get("/en/", headers={"x-forwarded-proto": "https"})
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_staff_pages_have_a_policy_as_strict(client, db, staff_static):
    response = client.get(f"/{settings.ADMIN_PATH}/login/")
    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_script_of_leaving_stays_small():
    assert len(inline.script().encode()) < SCRIPT
