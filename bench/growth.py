"""What a change of one page costs in data, by the number of pages: what is made anew with every publication.

.venv/bin/python -m bench.growth [PAGES ...]
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from bench.large_guide import made_up, real_site  # noqa: E402
from survivors.data import files  # noqa: E402
from toolkit.rendering.answers import compressed  # noqa: E402
from toolkit.rendering.guide import Guide  # noqa: E402
from toolkit.texts.page import Version  # noqa: E402

# A page's own, that of its section, and those of which there is one.
OWN = ("/api/v1/pages/types/threats.json", "/api/v1/feeds/en/types/threats.atom", "/api/v1/feeds/en/types.atom")
ONE = ("/api/v1/feeds/en/index.atom", "/api/v1/pages.json", "/sitemap.xml", "/llms.txt", "/api/v1/hsds/services.json")


def large(pages: int) -> Guide:
    site = real_site() | {page.path: page for page in made_up(pages)}
    told, at = {"en": "A new number."}, datetime(2026, 11, 29, tzinfo=UTC)
    return Guide.of(site, {}, {path: (Version(1, at, {}, told, f"urn:uuid:{path}"),) for path in site})


def main(sizes: list[int]) -> None:
    for pages in sizes:
        makers = dict(files.answers(large(pages)))
        print(f"{pages} pages, {len(makers)} files of data")
        for place in (*OWN, *ONE):
            make = makers[place].make
            assert make is not None
            make()  # what is made once for all
            begun = time.process_time()
            raw = make().encode()
            made = time.process_time()
            packed = compressed(raw)
            sizes_of = f"{len(raw) / 1000:,.0f} kB, br {len(packed['br']) / 1000:,.0f} kB"
            print(f"  {place}: {made - begun:.3f} s, packed {time.process_time() - made:.3f} s, {sizes_of}", flush=True)


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [1000, 2000])
