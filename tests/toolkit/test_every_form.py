"""Every form of every room: what is typed in it is known to the script that keeps it, and is lost by no answer."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import reverse
from lxml import html
from lxml.html import FormElement

from tests.staff import logged_in
from tests.toolkit.test_editing import PAGE
from tests.toolkit.test_files import edit_file, edit_on_site
from tests.toolkit.test_moving import ask, release
from tests.under_way import everyone, under_way
from toolkit.edition import live
from toolkit.files import sync
from toolkit.models import Draft, Revision
from toolkit.texts.buttons.program import key_of
from toolkit.texts.languages import OF_HOME

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# What words are typed into, as static/staff/keep.js knows it.
_KINDS = ["text", "url", "email", "tel", "number", "date", "datetime-local", "time", "search"]
TYPED = ".//textarea | .//input[not(@type)] | " + " | ".join(f".//input[@type='{one}']" for one in _KINDS)
# Of the log-in and its second step: nothing of these is ever kept.
LOG_IN = {
    "login", "logout", "set_password", "second_factor", "new_backup_codes", "password_change", "password_change_done",
}  # fmt: skip
# They show nothing: forms are sent to them, or they lead on, or Django has them and no room leads there.
SENT_TO = {
    "here", "screens", "call", "doubts_seen", "due_confirm", "due_section", "owner", "links_say", "compared", "changes",
    "account_link", "account_reset", "read_way", "autocomplete", "jsi18n", "view_on_site", "app_list",
    "auth_user_history", "auth_user_delete", *(f"toolkit_auditentry_{one}" for one in ("add", "change", "delete", "history")),
}  # fmt: skip


PIECES = ("steps/get-safe", "steps/new-step", "questions/home", "questions/types", "platform_routes", "whole")


class Office:
    """A guide in which something is under way in every room, and someone who may do everything there."""

    def __init__(self, desk: Client, rooms: dict[str, list[str]]) -> None:
        self.desk, self.rooms, self.templates = desk, rooms, set[str]()
        self.addresses = [one for several in rooms.values() for one in several]

    def forms_of(self, address: str) -> list[FormElement]:
        """Those of its page that are sent to be kept, and that words are typed into."""
        answer = self.desk.get(address)
        assert answer.status_code == 200, address
        self.templates |= {str(one.name) for one in answer.templates}
        page = html.fromstring(answer.content.decode(), base_url=address)
        return [form for form in page.forms if form.method == "POST" and form.xpath(TYPED)]


@pytest.fixture
def office(folder, plain_static, settings) -> Office:
    for name in ("hotline", "telephone", "signs"):
        folder.page(f"types/{name}", "Words. See [outing](/types/outing/).\n", position=3)
    folder.page("types/calls", "Of [signs](/types/signs/) and of Words.\n", position=4)
    sync.import_files(folder.root)
    writer, publisher = everyone()
    desk = logged_in(None, publisher)
    moving = ask(
        logged_in(None, writer), "/staff/pages/types/signs/address/", kind="move", section="types", name="marks"
    )
    assert "Published" in release(desk, moving)
    found = under_way(writer, PAGE, "types/hotline", "Words")
    edit_on_site("ta", "Words.", "On the site.", "types/telephone")
    edit_file(folder, "ta", "Words.", "In the files.", "types/telephone")
    sync.import_files(folder.root)
    return Office(desk, _rooms(found, writer))


def _rooms(found: dict[str, str], writer: User) -> dict[str, list[str]]:
    """Name of a room -> its addresses, with what is under way in it."""
    part = [PAGE, "en"]
    with_page = {
        "page": [PAGE],
        "address": [PAGE],
        "in_languages": [PAGE],
        "outdated": [PAGE],
        "old_links": ["types/marks"],
    }
    given: dict[str, list[Any]] = with_page | {
        "history": part, "reading": part, "decide": ["types/telephone", "ta"], "unread": ["ta"],
        "revision": [Revision.objects.filter(page__path=PAGE, part="en").latest("pk").pk],
        "preview_frame": [Draft.objects.filter(page__path=PAGE, part="en").latest("pk").pk],
        "auth_user_change": [writer.pk],
    }  # fmt: skip
    rooms = {name: [reverse(f"admin:{name}", args=args)] for name, args in given.items()}
    for name in ("index", "pages", "drafts", "due", "files", "links", "happened", "mail", "remarks", "find", "outside",
                 "guide_owner", "translations", "auth_user_changelist", "auth_user_add", "toolkit_auditentry_changelist"):  # fmt: skip
        rooms[name] = [reverse(f"admin:{name}")]
    rooms["draft"] = [found[one] for one in ("draft", "calls", "address_draft")]
    rooms["make"] = [found["made_page"], reverse("admin:make", args=["types"])]
    rooms["unit"] = [reverse("admin:unit", args=[PAGE, one]) for one in ("en", "ta", "facts")]
    rooms["in_languages"] += [f"{rooms['in_languages'][0]}?at=body..0"]
    rooms["replace"] = ["/staff/find/replace/?old=Words&new=words&texts=en&section="]
    rooms["naming"] = [
        "/staff/find/record/?kind=contacts&record=line&path=",
        "/staff/find/record/?kind=contacts&record=line&path=&by=",
    ]
    rooms["together"] = [f"/staff/drafts/together/?draft={found['draft'].split('/')[3]}"]
    rooms["read"] = [found["read_text"].removesuffix("1/")]
    return rooms | {name: [found[name]] for name in ("draft_reading", "batch", "remark", "outside_reader", "read_text")}


def _names(patterns: list[Any]) -> Iterator[str]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _names(one.url_patterns)
        elif one.name:
            yield one.name


@pytest.fixture
def plan(guide, plain_static) -> Office:
    pieces = [reverse("admin:unit_piece", args=["", "plan", one]) for one in PIECES]
    pieces.append(reverse("admin:unit_piece", args=["", "buttons", key_of("Leave now")]))
    desk = logged_in(None, everyone()[1])
    return Office(desk, {"unit": [reverse("admin:unit", args=["", one]) for one in OF_HOME], "unit_piece": pieces})


def _wrong(office: Office, address: str) -> Iterator[str]:
    """What the script that keeps a copy would miss."""
    forms = office.forms_of(address)
    firsts = [form.xpath(TYPED)[0] for form in forms]
    names = [form.get("id") or one.get("id") or one.get("name") for form, one in zip(forms, firsts, strict=True)]
    if forms and not forms[0].getroottree().xpath("//script[@data-account!=''][contains(@src, 'keep')]"):
        yield f"{address}: nothing keeps what is typed here"
    yield from (f"{address}: two forms are called {one}" for one in set(names) if names.count(one) > 1)
    for form in forms:
        yield from (
            f"{address}: a field without a name"
            for one in form.xpath(TYPED)
            if not one.get("name") and one.get("readonly") is None
        )


def test_the_script_that_keeps_a_copy_knows_every_field_of_every_room_and_none_is_forgotten_here(office: Office):
    assert set(_names(admin.site.get_urls())) - LOG_IN - SENT_TO == {*office.rooms, "unit_piece"}
    # Who reads from outside has a copy of her own until the site has it: static/staff/outside.js.
    assert [one for address in office.addresses for one in _wrong(office, address) if "/read/" not in address] == []
    with_form = {one.name for one in (TEMPLATES / "staff").glob("*.html") if 'method="post"' in one.read_text()}
    unseen = with_form - {one.removeprefix("staff/") for one in office.templates}
    only_buttons = {"doubts.html", "due_rows.html", "draft_lives.html"}
    assert {one for one in unseen if not one.startswith(("log_in", "second_factor"))} == only_buttons


COUNT = count()


def _filled(form: FormElement) -> tuple[dict[str, list[Any]], list[str]]:
    """What a browser would send with words of ours in every field that takes some, and these words."""
    sent: dict[str, list[Any]] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    if "size" in sent:
        sent["size"] = ["major"]  # what is minor has no note for readers
    # What is better is asked for where "better" is chosen.
    sent |= {one.get("name"): ["better"] for one in form.xpath(".//input[@type='radio'][@value='better']")}
    words = []
    for field in form.xpath(TYPED):
        kind = field.get("type", "text")
        if kind in ("number", "date", "datetime-local", "time") or field.get("readonly") is not None:
            continue
        word = f"kept{next(COUNT)}x"
        words.append(word)
        before = field.text or "" if field.tag == "textarea" else ""
        typed = {"url": f"https://{word}.example.org/", "email": f"{word}@example.org"}.get(
            kind, f"{before}\n{word}".strip()
        )
        sent[field.get("name")] = [typed]
    return sent, words


def _buttons(form: FormElement) -> dict[str, tuple[str, str]]:
    """One of each kind: what it does -> its name and value."""
    found: dict[str, tuple[str, str]] = {}
    outside = form.getroottree().xpath(f"//button[@form='{form.get('id')}']") if form.get("id") else []
    for one in [*form.xpath(".//button | .//input[@type='submit']"), *outside]:
        if one.get("type") != "button":
            found.setdefault(
                (one.get("value") or "").partition(":")[0], (one.get("name") or "", one.get("value") or "")
            )
    return found


def _database() -> str:
    return "\n".join(str(list(one._base_manager.values())) for one in apps.get_models() if one._meta.managed)


def _lost(office: Office, form: FormElement, address: str, name: str, value: str) -> list[str]:
    """The words that are neither with the site nor on the page that answers."""
    sent, words = _filled(form)
    to = form.get("action") or ""
    to = address if not to or to.startswith("#") else to
    answer = office.desk.post(to, sent | ({name: [value]} if name else {}))
    said = answer.content.decode()
    if answer.status_code == 302:
        # The script takes its copy away, unless the page that follows says that something is wrong.
        there = office.desk.get(answer["Location"])
        said = _database() if 'class="error"' not in there.content.decode() else " ".join(words)
    return [one for one in words if one not in said]


def _all_lost(office: Office) -> dict[tuple[str, str], Any]:
    lost = {}
    for address in office.addresses:
        for form in office.forms_of(address):
            for what, (name, value) in _buttons(form).items():
                with transaction.atomic():
                    gone = _lost(office, form, address, name, value)
                    if gone:
                        lost[address, what] = len(gone)
                    transaction.set_rollback(True)
                live.forget()
    return lost


def test_no_answer_loses_what_was_typed_in_any_form(office: Office):
    assert _all_lost(office) == {}


def test_nothing_that_is_typed_in_any_form_of_the_plan_or_of_buttons_is_missed_or_lost(plan: Office):
    assert [one for address in plan.addresses for one in _wrong(plan, address)] == []
    assert _all_lost(plan) == {}
