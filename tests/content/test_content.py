"""The guide's own content: complete, alike in four languages, and true to its records."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from survivors.reading.composition import ADULTS, FIRST
from toolkit.texts.check import Problem, judge
from toolkit.texts.folder import read_folder, strangers
from toolkit.texts.languages import LANGUAGES, PARTS, SOURCE, TRANSLATIONS
from toolkit.texts.page import Site, TranslationState
from toolkit.texts.plans.plan import UNDER_18
from toolkit.texts.words import markup
from toolkit.texts.words.prose import Prose, write_prose
from toolkit.texts.words.terms import never_said, read_terms

ENOUGH_PAGES = {"what-is-ogbv": 7, "types": 13, "first-response": 10, "laws": 15, "platforms": 20, "support": 22}
TYPE_ANCHORS = ["do-first", "save-first", "report", "rights", "under-18", "risky", "who-can-help"]
# The question of one kind of harm only, and the part that it stands after.
OWN_QUESTION = {"types/image-threats": ("save-first", "no-answer")}
# Numbers that the dossier confirms within eighteen months; no other may be marked so.
CONFIRMED = {
    "999", "15999", "+60192615999", "+60330008858", "+60189888058", "+60162374221", "+60162284221", "15555", "997",
    # an own dated statement, or two independent sources of 2024 or later
    "+60376272929", "1300882999", "+60192665850", "+60342657995", "1800188030", "+60321164016", "+6072274188",
    "+6042274686", "+6082460734", "+6088219110", "+6089772052", "+60321164017", "+6072213241", "+6042267412",
    "+6082461734", "+6088218600", "+6089752969",
}  # fmt: skip
SCRIPTS = {"ta": "TAMIL", "zh-hans": "CJK"}
CAPTURE_WORDS = re.compile(
    r"screenshot|screen record|download the|save (?:the|a|any) (?:image|picture|photo|video)", re.IGNORECASE
)


@cache
def judged() -> tuple[Site, tuple[Problem, ...]]:
    judgement = judge(read_folder(settings.CONTENT_DIR), {})
    return judgement.site, tuple(judgement.problems)


def site() -> Site:
    return judged()[0]


def texts(language: str) -> list[tuple[str, Prose]]:
    return [(path, page.prose[language]) for path, page in site().items()]


def words_of(prose: Prose) -> str:
    """Everything of a text that a reader may see."""
    return "\n".join(
        [prose.title, prose.heading, prose.summary, *prose.labels.values(), *prose.notes.values(), prose.body]
    )


def without_markup(body: str) -> str:
    """The words alone: no directives, link targets or anchors."""
    return re.sub(r"\{\{.*?\}\}|\]\(.*?\)|\{#.*?\}", "", body)


def test_content_has_no_problem_and_no_warning():
    assert judged()[1] == ()
    assert strangers(settings.CONTENT_DIR) == []


def test_every_page_is_a_folder_of_five_texts():
    assert {path: [part for part in PARTS if page.part(part) is None] for path, page in site().items()} == {
        path: [] for path in site()
    }


@pytest.mark.parametrize(("section", "number"), ENOUGH_PAGES.items())
def test_every_section_has_its_pages(section, number):
    assert len([path for path in site() if path.startswith(f"{section}/")]) >= number


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_every_translation_follows_todays_english_and_says_whether_it_was_reviewed(language):
    for path, page in site().items():
        assert page.state(language) in (TranslationState.UNREVIEWED, TranslationState.CURRENT), path


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_no_translation_drops_a_paragraph_item_cell_or_box(language):
    def shape(prose: Prose) -> dict[str, int]:
        lines = prose.body.splitlines()
        return {
            "paragraphs": len(re.split(r"\n\s*\n", prose.body.strip())),
            "items": sum(bool(re.match(r"\s*(?:[-*]|\d+\.)\s", line)) for line in lines),
            "rows": sum(line.startswith("|") for line in lines),
            "boxes": sum(line.startswith("!!!") for line in lines),
            "terms": sum(line.startswith(":") for line in lines),
        }

    assert {path: shape(prose) for path, prose in texts(language)} == {
        path: shape(prose) for path, prose in texts(SOURCE)
    }


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_links_lead_to_the_same_places_in_every_language(language):
    def targets(prose: Prose) -> list[str]:
        return sorted(link.value for link in markup.links(prose.body))

    assert {path: targets(prose) for path, prose in texts(language)} == {
        path: targets(prose) for path, prose in texts(SOURCE)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_are_unique_and_every_page_has_keywords(language):
    titles = [prose.title for _, prose in texts(language)]
    assert len(titles) == len(set(titles)), sorted(title for title in titles if titles.count(title) > 1)
    assert all(prose.keywords for _, prose in texts(language))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_keywords_are_a_languages_own(language):
    same = [path for path, page in site().items() if page.prose[language].keywords == page.prose[SOURCE].keywords]
    assert same == []


@pytest.mark.parametrize("language", ["ta", "zh-hans"])
def test_tamil_pages_are_in_tamil_and_chinese_pages_in_han(language):
    for path, prose in texts(language):
        text = re.sub(r"\*\*[^*]*\*\*", "", without_markup(prose.body))
        letters = [char for char in text if char.isalpha()]
        own = [char for char in letters if unicodedata.name(char, "").startswith(SCRIPTS[language])]
        assert not letters or len(own) > 0.5 * len(letters), (path, len(own), len(letters))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_must_not_be_used_is_not_used(language):
    terms = read_terms(Path(settings.BASE_DIR, "docs/terms.md").read_text())
    found = [
        (path, line, term.form)
        for path, prose in texts(language)
        for line, term in never_said(write_prose(prose), language, terms)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_about_a_type_has_the_same_shape_and_names_a_provision_a_route_and_a_contact(language):
    for path, prose in texts(language):
        if path.startswith("types/"):
            after, own = OWN_QUESTION.get(path, ("", ""))
            shape = [part for one in TYPE_ANCHORS for part in ((one, own) if one == after else (one,))]
            assert markup.anchors(prose.body) == shape, path
            kinds = {mention.value.partition(" ")[0] for mention in markup.directives(prose.body)}
            assert {"provision", "route", "contact"} <= kinds, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_asks_for_more_than_five_steps_first_and_no_track_of_age_for_more(language):
    pages_with_steps = 0
    for path, prose in texts(language):
        parts = re.split(r"^## .*\{#(\S+)\}$", prose.body, flags=re.MULTILINE)
        steps = {
            anchor: len(re.findall(r"^\d+\. ", words, re.MULTILINE))
            for anchor, words in zip(["", *parts[1::2]], parts[::2], strict=True)
        }
        first = next((anchor for anchor in steps if steps[anchor]), None)
        pages_with_steps += first is not None
        for anchor, number in steps.items():
            assert number <= 5 or anchor not in (first, *FIRST, ADULTS, UNDER_18), (path, anchor, number)
    assert pages_with_steps > 20


def test_every_type_of_harm_has_a_law_that_fits():
    for path in site():
        if path.startswith("types/"):
            slug = path.partition("/")[2]
            provisions = [one for page in site().values() if page.facts for one in page.facts.provisions]
            assert any(slug in (*one.types, *one.may_fit) for one in provisions), slug


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_record_that_is_shown_has_a_name_and_every_law_a_plain_explanation(language):
    for page in site().values():
        assert page.facts
        for record in (*page.facts.routes, *page.facts.provisions):
            assert record.id in page.prose[language].labels, record.id
        for provision in page.facts.provisions:
            assert provision.id in page.prose[language].notes, provision.id


def test_only_numbers_that_the_dossier_confirms_are_marked_confirmed():
    shown = {
        channel.value for page in site().values() if page.facts for one in page.facts.contacts for channel in one.phones
    }
    assert shown <= CONFIRMED


def test_every_page_with_a_record_has_a_source_for_it_and_every_address_is_whole():
    for path, page in site().items():
        assert page.facts
        assert page.facts.sources or not page.facts.records(), path
        assert all(source.url.startswith("http") and source.checked for source in page.facts.sources), path


def test_no_copyright_route_comes_first_and_none_hides_that_it_reveals_the_name():
    for page in site().values():
        assert page.facts
        for place, route in enumerate(page.facts.routes):
            if re.search("copyright|dmca", f"{route.id} {route.url} {' '.join(route.menu)}", re.IGNORECASE):
                assert place > 0 and route.reveals_reporter == "yes", route.id


def test_where_english_speaks_of_saving_an_image_it_speaks_of_under_18s_too():
    for path, prose in texts(SOURCE):
        # The safety page only says where screenshots end up.
        if path != "safety" and CAPTURE_WORDS.search(prose.body):
            assert "18" in prose.body, path


def test_the_under_18_boxes_never_ask_for_a_capture():
    asks = re.compile(
        r"(?<!not )(?<!never )\b(?:take|make|keep|send|save)\b[^.]*\b(?:screenshot|copy|copies|image|picture)",
        re.IGNORECASE,
    )
    for path, prose in texts(SOURCE):
        for box in re.findall(r"^!!! child .*\n((?:    .*\n|\n)+)", prose.body, re.MULTILINE):
            for sentence in re.split(r"(?<=[.!?])\s", without_markup(box)):
                if asks.search(sentence):
                    assert re.search(r"\b(?:not|no|never|nobody)\b", sentence, re.IGNORECASE), (path, sentence)
