"""What strangers can take from readers: p50 and p95 of a page, quiet and with 16 guessers of passwords, 300 half-sent
forms and an upload of 200 MB at once, without a proxy in front. python -m bench.starving [TIMES]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.conftest import ROOT, Site


def milliseconds(site: Site, times: int) -> tuple[float, float]:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        site.get("/en/")
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def main(times: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder)).start()
        command = [sys.executable, "-m", "tests.faults.hostile", str(site.readers), str(site.staff)]
        try:
            rows = [("quiet", milliseconds(site, times))]
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as hostile:
                assert hostile.stdout and hostile.stdout.readline()
                rows.append(("everything at once", milliseconds(site, times)))
                hostile.kill()
            rows.append(("quiet again", milliseconds(site, times)))
        finally:
            site.stop()
    print("| readers, a page | p50 ms | p95 ms |\n|---|---|---|")
    for name, (middle, high) in rows:
        print(f"| {name} | {middle:.1f} | {high:.1f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
