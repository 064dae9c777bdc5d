"""A new page: begun in the room of its section, filled in, reviewed, published together, exported, retired."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.staff import logged_in, make_staff
from toolkit.admin.drafting.editing import make_pass
from toolkit.drafting import making, scheduled
from toolkit.drafting.shapes import shape_of
from toolkit.live import live_site
from toolkit.models import Draft, Page, Revision
from toolkit.texts.languages import FACTS, LANGUAGES, SOURCE, TRANSLATIONS
from toolkit.texts.page import TranslationState, read_part

SOURCE_SAID = {
    "source_title": "Report on lending apps",
    "source_publisher": "Bernama",
    "source_url": "https://news.example.org/lending",
}


@pytest.fixture
def staff(guide, plain_static):
    return {name: make_staff(name, role) for name, role in (("aminah", "Publisher"), ("mei", "Editor"))}


def begin(user, section: str = "platforms", name: str = "friendster", **said: str) -> Client:
    desk = logged_in(None, user)
    posted = {"name": name, "heading": "Report on Friendster", "owner": str(user.pk)} | SOURCE_SAID | said
    answer = desk.post(reverse("admin:make", args=[section]), posted)
    assert answer.status_code == 302, answer.content.decode()
    return desk


def draft_of(path: str, part: str) -> Draft:
    return Draft.objects.get(page__path=path, part=part)


def save(desk: Client, user, path: str, part: str, typed, action: str = "save"):
    """What her form posts; the screen that comes of it."""
    draft = draft_of(path, part)
    posted = typed | {
        "pass": make_pass(user, draft.page, part),
        "version": str(draft.version),
        "follows": making.texts_of(path, live_site()).source_digest,
        "action": action,
    }
    return desk.post(reverse("admin:unit", args=[path, part]), posted, follow=True).content.decode()


def fill_in(desk: Client, user, path: str, part: str) -> str:
    typed = draft_of(path, part).typed
    said = {"en": "Something to read", "ms": "Sesuatu untuk dibaca", "ta": "படிக்க ஒன்று", "zh-hans": "值得一读"}[part]
    filled = {name: [_without_marks(one, said) for one in values] for name, values in typed.items()}
    if part != SOURCE:
        filled["follows_today"] = ["on"]
    return save(desk, user, path, part, filled, "review")


def _without_marks(text: str, said: str) -> str:
    while "[[" in text:
        before, _, rest = text.partition("[[")
        text = before + said + rest.partition("]]")[2]
    return text


def fill_in_route(desk: Client, user, path: str) -> str:
    typed = dict(draft_of(path, FACTS).typed)
    typed |= {"routes-0-platform": ["Friendster"], "routes-0-url": ["https://friendster.example.org/report"]}
    return save(desk, user, path, FACTS, typed, "review")


def finished(user) -> str:
    desk, path = begin(user), "platforms/friendster"
    fill_in_route(desk, user, path)
    for language in LANGUAGES:
        fill_in(desk, user, path, language)
    return path


def publish(user, path: str, **said: str) -> str:
    desk = logged_in(None, user)
    seen = desk.get(reverse("admin:make", args=[path])).context["seen"]
    posted = {"action": "publish", "reason": "A new platform", "seen": seen} | said
    return desk.post(reverse("admin:make", args=[path]), posted, follow=True).content.decode()


@pytest.mark.django_db
def test_a_new_page_has_the_shape_of_its_section_and_is_seen_by_no_reader(staff):
    begin(staff["mei"])
    path = "platforms/friendster"
    assert path not in live_site()
    assert {one.part for one in making.opened_of(path)} == {FACTS, *LANGUAGES}
    for language in LANGUAGES:
        words = read_part(language, draft_of(path, language).text)
        for place in ("{#save-first}", "{#report}", "{#if-refused}", "{{ route friendster }}", "[["):
            assert place in words.body
    assert "## Laporkan" in draft_of(path, "ms").text
    assert Page.objects.get(path=path).owner == staff["mei"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("section", "kind"), [("laws", "provisions"), ("platforms", "routes"), ("support", "contacts"), ("types", None)]
)
def test_each_section_begins_with_the_facts_that_its_pages_have(staff, section, kind):
    begin(staff["mei"], section, "newest")
    typed = draft_of(f"{section}/newest", FACTS).typed
    assert shape_of(section, live_site()).kinds == ((kind,) if kind else ())
    if kind:
        assert (typed[f"{kind}-0-id"], typed[f"{kind}-0-sources"]) == (["newest"], ["bernama"])
    room = logged_in(None, staff["mei"]).get(reverse("admin:unit", args=[f"{section}/newest", FACTS]))
    assert room.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Friend Ster", "small letters, digits and single hyphens only"),
        ("revenge-porn", "gives the topic away"),
        ("telegram", "the address of a page already"),
        ("address", "cannot be the name of a page"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused(staff, name, told):
    desk = logged_in(None, staff["mei"])
    posted = {"name": name, "heading": "Any", "owner": str(staff["mei"].pk)} | SOURCE_SAID
    answer = desk.post(reverse("admin:make", args=["platforms"]), posted)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_what_is_not_written_yet_is_not_sent_for_review_and_never_published(staff):
    desk, path = begin(staff["mei"]), "platforms/friendster"
    page = desk.post(reverse("admin:make", args=[path]), {"action": "review"}, follow=True).content.decode()
    assert "Not sent, because something is not written or not right yet" in page
    for part in (FACTS, SOURCE):
        Draft.objects.filter(page__path=path, part=part).update(state=Draft.REVIEW)
    typed = dict(draft_of(path, FACTS).typed)
    typed |= {"routes-0-platform": ["Friendster"], "routes-0-url": ["https://friendster.example.org/report"]}
    save(desk, staff["mei"], path, FACTS, typed, "review")
    page = publish(staff["aminah"], path)
    assert "not written yet" in page
    assert path not in live_site()


@pytest.mark.django_db
def test_a_new_page_is_published_in_four_languages_at_once_and_read_exported_and_retired(
    staff, tmp_path: Path, settings
):
    path = finished(staff["mei"])
    assert "Published. Readers see it now." in publish(staff["aminah"], path)
    page = live_site()[path]
    assert {page.state(one) for one in TRANSLATIONS} == {TranslationState.UNREVIEWED}
    versions = Revision.objects.filter(page__path=path)
    assert {one.part for one in versions} == {FACTS, *LANGUAGES}
    assert {(one.author, one.writer, one.reason) for one in versions} == {
        (staff["aminah"], staff["mei"], "A new platform")
    }
    for language, said in (("en", "Something to read"), ("ta", "படிக்க ஒன்று"), ("zh-hans", "值得一读")):
        assert said in Client().get(f"/{language}/{path}/").content.decode()
    settings.CONTENT_DIR = tmp_path / "content"
    settings.CONTENT_DIR.mkdir()
    call_command("content_export", verbosity=0)
    assert {one.name for one in (settings.CONTENT_DIR / path).iterdir()} == {
        "page.toml", "en.md", "ms.md", "ta.md", "zh-hans.md",
    }  # fmt: skip
    desk = logged_in(None, staff["aminah"])
    desk.post(reverse("admin:address", args=[path]), {"kind": "take-down"})
    draft = draft_of(path, Draft.ADDRESS)
    posted = {"action": "publish", "reason": "Closed", "version": str(draft.version)}
    desk.post(reverse("admin:draft", args=[draft.pk]), posted)
    assert path not in live_site()


@pytest.mark.django_db
def test_the_english_may_go_first_and_a_translation_follows_when_it_is_written(staff):
    desk, path = begin(staff["mei"]), "platforms/friendster"
    fill_in_route(desk, staff["mei"], path)
    fill_in(desk, staff["mei"], path, SOURCE)
    assert "Published. Readers see it now." in publish(staff["aminah"], path)
    assert set(live_site()[path].prose) == {SOURCE}
    assert Client().get(f"/ms/{path}/").status_code == 200
    draft = draft_of(path, "ms")
    assert draft.state == Draft.WRITING
    fill_in(desk, staff["mei"], path, "ms")
    answer = logged_in(None, staff["aminah"]).post(
        reverse("admin:draft", args=[draft.pk]),
        {"action": "publish", "size": "minor", "reason": "Malay", "version": str(draft_of(path, "ms").version)},
    )
    assert answer.status_code == 302
    assert live_site()[path].state("ms") is TranslationState.UNREVIEWED


@pytest.mark.django_db
def test_a_new_page_can_be_set_for_a_day_and_its_preview_shows_all_of_it_before(staff):
    path = finished(staff["mei"])
    room = logged_in(None, staff["mei"]).get(reverse("admin:make", args=[path]))
    assert "Something to read" in Client().get(room.context["preview"]).content.decode()
    tomorrow = localdate() + timedelta(days=1)
    publish(staff["aminah"], path, action="on-day", day=str(tomorrow))
    assert path not in live_site()
    scheduled.publish_due(tomorrow)
    assert set(live_site()[path].prose) == set(LANGUAGES)


@pytest.mark.django_db
def test_a_part_of_a_new_page_does_not_go_live_alone(staff):
    path = finished(staff["mei"])
    tomorrow = localdate() + timedelta(days=1)
    scheduled.set_for(draft_of(path, SOURCE), staff["aminah"], tomorrow, reason="any")
    scheduled.publish_due(tomorrow)
    assert path not in live_site()
    draft = draft_of(path, SOURCE)
    posted = {"action": "publish", "size": "minor", "reason": "any", "version": str(draft.version)}
    logged_in(None, staff["aminah"]).post(reverse("admin:draft", args=[draft.pk]), posted)
    assert path not in live_site()


@pytest.mark.django_db
def test_a_page_that_is_given_up_can_be_begun_again(staff):
    desk, path = begin(staff["mei"]), "platforms/friendster"
    desk.post(reverse("admin:make", args=[path]), {"action": "aside"})
    assert not making.opened_of(path).exists()
    begin(staff["mei"])
    assert making.opened_of(path).count() == 5


@pytest.mark.django_db
def test_only_who_writes_everything_begins_a_page_and_only_a_publisher_publishes_it(staff):
    translator = logged_in(None, make_staff("kavitha", "Translator", languages=["ta"]))
    assert translator.get(reverse("admin:make", args=["platforms"])).status_code == 403
    path = finished(staff["mei"])
    posted = {"action": "publish", "reason": "any", "seen": ""}
    assert logged_in(None, staff["mei"]).post(reverse("admin:make", args=[path]), posted).status_code == 403
    assert translator.get(reverse("admin:unit", args=[path, "ta"])).status_code == 200


def test_a_page_that_is_being_made_is_one_line_by_its_name_and_its_texts_lead_back_to_the_whole(staff):
    desk = begin(staff["mei"])
    whole = reverse("admin:make", args=["platforms/friendster"])
    html = desk.get("/staff/").content.decode()
    assert f'<a href="{whole}">Report on Friendster</a> 5 texts' in html
    assert html.count("friendster") == 1
    assert "Report on Friendster" in desk.get("/staff/pages/").content.decode()
    texts = [desk.get(f"/staff/pages/platforms/friendster/{part}/").content.decode() for part in (FACTS, SOURCE)]
    assert all(f'<a href="{whole}">‹ The whole page</a>' in html for html in texts)
    assert 'href="#routes">Report routes (1)</a>' in texts[0] and 'href="#laws"' not in texts[0]


@pytest.mark.django_db
def test_a_new_kind_of_harm_is_an_answer_of_the_plan_and_found_in_every_language_once_it_is_published(staff):
    path = "types/lending"
    desk = begin(staff["mei"], "types", "lending", heading="Someone lends money and threatens me")
    save(desk, staff["mei"], path, FACTS, draft_of(path, FACTS).typed, "review")
    for language in LANGUAGES:
        fill_in(desk, staff["mei"], path, language)
    assert "Published. Readers see it now." in publish(staff["aminah"], path)
    reader = Client()
    answers = {"danger": "no", "selfharm": "no", "who": "me", "body": "no", "age": "adult", "at": "age"}
    said = {"en": "something to read", "ms": "sesuatu untuk dibaca", "ta": "படிக்க ஒன்று", "zh-hans": "值得一读"}
    for language in LANGUAGES:
        assert 'value="lending"' in reader.post(f"/{language}/plan/", answers).content.decode()
        plan = reader.post(f"/{language}/plan/", answers | {"types": "lending", "go": "plan"}).content.decode()
        assert 'id="step-' in plan
        assert f"/{language}/{path}/" in reader.get(f"/{language}/types/").content.decode()
        assert f"/{language}/{path}/" in reader.post(f"/{language}/search/", {"q": said[language]}).content.decode()
    assert "lending" in desk.get(reverse("admin:unit", args=["laws/act-56", FACTS])).content.decode()
