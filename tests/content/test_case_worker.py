"""What a case worker would ask of the plan, each question answered by the plans that a reader gets, in four languages."""

from __future__ import annotations

import re
from functools import cache

import pytest
from django.http import QueryDict
from django.utils import translation

from survivors.lives.seen import Seen, numbers_in, steps_in
from survivors.plan import pages as plan
from tests.folders import own_guide as guide
from toolkit.texts.languages import LANGUAGES

PROOF = {"evidence", "note-links"}
TALIAN_KASIH, WAO, AWAM, BEFRIENDERS, HEAL = "15999", "60189888058", "60162374221", "60376272929", "15555"
LONGEST = 900  # words


@cache
def page(answers: str, language: str = "en") -> str:
    with translation.override(language):
        return plan.next_screen(guide(), language, QueryDict(f"{answers}&go=plan"))


def steps(answers: str, language: str = "en") -> list[Seen]:
    return steps_in(page(answers, language))


def acts(found: list[Seen]) -> list[str]:
    return [act for step in found for act in step.does]


def numbers(found: list[Seen]) -> set[str]:
    return {number for step in found for number in numbers_in(step.links)}


def pages(found: list[Seen]) -> set[str]:
    return {link.partition("#")[0] for step in found for link in step.links if link.startswith("/")}


def now(found: list[Seen]) -> list[Seen]:
    return [step for step in found if step.when == "now"]


def place(found: list[Seen], act: str) -> int:
    return next((number for number, step in enumerate(found) if act in step.does), len(found))


each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_a1_at_risk_with_the_police_no_number_of_theirs_and_no_legal_aid_for_citizens_is_named(language):
    for harm in ("shared-images", "image-threats", "outing", "fake-accounts", "unwanted-pictures"):
        found = steps(f"danger=no&age=adult&types={harm}&police=yes", language)
        assert not {"999", "997", TALIAN_KASIH} & numbers(found)
        assert f"/{language}/support/jbg/" not in pages(found)
        assert {WAO, AWAM} <= numbers(found)


@pytest.mark.parametrize(
    ("you", "services"),
    [
        ("lgbtq", {"justice-for-sisters", "pluho", "seed"}),
        ("muslim", {"sis-telenisa"}),
        ("migrant", {"tenaganita"}),
        ("refugee", {"refugees", "tenaganita"}),
    ],
)
def test_a2_whoever_says_what_she_is_part_of_meets_those_who_are_there_for_her_and_someone_to_call(you, services):
    found = steps(f"danger=no&age=adult&types=outing&police=yes&you={you}")
    community = next(step for step in found if step.id == "talk-community")
    assert {link for link in community.links if "/support/" in link} & {f"/en/support/{one}/" for one in services}
    assert all(numbers([step]) for step in found if "talk" in step.does and step.id != "talk-community")
    assert WAO in numbers(now(found))


@each_language
def test_a3_whoever_thinks_of_dying_meets_people_who_listen_and_no_proof_for_now(language):
    found = steps("selfharm=yes&danger=no&types=group-attacks&age=adult", language)
    assert found[0].does == ("talk",) and {BEFRIENDERS, HEAL} <= numbers(found[:1])
    assert not PROOF & set(acts(now(found)))
    said = "\n".join(step.text for step in found)
    assert "2025" in said  # Since then an attempt is no crime.
    both = steps("selfharm=yes&danger=yes&types=group-attacks", language)
    assert {"rescue", "talk"} <= set(both[0].does) and {"999", BEFRIENDERS} <= numbers(both[:1])


@pytest.mark.parametrize(
    "answers",
    [
        "body=yes&age=adult&danger=no&types=hidden-cameras",
        "body=yes&age=adult&known=spouse&home=yes&police=yes&you=migrant",
        "body=yes&age=under-18&known=family&home=yes&police=yes",
        "body=yes&age=adult&police=no&known=stranger",
    ],
)
@each_language
def test_a4_whoever_was_hurt_is_led_to_care_with_its_deadlines_whatever_was_said_of_the_police(language, answers):
    found = steps(answers, language)
    care = next(step for step in found if "care" in step.does)
    assert care.when == "now" and "HIV" in care.text
    assert f"/{language}/support/hospital-oscc/" in pages([care])
    asks = {
        "en": "whether they call the police",
        "ms": "menghubungi polis",
        "ta": "போலீஸை அழைப்பார்களா",
        "zh-hans": "会不会通知警方",
    }
    assert asks[language] in care.text


def test_a5_a_child_is_never_told_to_keep_or_delete_the_chat_without_asking_first():
    for age in ("under-18", "unsure"):
        for harm in ("image-threats", "false-romance"):
            found = steps(f"age={age}&types={harm}&platforms=whatsapp")
            assert "evidence" not in acts(found)
            pay = next(step for step in found if step.id.startswith("do-not-pay"))
            assert "ask a helper what to do" in pay.text and "Do not delete the chat" not in page(
                f"age={age}&types={harm}"
            )
            assert "Save it first" not in "\n".join(step.text for step in found)


@each_language
def test_a6_a_child_whose_family_is_the_danger_has_a_line_for_children_and_is_told_what_it_will_do(language):
    found = steps("age=under-18&known=family&police=yes&home=yes", language)
    line = next(step for step in found if step.id == "talk-first-child")
    assert TALIAN_KASIH in numbers([line]) and line.when == "now"
    told = {
        "en": "may have to tell the police",
        "ms": "wajib memberitahu polis",
        "ta": "போலீஸிடம் சொல்ல வேண்டியிருக்கலாம்",
        "zh-hans": "可能必须告诉警方",
    }
    assert told[language] in line.text
    assert "tell-adult-outside" in {step.id for step in found} and "tell-adult" not in {step.id for step in found}


def test_a7_only_orders_that_fit_the_tie_are_named():
    orders = "/en/laws/act-521/"
    assert orders in pages(steps("known=spouse&age=adult")) and orders in pages(steps("known=family&age=adult"))
    for known in ("partner", "boss", "work", "known", "stranger"):
        assert orders not in pages(steps(f"known={known}&age=adult&types=being-followed"))
    partner = next(step for step in steps("known=partner") if "order" in step.does)
    assert "needs a police case" in partner.text and "98A" in partner.text
    assert "order" not in acts(steps("known=partner&police=yes"))


@each_language
def test_a8_the_line_against_scams_says_that_it_is_run_with_the_police_and_is_not_for_those_at_risk(language):
    sent = next(step for step in steps("types=image-threats&age=adult&police=no", language) if step.id == "money-sent")
    with_police = {"en": "run with the police", "ms": "bersama polis", "ta": "போலீஸும் சேர்ந்து", "zh-hans": "由警方参与"}
    assert with_police[language] in sent.text and "997" in numbers([sent])
    assert "997" not in numbers(steps("types=image-threats&age=adult&police=yes", language))


def test_a9_a_service_of_which_it_is_not_known_is_to_be_asked_first():
    found = steps("police=yes&age=adult")
    assert "Ask them first: do you tell the police?" in found[0].text
    assert "They tell the police." in steps("age=under-18&police=yes")[0].text


def test_a10_nobody_at_risk_with_the_police_is_sent_to_mcmc():
    assert "report-mcmc" in acts(steps("types=shared-images&age=adult&police=no"))
    assert "report-mcmc" not in acts(steps("types=shared-images&age=adult&police=yes"))


@pytest.mark.parametrize(
    "answers",
    ["known=partner&danger=yes", "known=spouse&home=yes&danger=no", "known=spouse", "types=being-followed&home=yes"],
)
def test_a11_what_the_other_person_will_notice_is_planned_with_someone_first(answers):
    found = steps(f"{answers}&age=adult&types=account-access&platforms=facebook")
    first = next(number for number, step in enumerate(found) if step.id == "plan-first")
    assert {WAO, AWAM} <= numbers([found[first]])
    assert first < min(place(found, act) for act in ("report-platform", "accounts", "block", "report-police", "order"))


def test_a12_the_caution_about_keeping_pictures_comes_before_the_advice_to_keep_them():
    for more in ("police=yes", "you=content", "you=lgbtq", "you=sexwork"):
        found = steps(f"age=adult&types=shared-images&{more}")
        proof = next(step for step in found if "evidence" in step.does)
        assert proof.id == "save-proof-careful" and proof.text.startswith("Think first who may see your phone")


WORST = [
    "danger=yes&selfharm=yes&body=yes&age=adult&known=spouse&home=yes&types=shared-images&types=threats&types=being-followed"
    "&types=account-access&platforms=facebook&platforms=whatsapp&platforms=telegram&police=no&priority=justice&state=sabah&you=muslim",
    "danger=yes&body=yes&age=adult&known=work&home=yes&types=shared-images&types=image-threats&types=unwanted-pictures"
    "&types=private-details&platforms=telegram&platforms=x&platforms=tiktok&police=no&you=migrant&state=penang",
    "age=under-18&body=yes&types=image-threats&types=account-access&types=private-details&platforms=tiktok&platforms=telegram"
    "&known=school&police=no&home=yes&danger=yes",
    "age=under-18&types=image-threats&types=under-18&platforms=instagram&police=no&known=stranger",
    "age=adult&types=outing&types=group-attacks&types=fake-accounts&platforms=x&platforms=facebook&you=lgbtq&you=content&police=yes",
    "who=helping&age=adult&danger=yes&body=yes&home=yes&platforms=facebook&platforms=telegram&you=migrant&police=yes",
]


@pytest.mark.parametrize("answers", WORST)
@each_language
def test_a13_a_plan_is_short_five_steps_for_now_the_rest_folded_and_three_laws_at_most(language, answers):
    found = steps(answers, language)
    html = page(answers, language)
    assert 1 <= len(now(found)) <= 5
    assert html.count("<details><summary>") >= len([step for step in found if step.when != "now"])
    laws = [step for step in found if step.id in ("laws", "laws-risky")]
    assert all(sum("/laws/" in link for link in step.links) <= 4 for step in laws)  # Three, and one link to all.
    words = re.sub(r"<[^>]+>", " ", html.partition('<div id="plan">')[2].partition("<form")[0]).split()
    assert len(words) <= LONGEST


# What walking the site as a reader found


def test_reader_1_an_undocumented_worker_pressed_by_someone_at_work_is_not_told_to_tell_the_employer():
    for known in ("work", "boss"):
        found = steps(f"age=adult&types=image-threats&known={known}&police=yes&you=migrant")
        assert "report-work" not in acts(found) and "/en/support/jbg/" not in pages(found)
        assert "/en/support/tenaganita/" in pages(found)
    assert "report-work" in acts(steps("age=adult&types=unwanted-pictures&known=work&police=no"))
    assert "report-work" not in acts(steps("age=adult&types=unwanted-pictures&known=boss&police=no"))


@each_language
def test_reader_2_in_danger_a_safer_place_another_phone_and_someone_to_talk_to_come_before_proof(language):
    found = steps("danger=yes&age=adult&types=being-followed&known=partner&home=yes", language)
    order = [place(found, act) for act in ("rescue", "safer-place", "hide", "talk", "evidence")]
    assert order == sorted(order) and len(set(order)) == len(order)
    assert all(step.when == "today" for step in found if PROOF & set(step.does))


def test_reader_3_a_trans_woman_who_was_outed_meets_community_organisations():
    found = now(steps("age=adult&types=outing&police=yes&you=lgbtq"))
    assert {"/en/support/justice-for-sisters/", "/en/support/pluho/"} & pages(found)


def test_reader_4_a_teenager_is_named_only_those_who_serve_her():
    for language in LANGUAGES:
        found = steps("age=under-18&types=group-attacks", language)
        assert TALIAN_KASIH in numbers(now(found))
        assert not {f"/{language}/support/jhewa/", f"/{language}/support/swws/"} & pages(found)


@each_language
def test_reader_5_a_helper_has_a_plan_of_her_own_and_so_has_whoever_was_just_sent_the_picture(language):
    for age in ("adult", "under-18"):
        helper, sent = steps(f"who=helping&age={age}", language), steps(f"who=sent&age={age}", language)
        own = {step.id for step in steps(f"age={age}", language)}
        assert not own & {step.id for step in helper} - {"again"} and not own & {step.id for step in sent}
        assert {"help-say", "help-not", "help-ask", "help-self"} <= {step.id for step in helper}
        assert numbers(helper[:1]) and numbers(sent[:1])
    adult, child = steps("who=sent&age=adult", language), steps("who=sent&age=under-18", language)
    assert "sent-duty" in {step.id for step in child} and "report-police" not in acts(adult)
    assert "evidence" not in acts(adult) + acts(child)
    assert f"/{language}/laws/act-792/" in pages(steps("who=helping&age=under-18", language))


def test_reader_6_the_thought_of_dying_is_asked_apart_from_danger():
    with translation.override("en"):
        first = plan.next_screen(guide(), "en")
        second = plan.next_screen(guide(), "en", QueryDict("at=danger&danger=no"))
    assert 'name="danger"' in first and 'name="selfharm"' not in first
    assert 'name="selfharm"' in second.partition("<h1")[2]


@each_language
def test_reader_7_whoever_wants_out_of_the_house_tonight_is_shown_a_place_first(language):
    found = steps("home=yes&priority=safe&known=family&age=adult", language)
    assert found[0].does[0] == "safer-place" and WAO in numbers(found[:1])


def test_reader_8_a_card_without_a_number_leads_those_at_risk_to_an_organisation_and_not_to_the_police():
    found = steps("age=adult&types=outing&police=yes&you=lgbtq")
    assert not {"999", TALIAN_KASIH} & numbers(found)


@each_language
def test_a_plan_says_when_to_come_back_from_what_is_known_of_the_time_after_a_report(language):
    report = next(
        step
        for step in steps("age=adult&types=shared-images&platforms=tiktok&police=no", language)
        if "report-platform" in step.does
    )
    back = {"en": "Come back after", "ms": "Kembali ke sini selepas", "ta": "இங்கே மீண்டும் வாருங்கள்", "zh-hans": "再回来看"}
    assert back[language] in report.text
