"""What is wrong with a text, said to staff: every message is known, in plain words, and in their language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from toolkit.admin import faults
from toolkit.admin.facts_form import FactsForm, typed_of
from toolkit.admin.faults import FAULTS, said, told
from toolkit.admin.plan_form import PlanForm
from toolkit.texts import markup
from toolkit.texts.canonical import TextError
from toolkit.texts.check import Problem, check_text
from toolkit.texts.facts import RECORD_TYPES, Channel, read_record
from toolkit.texts.page_toml import read_facts
from toolkit.texts.plan import read_plan

ROOT = Path(settings.BASE_DIR)
SPEAKING = [
    # terms.py reads a table of docs/, which only a developer edits.
    *sorted({*(ROOT / "toolkit/texts").glob("*.py")} - {ROOT / "toolkit/texts/terms.py"}),
    *(ROOT / "toolkit" / name for name in ("drafts.py", "sync.py", "admin/facts_form.py")),
]
# Which argument of a call is a message.
MESSAGE_OF = {"TextError": 0, "ValueError": 0, "Problem": 2, "Mention": 0, "setdefault": 1}
# Which functions give messages one by one.
GIVING = re.compile(r"fault|missing|typed_numbers")
# What stands in a message where another one is put in: any of them that stands alone.
A_FAULT = "must be some text"
PART = re.compile(r"%\(\w+\)s")
NEVER = re.compile(
    r"toml\b|digest|front matter|directive|slug|regex|anchor|alias|canonical|content_|prose\b|record", re.I
)


def calls(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = MESSAGE_OF.get(name)
            if place is not None and len(node.args) > place:
                yield node.args[place]


def given(tree: ast.AST) -> Iterator[ast.expr]:
    """What the functions that look for faults yield or return."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and GIVING.search(function.name):
            for node in ast.walk(function):
                if isinstance(node, (ast.Yield, ast.Return)) and node.value:
                    yield from node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                elif isinstance(node, ast.GeneratorExp):
                    yield from node.elt.elts if isinstance(node.elt, ast.Tuple) else [node.elt]


def compared(tree: ast.AST) -> list[str]:
    """What of a translation is compared with the English, by the names that its message puts in."""
    found = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == "_translation_problems"]
    pairs = [one.elts[0] for function in found for one in ast.walk(function) if isinstance(one, ast.Tuple)]
    return [one.value for one in pairs if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def samples(tree: ast.AST, message: ast.JoinedStr, part: ast.expr) -> list[str]:
    """What may stand in a part of a message: a fault where one is passed on, a name of a list, or just a word."""
    name = ast.unparse(part)
    if name in ("error", "fault", "gap"):
        return [A_FAULT]
    if name == "what":
        return compared(tree)
    if name.endswith(("kind[:-1]", "[kind][:-1]")):
        return [kind[:-1] for kind in markup.RECORD_DIRECTIVES.values()]
    if name == "key" and "(no id)" in ast.unparse(message):
        return list(RECORD_TYPES)
    known = {"' or '.join(schemes)": ["https", "https or mailto"], "self.kind": ["tel", "whatsapp", "sms"]}
    return known.get(name, ["one"])


def messages(path: Path) -> set[tuple[str, int]]:
    """(message, line) of each message in a file, its parts replaced by samples."""
    tree = ast.parse(path.read_text())
    found = set()
    for node in chain(calls(tree), given(tree)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            found.add((node.value, node.lineno))
        elif isinstance(node, ast.JoinedStr):
            rows = [
                samples(tree, node, one.value) if isinstance(one, ast.FormattedValue) else [ast.literal_eval(one)]
                for one in node.values
            ]
            found |= {("".join(row), node.lineno) for row in product(*rows)}
    return found


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.name)
def test_every_message_about_a_text_is_known(path):
    unknown = [(line, one) for one, line in sorted(messages(path)) if faults._found(one, in_plan=False) is None]
    assert unknown == []


def test_the_search_finds_messages_of_each_sort():
    found = {one for path in SPEAKING for one, _line in messages(path)}
    assert len(found) > 90
    assert {
        "not valid UTF-8", "no page one", "pictures are not shown", "write headings with ##, not underlined",
        "step one: must be some text", "leave_out: no page one/one", "must be a whole https or mailto address",
        "must be some text, with these answers: one", "contacts one: must be some text", "anchors differ from the English: one", "no provision one",
        "the first step in danger is not of kind danger", "one: write old = new",
    } <= found  # fmt: skip


def pairs() -> list[tuple[str, str]]:
    return [(one, one) if isinstance(one, str) else one for one in FAULTS]


def test_the_words_keep_the_parts_of_the_message():
    assert [message for message, words in pairs() if set(PART.findall(message)) != set(PART.findall(words))] == []


def test_staff_meet_no_word_of_developers():
    assert [words for _, words in pairs() if NEVER.search(PART.sub("", words))] == []
    assert len({message for message, _ in pairs()}) == len(pairs())


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("no page /types/nowhere/", "There is no page /types/nowhere/"),
        ("anchors differ from the English: do-first", "The places on the page differ from the English: do-first"),
        ("links differ from the English: the order or number differs", "The links differ from the English: the order or number differs"),
        ("tel: '03 1234' must be +60… without spaces, or a short code", "Phone: '03 1234' must be +60… without spaces, or a short code"),
        ("contacts rcc: channels tel: '03' must be +60… without spaces, or a short code", "Contact rcc: Way to reach them: Phone: '03' must be +60… without spaces, or a short code"),
        ("url must be a whole https or http address", "Web address: must be a whole address that begins with https / http"),
        ("hours hours must be 24/7 or like Mo-Fr 09:30-17:30, not 'x'", "Opening hours: opening hours are 24/7, or like Mo-Fr 09:30-17:30, not 'x'"),
        ("contacts rcc: channels missing: kind, status", "Contact rcc: Way to reach them: this is missing: Kind, Status"),
        ("contacts (no id): missing: id", "Contact (without a short name): this is missing: Short name for links (does not change)"),
        ("rcc: no page types/x", "The fact rcc names the type x, which has no page"),
        ("step rcc: no page types/x", "Step rcc: there is no page types/x"),
        ("step rcc: kind must be one of: danger, help", "Step rcc: kind: must be one of: danger, help"),
        ("question age: if.age: child is not one of: adult", "Question age: in if.age: child is not one of: adult"),
        ("platform_routes: no route x", "In platform_routes: there is no report route x"),
        ("the page has no text in ta", "The page has no text in தமிழ்"),
        ("kind must be one of: tel, sms", "Kind: must be one of: tel, sms"),
    ],
)  # fmt: skip
def test_a_message_is_said_in_plain_words(message, words):
    assert said(message) == words


@pytest.mark.parametrize(
    "message", ["", "something else", "the moon is not right", "step one: is blue", "a: b", "100% new"]
)
def test_an_unknown_message_comes_back_as_it_is(message):
    assert said(message) == message


def test_a_message_that_quotes_a_text_keeps_it_as_it_stands():
    assert said("no HTML: <b>100% %(x)s</b>") == "HTML is not shown: <b>100% %(x)s</b>"
    assert said("not a front matter line (key: value): a\nb").endswith("a\nb")


def test_a_problem_keeps_its_place_and_weight():
    problem = told(Problem("types/outing/ta.md", 7, "pictures are not shown", is_warning=True))
    assert problem == Problem("types/outing/ta.md", 7, "Pictures are not shown", is_warning=True)


WRONG_PLANS = ["a = ", "a", "= 1", "a = [1", "a = 'x", 'a = "x\n"', "a = 1 b = 2", "[a", "[[a]", "a = {b = 1", "a = 1\na = 2", "[a]\n[a]", "a = 1\n[questions]", "steps = 1"]  # fmt: skip


@pytest.mark.parametrize("text", WRONG_PLANS)
def test_a_plan_that_cannot_be_read_is_told_without_a_word_of_developers(text):
    with pytest.raises(TextError) as error:
        read_plan(text)
    words = said(error.value.message)
    assert words != error.value.message and not NEVER.search(words)


@pytest.mark.parametrize("name", [*RECORD_TYPES, "channels"])
def test_every_field_that_is_missing_or_wrong_is_named_as_its_form_names_it(name):
    kind = RECORD_TYPES.get(name, Channel)
    with pytest.raises(ValueError) as error:
        read_record(kind, {})
    assert all(
        re.match(r"[A-Z]", label) for label in said(str(error.value)).removeprefix("This is missing: ").split(", ")
    )


def test_what_is_wrong_with_real_texts_is_said_in_malay():
    facts = (
        'position = 1\nchecked = 2026-11-22\n[[contacts]]\nid = "rcc"\nname = ""\nsources = []\nchecked = 2026-11-22\n'
    )
    with pytest.raises(TextError) as error:
        read_facts(facts)
    text = "---\ntitle: A\nsummary: B\n---\n\n# One\n\n{{ x }}\n\n![a](/b/)\n\n<b>\n\n0123456789\n"
    found = [error.value.message, *(one.message for one in check_text("en", text))]
    assert len(found) >= 6
    with override("ms"):
        assert [one for one in found if said(one) == one or re.search(r"\b(must|the|is|not)\b", said(one))] == []
        assert said("contacts rcc: name must be some text").startswith("Pihak bantuan rcc: Nama: ")


def test_the_forms_say_their_faults_in_malay():
    typed = typed_of(None) | {"anchor_aliases": ["old new"], "position": ["1"]}
    with override("ms"):
        form = FactsForm(typed, [])
        assert form.text() == ""
        assert [str(one) for one in form.non_field_errors()] != ["old new: write old = new"]
        plan = PlanForm({"body": ["a = "]})
        assert plan.text() == ""
        assert "cannot" not in str(plan.errors["body"]) and "Baris 1: " in str(plan.errors["body"])
