""" "What do I do now?" as a browser without script asks it: by POST, from screen to screen, leaving nothing."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.http import QueryDict

from survivors.plan.pages import next_screen
from tests.folders import Folder
from tests.survivors.test_pages import Elements
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import Page, Revision
from toolkit.rendering.guide import Guide
from toolkit.texts.canonical import digest
from toolkit.texts.folder import PLAN_FILE
from toolkit.texts.languages import LANGUAGES, PLAN
from toolkit.texts.page import read_part
from toolkit.texts.plans.plan import ACTS, CHOICES
from toolkit.texts.words.neutral import giveaway

ANSWERS = {
    "danger": "no", "selfharm": "no", "who": "me", "body": "no", "age": "adult",
    "types": ["shared-images", "image-threats"], "platforms": ["telegram"], "known": "family", "home": "no", "police": "no",
    "you": ["muslim"], "priority": "down", "state": "sabah", "language": "ms",
}  # fmt: skip


@pytest.fixture
def ask(guide, client):
    """One screen: what the form answers to the given fields."""

    def post(in_language: str = "en", /, **fields):
        return client.post(f"/{in_language}/plan/", fields)

    return post


def asked(html: str) -> list[str]:
    """The questions that a screen asks."""
    page = Elements(html)
    shown = [one for one in page.all("input") if one.get("type") in ("radio", "checkbox")] + page.all("select")
    shown += [one for one in page.all("button") if one.get("name") != "go"]
    return list(dict.fromkeys(one["name"] for one in shown if one.get("name")))


def carried(html: str) -> dict[str, list[str]]:
    """What travels on, unseen, in the form; without the name of the screen."""
    found: dict[str, list[str]] = {}
    for one in Elements(html).all("input"):
        if one.get("type") == "hidden" and one["name"] != "screen":
            found.setdefault(one["name"], []).append(one["value"])
    return found


def steps(html: str) -> list[str]:
    return [
        one["id"].removeprefix("step-") for one in Elements(html).all("li") if (one.get("id") or "").startswith("step-")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_screen_asks_about_danger_and_nothing_else(guide, client, language):
    html = client.get(f"/{language}/plan/").content.decode()
    page = Elements(html)
    assert asked(html) == ["danger"]
    assert (len(page.all("h1")), len(page.all("main")), len(page.exits())) == (1, 1, 1)
    assert page.all("form") == [
        {
            "id": "answers",
            "method": "post",
            "action": f"/{language}/plan/",
            "data-in-place": None,
            "autocomplete": "off",
        }
    ]


def test_next_leads_from_question_to_question_and_carries_the_answers_to_the_plan(ask):
    fields: dict[str, object] = {}
    for place, name in enumerate(CHOICES):
        html = ask(**fields, at=name, **{name: ANSWERS[name]}).content.decode()
        fields[name] = ANSWERS[name]
        if place + 1 < len(CHOICES):
            assert asked(html) == [list(CHOICES)[place + 1]]
            expected = {key: value if isinstance(value, list) else [value] for key, value in fields.items()}
            assert carried(html) == expected | {"at": [list(CHOICES)[place + 1]]}
    assert {"stop-copies-adult", "report-platform", "police"} <= set(steps(html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_is_a_button_that_goes_on_by_itself_and_a_line_says_how_many_are_left(ask, language):
    html = ask(language, at="police", **ANSWERS).content.decode()
    buttons = [one for one in Elements(html).all("button") if one.get("name") == "you"]
    assert [one["value"] for one in buttons] == list(CHOICES["you"])
    html = ask(language, at="who", who="me").content.decode()
    assert "10" in html.partition('class="quiet count">')[2].partition("</p>")[0]


def test_a_question_that_earlier_answers_make_needless_is_not_asked(ask):
    assert asked(ask(at="known", known="stranger").content.decode()) == ["police"]
    assert asked(ask(at="known", known="work").content.decode()) == ["police"]
    assert asked(ask(at="known", known="spouse").content.decode()) == ["home"]
    assert asked(ask(at="police", go="back", known="school", police="no").content.decode()) == ["known"]
    assert asked(ask(at="who", who="sent").content.decode()) == ["age"]
    assert asked(ask(at="age", who="sent", age="adult").content.decode()) == ["platforms"]


def test_whoever_is_in_danger_or_thinks_of_dying_gets_the_plan_after_three_questions_and_may_answer_more(ask):
    for name in ("danger", "selfharm"):
        html = ask(at="who", who="me", **{name: "yes"}).content.decode()
        assert steps(html) and not asked(html)
        html = ask(**carried(html), go="more").content.decode()
        assert asked(html) == ["body"] and carried(html)[name] == ["yes"]
        assert asked(ask(**carried(html) | {"at": "who"}).content.decode()) == ["body"]
    assert asked(ask(at="who", who="me", danger="no").content.decode()) == ["body"]


def test_the_thought_of_dying_has_a_question_of_its_own(ask):
    assert asked(ask(at="danger", danger="no").content.decode()) == ["selfharm"]


def test_a_plan_is_six_taps_from_home_at_most(guide, client, ask):
    """Home, "What do I do now?", three answers, and the button that asks for the plan."""
    html = client.get("/en/").content.decode()
    assert any(link.get("href") == "/en/plan/" for link in Elements(html).all("a"))
    html = client.get("/en/plan/").content.decode()
    taps = 1
    for answer in ({"danger": "no"}, {"selfharm": "no"}, {"who": "me"}):
        html = ask(**carried(html) | answer).content.decode()
        taps += 1
        assert any(one.get("value") == "plan" for one in Elements(html).all("button"))
    html = ask(**carried(html) | {"go": "plan"}).content.decode()
    assert steps(html) and taps + 1 <= 6


def test_skip_leaves_a_question_unanswered_and_back_returns_to_it_with_what_was_answered(ask):
    html = ask(at="danger", go="skip", danger="yes").content.decode()
    assert asked(html) == ["selfharm"] and "danger" not in carried(html)
    html = ask(at="selfharm", go="back", age="adult", danger="no").content.decode()
    assert asked(html) == ["danger"] and carried(html)["age"] == ["adult"]
    assert [one["value"] for one in Elements(html).all("button") if "aria-pressed" in one] == ["no"]
    assert carried(ask(**carried(html) | {"go": "next"}).content.decode())["danger"] == ["no"]
    assert carried(ask(**carried(html), danger="yes").content.decode())["danger"] == ["yes"]


def test_more_than_one_answer_can_be_chosen_where_more_than_one_fits(ask):
    html = ask(at="types", go="several", danger="no", was="outing").content.decode()
    boxes = [one for one in Elements(html).all("input") if one.get("type") == "checkbox"]
    assert [one["value"] for one in boxes if "checked" in one] == ["outing"]
    html = ask(at="types", types=["outing", "threats"]).content.decode()
    assert set(carried(html)["types"]) == {"outing", "threats"}
    html = ask(at="platforms", go="back", types=["outing", "threats"]).content.decode()
    assert [one["value"] for one in Elements(html).all("input") if "checked" in one]


@pytest.mark.parametrize("screen", ["one", "several", "all", "plan"])
def test_another_language_keeps_the_screen_and_the_answers_in_the_form_and_nowhere_else(ask, screen):
    here = {
        "one": {"at": "types"},
        "several": {"at": "types", "go": "several"},
        "all": {"go": "all"},
        "plan": {"go": "plan"},
    }
    english = ask(danger="no", age="adult", types="outing", **({"at": "known"} | here[screen])).content.decode()
    switches = {one["lang"]: one for one in Elements(english).all("button") if one.get("formaction")}
    assert {one: switch["formaction"] for one, switch in switches.items()} == {
        one: f"/{one}/plan/" for one in LANGUAGES if one != "en"
    }
    assert {(one["form"], one["name"], one["value"]) for one in switches.values()} == {("answers", "go", "here")}
    filled = {one["name"]: one["value"] for one in Elements(english).all("input") if "checked" in one}
    fields = carried(english) | filled | {"screen": screen, "go": "here"}
    tamil = ask("ta", **fields).content.decode()
    assert (asked(tamil), steps(tamil), carried(tamil)) == (asked(english), steps(english), carried(english))


def test_all_questions_stand_on_one_page_with_what_was_answered(ask):
    html = ask(go="all", danger="no", types=["outing", "threats"], state="perak").content.decode()
    assert set(asked(html)) == set(CHOICES) and len(Elements(html).all("h1")) == 1
    assert {one["value"] for one in Elements(html).all("input") if "checked" in one} == {"no", "outing", "threats"}
    assert [one["value"] for one in Elements(html).all("option") if "selected" in one] == ["perak"]


def test_all_answers_from_one_page_make_the_same_plan_as_one_by_one(ask):
    at_once = ask(go="plan", **ANSWERS).content.decode()
    assert steps(at_once) == steps(ask(at="language", go="next", **ANSWERS).content.decode())
    assert 'id="step-report-platform"' in at_once


def test_in_danger_the_next_screen_already_shows_the_emergency_number(ask):
    html = ask(at="danger", go="next", danger="yes").content.decode()
    assert 'href="tel:999"' in html[html.index("<main") :]
    html = ask(at="danger", go="next", danger="no").content.decode()
    assert 'href="tel:999"' not in html[html.index("<main") :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_has_steps_to_tick_that_no_form_sends_and_says_what_each_does(ask, language):
    html = ask(language, go="plan", **ANSWERS).content.decode()
    boxes = [one for one in Elements(html).all("input") if one.get("type") == "checkbox"]
    assert len(boxes) == len(steps(html)) > 8
    assert all("name" not in box and box["autocomplete"] == "off" for box in boxes)
    items = [one for one in Elements(html).all("li") if (one.get("id") or "").startswith("step-")]
    assert all(set((one["data-does"] or "").split()) <= set(ACTS) and one["data-does"] for one in items)
    page = Elements(html)
    assert (len(page.all("h1")), len(page.all("main")), len(page.exits())) == (1, 1, 1)
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_every_link_of_a_plan_leads_to_a_page_and_an_anchor_that_are_there(ask, reading, real_content):
    for more in (
        {},
        {"age": "under-18"},
        {"police": "yes"},
        {"danger": "yes", "known": "partner"},
        {"who": "helping"},
        {"who": "sent"},
    ):
        html = ask(go="plan", **ANSWERS | more).content.decode()
        for link in Elements(html[html.index("<main") : html.index("</main")]).all("a"):
            target, _, anchor = (link.get("href") or "").partition("#")
            if target.startswith("/"):
                page = reading["en", target.removeprefix("/en").strip("/")]
                assert not anchor or f'id="{anchor}"' in page.html, link


def test_an_answer_for_someone_under_18_says_no_word_of_saving_images_first(ask):
    html = ask(go="plan", **ANSWERS | {"age": "under-18", "platforms": ["telegram", "facebook"]}).content.decode()
    main = html[html.index("<main") : html.index("</main")]
    assert "no-copies" in steps(html) and "Take It Down" in main
    assert "Save it first" not in main and "StopNCII" not in main and "save-proof" not in steps(html)
    assert "Save it first" in ask(go="plan", **ANSWERS).content.decode()


def test_with_nothing_answered_there_is_a_plan_too(ask):
    html = ask(go="plan").content.decode()
    assert {"talk", "note-links", "rest"} <= set(steps(html)) and "tel:15999" in html[html.index("<main") :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_gives_nothing_away_and_is_the_same_whatever_is_answered(ask, client, language):
    def title(response) -> str:
        return response.content.decode().partition("<title>")[2].partition("</title>")[0]

    titles = {
        title(client.get(f"/{language}/plan/")),
        title(ask(language, go="all")),
        title(ask(language, go="plan", **ANSWERS)),
    }
    assert len(titles) == 1 and not giveaway(titles.pop())


def test_answers_stay_in_the_body_no_address_cookie_log_or_row_holds_them(ask, caplog):
    before = (Page.objects.count(), Revision.objects.count())
    with caplog.at_level(logging.DEBUG):
        for go in ("next", "all", "plan"):
            response = ask(at="danger", go=go, **ANSWERS)
            assert response.status_code == 200 and not response.cookies
            assert "Set-Cookie" not in response.headers and "Location" not in response.headers
            assert response.headers["Cache-Control"] == "private, no-store"
            links = [link["href"] or "" for link in Elements(response.content.decode()).all("a") if "href" in link]
            assert not [link for link in links if link.startswith("/") and "?" in link]
    assert not any(word in caplog.text for word in ("shared-images", "telegram", "sabah"))
    assert (Page.objects.count(), Revision.objects.count()) == before


def test_answers_in_the_address_are_not_read(guide, client):
    assert asked(client.get("/en/plan/?go=plan&danger=yes").content.decode()) == ["danger"]
    assert client.put("/en/plan/").status_code == 405


def test_what_is_no_answer_is_left_out_in_silence(ask):
    html = ask(
        at="<script>", go="’; drop", danger=["maybe", "no", "yes"], types=["../x", "outing"], state="🙂", more="1"
    ).content.decode()
    assert asked(html) == ["danger"]
    assert carried(html) == {"types": ["outing"], "was": ["yes"], "at": ["danger"]}


# A rule that is bad never reaches a reader.


def change_the_plan(before: str, after: str) -> None:
    """Publishes the plan with some words replaced."""
    text = live_text(live_site(), "", PLAN) or ""
    assert before in text
    publish([Change.of("", PLAN, read_part(PLAN, text.replace(before, after)), digest(text))], origin="staff")


def test_a_new_rule_counts_as_soon_as_it_is_published(ask):
    assert "Breathe out slowly" in ask(go="plan").content.decode()
    change_the_plan("Breathe out slowly", "Put both feet on the floor")
    assert "Put both feet on the floor" in ask(go="plan").content.decode()


def test_a_bad_file_leaves_the_last_good_rules(guide, client, tmp_path):
    files = Path(shutil.copytree(settings.CONTENT_DIR, tmp_path / "content"))
    (files / PLAN_FILE).write_text((files / PLAN_FILE).read_text().replace("[[steps]]", "[[steps", 1))
    report = sync.import_files(files)
    assert any(one.file == PLAN_FILE for one in report.errors)
    assert "Breathe out slowly" in client.post("/en/plan/", {"go": "plan"}).content.decode()


def test_without_any_rules_the_help_lines_answer(folder: Folder, client):
    sync.import_files(folder.root)
    response = client.post("/en/plan/", {"go": "plan"})
    main = response.content.decode().partition("<main")[2].partition("</main")[0]
    assert response.status_code == 200 and "tel:+60312345678" in main


def test_a_record_that_is_gone_leaves_the_rest_of_the_plan(guide):
    """The door refuses such a plan; should one stand all the same, she gets what is left of it."""
    site = live_site()
    text = site[""].plan.text.replace('"talian-kasih"]\n[steps.text]', '"gone"]\n[steps.text]')
    broken = Guide.of({**site, "": site[""].with_part(PLAN, read_part(PLAN, text))})
    html = next_screen(broken, "en", QueryDict("go=plan"))
    assert "talk" in steps(html) and "tel:" in html[html.index("<main") :]


def test_the_plan_of_the_guide_is_there():
    assert Path(settings.CONTENT_DIR, PLAN_FILE).exists()


def test_content_check_judges_the_plan_and_knows_its_file(folder: Folder):
    (folder.root / "plan.toml.old").write_text("")
    (folder.root / PLAN_FILE).write_text("[[steps]")
    problems = [problem for problem in sync.check_files(folder.root) if problem.file.startswith("plan")]
    found = [str(problem) for problem in problems]
    assert [one.partition(" TOML")[0] for one in found] == ["plan.toml:1: not valid", found[1]]
    assert found[1].startswith("plan.toml.old:1: warning: not a text of a page")
