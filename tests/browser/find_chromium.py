"""Finds a Chrome or Chromium for the browser tests. What installs one is tests/machine.py."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

HOW = "No Chrome or Chromium was found: `python3 -m tests.machine` installs one, or says what to install."


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


def find_shell() -> str | None:
    """The path of Chromium's engine alone, if the system has it and no other browser was chosen."""
    return None if os.environ.get("CHROMIUM") else shutil.which("chromium-headless-shell")


def _playwrights() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:  # nothing is installed yet
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None
