"""A newcomer's machine: what is missing is installed, or named, before any test runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import NEEDS

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("chromium", "firefox-esr", "webkit2gtk-driver", "Xvfb", "xdotool")
# Notes what it is asked for; then what it "installs" is there.
APT = """#!/bin/sh
here=$(/usr/bin/dirname "$0")
echo "$@" >> "$here/asked"
case "$1" in
  install) for name in git ps fc-list chromium firefox-esr WebKitWebDriver Xvfb xdotool nginx caddy systemd-analyze; do
    printf '#!/bin/sh\\necho found\\n' > "$here/$name"; /bin/chmod +x "$here/$name"; done;;
esac
"""


def run(path: Path) -> subprocess.CompletedProcess[str]:
    """On a machine that has the programs in ``path`` and no others."""
    environment = {"PATH": str(path), "HOME": str(path)}
    return subprocess.run(
        [sys.executable, "-m", "tests.machine"], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_where_nothing_can_be_installed_it_says_exactly_what_to_install_and_ends(tmp_path):
    done = run(tmp_path)
    (line,) = re.findall(r"sudo apt install (.+)", done.stderr)
    assert done.returncode == 1
    assert {
        "chromium",
        "firefox-esr",
        "webkit2gtk-driver",
        "xvfb",
        "xdotool",
        "fonts-noto-core",
        "fonts-noto-cjk",
    } <= set(line.split())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may install")
def test_as_root_it_installs_what_is_missing_and_only_that(tmp_path):
    apt = tmp_path / "apt-get"
    apt.write_text(APT)
    apt.chmod(0o755)
    assert run(tmp_path).returncode == 0
    asked = (tmp_path / "asked").read_text()
    assert "install" in asked and all(f" {name.lower()}" in asked for name in PROGRAMS)
    (tmp_path / "xdotool").unlink()
    (tmp_path / "asked").unlink()
    assert run(tmp_path).returncode == 0
    wanted = (tmp_path / "asked").read_text().split("--no-install-recommends")[1].split()
    assert {need.package for need in NEEDS} & set(wanted) == {"xdotool"}


def test_the_run_before_landing_installs_nothing_else_than_the_other_database():
    script = (ROOT / ".ci" / "run").read_text().replace("\\\n", " ")
    installed = re.findall(r"apt-get install (.+?)(?:>|$)", script, re.MULTILINE)
    assert [name for line in installed for name in line.split() if not name.startswith("-")] == ["postgresql"]
    assert "make test" in script and "pip install" not in script


def test_what_is_needed_is_looked_at_before_anything_is_installed_or_run():
    asked = subprocess.run(["make", "-n", "test"], cwd=ROOT, capture_output=True, text=True).stdout
    assert asked.index("tests.machine") < asked.index("pytest")
