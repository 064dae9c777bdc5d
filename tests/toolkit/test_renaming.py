"""Pages that code, plan and facts name by their address or short name are moved in the rooms like any other."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from survivors.directories.pages import route_directory
from survivors.mirror import forms
from survivors.plan.pages import next_screen
from survivors.reading import layout
from survivors.search.numbers import Numbers
from tests.folders import own_guide
from tests.staff import logged_in, make_staff
from tests.toolkit.test_moving import ask, release
from toolkit import roles
from toolkit.drafting import addresses, drafts
from toolkit.drafting.addresses import GIVE_WAY, MOVE, TAKE_DOWN, Wish
from toolkit.judging import weigh
from toolkit.live import live_site
from toolkit.models import Cause, Page, Revision
from toolkit.rendering.guide import Guide
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, LANGUAGES, PLAN
from toolkit.texts.lasting.renamed import Renamed, naming
from toolkit.texts.page import Site, write_part
from toolkit.texts.plans.translated import outdated_languages

OLD, NEW = "types/outing", "types/told"
LAW = "laws/penal-code-509"


def after(*wishes: tuple[str, Wish], site: Site | None = None) -> Site:
    """The guide once pages have got other addresses."""
    site = site or own_guide().site
    for path, wish in wishes:
        changes, moves = addresses.changes_of(Page(path=path), wish, site)
        verdict = weigh(changes, site, moves)
        assert verdict.errors == [], path
        site = verdict.site
    return site


@pytest.mark.django_db
@pytest.mark.usefixtures("guide", "plain_static")
def test_a_kind_of_harm_is_renamed_in_its_room_and_plan_laws_and_drafts_name_it_anew():
    mei, aminah = (make_staff(name, role) for name, role in (("mei", roles.EDITOR), ("aminah", roles.PUBLISHER)))
    site, desk = live_site(), logged_in(None, mei)
    named = naming(OLD, site)
    plans, laws = site[""].plan, site[LAW].facts
    typed = {"provisions-0-types": ["outing", "threats"], "provisions-0-id": ["outing"], "aliases": [""]}
    law = drafts.save(
        mei, Page.objects.get(path=LAW), FACTS, typed, write_part(laws),
        version=0, base=digest(write_part(laws)), follows="",
    )  # fmt: skip
    plan = drafts.save(
        mei, Page.objects.get(path=""), PLAN, {"body": [plans.text], "steps/x.if-0.types": ["outing"]}, plans.text,
        version=0, base=digest(plans.text), follows="",
    )  # fmt: skip
    elsewhere = desk.post(f"/staff/pages/{OLD}/address/", {"kind": "move", "section": "platforms", "name": "told"})
    assert "in this section" in elsewhere.content.decode()
    draft = ask(desk, f"/staff/pages/{OLD}/address/", kind="move", section="types", name="told")
    room = logged_in(None, aminah)
    assert f"{len(named)} texts name it by its short name" in room.get(f"/staff/drafts/{draft.pk}/").content.decode()
    assert "Published" in release(room, draft)

    now = live_site()
    assert naming(OLD, now) == [] and len(named) > 5 and set(naming(NEW, now)) == set(named)
    assert outdated_languages(now[""].plan.rules) == outdated_languages(plans.rules)
    assert set(Revision.objects.filter(cause=Cause.PAGE_RENAMED).values_list("page__path", flat=True)) == set(named)
    for one in (law, plan):
        one.refresh_from_db()
        assert not drafts.is_overtaken(one, now) and not [p for p in drafts.problems_of(one, now) if not p.is_warning]
    assert law.typed["provisions-0-types"] == ["told", "threats"] and law.typed["provisions-0-id"] == ["outing"]
    assert plan.typed["steps/x.if-0.types"] == ["told"] and plan.typed["body"] == [now[""].plan.text] == [plan.text]
    reader = Client()
    for language in LANGUAGES:
        assert reader.get(f"/{language}/{OLD}/")["Location"] == f"/{language}/{NEW}/"
        assert reader.get(f"/{language}/{NEW}/").status_code == reader.get(f"/{language}/{LAW}/").status_code == 200


def test_whoever_had_answered_with_the_old_name_gets_the_plan_of_the_new_with_its_drawn_mark():
    before, now = own_guide(), Guide.of(after((OLD, Wish(MOVE, NEW))))
    screens = []
    for guide in (before, now):
        with override("ta"):
            plan = next_screen(guide, "ta", QueryDict("who=me&age=adult&types=outing&go=plan"))
            asked = next_screen(guide, "ta", QueryDict("danger=no&selfharm=no&who=me&body=no&age=adult&at=age"))
            screens.append(f"{plan}{asked}{layout.page(guide, 'ta', 'types')}")
    assert "step-" in screens[0] and "#m-outing" in screens[0]
    anew = screens[0].replace('"outing"', '"told"').replace(f"/{OLD}/", f"/{NEW}/")
    # Its own links are corrected afterwards.
    assert anew == screens[1].replace(f"/{OLD}/", f"/{NEW}/")


def test_a_kind_of_harm_gives_way_to_another_with_its_steps_and_laws_and_is_not_taken_down_while_they_name_it():
    site = own_guide().site
    changes, _moves = addresses.changes_of(Page(path=OLD), Wish(GIVE_WAY, "types/threats"), site)
    plan = next(one for one in changes if one.part == PLAN).raw.decode()
    assert '"outing"' not in plan and "choices.outing" not in plan and plan.count('types = ["threats"]') >= 1
    assert plan.count("[questions.types.choices.threats]") == 1
    assert re.search(r'types = \["threats", "private-details", "being-followed"\]', plan)
    errors = addresses.weighed(Page(path=OLD), Wish(TAKE_DOWN), site).errors
    assert {"plan.toml", f"{LAW}/page.toml"} <= {one.file for one in errors}


def test_shared_routes_of_a_platform_and_what_a_form_of_the_plan_holds_are_renamed_too():
    site = after(("platforms/instagram", Wish(MOVE, "platforms/photos")))
    assert "photos" in site[""].plan.rules.platform_routes
    assert "instagram" not in site[""].plan.rules.platform_routes
    form = {
        "questions/types.choices.outing.en": ["Told"],
        "steps/rest.if-1.types": ["outing"],
        "steps/rest.text": ["outing"],
    }
    assert Renamed("types", "outing", "told").in_typed(form) == {
        "questions/types.choices.told.en": ["Told"], "steps/rest.if-1.types": ["told"], "steps/rest.text": ["outing"],
    }  # fmt: skip


def named_in_code() -> set[str]:
    """The pages that the code of survivors/ names."""
    code = "".join(one.read_text() for one in (settings.BASE_DIR / "survivors").rglob("*.py"))
    return {one for one in re.findall(r'"([a-z-]+/[a-z0-9-]+)"', code) if one in own_guide().site}


def test_pages_that_the_code_names_are_moved_and_it_finds_them_where_they_are():
    moved = {one: f"{one}-2" for one in sorted({*named_in_code(), "laws/act-521", "laws/penal-code-509"})}
    assert {"first-response/save-evidence", "first-response/right-now"} < moved.keys()
    before = own_guide()
    now = Guide.of(after(*((old, Wish(MOVE, new)) for old, new in moved.items())))
    with override("en"):
        seen = [
            (
                route_directory(guide, "en", QueryDict("type=shared-images&age=adult")),
                forms._without(guide, "en", has_heading=True),
                Numbers(guide).sections["509"],
                layout.page(guide, "en", guide.page_at("first-response/save-evidence").path),
            )
            for guide in (before, now)
        ]
    was, found = map(repr, seen)
    for old, new in moved.items():
        was, found = was.replace(f"{old}/", f"{new}/"), found.replace(f"{old}/", f"{new}/")
        was = was.replace(f"'{old}'", f"'{new}'")
    assert "save-evidence-2/" in found and "right-now-2/" in found and "509-2" in found
    # Short links are made of today's address.
    assert re.sub(r"/p/\w+", "", was) == re.sub(r"/p/\w+", "", found)


def test_the_page_that_the_rules_for_children_know_by_its_name_and_sections_stay():
    assert [addresses.why_it_stays(one) for one in ("types/under-18", "types", "", "helpers/teacher", OLD)] == [
        "by-name", "section", "first", "", "",
    ]  # fmt: skip
