"""Something under way in every room of the staff, so that each of their forms can be met."""

from __future__ import annotations

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils.timezone import now

from tests.staff import logged_in, make_staff
from tests.toolkit.test_editing import write
from toolkit import roles
from toolkit.live import live_site
from toolkit.models import Batch, Draft, OutsideReader, Remark
from toolkit.reviewing.asked import token_for
from toolkit.texts.records.facts import DIALLED

NUMBER = "03-8765 4321"
MADE = "types/told"


def with_a_number() -> str:
    """The page of a contact that is telephoned first of all."""
    site = live_site()
    return next(
        path for path, page in site.items()
        if page.facts and page.facts.contacts and page.facts.contacts[0].channels[0].kind in DIALLED
    )  # fmt: skip


def under_way(writer: User, page: str, moved: str, replaced: str) -> dict[str, str]:
    """What is under way by ``writer``, an editor: its name -> its address.

    ``page``: whose texts are written and read; ``moved``: one that is to have another address; ``replaced``: a word of
    Malay that another is put in the place of.
    """
    desk = logged_in(None, writer)
    body = [(live_site()[page].prose["en"].body) + "\nA sentence more.\n"]
    write(desk, "en", page, action="review", body=body)
    number = with_a_number()
    write(desk, "facts", number, action="review", **{"contacts-0-channels-0-value": NUMBER})
    section = moved.partition("/")[0]
    desk.post(f"/staff/pages/{moved}/address/", {"kind": "move", "section": section, "name": "said"})
    source = {"source_title": "Help", "source_publisher": "Help", "source_url": "https://help.example.org/"}
    desk.post("/staff/make/types/", {"name": "told", "heading": "Told", "owner": str(writer.pk)} | source)
    asked = {"old": replaced, "new": f"{replaced} at once", "texts": ["ms"], "section": ""}
    spots = re.findall(r'name="spot" value="([^"]+)"', desk.get("/staff/find/replace/", asked).content.decode())
    desk.post("/staff/find/replace/", asked | {"spot": spots[:2]})
    batch = Batch.objects.latest("pk")
    desk.post(f"/staff/pages/{page}/ms/remarks/", {"words": "Is this so?", "sentence": "", "read": ""})
    remark = Remark.objects.latest("pk")
    reader = OutsideReader.objects.create(
        name="Puan Devi", of="ta", texts=[[page, "ta"]], asked_by=writer, expires=now() + timedelta(days=3)
    )
    of = {draft.part + " " + draft.page.path: draft.pk for draft in Draft.objects.filter(author=writer, batch=None)}
    return {
        "draft": f"/staff/drafts/{of['en ' + page]}/",
        "draft_reading": f"/staff/drafts/{of['en ' + page]}/remarks/",
        "calls": f"/staff/drafts/{of['facts ' + number]}/",
        "address_draft": f"/staff/drafts/{of[Draft.ADDRESS + ' ' + moved]}/",
        "made_page": f"/staff/make/{MADE}/",
        "batch": f"/staff/batches/{batch.pk}/",
        "remark": f"/staff/remarks/{remark.pk}/",
        "outside_reader": f"/staff/outside/{reader.pk}/",
        "read_text": f"/staff/read/{token_for(reader)}/1/",
    }


def everyone() -> tuple[User, User]:
    """A writer, and someone who may do everything that is done in the rooms."""
    return make_staff("Rina", roles.EDITOR), make_staff("Aina", roles.ADMINISTRATOR, roles.PUBLISHER)
