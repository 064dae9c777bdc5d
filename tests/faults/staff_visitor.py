"""Someone of the staff who is logged in to a running site, and writes a text there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.parse
from typing import NamedTuple

from tests.faults.conftest import Got, Site
from tests.ready import ROOT
from tests.toolkit.test_editing import fields, screen

# Once the database is back, so many tries of hers suffice.
TRIES = 20
ENTER = """
import django, json; django.setup()
from tests.staff import make_staff, logged_in
user = make_staff("mei", "Publisher")
print(json.dumps(logged_in(None, user).session.session_key))
"""
DRAFTS = """
import django, json; django.setup()
from toolkit.models import Draft
print(json.dumps([one.typed["body"][0] for one in Draft.objects.all()]))
"""


class Answered(NamedTuple):
    got: Got
    seconds: float


class Visitor:
    """Her browser: a session, and the form of a text that is open in it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._cookie = {"Cookie": f"session={asked(site, ENTER)}"}
        self.form = fields(self.open(screen()).got.body.decode())

    def open(self, path: str = "/staff/") -> Answered:
        began = time.monotonic()
        got = self.site.get(path, port=self.site.staff, timeout=60, **self._cookie)
        return Answered(got, time.monotonic() - began)

    def save(self, body: str) -> Answered:
        """Writes another body and saves it as her draft, as the page's own script does."""
        sent = urllib.parse.urlencode({**self.form, "body": [body], "action": "save"}, doseq=True).encode()
        began = time.monotonic()
        got = self.site.get(
            screen(), port=self.site.staff, data=sent, timeout=60, **self._cookie, Accept="application/json"
        )
        return Answered(got, time.monotonic() - began)

    def save_at_last(self, body: str) -> Got:
        for _ in range(TRIES):
            got = self.save(body).got
            if got.status == 200:
                break
            time.sleep(0.5)
        return got

    def drafts(self) -> list[str]:
        return list(asked(self.site, DRAFTS))


def asked(site: Site, script: str) -> object:
    """What a script in the site's surroundings prints, as JSON."""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=site.env, check=True, capture_output=True)
    return json.loads(done.stdout)
