"""A mirror as nginx and Caddy serve it by the configuration that it brings along: the guide's own pages and headers."""

from __future__ import annotations

import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

import pytest

from survivors.mirror.web_servers import ROOT, headers_of
from tests.faults.conftest import Site, free_port, waited_for
from tests.machine import program
from toolkit.rendering.answers import DATA, content_type, headers_at, is_file
from toolkit.texts.edition_folder import EditionFolder, Manifest
from toolkit.texts.languages import LANGUAGES

BASE = "/copies/guide/"
NGINX = """daemon off; pid {folder}/pid; error_log {folder}/log; user root; events {{ }}
http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; server {{ listen 127.0.0.1:{port};
include {folder}/site.conf; }} }}"""
CADDY = "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://127.0.0.1:{port} {{\n\timport {folder}/site.conf\n}}\n"


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str


class Served(NamedTuple):
    url: str
    edition: EditionFolder
    manifest: Manifest

    def get(self, address: str, **headers: str) -> Got:
        try:
            asked = urllib.request.Request(f"{self.url}{address}", headers=headers)
            with urllib.request.urlopen(asked, timeout=10) as found:
                return Got(found.status, _lower(found.headers), found.read().decode())
        except urllib.error.HTTPError as error:
            return Got(error.code, _lower(error.headers), error.read().decode())


def _lower(headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def served(request: pytest.FixtureRequest, silent: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp(request.param)
    silent.manage("mirror", str(folder / "out"), "--base", BASE)
    port, is_nginx = free_port(), request.param == "nginx"
    brought = (folder / "out" / "web" / ("nginx.conf" if is_nginx else "Caddyfile")).read_text()
    (folder / "site.conf").write_text(brought.replace(ROOT, str(folder / "out")))
    (folder / "conf").write_text((NGINX if is_nginx else CADDY).format(folder=folder, port=port))
    arguments = ["-c"] if is_nginx else ["run", "--adapter", "caddyfile", "--config"]
    command = [program(request.param) or request.param, *arguments, str(folder / "conf")]
    environment = {"HOME": str(folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
    with (folder / "out.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    edition = EditionFolder(silent.data / "edition")
    made = Served(f"http://127.0.0.1:{port}{BASE}", edition, edition.manifest())
    try:
        assert waited_for(lambda: answers(made), 20), (folder / "out.log").read_text()
        yield made
    finally:
        process.terminate()
        process.wait(10)


def answers(served: Served) -> bool:
    try:
        return bool(served.get("en/").status)
    except OSError:
        return False


def words(html: str) -> str:
    """What a reader reads, without what a form needs."""
    main = html[html.index("<main") : html.index("</main>")]
    main = re.sub(r"<form.*?</form>|<div data-without>.*?</div>", "", main, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_every_page_says_what_the_guide_says_with_the_guides_headers(served: Served):
    said = 0
    for address, answer in served.manifest.answers.items():
        if address.endswith("/") and "body" in answer:
            got = served.get(address[1:])
            assert got.status == 200 and words(got.text) == words(served.edition.body(answer["body"]).decode()), address
            for name, value in served.manifest.headers.items():
                found = got.headers[name.lower()].replace("script-src 'self' ", "script-src ")
                assert found == value, name
            assert got.headers["content-language"] == address.split("/")[1]
            assert got.headers["content-type"] == "text/html; charset=utf-8" and "set-cookie" not in got.headers
            assert not {"etag", "last-modified"} & got.headers.keys()
            said += 1
    assert said > len(LANGUAGES) * 8


def test_what_has_moved_leads_on_and_what_is_not_there_gets_the_guides_page(served: Served):
    assert words(served.get("ta/types/old-name/").text) == words(served.get("ta/types/outing/").text)
    for language in LANGUAGES:
        missing = served.get(f"{language}/not/there/")
        assert missing.status == 404 and f'<html lang="{language}"' in missing.text and "data-exit" in missing.text
        assert missing.headers["content-language"] == language and "content-security-policy" in missing.headers
        assert f'href="{BASE}{language}/' in missing.text
    assert served.get("nowhere").status == 404


def test_no_link_and_no_fragment_is_broken(served: Served):
    pages: dict[str, str] = {}
    fragments, wanted = [], {served.url}
    while left := wanted - pages.keys():
        page = left.pop()
        got = served.get(page.removeprefix(served.url))
        assert got.status == 200, page
        pages[page] = got.text
        is_page = got.headers["content-type"].startswith("text/html")
        for link in re.findall(r'\b(?:href|src)="([^"]*)"', got.text) if is_page else []:
            target, fragment = urldefrag(urljoin(page, unescape(link)))
            if target.startswith(served.url):
                wanted.add(target)
                fragments += [(target, fragment)] if fragment else []
    assert len(pages) > len(LANGUAGES) * 6 and len(fragments) > len(LANGUAGES) * 6
    assert [(page, one) for page, one in fragments if f' id="{one}"' not in pages[page]] == []


def test_data_and_what_crawlers_look_for_are_the_guides_own_and_data_alone_are_open(served: Served):
    files = [place for place in served.manifest.answers if is_file(place)]
    assert {"/robots.txt", "/sitemap.xml", "/llms.txt", "/.well-known/security.txt"} < set(files)
    for place in files:
        got, is_data = served.get(place[1:]), place.startswith(DATA)
        assert got.status == 200 and got.text == served.edition.body(served.manifest.answers[place]["body"]).decode()
        kind = got.headers["content-type"].replace("text/xml", "application/xml")  # RFC 7303: the same
        assert kind.partition(";")[0] in content_type(place), place
        assert ("access-control-allow-origin" in got.headers) == ("etag" in got.headers) == is_data, place
        for name, value in headers_at(place, headers_of(served.manifest.headers)).items():
            assert got.headers[name.lower()] == value, (place, name)
        if is_data:
            assert served.get(place[1:], **{"If-None-Match": got.headers["etag"]}).status == 304, place


def test_the_sums_are_those_of_the_files(silent: Site, tmp_path: Path):
    silent.manage("mirror", str(tmp_path / "out"))
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", capture_output=True)
    assert done.returncode == 0, done.stderr
