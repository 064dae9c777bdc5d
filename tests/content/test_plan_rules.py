"""The plan for every combination of answers: never empty, never dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle, product
from pathlib import Path

import pytest
from django.conf import settings

from survivors.plan import matching
from survivors.plan.matching import PlannedStep
from tests.folders import own_guide as guide
from toolkit.rendering.guide import note
from toolkit.texts.folder import PLAN_FILE
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plans.check import check_plan
from toolkit.texts.plans.people import groups_of
from toolkit.texts.plans.plan import (
    ADULT,
    CHOICES,
    ME,
    SENT,
    UNDER_18,
    WHENS,
    Answers,
    Plan,
    age_of,
    read_plan,
)
from toolkit.texts.records.facts import Contact

FILE = Path(settings.CONTENT_DIR, PLAN_FILE)
DECIDING = ("who", "age", "danger", "selfharm", "police", "known")
# What else may be answered; a prime number of them, so that each comes together with everything else in turn.
OTHERS: list[dict[str, tuple[str, ...]]] = [
    {}, {"platforms": ("telegram",), "home": ("yes",)}, {"platforms": ("facebook", "whatsapp"), "state": ("sabah",)},
    {"state": ("penang",), "body": ("yes",)}, {"platforms": ("instagram", "tiktok", "x"), "language": ("ta",)},
    {"state": ("johor",), "language": ("zh",), "you": ("lgbtq",)}, {"priority": ("justice",), "home": ("yes",)},
    {"platforms": ("dating-apps", "adult-sites", "google-search"), "state": ("kuala-lumpur",), "you": ("migrant",)},
    {"you": ("refugee", "content"), "priority": ("down",)}, {"you": ("muslim",), "body": ("yes",), "home": ("yes",)},
    {"priority": ("stop",), "body": ("no",)}, {"you": ("sexwork", "oku"), "priority": ("hidden",)},
    {"priority": ("safe",), "home": ("no",), "platforms": ("telegram",)},
]  # fmt: skip

CAPTURE = {
    "en": r"screenshot|screen record|\bcop(?:y|ies)\b|\bprint\b|\bsave\b|\battach|\bupload\b|\bforward\b",
    "ms": r"tangkap layar|screenshot|rakam|\bsalin|cetak|\bsimpan|lampirkan|(?<!me)muat naik|panjangkan",
    "ta": r"திரைப்பிடிப்பு|screenshot|நகலெடு|அச்சிடு|சேமி|பதிவேற்று|இணைக்காதீர்|பதிவு செய்",
    "zh-hans": r"截图|截屏|录影|复制|打印|保存|附上|上传(?!者)|转发",
}
# Where one of those words stands in a sentence that forbids it, or speaks of what others do with a copy.
NEGATED = {
    "en": r"\b(?:not|never|no need|nothing|without)\b",
    "ms": r"\b(?:jangan|tidak|tanpa|tiada)\b",
    "ta": r"ாதீர்|வேண்டாம்|வேண்டியதில்லை|தேவையில்லை",
    "zh-hans": "不要|不必|绝不|没有",
}


@cache
def plan() -> Plan:
    return read_plan(FILE.read_text())


def harms() -> list[tuple[str, ...]]:
    """No type of harm, each, and some pairs."""
    slugs = [page.path.rpartition("/")[2] for page in guide().children("types")]
    assert len(slugs) >= 13
    return [(), *((slug,) for slug in slugs), *zip(slugs, slugs[3:], strict=False)]


def every_case() -> Iterator[Answers]:
    """Every combination of the answers that decide, with the others in turn."""
    others = cycle(OTHERS)
    for *given, types in product(*([(), *((one,) for one in CHOICES[name])] for name in DECIDING), harms()):
        answers: dict[str, tuple[str, ...]] = dict(zip((*DECIDING, "types"), (*given, types), strict=True))
        answers = {name: chosen for name, chosen in answers.items() if chosen} | next(others)
        if not set(given) & {("no",), ("unsure",), (ME,)}:
            yield answers


@cache
def every_plan() -> list[tuple[Answers, list[PlannedStep]]]:
    return [(answers, matching.made(plan(), answers, guide())) for answers in every_case()]


def plans(**wanted: str) -> Iterator[tuple[Answers, list[PlannedStep]]]:
    for answers, planned in every_plan():
        if all(
            (age_of(answers) if name == "age" else answers.get(name, ("",))[0]) == one for name, one in wanted.items()
        ):
            yield answers, planned


def does(planned: list[PlannedStep]) -> set[str]:
    return {act for one in planned for act in one.step.does}


def contacts(planned: list[PlannedStep]) -> list[Contact]:
    records = (shown.placed.record for one in planned for shown in one.shown)
    return [record for record in records if isinstance(record, Contact)]


def test_the_plan_is_right_by_the_check_that_staff_run():
    assert check_plan(FILE.read_text(), guide().site) == []


def test_every_plan_has_something_for_now_and_a_line_that_answers_in_its_first_step():
    assert len(every_plan()) > 15_000
    for answers, planned in every_plan():
        assert planned[0].when == "now", answers
        assert any(contact.phones for contact in contacts(planned[:1])), answers
        assert [one.when for one in planned] == sorted((one.when for one in planned), key=WHENS.index)


def test_at_most_five_steps_are_for_now():
    for answers, planned in every_plan():
        assert sum(one.when == "now" for one in planned) <= 5, answers


def test_in_danger_the_emergency_number_comes_first():
    for answers, planned in plans(danger="yes"):
        assert planned[0].shown[0].placed.record.id == "emergency-999", answers
        assert "rescue" in planned[0].step.does


def test_with_thoughts_of_dying_people_come_first_and_nothing_of_proof_is_for_now():
    for answers, planned in plans(selfharm="yes"):
        assert "talk" in planned[0].step.does, answers
        assert {"befrienders", "heal-15555"} <= {contact.id for contact in contacts(planned[:1])}, answers
        assert not {"evidence", "note-links"} & does([one for one in planned if one.when == "now"]), answers


def test_only_adults_are_told_to_keep_copies():
    assert "evidence" in does(next(plans(age=ADULT))[1])
    for answers, planned in every_plan():
        assert age_of(answers) == ADULT or "evidence" not in does(planned), answers


def test_someone_under_18_always_has_a_line_for_children_whatever_was_said_of_the_police():
    for answers, planned in plans(age=UNDER_18):
        assert "talian-kasih" in {contact.id for contact in contacts(planned)}, answers


def test_the_first_three_kinds_of_steps_come_in_the_order_of_safety():
    early = ("rescue", "safer-place", "hide", "talk")
    for answers, planned in every_plan():
        acts = [one.step.does[0] for one in planned if one.when == "now"]
        ranks = [early.index(act) for act in acts if act in early]
        assert ranks == sorted(ranks) or answers.get("selfharm") == ("yes",), answers
        proof = [place for place, act in enumerate(acts) if act in ("evidence", "note-links")]
        assert not proof or not set(acts[proof[0] :]) & {*early, "care", "tell-adult", "person", "money"}, answers


def test_proof_comes_before_reports_and_both_before_accounts_unless_something_else_matters_most():
    for answers, planned in every_plan():
        acts = [one.step.does[0] for one in planned]
        if "evidence" in acts and "report-platform" in acts:
            assert acts.index("evidence") < acts.index("report-platform"), answers


def test_nothing_that_the_other_person_will_notice_comes_before_it_was_planned_with_someone():
    for answers, planned in every_plan():
        if answers.get("who") != (SENT,) and "yes" in (*answers.get("danger", ()), *answers.get("home", ())):
            noticed = [place for place, one in enumerate(planned) if one.step.noticed_by_them == "yes"]
            first = next(place for place, one in enumerate(planned) if one.step.is_plan_first)
            assert not noticed or first < noticed[0], answers
            assert any(contact.phones for contact in contacts(planned[first : first + 1])), answers


def test_whoever_was_hurt_or_touched_is_led_to_care_now_or_today():
    for answers, planned in plans(body="yes"):
        if answers.get("who") != (SENT,):
            assert "care" in does([one for one in planned if one.when != "week"]), answers


def test_under_18_whoever_is_under_18_or_unsure_or_chose_it_as_what_happens():
    assert age_of({"age": ("unsure",)}) == age_of({"age": (ADULT,), "types": (UNDER_18,)}) == UNDER_18
    assert age_of({}) == "skipped"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_a_plan_for_anyone_but_adults_speak_of_copies_except_to_forbid_them(language):
    said = set()
    for answers, planned in every_plan():
        if age_of(answers) != ADULT:
            for one in planned:
                said |= {words[language] for words in (one.step.text, one.step.note, one.step.why) if words}
                said |= {note(shown.placed, language).text for shown in one.shown if shown.kind != "provisions"}
    assert len(said) > 40
    for text in said:
        for sentence in re.split(r"(?<=[.?!。？！])\s*", text):
            if re.search(CAPTURE[language], sentence, re.IGNORECASE):
                assert re.search(NEGATED[language], sentence, re.IGNORECASE), sentence


def test_with_police_at_risk_no_step_leads_to_the_police_or_another_office_that_passes_it_on():
    for answers, planned in plans(police="yes"):
        assert not {"report-police", "report-mcmc", "report-work"} & does(planned), answers
        assert "talk" in does(planned), answers


def test_with_police_at_risk_nobody_who_tells_them_or_asks_for_papers_is_named_but_for_rescue_or_a_child():
    for answers, planned in plans(police="yes"):
        named = contacts([one for one in planned if "rescue" not in one.step.does])
        lines = {"talian-kasih"} if age_of(answers) == UNDER_18 else set()
        unsafe = {contact.id for contact in named if "yes" in (contact.tells_police, contact.asks_for_id)}
        assert unsafe <= lines, answers
        assert not {"police-d11", "nsrc-997", "jkm", "mcmc", "jbg", "emergency-999"} & {
            contact.id for contact in named
        }, answers


def test_nobody_without_citizenship_is_sent_to_a_legal_aid_for_citizens():
    for you in ("migrant", "refugee"):
        for answers, planned in plans(you=you):
            assert "jbg" not in {contact.id for contact in contacts(planned)}, answers


def test_the_employer_is_never_told_when_it_may_be_the_employer():
    for answers, planned in every_plan():
        assert "report-work" not in does(planned) or answers.get("known") == ("work",), answers


def test_only_orders_that_fit_the_tie_are_named():
    for answers, planned in every_plan():
        laws = {shown.placed.record.id for one in planned if "order" in one.step.does for shown in one.shown}
        known = answers.get("known", ("",))[0]
        assert not laws & {"dva-epo", "dva-ipo", "dva-po"} or known in ("spouse", "family"), answers
        assert "cpc-98a" not in laws or known not in ("spouse", "family", ""), answers


def test_every_record_fits_the_age():
    for answers, planned in every_plan():
        age = age_of(answers)
        for one in planned:
            for shown in one.shown:
                record = shown.placed.record
                if isinstance(record, Contact):
                    is_rescue = "rescue" in one.step.does
                    groups = groups_of(answers) & set(record.serves) if age != UNDER_18 else set()
                    assert {"everyone", "children"} & set(record.serves) or age == ADULT or is_rescue or groups, answers
                else:
                    assert record.age in ("any", age), (answers, record.id)


def test_routes_for_adults_are_in_no_other_plan():
    def routes(planned: list[PlannedStep]) -> set[str]:
        return {shown.placed.record.id for one in planned for shown in one.shown if shown.kind == "routes"}

    adults = set().union(*(routes(planned) for _, planned in plans(age=ADULT)))
    others = set().union(*(routes(planned) for answers, planned in every_plan() if age_of(answers) != ADULT))
    assert "stopncii" in adults - others and "take-it-down" in others - adults


def test_a_route_of_a_plan_for_others_than_adults_does_not_say_save_it_first():
    telegram = guide().records["routes", "telegram-report"].record
    assert telegram.report_may_delete_evidence == "yes"
    assert matching.safe_record(telegram, {"age": ("under-18",)}).report_may_delete_evidence == "unknown"
    assert matching.safe_record(telegram, {}).report_may_delete_evidence == "unknown"
    assert matching.safe_record(telegram, {"age": ("adult",)}) == telegram


def test_every_route_and_law_stands_in_a_plan_once():
    for answers, planned in every_plan():
        ids = [(one.kind, one.placed.record.id) for step in planned for one in step.shown if one.kind != "contacts"]
        assert len(ids) == len(set(ids)), answers


def test_a_plan_names_at_most_three_laws_beside_those_that_a_step_is_about():
    for answers, planned in every_plan():
        laws = [one for one in planned if one.step.id in ("laws", "laws-risky")]
        assert all(sum(shown.kind == "provisions" for shown in one.shown) <= 3 for one in laws), answers


def test_the_state_brings_who_is_near_first_and_nobody_from_elsewhere():
    planned = matching.made(plan(), {"state": ("sarawak",), "age": (ADULT,)}, guide())
    near = next(one for one in planned if one.step.id == "counsellor")
    assert "swws" in {shown.placed.record.id for shown in near.shown}
    assert not {"wcc-penang", "jhewa"} & {contact.id for contact in contacts(planned)}


def test_a_platform_brings_its_routes_for_what_happens_and_else_its_page():
    answers = {"platforms": ("messenger", "bigo"), "types": ("shared-images",), "age": (ADULT,)}
    step = next(one for one in matching.made(plan(), answers, guide()) if one.step.id == "report-platform")
    assert [shown.placed.record.id for shown in step.shown] == ["meta-images", "bigo-report"]
    assert step.links == ()
    answers["types"] = ("account-access",)
    step = next(one for one in matching.made(plan(), answers, guide()) if one.step.id == "report-platform")
    assert step.shown == () and step.links == ("/platforms/messenger/", "/platforms/bigo/")


def test_laws_of_a_plan_are_in_force_for_what_happens():
    answers = {"types": ("private-details",), "age": (ADULT,), "police": ("no",)}
    laws = {
        shown.placed.record.id
        for one in matching.made(plan(), answers, guide())
        for shown in one.shown
        if shown.kind == "provisions"
    }
    assert laws == {"penal-code-507e", "penal-code-507f", "osa-24"}
