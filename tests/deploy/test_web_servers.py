"""nginx and Caddy as deploy/ configures them: what they serve is what the guide serves, and they remember nobody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from tests.deploy.web import COMMANDS, DEPLOY, Answered, Web, ask_guide, running
from tests.faults.conftest import waited_for
from tests.machine import program
from tests.ready import ROOT
from toolkit.texts.languages import LANGUAGES

# What belongs to a connection or to a server, and says nothing about the page.
OF_THE_CONNECTION = {"server", "date", "connection", "keep-alive", "transfer-encoding", "content-length"}
ENCODINGS = ("br, gzip", "gzip, deflate", "identity", "br;q=0, gzip", "gzip;q=0.5, br;q=0", "BR", "gzip;q=0", "vbr")


def said(answer: Answered) -> tuple[int, bytes, dict[str, str]]:
    kept = {name: value for name, value in answer.headers.items() if name not in OF_THE_CONNECTION}
    return answer.status, answer.body, kept


def same(fronted: Web, *asked, **headers: str) -> Answered:
    """The answer, which is the guide's own: status, every byte, every header."""
    got = fronted.ask(*asked, **headers)
    assert said(got) == said(ask_guide(fronted.site, *asked, **headers))
    return got


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("accepted", ENCODINGS)
def test_a_page_is_the_guides_own_in_the_encoding_that_the_browser_takes(fronted, language, accepted):
    for path in ("", "types/outing/", "search/", "find-help/"):
        got = same(fronted, f"/{language}/{path}", **{"Accept-Encoding": accepted})
        assert got.status == 200 and got.headers["cache-control"] == "private, no-store"
        assert got.headers["content-language"] == language and "set-cookie" not in got.headers


@pytest.mark.parametrize("language", LANGUAGES)
def test_redirects_errors_and_forms_are_the_guides_own(fronted, language):
    moved = same(fronted, f"/{language}/types/old-name/")
    assert (moved.status, moved.headers["location"]) == (301, f"/{language}/types/outing/")
    assert same(fronted, f"/{language}/types").status == 301
    missing = same(fronted, f"/{language}/nowhere/")
    assert missing.status == 404 and b"data-exit" in missing.body
    refused = same(fronted, f"/{language}/types/", "POST", b"q=a")
    assert refused.status == 405 and b"data-exit" in refused.body and refused.headers["allow"] == "GET, HEAD"
    assert same(fronted, f"/{language}/types/", "PUT", b"a").status == 405
    assert same(fronted, f"/{language}/search/", "POST", b"q=words").status == 200
    assert same(fronted, f"/{language}/", "HEAD").body == b""


@pytest.mark.parametrize("accepted", ENCODINGS)
def test_data_are_the_guides_own_and_are_not_sent_twice(fronted, accepted):
    for place, kind in (("pages/index.json", "application/json"), ("feeds/ta/index.atom", "application/atom+xml")):
        asked = {"Accept-Encoding": accepted}
        got, own = fronted.ask(f"/api/v1/{place}", **asked), ask_guide(fronted.site, f"/api/v1/{place}", **asked)
        tag, _ = got.headers.pop("etag"), own.headers.pop("etag")
        assert said(got) == said(own) and got.headers["access-control-allow-origin"] == "*"
        assert got.headers["content-type"] == kind
        again = fronted.ask(f"/api/v1/{place}", **asked, **{"If-None-Match": tag})
        assert (again.status, again.body) == (304, b"") and again.headers["access-control-allow-origin"] == "*"
    assert same(fronted, "/api/v1/pages/nowhere.json").status == same(fronted, "/api/v1/").status == 404
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert "access-control-allow-origin" not in same(fronted, "/api/v1/pages.json", method).headers
    for place in ("/en/", "/sitemap.xml", "/robots.txt", "/llms.txt", "/.well-known/security.txt"):
        assert "access-control-allow-origin" not in same(fronted, place).headers


def test_the_bare_address_leads_to_the_browsers_language_and_http_to_https(fronted):
    assert same(fronted, "/", **{"Accept-Language": "ta"}).headers["location"] == "/ta/"
    plain = fronted.plain("/en/types/")
    assert plain.status in (301, 308) and plain.headers["location"] == "https://guide.example.org/en/types/"


@pytest.mark.parametrize("path", ["/404.en.html", "/413", "/503", "/web/nginx.conf"])
def test_files_of_the_edition_have_no_other_address(fronted, path):
    assert same(fronted, path).status == 404


@pytest.mark.parametrize("path", ["/en/index.html", "/en/index.html.br"])
def test_the_file_of_a_page_leads_to_its_only_address(fronted, path):
    found = same(fronted, path)
    assert (found.status, found.headers["location"]) == (301, "/en/")


def test_staff_are_behind_it_and_their_files_too(fronted):
    log_in = fronted.ask("/staff/login/")
    assert log_in.status == 200 and b"password" in log_in.body
    assert b"max-age=31536000" in log_in.headers["strict-transport-security"].encode()
    assert fronted.ask("/staff/login/", "POST", b"a=" + b"a" * 200_000).status == 403  # let through: no token in it


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_is_too_long_gets_the_guides_page(fronted, language):
    got = fronted.ask(f"/{language}/search/", "POST", b"q=" + b"a" * 70_000)
    assert got.status == 413 and b"data-exit" in got.body and f'lang="{language}"'.encode() in got.body
    assert fronted.ask(f"/{language}/search/", "POST", b"q=" + b"a" * 60_000).status == 200


@pytest.mark.parametrize("kind", COMMANDS)
def test_with_both_processes_down_pages_go_on_what_is_asked_gets_help_and_nothing_is_noted(kind, silent, tmp_path):
    with running(kind, Web(tmp_path / kind, silent)) as web:
        page = web.ask("/ms/types/outing/", **{"Accept-Encoding": "br"})
        file = silent.data / "edition" / "www" / "ms" / "types" / "outing" / "index.html.br"
        assert (page.status, page.body) == (200, file.read_bytes())
        data = web.ask("/api/v1/contacts.json")
        assert data.status == 200 and data.body == (silent.data / "edition/www/api/v1/contacts.json").read_bytes()
        for asked in (("/ms/search/", "POST", b"q=a-word"), ("/ms/not-a-page/",), ("/staff/login/",)):
            got = web.ask(*asked)
            assert got.status == 503 and b"data-exit" in got.body and got.headers["retry-after"] == "10"
        assert b'<html lang="ms"' in web.ask("/ms/search/", "POST", b"q=a-word").body
    written = b"".join(file.read_bytes() for file in web.folder.rglob("*") if file.is_file())
    assert not any(word in written for word in (b"outing", b"a-word", b"not-a-page", b"/ms/search"))


OTHER_HEADERS = """
import django; django.setup()
from survivors.leaving import headers; from toolkit import edition
headers.PERMISSIONS_POLICY, edition.code = "camera=()", lambda: "other code"
edition.write()
"""


def test_new_headers_come_with_their_pages_when_the_server_is_told_and_not_before(prepared, tmp_path):
    with running("nginx", Web(tmp_path / "nginx", prepared)) as web:
        before = web.ask("/en/")
        subprocess.run([sys.executable, "-c", OTHER_HEADERS], cwd=ROOT, env=prepared.env, check=True)
        assert said(web.ask("/en/")) == said(before)
        os.kill(int((web.folder / "pid").read_text()), signal.SIGHUP)
        assert waited_for(lambda: web.ask("/en/").headers["permissions-policy"] == "camera=()", 10)


@pytest.mark.parametrize("kind", COMMANDS)
def test_each_finds_its_configuration_right(kind, silent, tmp_path):
    configured, _ = COMMANDS[kind]
    file = str(configured(Web(tmp_path, silent)))
    arguments = {"nginx": ["-t", "-c", file], "caddy": ["validate", "--adapter", "caddyfile", "--config", file]}[kind]
    done = subprocess.run([program(kind) or kind, *arguments], capture_output=True, text=True)
    assert done.returncode == 0 and "[warn]" not in done.stderr, done.stderr


def test_the_caddyfile_is_in_caddys_own_form():
    file = DEPLOY / "Caddyfile"
    assert (
        subprocess.run([program("caddy") or "", "fmt", str(file)], capture_output=True, text=True).stdout
        == file.read_text()
    )
