"""What the tests need beside Python: real browsers, a screen, fonts, web servers. Standard library only.

As a program (``make test`` begins with it) it installs with apt what is missing, where that is there and we may; else it
says exactly what to install, and ends with 1.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

from tests.browser.find_chromium import find, find_shell

# Debian keeps servers where only root looks.
WHERE = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", "/sbin"))


class Need(NamedTuple):
    """``package`` is Debian's name."""

    what: str
    package: str
    is_there: Callable[[], bool]


def program(name: str) -> str | None:
    return shutil.which(name, path=WHERE)


def has(*names: str) -> Callable[[], bool]:
    return lambda: any(program(name) for name in names)


def has_font(language: str) -> Callable[[], bool]:
    """Systems without fontconfig bring fonts for every language."""

    def look() -> bool:
        if not program("fc-list"):
            return not sys.platform.startswith("linux")
        listed = subprocess.run(["fc-list", f":lang={language}"], capture_output=True, check=False)
        return bool(listed.stdout.strip())

    return look


NEEDS = (
    Need("Python's venv and pip", "python3-venv", lambda: importlib.util.find_spec("ensurepip") is not None),
    Need("git", "git", has("git")),
    Need("Chromium or Chrome (or set CHROMIUM to its path)", "chromium", lambda: find() is not None),
    Need("Firefox", "firefox-esr", has("firefox", "firefox-esr")),
    Need("WebKitGTK and its WebDriver, for Safari's engine", "webkit2gtk-driver", has("WebKitWebDriver")),
    Need("Xvfb, a screen that nobody looks at", "xvfb", has("Xvfb")),
    Need("xdotool, for real keys", "xdotool", has("xdotool")),
    Need("ps", "procps", has("ps")),
    Need("a font with Tamil", "fonts-noto-core", has_font("ta")),
    Need("a font with Chinese", "fonts-noto-cjk", has_font("zh-cn")),
    Need("nginx, for deploy/", "nginx-light", has("nginx")),
    Need("Caddy, for deploy/", "caddy", has("caddy")),
    Need("systemd-analyze, for deploy/", "systemd", has("systemd-analyze")),
)
# Not every system has it, and all tests run without: longer.
QUICKER = Need("Chromium's engine alone", "chromium-headless-shell", lambda: find_shell() is not None)


def missing() -> list[Need]:
    return [need for need in NEEDS if not need.is_there()]


def install(packages: list[str]) -> None:
    """With apt. RUNLEVEL keeps the servers among them from being started."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", *command], env=environment, stdout=subprocess.DEVNULL, check=False)


def advice(needs: list[Need]) -> str:
    found = ["The tests need what this machine does not have:"]
    found += [f"  - {need.what}" for need in needs]
    packages = " ".join(need.package for need in needs)
    return "\n".join([*found, "Install it and run again. On Debian and Ubuntu:", f"  sudo apt install {packages}"])


def main() -> int:
    needs = missing()
    if shutil.which("apt-get") and os.geteuid() == 0:
        if needs:
            print("Installing", *(need.package for need in needs), flush=True)
            install([need.package for need in needs])
            needs = missing()
        if not os.environ.get("CHROMIUM") and not QUICKER.is_there():
            install([QUICKER.package])
    if needs:
        print(advice(needs), file=sys.stderr)
    return int(bool(needs))


if __name__ == "__main__":
    sys.exit(main())
