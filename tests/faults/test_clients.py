"""What a client may do to a site without a proxy in front, and what readers notice of it."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from contextlib import suppress

import brotli
import pytest

from tests.faults.hostile import HALF_A_FORM
from tests.faults.hostile import HEAD as FORM_HEAD
from tests.ready import ROOT
from toolkit.texts.languages import LANGUAGES

HALF_A_HEAD = b"GET /en/ HTTP/1.1\r\nHost: loc"


@pytest.fixture(scope="module", autouse=True)
def _site(site):
    """Started before anything is measured."""


def p95(site, path: str = "/en/", times: int = 60) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        assert site.get(path).status == 200
        taken.append(time.perf_counter() - began)
    return sorted(taken)[int(times * 0.95)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_the_editions_in_each_encoding_and_says_so(site, language):
    plain = site.get(f"/{language}/")
    assert plain.status == 200 and "Content-Encoding" not in plain.headers
    for encoding, opened in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        got = site.get(f"/{language}/", **{"Accept-Encoding": encoding})
        assert got.headers["content-encoding"] == encoding and opened(got.body) == plain.body
        assert got.headers["vary"] == "Accept-Encoding" and got.headers["cache-control"] == "private, no-store"
    assert "content-encoding" not in site.get(f"/{language}/", **{"Accept-Encoding": "br;q=0, gzip;q=0"}).headers
    assert "set-cookie" not in plain.headers and plain.headers["content-language"] == language


def test_pages_are_served_at_once_while_300_forms_and_300_heads_are_half_sent(site):
    quiet = p95(site)
    held = [site.connection(HALF_A_FORM) for _ in range(300)] + [site.connection(HALF_A_HEAD) for _ in range(300)]
    try:
        assert p95(site) < 3 * quiet + 0.02
        assert site.get("/en/search/", data=b"q=words").status == 200
        assert held[0].recv(64).startswith(b"HTTP/1.1 408")
    finally:
        for one in held:
            one.close()


def test_16_guessers_300_half_forms_and_a_200_mb_upload_leave_readers_under_three_times_quiet(site):
    """Quiet before and after, in the same run: this machine may have other work."""
    quiet = p95(site)
    command = [sys.executable, "-m", "tests.faults.hostile", str(site.readers), str(site.staff)]
    hostile = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert hostile.stdout and hostile.stdout.readline() == b"at it\n"
        busy = p95(site, times=120)
    finally:
        hostile.kill()
        hostile.wait()
    assert busy < 3 * max(quiet, p95(site)) + 0.03


def test_an_upload_is_cut_short_with_the_guides_own_page(site):
    sent = site.connection(FORM_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    written = 0
    with suppress(OSError):
        for _ in range(200):
            sent.sendall(b"100000\r\n" + b"a" * 0x100000 + b"\r\n")
            written += 1
    assert written < 20
    assert sent.recv(64).startswith(b"HTTP/1.1 413")
    assert site.get("/en/search/", data=b"q=" + b"a" * 70_000).status == 413


def test_a_file_is_refused(site):
    body = b'--x\r\nContent-Disposition: form-data; name="q"; filename="a"\r\n\r\nwords\r\n--x--\r\n'
    got = site.get("/en/search/", data=body, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert got.status == 415 and b"data-exit" in got.body


@pytest.mark.parametrize("length", [60, 60_000, 200_000])
def test_whoever_is_still_sending_what_is_refused_gets_the_whole_answer(site, length):
    head = b"POST /en/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % length
    sent = site.connection(head)
    for _ in range(10):
        time.sleep(0.02)
        sent.sendall(b"a" * (length // 10))
    answer = b""
    while more := sent.recv(65536):
        answer += more
    assert answer.startswith(b"HTTP/1.1 405") and answer.rstrip().endswith(b"</html>")


def test_a_form_in_chunks_is_answered_as_one_with_a_length(site):
    chunked = site.connection(
        FORM_HEAD + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n7\r\nq=words\r\n0\r\n\r\n"
    )
    answer = b""
    while more := chunked.recv(65536):
        answer += more
    with_length = site.get("/en/search/", data=b"q=words")
    assert answer.startswith(b"HTTP/1.1 200") and answer.partition(b"\r\n\r\n")[2] == with_length.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_sent_to_a_page_gets_405_and_an_unknown_address_404_each_as_a_page_of_the_guide(site, language):
    for got, status in ((site.get(f"/{language}/", data=b"q=a"), 405), (site.get(f"/{language}/nowhere/"), 404)):
        assert got.status == status and b"data-exit" in got.body and f'lang="{language}"'.encode() in got.body
    assert site.get(f"/{language}/", data=b"q=a").headers["allow"] == "GET, HEAD"


def test_another_sites_name_is_refused(site):
    assert site.get("/en/", Host="elsewhere.example.org").status == 400


def test_the_bare_address_leads_to_the_readers_language_and_staff_have_their_own_port(site):
    assert site.get("/", **{"Accept-Language": "ta"}).headers["content-language"] == "ta"
    assert site.get("/staff/login/").status == 404
    assert site.get("/staff/login/", port=site.staff).status == 200
    assert site.get("/healthz").body == site.get("/healthz", port=site.staff).body == b"ok"
