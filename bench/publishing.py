"""How long from a Publisher's click until a reader's page has it: on the whole guide, in a database of its own.

    .venv/bin/python -m bench.publishing [TIMES]

Wanted: under a second, for words and for facts. Also what a draft costs that is saved as someone types.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import replace

import django

os.environ["DATA_DIR"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from toolkit import models  # noqa: E402
from toolkit.drafting import drafts, publishing  # noqa: E402
from toolkit.files import sync  # noqa: E402
from toolkit.live import live_site, live_text  # noqa: E402
from toolkit.texts.canonical import digest  # noqa: E402
from toolkit.texts.languages import FACTS, LANGUAGES  # noqa: E402
from toolkit.texts.page import Part, read_part, write_part  # noqa: E402
from toolkit.texts.words.prose import Prose  # noqa: E402

PAGE, LINE = "types/fake-images", "support/emergency-999"
ADDED = "\n\nNumber-"


def changed(value: Part, number: int) -> Part:
    """A text with something new in it that a reader sees."""
    if isinstance(value, Prose):
        return replace(value, body=f"{value.body.partition(ADDED)[0]}{ADDED}{number}.\n")
    contact = next(one for one in value.contacts if one.id == "emergency-999")
    channel = replace(contact.channels[0], value=f"90{number}")
    renewed = replace(contact, channels=(channel, *contact.channels[1:]))
    return replace(value, contacts=tuple(renewed if one is contact else one for one in value.contacts))


def draft_of(user: User, path: str, part: str, number: int) -> models.Draft:
    live = live_text(live_site(), path, part) or ""
    text = write_part(changed(read_part(part, live), number))
    page = models.Page.objects.get(path=path)
    opened = drafts.open_draft(user, page, part)
    return drafts.save(
        user, page, part, {"number": [str(number)]}, text,
        version=opened.version if opened else 0, base=digest(live), follows="",
    )  # fmt: skip


def seen(reader: Client, path: str, languages: tuple[str, ...], words: str) -> None:
    for language in languages:
        assert words in reader.get(f"/{language}/{path}/").content.decode(), (language, words)


def report(what: str, seconds: list[float]) -> None:
    print(f"{what}: median {statistics.median(seconds) * 1000:.0f} ms, most {max(seconds) * 1000:.0f} ms")


def main(times: int) -> None:
    call_command("migrate", verbosity=0)
    sync.import_files(settings.CONTENT_DIR)
    user = User.objects.create(username="publisher", is_staff=True)
    reader = Client(headers={"host": "localhost"})
    for what, path, part, languages, words in (
        ("words published and read", PAGE, "ta", ("ta",), ADDED.strip() + "{}."),
        ("a phone number published and read in four languages", LINE, FACTS, LANGUAGES, "tel:90{}"),
    ):
        saving, published = [], []
        for number in range(times):
            begun = time.perf_counter()
            draft = draft_of(user, path, part, number)
            saved = time.perf_counter()
            publishing.publish(draft, user, reason="measured", is_minor=True, no_call="measured")
            seen(reader, PAGE, languages, words.format(number))
            saving.append(saved - begun)
            published.append(time.perf_counter() - saved)
        report(what, published)
        report("  its draft saved", saving)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
