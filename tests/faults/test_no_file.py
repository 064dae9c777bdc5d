"""What a reader types is in the memory of the readers' processes, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from survivors.answers import FORMS
from survivors.serving.process import MOST_ANSWERERS
from tests.faults.conftest import Site, waited_for
from tests.ready import ROOT
from toolkit.texts.languages import LANGUAGES

TAKE = """from toolkit.keeping import doubts; from toolkit.models import Doubt
doubts.collect(); print(*Doubt.objects.values_list("path", "reason", "number"))"""
FILE = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.jpg"\r\n\r\n' + b"a" * 40_000 + b"\r\n--x--\r\n"


def test_the_kernel_lets_no_process_that_reads_forms_write_a_file_and_staff_take_its_counts(own_site: Site):
    own_site.process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "readers"],
        cwd=ROOT, env=own_site.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert waited_for(own_site.answers)
    [server] = own_site.children()
    [worker] = children(server)
    assert own_site.get("/en/search/", data=b"q=a").status == 200
    [ready] = children(worker)
    assert waited_for(lambda: len(children(ready)) == min(os.cpu_count() or 1, MOST_ANSWERERS))
    for process in (worker, ready, *children(ready)):
        assert "Max file size             0                    0 " in Path(f"/proc/{process}/limits").read_text()
    for language in LANGUAGES:
        for path in FORMS:
            typed = b"q=" + b"%E0%AE%AA" * 50 + b"&danger=no&need=legal&platform=telegram"
            assert own_site.get(f"/{language}/{path}/", data=typed, timeout=60).status == 200, (language, path)
    assert own_site.get("/en/search/", data=b"q=" + b"a" * 60_000, timeout=60).status == 200
    refused = own_site.get("/en/search/", data=FILE, **{"Content-Type": "multipart/form-data; boundary=x"})
    assert refused.status == 415
    assert own_site.get("/en/wrong/", data=b"page=types%2Fouting&reason=law").status == 200
    assert own_site.get("/counts", **{"X-Key": "a" * 64}).status == 404
    for _ in range(2):  # what was taken is not counted twice
        assert own_site.manage("shell", "-v0", "-c", TAKE).stdout.strip() == "('types/outing', 'law', 1)"


def children(parent: int) -> list[int]:
    """Of all its threads."""
    return [int(one) for of in Path(f"/proc/{parent}/task").glob("*/children") for one in of.read_text().split()]
