"""How long the staff's heavier rooms think: on the whole guide, in a database of its own.

    .venv/bin/python -m bench.rooms [TIMES]

Wanted: under a second each; a comparison of 30 KB under 300 ms.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

os.environ["DATA_DIR"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.staff import logged_in, make_staff  # noqa: E402
from toolkit.files import sync  # noqa: E402
from toolkit.texts.compare import compare  # noqa: E402
from toolkit.texts.languages import LANGUAGES  # noqa: E402

ROOMS = ("", "pages/", "pages/1/", "pages/1/en/", "pages/1/ta/", "pages/1/facts/", "translations/", "due/", "files/")


def report(what: str, times: int, act: Callable[[], object]) -> None:
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append((time.perf_counter() - begun) * 1000)
    print(f"{what}: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms")


def long_text(language: str) -> tuple[str, str]:
    """About 30 KB, and the same with every seventh word turned round."""
    text = Path(settings.CONTENT_DIR, "types", "fake-images", f"{language}.md").read_text()
    long = (text * 20)[: 30_000 if text.isascii() or language == "ms" else 11_000]
    rows = (line.split(" ") for line in long.split("\n"))
    return long, "\n".join(" ".join(word[::-1] if n % 7 == 0 else word for n, word in enumerate(row)) for row in rows)


def main(times: int) -> None:
    for language in LANGUAGES:
        before, after = long_text(language)
        report(f"30 KB compared, {language}", times, lambda before=before, after=after: compare(before, after))
    for command in ("migrate", "collectstatic"):
        call_command(command, interactive=False, verbosity=0)
    sync.import_files(settings.CONTENT_DIR)
    client = logged_in(None, make_staff("measured", "Publisher"))
    client.defaults["HTTP_HOST"] = "localhost"
    for room in ROOMS:
        address = f"/{settings.ADMIN_PATH}/{room}"
        report(address, times, lambda address=address: client.get(address))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
