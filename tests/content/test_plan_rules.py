"""The plan for every combination of answers: never empty, never dangerous."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from functools import cache
from itertools import combinations, cycle, product
from pathlib import Path

import pytest
from django.conf import settings

from survivors import planning
from survivors.planning import PlannedStep
from toolkit.rendering.guide import Guide, note
from toolkit.texts.check import judge
from toolkit.texts.folder import PLAN_FILE, read_folder
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plan import (
    ADULT,
    CHOICES,
    KINDS,
    UNDER_18,
    WHENS,
    Answers,
    Plan,
    Question,
    Step,
    age_of,
    read_plan,
    steps_for,
)
from toolkit.texts.plan_check import check_plan, gaps
from toolkit.texts.problem import Fault, TextError
from toolkit.texts.records.facts import Contact

FILE = Path(settings.CONTENT_DIR, PLAN_FILE)
DECIDING = ("age", "danger", "police", "known")
# Where and in which state; seven, so that each comes together with everything else in turn.
PLACES: list[dict[str, tuple[str, ...]]] = [
    {}, {"platforms": ("telegram",)}, {"platforms": ("facebook", "whatsapp"), "state": ("sabah",)}, {"state": ("penang",)},
    {"platforms": ("instagram", "tiktok", "x"), "language": ("ta",)}, {"state": ("johor",), "language": ("zh",)},
    {"platforms": ("dating-apps", "adult-sites", "google-search"), "state": ("kuala-lumpur",)},
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


@cache
def guide() -> Guide:
    return Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)


def harms() -> list[tuple[str, ...]]:
    """No type of harm, each, and each pair."""
    slugs = [page.path.rpartition("/")[2] for page in guide().children("types")]
    assert len(slugs) >= 13
    return [(), *((slug,) for slug in slugs), *combinations(slugs, 2)]


@cache
def every_plan() -> list[tuple[Answers, list[PlannedStep]]]:
    places = cycle(PLACES)
    found = []
    for *given, types in product(*([(), *((one,) for one in CHOICES[name])] for name in DECIDING), harms()):
        answers: dict[str, tuple[str, ...]] = dict(zip((*DECIDING, "types"), (*given, types), strict=True))
        answers = {name: chosen for name, chosen in answers.items() if chosen} | next(places)
        found.append((answers, planning.made(plan(), answers, guide())))
    return found


def plans(**wanted: str) -> Iterator[tuple[Answers, list[PlannedStep]]]:
    for answers, planned in every_plan():
        if all(
            (age_of(answers) if name == "age" else answers.get(name, ("",))[0]) == one for name, one in wanted.items()
        ):
            yield answers, planned


def kinds(planned: list[PlannedStep]) -> list[str]:
    return [one.step.kind for one in planned]


def contacts(planned: list[PlannedStep]) -> list[Contact]:
    records = (shown.placed.record for one in planned for shown in one.shown)
    return [record for record in records if isinstance(record, Contact)]


def test_the_plan_is_right_by_the_check_that_staff_run():
    assert check_plan(FILE.read_bytes(), guide().site) == []


def test_every_plan_has_something_for_now_and_a_line_that_answers():
    assert len(every_plan()) > 15_000
    for answers, planned in every_plan():
        assert planned[0].step.when == "now", answers
        assert any(contact.phones for contact in contacts(planned)), answers
        assert [one.step.when for one in planned] == sorted((one.step.when for one in planned), key=WHENS.index)


def test_in_danger_the_emergency_number_comes_first():
    for answers, planned in plans(danger="yes"):
        assert [shown.placed.record.id for shown in planned[0].shown] == ["emergency-999"], answers


def test_only_adults_are_told_to_keep_copies():
    assert "capture" in kinds(next(plans(age=ADULT))[1])
    for answers, planned in every_plan():
        assert age_of(answers) == ADULT or "capture" not in kinds(planned), answers


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


def test_with_police_at_risk_the_police_come_last_and_after_someone_who_helps():
    for answers, planned in plans(police="yes"):
        found = kinds(planned)
        assert found.count("police") <= 1 and "help" in found, answers
        if "police" in found:
            assert found[-1] == "police" and found.index("help") < len(found) - 1, answers
        beside_rescue = [one for one in planned if one.step.kind != "danger"]
        assert not any(contact.tells_police == "yes" for contact in contacts(beside_rescue)), answers
        helpers = [one for one in planned if one.step.kind == "help"]
        assert "wao" in {shown.placed.record.id for shown in helpers[0].shown}, answers


def test_with_police_at_risk_nobody_of_the_police_or_state_is_offered_but_in_danger_of_life():
    state = {"police-d11", "nsrc-997", "hospital-oscc", "lapor-predator", "talian-kasih", "jkm", "mcmc"}
    for answers, planned in plans(police="yes"):
        assert not state & {contact.id for contact in contacts(planned)}, answers


def test_every_record_fits_the_age():
    for answers, planned in every_plan():
        age = age_of(answers)
        for one in planned:
            for shown in one.shown:
                record = shown.placed.record
                if isinstance(record, Contact):
                    assert {"everyone", "children"} & set(record.serves) or age == ADULT, (answers, record.id)
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
    assert planning.safe_record(telegram, {"age": ("under-18",)}).report_may_delete_evidence == "unknown"
    assert planning.safe_record(telegram, {}).report_may_delete_evidence == "unknown"
    assert planning.safe_record(telegram, {"age": ("adult",)}) == telegram


def test_every_record_stands_in_a_plan_once():
    for answers, planned in every_plan():
        ids = [(shown.kind, shown.placed.record.id) for one in planned for shown in one.shown]
        assert len(ids) == len(set(ids)), answers


def test_the_state_brings_who_is_near_first_and_nobody_from_elsewhere():
    planned = planning.made(plan(), {"state": ("sarawak",), "age": (ADULT,)}, guide())
    near = next(one for one in planned if one.step.id == "counsellor")
    assert near.shown[0].placed.record.id == "swws"
    assert not {"wcc-penang", "jhewa"} & {contact.id for contact in contacts(planned)}


def test_a_platform_brings_its_routes_for_what_happens_and_else_its_page():
    answers = {"platforms": ("messenger", "bigo"), "types": ("shared-images",), "age": (ADULT,)}
    step = next(one for one in planning.made(plan(), answers, guide()) if one.step.id == "report-platform")
    assert [shown.placed.record.id for shown in step.shown] == ["meta-images", "bigo-report"]
    assert step.links == ()
    answers["types"] = ("account-access",)
    step = next(one for one in planning.made(plan(), answers, guide()) if one.step.id == "report-platform")
    assert step.shown == () and step.links == ("/platforms/messenger/", "/platforms/bigo/")


def test_laws_of_a_plan_are_in_force_for_what_happens():
    answers = {"types": ("private-details",), "age": (ADULT,), "police": ("no",)}
    laws = {
        shown.placed.record.id
        for one in planning.made(plan(), answers, guide())
        for shown in one.shown
        if shown.kind == "provisions"
    }
    assert laws == {"penal-code-507e", "penal-code-507f", "osa-24"}


# What the check refuses


def spoilt(*change: str) -> list[str]:
    text = FILE.read_text()
    for before, after in zip(change[::2], change[1::2], strict=True):
        assert before in text, before
        text = text.replace(before, after, 1)
    return [str(problem) for problem in check_plan(text.encode(), guide().site)]


def line_of(row: str) -> int:
    return FILE.read_text().split("\n").index(row) + 1


@pytest.mark.parametrize(
    ("change", "step", "said"),
    [
        (('contacts = ["emergency-999"]', 'contacts = ["emergency-998"]'), "get-safe", "no contact emergency-998"),
        (('routes = ["stopncii"]', 'routes = ["stop"]'), "stop-copies-adult", "no route stop"),
        (('provisions = ["employment-81"]', 'provisions = ["work"]'), "employer", "no provision work"),
        (('types = ["outing"]', 'types = ["outings"]'), "confirm-nothing", "no page /types/outings/"),
        (("/types/outing/#do-first", "/types/outing/#first"), "confirm-nothing", "no anchor #first on /types/outing/"),
        (('en = "Breathe out slowly.', 'en = "Call 03-1234 5678.'), "breathe", "numbers come from records, not prose: 03-1234 5678"),
        (('when = "now"', 'when = "soon"'), "get-safe", "when: must be one of: now, today, week"),
        (('police = ["no", "skipped"] }', 'police = ["maybe"] }'), "get-safe", "if.police: maybe is not one of: yes, no, skipped"),
        (('zh-hans = "你现在有危险。"', ""), "get-safe", "why: has no words in zh-hans"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(change, step, said):
    line = line_of(f'id = "{step}"')
    assert spoilt(*change) == [f"plan.toml:{line}: step {step}: {said}"]


def test_what_is_wrong_with_a_question_is_said_with_its_line():
    assert spoilt('leave_out = ["stopncii"', 'leave_out = ["stop"') == [
        f"plan.toml:{line_of('[questions.platforms]')}: leave_out: no page /platforms/stop/"
    ]
    assert spoilt("[questions.danger.choices.no]", "[questions.danger.choices.perhaps]") == [
        f"plan.toml:{line_of('[questions.danger.text]')}: question danger: the choices are: yes, no"
    ]
    assert "not valid TOML" in spoilt("[[steps]]", "[[steps")[0]


def test_a_step_that_keeps_copies_is_refused_for_anyone_but_adults():
    (said,) = spoilt(
        'kind = "capture"\nif = { age = ["adult"] }', 'kind = "capture"\nif = { age = ["adult", "skipped"] }'
    )
    assert said.endswith('step save-proof keeps copies, so it needs if.age = ["adult"]')


def test_a_step_that_sends_to_the_police_is_refused_for_those_at_risk():
    (said,) = spoilt('if = { age = ["adult", "skipped"], police = ["no", "skipped"] }', 'if = { age = ["adult"] }')
    assert 'step police sends to the police, so it needs if.police without "yes"' in said


def test_a_reader_whom_an_edit_would_leave_without_help_is_named():
    (said,) = spoilt(
        'if = { police = ["no", "skipped"] }\ncontacts = ["talian-kasih"]',
        'if = { police = ["no"] }\ncontacts = ["talian-kasih"]',
    )
    assert said == "plan.toml:1: no step of kind help names a contact with a number, when nothing is answered"


def test_gaps_sees_a_plan_that_does_not_begin_with_rescue():
    rules = replace(
        plan(), steps=tuple(replace(step, when="today") if step.kind == "danger" else step for step in plan().steps)
    )
    assert [gap.parts["fault"] for gap in gaps(rules, guide().site)] == [Fault("danger-not-first")]


def test_a_plan_that_is_no_plan_is_refused():
    for text in ("", "questions = 1", "steps = []", "unknown = 1"):
        with pytest.raises(TextError):
            read_plan(text)


def test_steps_follow_the_answers():
    ids = [step.id for step in steps_for(plan(), {"types": ("image-threats",), "police": ("yes",)})]
    assert "money-sent-risky" in ids and "money-sent" not in ids


def test_every_key_of_the_plan_is_in_the_description_of_content():
    described = Path(settings.BASE_DIR, "docs/content.md").read_text().partition("## The plan")[2]
    keys = {one.name for kind in (Question, Step, Plan) for one in fields(kind)} - {"conditions"} | {
        "if",
        *KINDS,
        *WHENS,
    }
    assert {key for key in keys | CHOICES.keys() if key not in described} == set()
