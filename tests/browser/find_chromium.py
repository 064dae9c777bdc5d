"""Finds a Chrome or Chromium for the browser tests, and installs one where there is none.

As a program (`make browser`) it says in one line what it found, or exactly what to do, and then exits 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-cjk")
HOW = """No Chrome or Chromium was found and none could be installed. Do one of these, then run again:
  - install Chromium or Chrome with your system's package manager (Debian: apt install chromium fonts-noto-core fonts-noto-cjk)
  - run  .venv/bin/playwright install chromium
  - set CHROMIUM to the program's path"""


def find() -> str | None:
    """The path of a browser: the variable CHROMIUM, the system's, or Playwright's own."""
    if chosen := os.environ.get("CHROMIUM"):
        return chosen if Path(chosen).exists() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if place := next((place for place in PLACES if Path(place).exists()), None):
        return place
    return _playwrights()


def install() -> None:
    """With apt where that is there and we may, else with Playwright's installer."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
        ):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


if __name__ == "__main__":
    if not find():
        install()
    found = find()
    print(f"Browser tests use {found}" if found else HOW)
    sys.exit(0 if found else 1)
