"""What a change costs on a guide of any size, as `make run` serves it, and what the readers' processes hold in memory.

    .venv/bin/python -m bench.at_size PAGES [FOLDER]

It prints what is wanted at 10,000 pages beside each figure. FOLDER is kept, and what stands there is measured again
without being made anew.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from bench.large_guide import write_large_guide  # noqa: E402
from tests.faults.conftest import Site, waited_for  # noqa: E402

PAGE = "types/outing"
OFTEN = 3
# By the clock, and of the processor in the program that was begun.
Seconds = tuple[float, float]


def timed(act: Callable[[], object]) -> Seconds:
    begun, used = time.perf_counter(), _used()
    act()
    return time.perf_counter() - begun, _used() - used


def _used() -> float:
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def row(what: str, wanted: str, *seconds: Seconds) -> None:
    """``wanted``: the limit at 10,000 pages."""
    clock, processor = ("; ".join(f"{one:.1f}" for one in column if one) for column in zip(*seconds, strict=True))
    print(f"| {what} | {clock} | {processor} | {wanted} |", flush=True)


def publication(site: Site, folder: Path, number: int) -> tuple[Seconds, float, float]:
    """Seconds of a sync of one file; from its beginning until readers have it; from then until a search finds it."""
    used = _used()
    word = f"Zebra{number}"
    file = folder / PAGE / "en.md"
    file.write_text(f"{file.read_text().partition('Zebra')[0].rstrip()}\n\n{word}.\n")
    command = [sys.executable, "manage.py", "content_sync"]
    with subprocess.Popen(command, env=site.env, stdout=subprocess.DEVNULL):
        begun = time.perf_counter()
        assert waited_for(lambda: word.encode() in site.get(f"/en/{PAGE}/").body, 600)
        read = time.perf_counter()
        sought = f"q={word}".encode()
        assert waited_for(lambda: b"<mark>" in site.get("/en/search/", data=sought, timeout=60).body, 600)
        found = time.perf_counter()
    return (time.perf_counter() - begun, _used() - used), read - begun, found - read


def megabytes(site: Site) -> list[float]:
    """Of each of the readers' processes, with its part of what they share."""
    listed = subprocess.run(["pgrep", "-f", "survivors.serving"], capture_output=True, text=True).stdout.split()
    data = f"DATA_DIR={site.data}\0".encode()
    ours = [Path("/proc", pid) for pid in listed if data in Path("/proc", pid, "environ").read_bytes()]
    lines = [line for one in ours for line in (one / "smaps_rollup").read_text().splitlines()]
    return sorted(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def main(pages: int, folder: Path) -> None:
    content = folder / "guide"
    if not content.exists():
        write_large_guide(content, pages)
    site = Site(folder)
    site.env["CONTENT_DIR"] = str(content)
    print(f"| {pages:,} pages | seconds | of the processor | wanted at 10,000 |\n|---|---|---|---|")
    row("brought up", "", timed(lambda: site.manage("prepare")))
    row("a sync without a change", "10", *(timed(lambda: site.manage("content_sync")) for _ in range(OFTEN)))
    site.start()
    try:
        assert waited_for(lambda: site.get("/en/search/", data=b"q=police", timeout=60).status == 200, 600)
        changes = [publication(site, content, number) for number in range(OFTEN)]
        row("a sync of one file", "10", *(whole for whole, _, _ in changes))
        row("until readers have it, with the sync's start", "2, from the rooms", *((read, 0) for _, read, _ in changes))
        row("and until a search finds it", "1", *((found, 0) for _, _, found in changes))
        print(f"\nMB of the readers' processes (500 each): {', '.join(f'{one:.0f}' for one in megabytes(site))}")
    finally:
        site.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else tempfile.mkdtemp()))
