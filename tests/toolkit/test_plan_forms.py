"""The plan of "What do I do now?" changed by forms: a list of its questions and steps, and one form for each."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.toolkit.test_editing import JSON, fields, live, publish, staff
from toolkit.admin.drafting.plan_part import PartForm
from toolkit.live import live_site
from toolkit.models import Draft
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plans.plan import read_plan_text
from toolkit.texts.plans.written import Written

pytestmark = pytest.mark.usefixtures("guide", "staff_static")

LIST = "/staff/pages/-/plan/"
STEP = "steps/get-safe"


def at(piece: str) -> str:
    return f"{LIST}{piece}/"


def change(client, piece: str, action: str = "save", headers=None, sent: dict | None = None, **words):
    """Opens the form of a piece, changes some of its fields and presses a button. A field set to None is not sent."""
    form = sent or fields(client.get(at(piece)).content.decode())
    changed = {name.replace("__", "."): value for name, value in words.items()}
    form |= {f"{piece}.{name}": value if isinstance(value, list) else [value or ""] for name, value in changes(changed)}
    form = {name: value for name, value in form.items() if value != [None]}
    return client.post(at(piece), {**form, "action": action}, headers=headers)


def changes(changed: dict):
    return [(name, [] if value is None else value) for name, value in changed.items()]


def press(client, action: str):
    return client.post(LIST, {**fields(client.get(LIST).content.decode()), "action": action})


def draft() -> Draft:
    return Draft.objects.get(state__in=Draft.OPEN)


def step(name: str, text: str | None = None):
    return next(one for one in read_plan_text(text or draft().text).rules.steps if one.id == name)


def test_every_piece_sent_back_as_its_form_shows_it_says_what_it_said():
    text = live("plan", "")
    plan, site, written = read_plan_text(text).rules, live_site(), Written.of(text)
    assert written.text == text
    for piece in written.pieces:
        if piece.kind in ("questions", "steps", "platform_routes"):
            form = PartForm(piece.at, piece.table, {}, plan, site)
            assert form.result() == piece.table, (piece.at, form.errors)


def test_the_list_has_every_question_and_step_with_a_form_of_its_own_and_no_toml():
    client = staff("mei", "Editor")
    html = client.get(LIST).content.decode()
    plan = read_plan_text(live("plan", "")).rules
    for piece in [f"questions/{one.id}" for one in plan.questions] + [f"steps/{one.id}" for one in plan.steps]:
        assert f'<li id="{piece}"><a href="{at(piece)}">' in html
    form = client.get(at(STEP)).content.decode()
    assert "[[steps]]" not in html + form and all(f'<div lang="{one}"><label' in form for one in LANGUAGES)


def test_words_of_a_step_are_changed_in_one_place_and_every_other_line_stays():
    client, before = staff("mei", "Editor"), live("plan", "")
    old = step("get-safe", before).text["en"]
    answer = change(client, STEP, text__en="Call now, whoever is near.")
    assert answer.status_code == 302 and answer["Location"].endswith(f"#{STEP}")
    assert draft().text == before.replace(old, "Call now, whoever is near.", 1)
    assert "changed in this draft" in client.get(LIST).content.decode()


def test_what_a_step_does_whom_it_names_and_when_it_comes_are_chosen_not_written():
    client = staff("mei", "Editor")
    change(
        client, STEP, when="today", does_first="talk", does_also=["rescue"], noticed_by_them="maybe",
        contacts=["talian-kasih", "", "wao"], find__contacts=["shelter"], most="2", links="/first-response/safety-check/",
        **{"if-0__danger": ["yes", "no"], "if-0__police": []},
    )  # fmt: skip
    changed = step("get-safe")
    assert (changed.when, changed.does, changed.noticed_by_them) == ("today", ("talk", "rescue"), "maybe")
    assert changed.contacts == ("talian-kasih", "wao") and changed.find == {"contacts": ("shelter",)}
    assert changed.most == 2 and changed.links == ("/first-response/safety-check/",)
    assert changed.conditions[0]["danger"] == ("yes", "no") and "police" not in changed.conditions[0]


def test_another_set_of_answers_is_added_and_one_without_a_tick_opens_the_step_to_nobody_more():
    client = staff("mei", "Editor")
    change(client, STEP, action="add:set")
    html = client.get(at(STEP)).content.decode()
    assert html.count("<summary>Set ") == 2
    assert len(step("get-safe").conditions) == 1
    change(client, STEP, **{"if-1__types": ["threats"]})
    assert [dict(one).get("types") for one in step("get-safe").conditions] == [None, ("threats",)]


def test_a_step_is_added_moved_taken_away_and_put_back():
    client = staff("mei", "Editor")
    words = {f"text__{language}": f"Breathe ({language})." for language in LANGUAGES}
    change(client, "steps/new-step", id="breathe-in", when="now", does_first="rest", noticed_by_them="no", **words)
    assert [one.id for one in read_plan_text(draft().text).rules.steps][-1] == "breathe-in"
    press(client, "up:steps/breathe-in")
    assert [one.id for one in read_plan_text(draft().text).rules.steps][-2] == "breathe-in"
    change(
        client, "steps/new-step", id="drink", after=STEP, when="now", does_first="rest", noticed_by_them="no", **words
    )
    order = [one.id for one in read_plan_text(draft().text).rules.steps]
    assert order.index("drink") == order.index("get-safe") + 1
    change(client, "steps/drink", gone="on")
    press(client, "down:steps/breathe-in")
    assert step("breathe-in").text["ta"] == "Breathe (ta)."
    change(client, "steps/breathe-in", gone="on")
    assert draft().text == live("plan", "")
    change(client, STEP, gone="on")
    assert f'value="back:{STEP}"' in client.get(LIST).content.decode()
    press(client, f"back:{STEP}")
    assert draft().text == live("plan", "")


def test_bad_input_comes_back_with_its_message_and_nothing_of_the_draft_is_lost():
    client = staff("mei", "Editor")
    change(client, "steps/talk-now", text__en="Talk to someone.")
    change(client, STEP, text__ta="", note__en="Say where you are, in two words.", most="many")
    html = unescape(client.get(at(STEP)).content.decode())
    assert "Words are needed in தமிழ்." in html and "Say where you are, in two words." in html and 'value="many"' in html
    problems = html.partition('<div id="problems"')[2].partition("</div>")[0]
    assert f'<a href="{at(STEP)}">' in problems
    assert draft().text == "" and "being written" in client.get(LIST).content.decode()
    change(client, STEP, text__ta="இப்போதே அழையுங்கள்.", most="3")
    assert step("get-safe").note["en"] == "Say where you are, in two words."
    assert step("talk-now").text["en"] == "Talk to someone."


def test_hard_rules_that_a_draft_breaks_are_said_in_words_with_a_link_to_the_step():
    client = staff("mei", "Editor")
    change(client, "steps/rest", does_first="report-police")
    html = unescape(client.get(LIST).content.decode())
    problems = html.partition('<div id="problems"')[2].partition("</div>")[0]
    assert "police" in problems.lower() and "rest" in problems


def test_a_new_step_takes_the_place_of_no_other():
    client = staff("mei", "Editor")
    words = {f"text__{language}": f"Breathe ({language})." for language in LANGUAGES}
    change(client, "steps/new-step", id="talk-now", when="now", does_first="rest", noticed_by_them="no", **words)
    html = client.get(at("steps/new-step")).content.decode()
    assert "Another step has this name." in html and "Breathe (ta)." in html and draft().text == ""


def test_what_saves_itself_while_a_step_is_written_makes_no_second_step():
    client = staff("mei", "Editor")
    words = {f"text__{language}": f"Breathe ({language})." for language in LANGUAGES}
    sent = fields(client.get(at("steps/new-step")).content.decode())
    new = {"id": "breathe-in", "when": "now", "does_first": "rest", "noticed_by_them": "no", **words}
    told = change(client, "steps/new-step", headers=JSON, sent=sent, **new).json()
    assert step("breathe-in").when == "now"
    change(client, "steps/new-step", sent=sent | {"version": [str(told["version"])]}, **new)
    assert [one.id for one in read_plan_text(draft().text).rules.steps].count("breathe-in") == 1


def test_two_windows_on_two_steps_do_not_disturb_each_other_and_on_one_step_nothing_is_lost():
    client = staff("mei", "Editor")
    first, second, again = (fields(client.get(at(one)).content.decode()) for one in (STEP, "steps/talk-now", STEP))
    change(client, STEP, sent=first, text__en="Call now.")
    assert change(client, "steps/talk-now", sent=second, text__en="Talk.").status_code == 302
    assert (step("get-safe").text["en"], step("talk-now").text["en"]) == ("Call now.", "Talk.")
    answer = change(client, STEP, sent=again, text__en="Ring someone.")
    assert answer.status_code == 409 and "Ring someone." in answer.content.decode()
    assert step("get-safe").text["en"] == "Call now."


def test_a_question_has_its_words_answers_and_when_it_is_asked():
    client = staff("mei", "Editor")
    words = {"text__ms": "Tinggal bersamanya?", "choices__yes__en": "Yes, I do"}
    change(client, "questions/home", **words, **{"if-0__known": ["spouse"]})
    question = next(one for one in read_plan_text(draft().text).rules.questions if one.id == "home")
    assert question.text["ms"] == "Tinggal bersamanya?" and question.choices["yes"]["en"] == "Yes, I do"
    assert question.conditions[0]["known"] == ("spouse",)


def test_a_translator_writes_her_words_beside_the_english_and_nothing_else():
    client = staff("kavitha", "Translator", languages=["ta"])
    html = client.get(at(STEP)).content.decode()
    assert step("get-safe", live("plan", "")).text["en"] in html and f'name="{STEP}.text.ta"' in html
    assert f'name="{STEP}.text.en"' not in html and f'name="{STEP}.when"' not in html
    change(client, STEP, text__ta="அழையுங்கள்.", text__en="Hacked.", when="week", only=["en"])
    changed = step("get-safe")
    before = step("get-safe", live("plan", ""))
    assert changed.text == {**before.text, "ta": "அழையுங்கள்."} and changed.when == before.when
    assert client.get(at("steps/new-step")).status_code == 403 and press(client, f"up:{STEP}").status_code == 403
    assert client.get(at("whole")).status_code == 403
    whole = client.post(LIST, {**fields(client.get(LIST).content.decode()), "body": "", "action": "save"})
    assert whole.status_code == 302 and step("get-safe").text["ta"] == "அழையுங்கள்."


def test_what_changed_in_the_english_is_shown_to_translators_until_they_say_that_their_words_follow():
    publisher = staff("aminah", "Publisher")
    old = step("get-safe", live("plan", "")).text["en"]
    change(publisher, STEP, text__en="Call now, whoever is near.")
    publish(publisher, draft(), size="major", note="A step was put in other words.")
    translator = staff("kavitha", "Translator", languages=["ta"])
    html = translator.get(LIST).content.decode()
    row = html.partition(f'<li id="{STEP}">')[2].partition("</li>")[0]
    assert "English changed since: தமிழ்" in row and html.count("English changed since: ") == 1
    assert old in translator.get(at(STEP)).content.decode()
    desk = translator.get("/staff/translations/?language=ta&state=outdated").content.decode()
    assert LIST in desk
    ticked = fields(html) | {"translated": ["ta"]}
    translator.post(LIST, {**ticked, "action": "review"})
    plan = read_plan_text(draft().text).rules
    assert plan.translated_from["ta"] != plan.translated_from["ms"]
    publish(publisher, draft())
    assert "English changed since" not in translator.get(LIST).content.decode()


def test_a_minor_change_of_the_english_leaves_its_translations_current():
    publisher = staff("aminah", "Publisher")
    change(publisher, STEP, text__en="Call now, whoever is near.")
    publish(publisher, draft(), size="minor")
    assert "English changed since" not in publisher.get(LIST).content.decode()


def test_a_plan_changed_by_forms_gets_before_readers_in_all_languages(client):
    publisher = staff("aminah", "Publisher")
    change(publisher, STEP, **{f"text__{language}": f"Only now ({language})." for language in LANGUAGES})
    publish(publisher, draft())
    for language in LANGUAGES:
        answer = client.post(f"/{language}/plan/", {"danger": "yes", "age": "adult", "go": "plan"}).content.decode()
        assert f"Only now ({language})." in re.sub(r"\s+", " ", answer)


def test_two_who_write_in_the_plan_at_once_lose_nothing_of_each_other():
    publisher, translator = staff("aminah", "Publisher"), staff("kavitha", "Translator", languages=["ta"])
    change(translator, STEP, text__ta="அழையுங்கள்.")
    hers = draft()
    change(publisher, STEP, text__ms="Hubungi sekarang.")
    publish(publisher, Draft.objects.exclude(pk=hers.pk).get())
    assert "The text on the site has changed" in translator.get(LIST).content.decode()
    press(translator, "caught-up")
    assert (step("get-safe").text["ta"], step("get-safe").text["ms"]) == ("அழையுங்கள்.", "Hubungi sekarang.")
