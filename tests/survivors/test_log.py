from __future__ import annotations

import os
import subprocess
import sys

import pytest

ASK = """
import django; django.setup()
from django.test import Client
answer = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.9", HTTP_HOST="localhost").get("/ta/types/fake-images/")
assert answer.status_code == 500
"""


def test_a_failure_is_logged_without_who_asked_or_for_what(tmp_path):
    """A process of its own, whose database has no tables: what it writes is what a server would."""
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "toolkit.settings", "DATA_DIR": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert "A page failed: OperationalError" in run.stderr
    assert "fake-images" not in run.stderr and "203.0.113.9" not in run.stderr


@pytest.mark.parametrize("path", ["/ta/types/fake-images/", "/en/nothing/", "/en/types"])
def test_an_ordinary_request_leaves_no_line(guide, client, path, capfd, caplog):
    for host in ("localhost", "attacker.example"):
        client.get(path, headers={"host": host})
    assert capfd.readouterr() == ("", "")
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]
