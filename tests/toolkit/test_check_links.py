"""`manage.py check_links` and a real server on this machine."""

from __future__ import annotations

import io
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core import mail
from django.core.management import call_command

from tests.toolkit.test_links import SECOND, site_of
from toolkit.files import sync
from toolkit.keeping import asking, links
from toolkit.keeping.links import Pace
from toolkit.models import Link

pytestmark = pytest.mark.django_db


class _Answer(BaseHTTPRequestHandler):
    seen: list[tuple[str, str, dict[str, str]]]

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.seen.append((self.command, self.path, dict(self.headers)))
        name = self.path.strip("/").partition("?")[0]
        if name == "slow":
            time.sleep(1.5)
        if name == "drip":  # a byte now and then, for ever: no single wait is long
            for _ in range(15):
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return
                time.sleep(0.1)
            return
        status = {"head-405": 405, "head-404": 404, "head-500": 500}.get(name, 0) if self.command == "HEAD" else 0
        moved = {"moved": "/ok", "loop": "/loop", "app": "intent://open", "to-404": "/404", "odd": "/ünder"}
        status = status or (302 if name in moved else int(name) if name.isdecimal() else 200)
        self.send_response(status)
        if name in moved:
            self.send_header("Location", moved[name])
        self.send_header("Set-Cookie", "seen=1")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(b"x" * 10)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings) -> Iterator[ThreadingHTTPServer]:
    settings.CHECK_LINKS_ALLOW_LOCAL = True
    handler = type("Answer", (_Answer,), {"seen": []})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    http.address = f"http://127.0.0.1:{http.server_port}"
    http.seen = handler.seen
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield http
    http.shutdown()
    http.server_close()


HURRIED = Pace(delay=0, host_delay=0, timeout=0.6, minutes=1)


def asked(server, *names):
    """Asks the server for these paths; path -> row."""
    links.check(site_of(*(f"{server.address}/{name}" for name in names)), HURRIED)
    return {link.url.rpartition("/")[2]: link for link in Link.objects.all()}


def test_what_answers_works(server):
    found = asked(server, "ok", "204", "moved", "ok?lang=en")
    assert {name: links.state(link) for name, link in found.items()} == dict.fromkeys(found, links.WORKS)
    assert found["moved"].answer == "200" and found["204"].answer == "204"


@pytest.mark.parametrize("name", ["404", "410", "500", "503", "to-404", "slow", "drip"])
def test_what_is_gone_or_fails_is_broken_and_was_asked_twice(server, name):
    link = asked(server, name)[name]
    assert link.is_broken and link.broken_since == link.asked
    assert link.answer == {"to-404": "404", "slow": "timed-out", "drip": "timed-out"}.get(name, name)
    assert [method for method, path, _ in server.seen if path == f"/{name}"] == ["HEAD", "GET"]


@pytest.mark.parametrize("name", ["401", "403", "429", "451", "loop", "app"])
def test_what_refuses_a_machine_is_not_called_broken(server, name):
    link = asked(server, name)[name]
    assert links.state(link) == links.REFUSED
    assert not link.is_broken and link.broken_since is None


def test_a_site_that_asks_for_less_is_not_asked_again(server):
    asked(server, "429")
    assert len(server.seen) == 1


@pytest.mark.parametrize("name", ["head-405", "head-404", "head-500"])
def test_where_only_head_is_refused_get_decides(server, name):
    assert links.state(asked(server, name)[name]) == links.WORKS


def test_at_most_five_redirects_are_followed(server):
    asked(server, "loop")
    assert [method for method, _, _ in server.seen] == ["HEAD"] * 6 + ["GET"] * 6


def test_the_request_names_neither_the_guide_nor_its_topic_and_brings_no_cookie(server):
    asked(server, "ok", "moved", "head-405")
    for _, _, headers in server.seen:
        assert headers.pop("Host") == server.address.removeprefix("http://")
        assert headers.pop("Accept-Encoding", "identity") == "identity"
        assert headers == {"User-Agent": "link-check/1.0", "Accept": "*/*", "Connection": "close"}


def test_one_request_is_bounded_in_time_even_when_the_site_sends_a_byte_at_a_time(server):
    start = time.monotonic()
    asked(server, "drip")
    assert time.monotonic() - start < 3


def test_addresses_and_redirects_with_letters_of_other_scripts_are_followed(server):
    found = asked(server, "பக்கம்", "odd")
    assert {link.answer for link in found.values()} == {"200"}


def test_hosts_that_are_not_there_are_broken(server):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        refused = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        wrong = ["http://nothing.invalid/", refused, server.address.replace("http:", "https:"), "https://[x/"]
        links.check(site_of(*wrong, f"{server.address}/ok"), replace(HURRIED, timeout=10))
    answers = [Link.objects.get(url=url).answer for url in wrong]
    assert answers == [asking.NO_HOST, asking.NO_CONNECTION, asking.NOT_SAFE, asking.NO_ADDRESS]
    assert Link.objects.filter(is_broken=True).count() == 4


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])
def test_nothing_on_this_machine_is_ever_asked(server, settings, host):
    settings.CHECK_LINKS_ALLOW_LOCAL = False
    url = server.address.replace("127.0.0.1", host) + "/ok"
    links.check(site_of(url), HURRIED)
    assert Link.objects.get(url=url).answer == asking.PRIVATE
    assert server.seen == []


@pytest.mark.parametrize(
    "address", ["10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "fd00::1",
                "fe80::1%eth0", "::ffff:10.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_addresses_behind_this_machine_are_not_public(address):
    assert not asking.is_public(address)


def test_addresses_of_the_internet_are_public():
    assert asking.is_public("8.8.8.8") and asking.is_public("2606:4700::1111")


# The command


def run(**options):
    out = io.StringIO()
    call_command("check_links", stdout=out, delay=0, host_delay=0, timeout=5, **options)
    return out.getvalue()


@pytest.fixture
def local_guide(folder, server):
    text = folder.file("", "facts").read_text()
    text = text.replace("https://line.example.org", f"{server.address}/404")
    folder.write("", "facts", text.replace("https://news.example.org/report", f"{server.address}/403"))
    folder.page("types/outing", "## Do this first {#do-first}\n\n{{ contact line }}\n", more=SECOND.replace(
        '"paper"', '"other"').replace("https://paper.example.org/", f"{server.address}/404"))  # fmt: skip
    sync.import_files(folder.root)
    return server


def test_the_command_sums_up_and_names_what_is_broken_and_where(local_guide):
    text = run()
    assert text.startswith("2 asked: 0 work, 1 broken, 1 refused (look yourself). 0 left for the next run.\n")
    assert text.endswith(f"broken: {local_guide.address}/404: 404\n    / line\n    /types/outing/ other\n")


def test_the_command_fails_only_when_asked_to_be_strict(local_guide):
    run()
    with pytest.raises(SystemExit) as end:
        run(strict=True)
    assert end.value.code == 1
    Link.objects.update(is_ignored=True)
    run(strict=True)


def test_a_run_without_time_asks_nothing_and_says_how_much_is_left(local_guide):
    assert "2 left for the next run" in run(minutes=0)
    assert local_guide.seen == []


def test_nothing_is_sent_by_mail(local_guide):
    run()
    assert mail.outbox == []
