"""What readers said is wrong on a page: counts, taken from the memory of the readers' process, kept until seen."""

import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from toolkit.models import Doubt
from toolkit.rendering.doubts import REASONS, TAKEN_AT, key_file
from toolkit.texts.folder import write_at_once

SECONDS = 1
# So much is believed of what the other process says.
MOST_BYTES, MOST_A_DAY = 1024 * 1024, 1_000
_PATH = re.compile(r"(?:[a-z0-9-]+(?:/[a-z0-9-]+)*)?")


def collect() -> None:
    """Takes what was counted since the last time. Where readers are not served from here, there is nothing."""
    key = salted_hmac("toolkit.keeping.doubts", "take", algorithm="sha256").hexdigest()
    try:
        _show_digest(key)
        keep(_asked(key))
    except (OSError, HTTPException, ValueError):
        return


def keep(rows: Iterable[Any]) -> None:
    """(path, reason, day, number) each, added to what is there. Raises ValueError for what is none."""
    with transaction.atomic():
        for path, reason, day, number in rows:
            if reason not in REASONS or not _PATH.fullmatch(path) or not 0 < int(number) <= MOST_A_DAY:
                continue
            one, _ = Doubt.objects.get_or_create(path=path[:120], reason=reason, day=date.fromisoformat(day))
            Doubt.objects.filter(pk=one.pk).update(number=F("number") + int(number))


def _asked(key: str) -> list[Any]:
    connection = HTTPConnection(*settings.READERS_AT, timeout=SECONDS)
    try:
        connection.putrequest("GET", TAKEN_AT, skip_host=True, skip_accept_encoding=True)
        connection.putheader("X-Key", key)
        connection.endheaders()
        answer = connection.getresponse()
        found = json.loads(answer.read(MOST_BYTES)) if answer.status == 200 else []
    finally:
        connection.close()
    return found if isinstance(found, list) else []


def _show_digest(key: str) -> None:
    file, digest = key_file(), hashlib.sha256(key.encode()).hexdigest()
    if file.parent.exists() and (not file.exists() or file.read_text() != digest):
        write_at_once(file, digest.encode())
