"""The web servers of deploy/, really started over a site's edition on ports of their own, and asked by https."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.faults.conftest import Site, free_port, waited_for
from tests.machine import program
from tests.ready import ROOT

NAME = "guide.example.org"
DEPLOY = ROOT / "deploy"


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Web:
    """A web server in front of a site; ``port`` speaks https."""

    def __init__(self, folder: Path, site: Site) -> None:
        self.folder, self.site, self.port, self.plain_port = folder, site, free_port(), free_port()
        folder.mkdir(exist_ok=True)
        make_certificate(folder)

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answered:
        made = http.client.HTTPSConnection(NAME, self.port, timeout=20, context=ssl._create_unverified_context())
        made.sock = self._connected()
        return _answered(made, path, method, body, {"Host": NAME, **headers})

    def plain(self, path: str) -> Answered:
        made = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=20)
        return _answered(made, path, "GET", None, {"Host": NAME})

    def _connected(self) -> ssl.SSLSocket:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), 20), server_hostname=NAME)

    def is_up(self) -> bool:
        try:
            return bool(self.ask("/en/").status)
        except OSError:
            return False

    def fitted(self, text: str) -> str:
        """A configuration as it stands in deploy/, with this machine's folders and ports in it."""
        text = text.replace("/var/lib/guide/", f"{self.site.data}/")
        return text.replace("127.0.0.1:8000", f"127.0.0.1:{self.site.readers}").replace(
            "127.0.0.1:8001", f"127.0.0.1:{self.site.staff}"
        )


def ask_guide(site: Site, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answered:
    """The guide's own answer, asked as a proxy asks that ends TLS."""
    made = http.client.HTTPConnection("127.0.0.1", site.readers, timeout=20)
    return _answered(made, path, method, body, {"Host": NAME, "X-Forwarded-Proto": "https", **headers})


def _answered(made: http.client.HTTPConnection, path: str, method: str, body: bytes | None, headers) -> Answered:
    if body is not None:
        headers = {"Content-Type": "application/x-www-form-urlencoded", **headers}
    try:
        made.request(method, path, body, headers)
        answer = made.getresponse()
        return Answered(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        made.close()


def make_certificate(folder: Path) -> None:
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
        "-subj", f"/CN={NAME}", "-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


def nginx_configuration(web: Web) -> Path:
    text = web.fitted((DEPLOY / "nginx.conf").read_text()).replace("/etc/ssl/guide", str(web.folder))
    text = re.sub(r"listen \[::\]:.*\n", "\n", text)
    text = re.sub(r"listen 443", f"listen 127.0.0.1:{web.port}", text)
    text = text.replace("listen 80", f"listen 127.0.0.1:{web.plain_port}")
    text = text.replace("/run/nginx.pid", f"{web.folder}/pid").replace("user www-data;", "user root;")
    file = web.folder / "nginx.conf"
    file.write_text(text)
    return file


def caddy_configuration(web: Web) -> Path:
    text = web.fitted((DEPLOY / "Caddyfile").read_text())
    text = text.replace("/run/caddy/admin.sock", f"{web.folder}/admin.sock")
    text = text.replace("{\n\tadmin", f"{{\n\thttp_port {web.plain_port}\n\thttps_port {web.port}\n\tadmin", 1)
    text = text.replace(
        "\timport edition_root\n", f"\ttls {web.folder}/fullchain.pem {web.folder}/privkey.pem\n\timport edition_root\n"
    )
    file = web.folder / "Caddyfile"
    file.write_text(text)
    return file


COMMANDS = {
    "nginx": (nginx_configuration, ["-g", "daemon off;", "-c"]),
    "caddy": (caddy_configuration, ["run", "--adapter", "caddyfile", "--config"]),
}


@contextmanager
def running(kind: str, web: Web) -> Iterator[Web]:
    configured, arguments = COMMANDS[kind]
    file, out = configured(web), web.folder / "out"
    with out.open("wb") as log:
        environment = {"HOME": str(web.folder), "PATH": "/usr/sbin:/usr/bin:/bin"}
        process = subprocess.Popen(
            [program(kind) or kind, *arguments, str(file)], stdout=log, stderr=log, env=environment, cwd=web.folder
        )
    try:
        assert waited_for(web.is_up, 20), out.read_text()
        yield web
    finally:
        process.terminate()
        process.wait(10)
