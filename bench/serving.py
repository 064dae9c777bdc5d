"""How fast readers are served, beside what else could serve the same bytes on this machine.

    .venv/bin/python -m bench.serving [SECONDS]

The real guide in a folder of its own; wrk with eight clients, each row SECONDS long. Wanted: a page from the readers'
process at least 3 times a bare Django view under the same server and as many workers; the edition behind nginx at least
0.8 of a bare file there; 95 of 100 searches, plans and directories within 40 ms. Needs wrk and nginx.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from tests.deploy.web import NAME, Web, running
from tests.faults.conftest import ROOT, Site, free_port, waited_for

PAGE = "/ta/types/shared-images/"
FORMS = {
    "search": [("/ms/search/", {"q": "gambar saya tersebar"}), ("/ta/search/", {"q": "photo mirattal"})],
    "the plan": [("/en/plan/", {"danger": "no", "age": "adult", "types": "shared-images", "home": "no", "go": "plan"})],
    "find help": [("/en/find-help/", {"need": "legal", "state": "penang"})],
    "find a report route": [
        ("/zh-hans/find-route/", {"platform": "telegram", "type": "shared-images", "age": "adult"})
    ],
    "find a law": [("/ta/find-law/", {"type": "shared-images", "age": "adult"})],
}
# wrk by itself prints no 95th percentile.
SCRIPT = """
local sent = {%s}
local at = 0
request = function()
  at = at %% #sent + 1
  return wrk.format(sent[at][1], sent[at][2], {["Accept-Encoding"] = "br", ["Host"] = "%s",
    ["Content-Type"] = "application/x-www-form-urlencoded"}, sent[at][3])
end
done = function(summary, latency)
  local errors = summary.errors
  print(string.format("MEASURED %%.0f %%.2f %%.2f %%d", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


class Local(Web):
    """By a name that this machine resolves: wrk names it in the handshake, and nginx answers to no other."""

    def fitted(self, text: str) -> str:
        return super().fitted(text).replace(NAME, "localhost")

    def is_up(self) -> bool:
        return _answers(f"https://localhost:{self.port}/en/")


class Measured(NamedTuple):
    a_second: float
    p50: float  # ms
    p95: float
    errors: int


def measure(base: str, host: str, asked: list[tuple[str, dict[str, str]]], seconds: int, clients: int = 8) -> Measured:
    rows = [f'{{"{"POST" if form else "GET"}", "{path}", "{urlencode(form)}"}}' for path, form in asked]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % (", ".join(rows), host))
        script.flush()
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", script.name, base]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"MEASURED (\S+) (\S+) (\S+) (\d+)", said)
    assert found, said
    return Measured(*map(float, found.groups()[:3]), int(found[4]))


def bare_django(file: Path) -> AbstractContextManager[str]:
    """The address of a bare view with the bytes of ``file``, under granian with one worker as the readers' process."""
    port = free_port()
    granian = str(Path(sys.executable).parent / "granian")
    options = ["--interface", "wsgi", "--port", str(port), "--log-level", "error", "bench.bare:application"]
    return _answering(f"http://127.0.0.1:{port}", [granian, *options], BARE_FILE=str(file))


def bare_file(web: Web, file: Path) -> AbstractContextManager[str]:
    """The same bytes from an nginx that has nothing but them, by the same TLS."""
    port, folder = free_port(), web.folder / "bare"
    folder.mkdir()
    shutil.copy(file, folder / "page")
    configuration = folder / "nginx.conf"
    configuration.write_text(
        "user root; worker_processes auto; events { worker_connections 1024; }\n"
        f"pid {folder}/pid; error_log /dev/null;\n"
        "http { access_log off; sendfile on; tcp_nopush on; default_type text/html;\n"
        f"ssl_certificate {web.folder}/fullchain.pem; ssl_certificate_key {web.folder}/privkey.pem;\n"
        f"server {{ listen 127.0.0.1:{port} ssl; root {folder}; add_header Content-Encoding br; }} }}\n"
    )
    return _answering(f"https://127.0.0.1:{port}", ["nginx", "-g", "daemon off;", "-c", str(configuration)])


@contextmanager
def _answering(base: str, command: list[str], **environment: str) -> Iterator[str]:
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}) as process:
        try:
            assert waited_for(lambda: _answers(f"{base}/page"))
            yield base
        finally:
            process.terminate()


def _answers(url: str) -> bool:
    return subprocess.run(["curl", "-kfso", os.devnull, url]).returncode == 0


def main(seconds: int) -> None:
    folder = Path(tempfile.mkdtemp())
    site = Site(folder)
    site.env |= {"CONTENT_DIR": str(ROOT / "content"), "ALLOWED_HOSTS": f"{NAME},127.0.0.1"}
    site.start()
    readers = f"http://127.0.0.1:{site.readers}"
    page = folder / "page"
    page.write_bytes(site.get(PAGE, **{"Accept-Encoding": "br"}).body)
    rows: list[tuple[str, Measured]] = []
    try:
        with bare_django(page) as bare:
            rows.append(
                (f"a bare Django view, {page.stat().st_size:,} bytes", measure(bare, "localhost", [("/", {})], seconds))
            )
        rows.append((f"the readers' process, {PAGE}", measure(readers, NAME, [(PAGE, {})], seconds)))
        with running("nginx", Local(folder / "nginx", site)) as web:
            with bare_file(web, page) as bare:
                rows.append(("nginx, a bare file by https", measure(bare, NAME, [("/page", {})], seconds)))
            rows.append(
                (
                    "nginx, the edition by https",
                    measure(f"https://localhost:{web.port}", "localhost", [(PAGE, {})], seconds),
                )
            )
        rows += [
            (f"the readers' process, {name}", measure(readers, NAME, asked, seconds)) for name, asked in FORMS.items()
        ]
    finally:
        site.stop()
        shutil.rmtree(folder)
    print("| eight clients | a second | p50 ms | p95 ms | errors |\n|---|---|---|---|---|")
    for name, row in rows:
        print(f"| {name} | {row.a_second:,.0f} | {row.p50:.1f} | {row.p95:.1f} | {row.errors} |")
    views, ours, files, edition = (row.a_second for _, row in rows[:4])
    print(
        f"\nA page: {ours / views:.1f} times a bare view. The edition: {edition / files:.2f} of a bare file in nginx."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
