"""What is wrong with a text is data, and is said to developers and to staff in their words and languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from tests.alone import check_text
from toolkit.admin.drafting.facts_form import FactsForm, typed_of
from toolkit.admin.drafting.plan_form import PlanForm
from toolkit.admin.words import faults
from toolkit.admin.words.faults import said, told
from toolkit.texts import problem_words
from toolkit.texts.plans.plan import read_plan
from toolkit.texts.problem import Fault, FaultError, Problem, TextError
from toolkit.texts.records.facts import RECORD_TYPES, Channel, read_record
from toolkit.texts.records.page_toml import read_facts

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted((ROOT / "toolkit").rglob("*.py")) + sorted((ROOT / "survivors").rglob("*.py"))
PART = re.compile(r"%\((\w+)\)s")
# Words from the work of developers.
NEVER = re.compile(
    r"toml\b|digest|front matter|directive|slug|regex|anchor|alias|canonical|content_|prose\b|record", re.I
)
# A part that says no more to staff than the words do.
ONLY_FOR_DEVELOPERS = {"not-toml": {"detail"}, "emergency-elsewhere": {"contact"}}
# Parts that are not any word: something that may stand there.
SAMPLES = {
    "fault": Fault("no-words"), "kind": "contacts", "sort": "contact", "channel": "tel", "what": "links",
    "field": "name", "fields": ("name", "kind"), "answers": ("danger yes",),
}  # fmt: skip


def faults_made() -> Iterator[tuple[str, str, set[str]]]:
    """(place, code, parts) of each fault that the code makes."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault" and path.name != "problem.py":
                [code] = node.args
                assert isinstance(code, ast.Constant), f"{path}:{node.lineno}: name the code of a fault as it stands"
                yield f"{path.name}:{node.lineno}", code.value, {str(one.arg) for one in node.keywords}


def sample(code: str) -> Fault:
    return Fault(code, **{name: SAMPLES.get(name, "x") for name in PART.findall(problem_words.WORDS[code])})


def test_every_fault_that_the_code_makes_has_words_for_developers_that_name_its_parts():
    made = list(faults_made())
    assert len(made) > 90
    assert [
        (place, code)
        for place, code, parts in made
        if set(PART.findall(problem_words.WORDS.get(code, "%(none)s"))) != parts
    ] == []


def test_every_code_has_words_for_staff_too_and_none_is_left_over():
    assert faults.WORDS.keys() == problem_words.WORDS.keys() == {code for _place, code, _parts in faults_made()}
    parts_apart = {
        code: apart
        for code, words in problem_words.WORDS.items()
        if (apart := set(PART.findall(words)) ^ set(PART.findall(faults.WORDS[code])))
    }
    assert parts_apart == ONLY_FOR_DEVELOPERS


@pytest.mark.parametrize("code", sorted(problem_words.WORDS))
def test_every_fault_is_said_in_english_and_in_malay(code):
    with override("en"):
        english = said(sample(code))
    with override("ms"):
        malay = said(sample(code))
    assert english[:1] == english[:1].upper() and malay[:1] == malay[:1].upper()
    is_only_parts = not re.search(r"[a-z]{2}", PART.sub("", faults.WORDS[code]))
    assert is_only_parts or english != malay
    assert not NEVER.search(PART.sub("", faults.WORDS[code])), "staff meet no word of developers"


# Looking into the words of a fault, or taking them apart.
READING_BACK = re.compile(
    r"\bin \w+(\.\w+)*\.message\b|\.message( [!=]=|\.\w+\()|str\(\w*(error|fault|problem)\)\.\w+\("
)


def test_nothing_reads_a_sentence_about_a_text_back():
    rows = [(path, row) for path in SOURCES for row in path.read_text().splitlines()]
    assert [(path.name, row) for path, row in rows if READING_BACK.search(row)] == []
    assert READING_BACK.search('if "content_check" not in one.message') and READING_BACK.search("str(error).partition(")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault("no-page", path="/types/nowhere/"), "There is no page /types/nowhere/"),
        (Fault("no-record", sort="route", record="x"), "There is no report route x"),
        (Fault("differs", what="anchors", names=("a", "b")), "Not as in the English: the places on the page: a, b"),
        (Fault("not-a-number", channel="tel", number="03 1"), "Phone: 03 1 must be +60… without spaces, or a short code"),
        (Fault("in-field", field="url", fault=Fault("not-an-address", schemes="https")), "Web address: must be a whole address that begins with https"),
        (Fault("in-record", kind="contacts", record="(no id)", fault=Fault("missing", fields=("id",))), "Contact (without a short name): this is missing: Short name for links: it stays the same for good"),
        (Fault("in-step", step="rcc", fault=Fault("no-page", path="/types/x/")), "Step rcc: there is no page /types/x/"),
        (Fault("in-key", key="if.age", fault=Fault("not-among", value="child", choices=("adult",))), "In if.age: child is not one of: adult"),
        (Fault("no-language", language="ta"), "The page has no text in தமிழ்"),
        (Fault("html", code="<b>100% %(x)s</b>"), "HTML is not shown: <b>100% %(x)s</b>"),
    ],
)  # fmt: skip
def test_a_fault_is_said_to_staff_in_plain_words(fault, words):
    assert said(fault) == words


def test_a_problem_keeps_its_place_and_weight():
    one = told(Problem("types/outing/ta.md", 7, "picture", is_warning=True))
    assert (one.file, one.line, one.message, one.is_warning) == (
        "types/outing/ta.md",
        7,
        "Pictures are not shown",
        True,
    )


def test_two_of_a_kind_are_one_and_they_come_in_the_order_of_the_files():
    here = Problem.of("a/en.md", 2, Fault("no-record", sort="contact", record="line"))
    again = Problem.of("a/en.md", 2, Fault("no-record", sort="contact", record="line"))
    other = Problem.of("a/en.md", 2, Fault("no-record", sort="contact", record="lime"))
    earlier = Problem.of("a/en.md", 1, Fault("gap", fault=Fault("no-help"), answers=("danger yes",)))
    assert sorted({here, again, other, earlier}) == [earlier, other, here]
    assert str(here) == "a/en.md:2: no contact line"


def test_a_fault_names_what_stands_in_the_fault_within_it():
    missed = Fault("in-step", step="talk", fault=Fault("no-anchor", place="rights", path="/types/outing/"))
    assert missed.named == {"talk", "rights", "types/outing"}


WRONG_PLANS = ["a = ", "a", "= 1", "a = [1", "a = 'x", 'a = "x\n"', "a = 1 b = 2", "[a", "[[a]", "a = {b = 1", "a = 1\na = 2", "[a]\n[a]", "a = 1\n[questions]", "steps = 1"]  # fmt: skip


@pytest.mark.parametrize("text", WRONG_PLANS)
def test_a_plan_that_cannot_be_read_is_told_without_a_word_of_developers(text):
    with pytest.raises(TextError) as error:
        read_plan(text)
    assert not NEVER.search(said(error.value.fault))


@pytest.mark.parametrize("name", [*RECORD_TYPES, "channels"])
def test_every_field_that_is_missing_is_named_as_its_form_names_it(name):
    with pytest.raises(FaultError) as error:
        read_record(RECORD_TYPES.get(name, Channel), {})
    labels = said(error.value.fault).removeprefix("This is missing: ").split(", ")
    assert all(re.match(r"[A-Z]", label) for label in labels)


def test_what_is_wrong_with_real_texts_is_said_in_malay():
    facts = (
        'position = 1\nchecked = 2026-11-22\n[[contacts]]\nid = "rcc"\nname = ""\nsources = []\nchecked = 2026-11-22\n'
    )
    with pytest.raises(TextError) as error:
        read_facts(facts)
    text = "---\ntitle: A\nsummary: B\n---\n\n# One\n\n{{ x }}\n\n![a](/b/)\n\n<b>\n\n0123456789\n"
    found = [error.value.fault, *(one.fault for one in check_text("en", text))]
    assert len(found) >= 6
    with override("ms"):
        assert [one for one in map(said, found) if re.search(r"\b(must|the|is|not)\b", one)] == []
        assert said(error.value.fault).startswith("Pihak bantuan rcc: Nama: ")


def test_the_forms_say_their_faults_in_malay():
    typed = typed_of(None) | {"anchor_aliases": ["old new"], "position": ["1"]}
    with override("ms"):
        form = FactsForm(typed, [])
        assert form.text() == ""
        assert [str(one) for one in form.non_field_errors()] != ["old new: write old = new"]
        plan = PlanForm({"body": ["a = "]}, {})
        assert plan.text() == ""
        assert "cannot" not in str(plan.errors["body"]) and "Baris 1: " in str(plan.errors["body"])
