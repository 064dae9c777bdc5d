"""How long a search takes: on the guide as it is, and on 10,000 pages made of its own words.

    .venv/bin/python -m bench.search [PAGES]

Each query of tests/content/queries.toml once, in its language. Wanted: 95 of 100 within 20 ms, and within 50 ms; an
index of the guide as it is within a second.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from bench.large_guide import real_site  # noqa: E402
from survivors.search.index import Index  # noqa: E402
from toolkit.rendering.guide import Guide, facts_of  # noqa: E402
from toolkit.texts.page import PageTexts  # noqa: E402
from toolkit.texts.records.facts import Facts  # noqa: E402
from toolkit.texts.words.prose import Prose  # noqa: E402

QUERIES = Path(__file__).resolve().parents[1] / "tests" / "content" / "queries.toml"


def generated(count: int) -> dict[str, PageTexts]:
    """The real pages, and others with the sections of one page, the keywords of a second and the title of a third."""
    chance = random.Random(1)
    site = real_site()
    pages = list(site.values())
    for number in range(count - len(site)):
        body, keywords, title = chance.choices(pages, k=3)
        path = f"{chance.choice(('types', 'laws', 'platforms', 'support'))}/page-{number}"
        facts = Facts(position=number, checked=facts_of(pages[0]).checked)
        prose = {one: _mixed(body.prose[one], keywords.prose[one], title.prose[one]) for one in body.prose}
        site[path] = PageTexts(path, facts, prose)
    return site


def _mixed(body: Prose, keywords: Prose, title: Prose) -> Prose:
    return replace(body, title=title.title, heading=title.heading, summary=title.summary, keywords=keywords.keywords)


def measure(guide: Guide, wanted: float) -> None:
    for language, queries in tomllib.loads(QUERIES.read_text()).items():
        index, before = Index(guide), _resident()
        start, busy_before = time.perf_counter(), time.thread_time()
        index.find("telegram", language)
        built, made = time.perf_counter() - start, time.thread_time() - busy_before
        index.find("misspeltt", language)  # the list of spellings is made at the first misspelt word
        measured = [_time(index, query, language) for query in queries]
        times, busy = sorted(clock for clock, _ in measured), sorted(processor for _, processor in measured)
        p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
        verdict = "within" if p95 <= wanted else "OVER"
        print(
            f"{len(guide.site):6} pages  {language:8} build {built:5.2f} s  "
            f"p50 {p50:5.1f}  p95 {p95:5.1f}  max {times[-1]:5.1f} ms  {verdict} {wanted:.0f} ms"
            f"  (processor alone: build {made:5.2f} s, p95 {busy[int(len(busy) * 0.95)]:5.1f} ms)"
            f"  memory {_resident() - before:5.0f} MB"
        )


def _resident() -> float:
    """Megabytes of memory that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def _time(index: Index, query: str, language: str) -> tuple[float, float]:
    """Milliseconds for a query: by the clock, and of the processor, which other programs do not slow down."""
    start, busy = time.perf_counter(), time.thread_time()
    index.find(query, language)
    return (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000


if __name__ == "__main__":
    measure(Guide.of(real_site()), 20)
    measure(Guide.of(generated(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)), 50)
