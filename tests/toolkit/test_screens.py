"""The language of the staff's screens, and dates and times as each language writes them, in every room."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.staff import logged_in, make_staff
from toolkit import models, roles
from toolkit.admin.rooms import DOORS
from toolkit.files import sync
from toolkit.live import live_site, live_text
from toolkit.models import AuditEntry, Event
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES, TRANSLATIONS

# What every room would say of half past two in the afternoon, and what none of them may.
AT = datetime(2027, 3, 5, 6, 30, tzinfo=UTC)
WRITTEN = {
    "en": "5 Mar 2027 14:30",
    "ms": "5 Mac 2027 14:30",
    "ta": "5 மார்ச் 2027 14:30",
    "zh-hans": "2027年3月5日 14:30",
}
FOREIGN = re.compile(
    r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d [ap]\.m\.|\b\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d \d\d:\d\d"
)
TEMPLATES = [
    path for folder in ("staff", "admin") for path in (Path(settings.BASE_DIR) / "templates" / folder).glob("*.html")
]


@pytest.fixture
def office(folder, plain_static, monkeypatch) -> Client:
    """An Administrator who also publishes, in a guide where something happened in every room at one time."""
    with monkeypatch.context() as then:
        then.setattr("django.utils.timezone.now", lambda: AT)
        sync.import_files(folder.root)
        aina = make_staff("Aina", roles.ADMINISTRATOR, roles.PUBLISHER)
        mei = make_staff("Mei", roles.EDITOR)
        mei.last_login = AT
        mei.save()
        before = live_text(live_site(), "types/outing", "en") or ""
        text = before.replace("What it is.", "Said otherwise.")
        page = models.Page.objects.get(path="types/outing")
        base = digest(before)
        models.Draft.objects.create(page=page, part="en", author=mei, text=text, base=base, state=models.Draft.REVIEW)
        AuditEntry.objects.create(who="Mei", event=Event.LOGGED_IN)
    return logged_in(None, aina)


def rooms() -> list[str]:
    """The address of every room that one comes to from the bar or from a page."""
    page = "types/outing"
    doors = [reverse(f"admin:{name}") for name, _label, _seen_by in DOORS]
    draft = reverse("admin:draft", args=[models.Draft.objects.get().pk])
    revision = reverse(
        "admin:revision", args=[models.Revision.objects.filter(page__path=page, part="en").latest("pk").pk]
    )
    of_page = [reverse("admin:page", args=[page]), reverse("admin:address", args=[page])]
    of_text = [reverse(f"admin:{name}", args=[page, "en"]) for name in ("unit", "history")]
    account = reverse("admin:auth_user_change", args=[models.StaffMember.objects.get(user__username="Mei").user.pk])
    return [reverse("admin:index"), *doors, *of_page, *of_text, draft, revision, account]


def shown(html: str) -> str:
    """What is read on a page, without what stands in its fields."""
    return re.sub(r"<(script|textarea|style)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_writes_dates_and_times_as_the_language_does(office, language):
    office.post("/staff/screens/", {"language": language})
    found = {}
    for address in rooms():
        answer = office.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Language"] == language
        found[address] = shown(answer.content.decode())
        assert FOREIGN.findall(found[address]) == [], address
    for name in ("auth_user_changelist", "toolkit_auditentry_changelist"):
        assert WRITTEN[language] in found[reverse(f"admin:{name}")]
    assert WRITTEN[language] in found[reverse("admin:history", args=["types/outing", "en"])]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_screen_has_a_format_of_its_own_for_dates(template):
    formats = re.findall(r"\|(?:date|time)(?::\"([^\"]*)\")?", template.read_text())
    # "l" is the name of the day.
    assert set(formats) <= {"DATE_FORMAT", "TIME_FORMAT", "DATETIME_FORMAT", "l"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_in_a_form_is_one_that_the_browser_can_show(office, language):
    office.post("/staff/screens/", {"language": language})
    html = office.get(reverse("admin:unit", args=["types/outing", "facts"])).content.decode()
    days = re.findall(r'<input type="date"[^>]*? value="([^"]+)"', html)
    assert days and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_she_chooses_the_language_of_her_screens_and_it_stays(office, language):
    html = office.get("/staff/").content.decode()
    assert f'value="{language}"' in html and 'value="en"' not in html
    office.post("/staff/screens/", {"language": language, "next": "/staff/pages/"})
    html = office.get("/staff/pages/").content.decode()
    with translation.override(language):
        assert translation.gettext("Translations") in html and "Translations" not in shown(html)
    assert 'value="en"' in html and f'value="{language}"' not in html


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("ta", "ta"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh-MY", "zh-hans"),
        ("ms-MY,en;q=0.5", "ms"),
        ("fr", "en"),
    ],
)
def test_before_she_logs_in_it_is_the_language_of_her_browser(client, db, plain_static, accepted, language):
    answer = client.get("/staff/login/", headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    with translation.override(language):
        assert translation.gettext("Log in") in answer.content.decode()


def test_a_wrong_form_is_told_in_tamil_where_django_has_no_tamil(office):
    office.post("/staff/screens/", {"language": "ta"})
    html = office.post("/staff/auth/user/add/", {"username": "siti", "email": "no address"}).content.decode()
    assert "சரியான email முகவரியை எழுதுங்கள்." in html
