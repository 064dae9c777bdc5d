"""The jobs of staff in a real browser: by whom, presses, fields, screens, seconds, the slowest answer, done or not.

    .venv/bin/python -m bench.desk [--pictures FOLDER] [--check] [--only WORDS] [--day] [--ready FOLDER]

``--check`` runs axe on each screen as it is left; it names what goes sideways and, on phones, what is too low to press.
``--day`` is a day of three people on twenty texts instead. ``--ready`` keeps the guide that all begins with.
Seconds are a program's: they are what the site makes people wait, not how long they think.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from bench.desk import colleagues, day, pages, words
from bench.desk.people import Desk, Looking
from tests.browser.conftest import BROWSER_ARGUMENTS
from tests.browser.find_chromium import HOW, find
from tests.browser.staff_server import open_rooms
from tests.ready import brought_up

JOBS = [*pages.JOBS, *words.JOBS, *colleagues.JOBS]


def done(desk: Desk, name: str, job: object) -> bool:
    """Does one job and prints its row."""
    desk.begin(name)
    failed = ""
    try:
        job(desk)  # type: ignore[operator]
    except (Error, AssertionError) as error:
        failed = str(error).strip().partition("\nCall log")[0].replace("\n", " ")[:160]
    took = desk.end()
    slow = f"{took.slowest:.1f}" + (f" ({took.slow_address})" if took.slowest > 1 else "")
    row = (name, ", ".join(took.who), took.clicks, took.fields, took.screens, f"{took.seconds:.0f}", slow)
    print(f"| {' | '.join(map(str, row))} | {f'**no**: {failed}' if failed else 'yes'} |", flush=True)
    return not failed


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--pictures", type=Path)
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--only", default="")
    asked.add_argument("--day", action="store_true")
    asked.add_argument("--ready", type=Path)
    args = asked.parse_args()
    browser_at = find()
    if not browser_at:
        print(HOW)
        return 2
    looking = Looking(args.pictures, args.check)
    if args.pictures:
        args.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        (args.ready or Path(folder)).mkdir(parents=True, exist_ok=True)
        ready = brought_up(args.ready or Path(folder))
        with open_rooms(ready, Path(folder)) as rooms, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_at, args=BROWSER_ARGUMENTS)
            desk = Desk(rooms, browser, looking)
            print("| job | by | presses | fields | screens | seconds | slowest answer, s | done |")
            print("|---|---|---|---|---|---|---|---|")
            jobs = [("A day of three people", day.day)] if args.day else JOBS
            results = [done(desk, name, job) for name, job in jobs if args.only.lower() in name.lower()]
            browser.close()
    print(f"\n{sum(results)} of {len(results)} done")
    print("\n".join(looking.wrong))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
