"""The directories: what fits what a reader chose, from the records as they are, and forms that keep nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise, product

import pytest

from survivors import edition
from survivors.directories import fields, matching
from survivors.directories.matching import Case, Wish
from tests.survivors.test_pages import Elements
from toolkit.files import sync
from toolkit.rendering import words
from toolkit.rendering.guide import TYPES, Guide, Placed, facts_of
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plans.plan import ADULT, UNDER_18
from toolkit.texts.records.facts import NEEDS, SERVES, SPOKEN, STATES
from toolkit.texts.records.hours import ALWAYS, MALAYSIA
from toolkit.texts.words.neutral import giveaway

FORMS = ("find-help", "find-route", "find-law")
MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=MALAYSIA)
SUNDAY_NIGHT = datetime(2026, 11, 22, 3, tzinfo=MALAYSIA)


@pytest.fixture
def live(guide) -> Guide:
    return edition.current().guide


def ids(found: list[Placed]) -> list[str]:
    return [placed.record.id for placed in found]


def slugs(guide: Guide) -> list[str]:
    return [page.path.partition("/")[2] for page in guide.children(TYPES)]


def main_of(response) -> str:
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


# Contacts


def test_with_nothing_chosen_every_contact_is_there_emergency_first_and_then_the_numbers_answered_at_any_hour(live):
    found = matching.contacts(live, Wish(), MONDAY_NOON)
    assert len(found) == sum(len(facts_of(page).contacts) for page in live.site.values())
    assert ids(found)[0] == "emergency-999"
    at_any_hour = [
        any((channel.hours or placed.record.hours) == ALWAYS for channel in placed.record.phones) for placed in found
    ]
    assert at_any_hour == sorted(at_any_hour, reverse=True) and 3 < sum(at_any_hour) < len(found)


def test_those_in_her_state_come_before_those_for_all_and_those_elsewhere_are_left_out(live):
    found = matching.contacts(live, Wish(need="counselling", state="sabah"), MONDAY_NOON)
    lines = [
        placed.record
        for placed in found
        if ALWAYS not in (placed.record.hours, *[c.hours for c in placed.record.phones])
    ]
    assert lines[0].id == "jhewa"
    assert not {"wcc-penang", "perak-women", "swws"} & set(ids(found))


def test_those_known_to_speak_her_language_come_first_and_those_known_not_to_are_left_out(live):
    found = ids(matching.contacts(live, Wish(need="counselling", state="penang", language="ta"), MONDAY_NOON))
    local = [one for one in found if one in ("wcc-penang", "tenaganita")]
    assert local == ["wcc-penang", "tenaganita"]
    assert "awam" not in found


@pytest.mark.parametrize("serves", SERVES[1:])
def test_only_those_who_are_known_to_be_there_for_her_are_shown(live, serves):
    found = matching.contacts(live, Wish(serves=serves), MONDAY_NOON)
    wanted = {serves, "everyone"} | ({"women"} if serves == "muslim-women" else set())
    assert found and all(wanted & set(placed.record.serves) for placed in found)


def test_free_is_only_what_is_known_to_be_free(live):
    assert {placed.record.cost for placed in matching.contacts(live, Wish(free=True), MONDAY_NOON)} == {"free"}


def test_every_need_and_group_of_the_records_has_its_words():
    assert set(fields.need_words()) == set(NEEDS)
    assert set(words.serves_words()) == set(SERVES[1:])


def test_open_now_follows_the_malaysian_clock_and_leaves_out_hours_nobody_knows(live):
    by_day = ids(matching.contacts(live, Wish(open=True), MONDAY_NOON))
    by_night = ids(matching.contacts(live, Wish(open=True), SUNDAY_NIGHT))
    assert {"emergency-999", "talian-kasih", "wao"} <= set(by_night) <= set(by_day)
    assert {"heal-15555", "mcmc"} <= set(by_day) - set(by_night)
    assert "awam" not in by_day


def test_every_choice_that_is_offered_leads_to_someone(live):
    for need in matching.offered(live, "needs", NEEDS):
        assert matching.contacts(live, Wish(need=need), SUNDAY_NIGHT), need
    for state, spoken in product(STATES[1:], SPOKEN):
        assert matching.contacts(live, Wish(state=state, language=spoken), SUNDAY_NIGHT), (state, spoken)


# Report routes


def all_cases(guide: Guide):
    platforms = ["", *(page.path.partition("/")[2] for page in matching.platforms(guide))]
    for slug, age, platform in product(["", *slugs(guide)], ["", ADULT, UNDER_18], platforms):
        yield Case(type=slug, age=age, platform=platform)


def test_no_route_for_adults_is_ever_shown_for_someone_under_18_nor_the_other_way_round(live):
    for case in all_cases(live):
        found = matching.routes(live, case)
        ages = {placed.record.age for placed in (*found.first, *found.then)}
        assert not (case.is_under_18 and ADULT in ages), case
        assert not (case.age == ADULT and not case.is_under_18 and UNDER_18 in ages), case


def test_the_complaint_to_mcmc_is_in_every_answer_and_take_it_down_in_each_with_an_image_of_someone_under_18(live):
    for case in all_cases(live):
        beside = ids(matching.routes(live, case).then)
        assert beside[-1] == "mcmc-complaint"
        if case.is_under_18:
            assert beside[0] == "take-it-down", case


def test_each_route_shown_is_for_the_type_or_for_someone_under_18(live):
    for case in all_cases(live):
        for placed in matching.routes(live, case).first:
            assert not case.type or {case.type, UNDER_18 if case.is_under_18 else ""} & set(placed.record.types)


@pytest.mark.parametrize(
    ("case", "first"),
    [
        (Case("shared-images", ADULT, "instagram"), ["instagram-images", "meta-images"]),
        (Case("shared-images", UNDER_18, "tiktok"), ["tiktok-under-18"]),
        (Case("shared-images", UNDER_18, "telegram"), ["telegram-report"]),
        (Case("group-attacks", UNDER_18, "tiktok"), ["tiktok-cyberbullying", "tiktok-under-18"]),
        (Case("fake-accounts", "", "facebook"), ["facebook-report"]),
        (Case("shared-images", ADULT, "messenger"), ["meta-images"]),
        (Case("shared-images", UNDER_18, "reddit"), []),
    ],
)
def test_the_route_made_for_the_case_comes_first(live, case, first):
    assert ids(matching.routes(live, case).first) == first


def test_services_that_work_anywhere_are_no_platforms_and_all_others_with_a_route_are(live):
    offered = {page.path for page in matching.platforms(live)}
    with_routes = {page.path for page in live.children("platforms") if facts_of(page).routes}
    assert with_routes - offered == {f"platforms/{one}" for one in ("mcmc", "stopncii", "take-it-down", "iwf")}


def test_without_a_platform_the_platforms_with_a_way_to_report_it_are_named(live):
    found = {page.path for page in matching.platforms_with_a_route(live, Case(type="outing"))}
    assert "platforms/x" in found and "platforms/linkedin" not in found


# Laws


def at(guide: Guide, day: date | None):
    periods = matching.periods(guide)
    return next(
        one for one in periods if day and (not one.first or one.first <= day) and (not one.last or day <= one.last)
    )


def test_the_times_follow_one_another_without_a_gap_and_begin_where_a_law_begins_or_ends(live):
    periods = matching.periods(live)[::-1]
    assert periods[0].first is None and periods[-1].last is None
    for one, following in pairwise(periods):
        assert (following.first - one.last).days == 1
    assert date(2025, 2, 11) in {one.first for one in periods}
    assert date(2025, 7, 11) in {one.first for one in periods}


@pytest.mark.parametrize(
    ("day", "age", "there"),
    [
        (date(2025, 2, 10), ADULT, {"cma-233-before"}),
        (date(2025, 2, 11), ADULT, {"cma-233"}),
        (date(2025, 2, 10), UNDER_18, {"cma-233-before"}),
        (date(2025, 2, 11), UNDER_18, {"cma-233-child"}),
    ],
)
def test_section_233_is_the_one_of_its_day_and_age(live, day, age, there):
    found = matching.laws(live, Case(type="shared-images", age=age, period=at(live, day)))
    assert {one for one in ids([*found.first, *found.then]) if one.startswith("cma-233")} == there


def test_no_provision_is_shown_whose_acts_begin_later_or_ended_before_or_for_another_age(live):
    for slug, age, period in product(slugs(live), ["", ADULT, UNDER_18], matching.periods(live)):
        case = Case(type=slug, age=age, period=period)
        found = matching.laws(live, case)
        for placed in (*found.first, *found.then):
            one = placed.record
            assert not (one.acts_from and period.last and one.acts_from > period.last), (case, one.id)
            assert not (one.acts_until and period.first and one.acts_until < period.first), (case, one.id)
            assert not (case.is_under_18 and one.age == ADULT)
            assert not (age == ADULT and not case.is_under_18 and one.age == UNDER_18)
        assert not set(ids(found.first)) & set(ids(found.then))
        assert all(slug in placed.record.types for placed in found.first)


def test_what_is_no_law_yet_comes_last(live):
    found = matching.laws(live, Case(type="under-18"))
    for group in (found.first, found.then):
        in_force = [placed.record.status == "in-force" for placed in group]
        assert in_force == sorted(in_force, reverse=True)
    assert "cybercrimes-bill" in ids(found.first)


def test_a_law_in_force_only_later_with_no_word_on_earlier_acts_only_may_fit(live):
    before = matching.laws(live, Case(type="shared-images", age=ADULT, period=at(live, date(2025, 12, 31))))
    after = matching.laws(live, Case(type="shared-images", age=ADULT, period=at(live, date(2026, 1, 1))))
    assert "osa-24" in ids(before.then) and "osa-24" in ids(after.first)


# The forms


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_whole_posts_in_place_and_every_field_has_its_label(guide, client, form, language):
    response = client.get(f"/{language}/{form}/")
    page = Elements(response.content.decode())
    assert response.status_code == 200 and not response.cookies
    assert (len(page.all("h1")), len(page.all("main")), len(page.exits())) == (1, 1, 1)
    assert page.all("form")[0]["method"] == "post" and "data-in-place" in page.all("form")[0]
    assert page.all("form")[0]["action"] == f"/{language}/{form}/"
    assert {one["id"] for one in page.all("select")} == {one["for"] for one in page.all("label") if "for" in one}
    title = re.search(r"<title>(.*?)</title>", response.content.decode())
    assert title and giveaway(title[1]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_keeps_its_choices_out_of_its_title_headers_and_cookies(guide, client, language):
    asked = {"need": "legal", "state": "penang", "type": "outing", "platform": "x", "age": "adult"}
    for form in FORMS:
        empty, answer = client.get(f"/{language}/{form}/"), client.post(f"/{language}/{form}/", asked)
        assert answer.status_code == 200 and not answer.cookies
        assert answer["Cache-Control"] == "private, no-store"
        title = re.compile(r"<title>.*?</title>")
        assert title.findall(answer.content.decode()) == title.findall(empty.content.decode())
        assert not re.search(r"penang|outing|legal", str(answer.headers))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", ["", "nothing-like-it", "💔", "<script>alert(1)</script>", "../../etc", "x" * 5000])
def test_what_cannot_be_chosen_counts_as_left_open(guide, client, form, value):
    asked = dict.fromkeys(("need", "state", "language", "serves", "type", "platform", "age", "when"), value)
    answer = client.post(f"/en/{form}/", asked)
    assert answer.status_code == 200 and "alert(1)" not in answer.content.decode()
    # Who is open is said with the minute, which may be another by then.
    told, untold = (re.sub(r"\d\d:\d\d", "", main_of(one)) for one in (answer, client.post(f"/en/{form}/")))
    assert told == untold


def test_a_query_in_the_address_is_no_question(guide, client):
    assert main_of(client.get("/en/find-help/?need=legal")) == main_of(client.get("/en/find-help/"))


def test_the_help_lines_stand_below_who_fits_and_above_when_nobody_does(guide, client):
    for asked, fits in (({}, True), ({"need": "tribunal", "free": "yes"}, False)):
        main = main_of(client.post("/en/find-help/", asked))
        above, below = main[: main.index('id="hits"')], main[main.index('id="hits"') :]
        lines = below.rpartition("</ol>")[2] if fits else above
        assert 'href="tel:999"' in lines and 'href="tel:15999"' in lines and "https://wa.me/60189888058" in lines
    assert '<ol class="steps"' not in main
    assert "No contact we know of fits all of this." in main


def test_contacts_are_cards_with_numbers_in_the_local_form_and_the_choices_stay_chosen(guide, client):
    main = main_of(client.post("/en/find-help/", {"need": "legal", "free": "yes"}))
    assert re.search(
        r'<a href="tel:\+60162374221"[^>]*><svg.*?</svg>Call <span class="number">016-237 4221</span></a>', main
    )
    assert '<option value="legal" selected>' in main and re.search(r'name="free" value="yes" checked', main)
    nobodys = main_of(client.get("/en/find-help/"))
    assert " selected" not in nobodys and " checked" not in nobodys  # the form is made once, for all
    assert "checked" in main and not re.search(r'name="open" value="yes" checked', main)


@pytest.mark.parametrize("asked", [{}, {"platform": "instagram", "type": "shared-images", "age": "under-18"}])
def test_how_to_save_evidence_is_always_there_and_for_someone_under_18_nothing_says_save_it(guide, client, asked):
    main = main_of(client.post("/en/find-route/", asked))
    assert "/en/first-response/save-evidence/#under-18" in main
    if asked:
        assert "#adults" not in main and "Save it first" not in main
        assert "instagram-images" not in main and "takeitdown.ncmec.org" in main


def test_the_answer_on_a_platform_has_the_words_to_tap(guide, client):
    main = main_of(client.post("/en/find-route/", {"platform": "x", "type": "shared-images", "age": "adult"}))
    assert "Private or Non-Consensual Content" in main and "/en/first-response/save-evidence/#adults" in main


def test_laws_that_fit_or_may_fit_say_what_is_no_law_yet(guide, client):
    asked = {"type": "fake-images", "age": "adult", "when": "2026-01-01"}
    main = main_of(client.post("/en/find-law/", asked))
    fits, _, _ = main.partition('id="may-fit"')
    assert "<strong>Parliament has passed it. It cannot be used until" in fits
    main = main_of(client.post("/en/find-law/", asked | {"type": "shared-images"}))
    _, _, may_fit = main.partition('id="may-fit"')
    assert "<strong>Parliament has passed it. It cannot be used until" in may_fit
    assert "<strong>A law without a starting date" in may_fit


def test_a_law_form_without_what_happened_asks_for_it_calmly(guide, client):
    main = main_of(client.post("/en/find-law/", {"age": "adult"}))
    assert "Choose what happened." in main and "<ol" not in main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "form"), [("support", FORMS[0]), ("platforms", FORMS[1]), ("laws", FORMS[2])])
def test_each_section_leads_to_its_form_above_its_pages(guide, client, section, form, language):
    main = main_of(client.get(f"/{language}/{section}/"))
    assert f'href="/{language}/{form}/"' in main[: re.search('<ul class="(?:rows|grid)">', main).start()]


def test_a_guide_without_those_sections_still_has_its_forms(folder, client):
    sync.import_files(folder.root)
    for form in FORMS:
        assert client.get(f"/en/{form}/").status_code == client.post(f"/en/{form}/").status_code == 200
    assert "tel:+60312345678" in main_of(client.post("/en/find-help/"))
