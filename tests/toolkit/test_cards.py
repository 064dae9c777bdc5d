"""What a card says, in four languages, from records alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from tests.toolkit.test_record_forms import FACTS, PROSE
from toolkit.rendering import directives, marks
from toolkit.rendering.directives import Place, prose_html
from toolkit.rendering.guide import Guide, Placed
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import PageTexts
from toolkit.texts.records.page_toml import read_facts
from toolkit.texts.words.markup import DRAWINGS
from toolkit.texts.words.prose import read_prose


def card_of(directive: str, language: str = "en", facts: str = FACTS) -> str:
    page = PageTexts("support/line", read_facts(facts), {"en": read_prose(PROSE)})
    with translation.override(language):
        return prose_html(directive + "\n", Place(Guide.of({page.path: page}), language, page))


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch):
    return lambda day: monkeypatch.setattr(directives, "localdate", lambda: day)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_superseded_number_stands_on_no_card(language):
    shown = card_of("{{ contact line }}", language)
    assert "03-1234 5678" in shown and "15888" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happens_after_a_report_is_folded(language):
    folded = card_of("{{ contact line }}", language).partition("<details>")[2].partition("</details>")[0]
    assert "3" in folded and "They answer by mail." in folded and '<b lang="en">Inbox</b> › ' in folded


def test_a_service_says_what_it_tells_the_police_or_is_to_be_asked():
    unknown, tells = FACTS, FACTS.replace('id = "line"', 'id = "line"\ntells_police = "yes"')
    assert "Ask them first: do you tell the police?" in card_of("{{ contact line }}", facts=unknown)
    shown = card_of("{{ contact line }}", facts=tells)
    assert "They tell the police." in shown and "Ask them first" not in shown


def test_a_law_says_by_itself_what_its_dates_have_come_to(on):
    facts = FACTS.replace("passed = 2026-07-20", "passed = 2026-07-20\nin_force_from = 2027-01-01")
    on(date(2026, 12, 31))
    assert "It starts on 1 January 2027." in card_of("{{ provision act-1 }}", facts=facts)
    on(date(2027, 1, 1))
    assert "In force since 1 January 2027." in card_of("{{ provision act-1 }}", facts=facts)


def test_a_law_passed_on_an_unknown_day_is_not_said_to_have_passed_today():
    facts = FACTS.replace("passed = 2026-07-20", 'status = "passed"')
    shown = card_of("{{ provision act-1 }}", facts=facts)
    assert "Parliament has passed it." in shown and "passed it on" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_counter_sentence_is_malay_and_explained_to_who_does_not_read_malay(language):
    shown = card_of("{{ counter ask }}", language)
    assert '<p class="says" lang="ms">Tolong baca ini.</p>' in shown
    assert ("Please read this." in shown) == (language != "ms")


def test_a_record_without_further_words_has_no_fold():
    facts = read_facts(FACTS)
    bare = replace(facts, contacts=(replace(facts.contacts[0], usual_reply=None),))
    page = PageTexts("support/line", bare, {"en": replace(read_prose(PROSE), further={})})
    assert "<details>" not in prose_html("{{ contact line }}\n", Place(Guide.of({page.path: page}), "en", page))


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_a_drawing_is_lines_with_words_of_its_own_in_every_language(drawing):
    said = {strip_tags(card_of(f"{{{{ drawing {drawing} }}}}", language)).strip() for language in LANGUAGES}
    assert len(said) == len(LANGUAGES) and all(said)
    used = marks.USED.findall(card_of(f"{{{{ drawing {drawing} }}}}"))
    assert used and set(used) <= set(marks.symbols())


def test_a_drawing_in_a_sentence_is_nothing_to_read():
    assert "<figure" not in card_of("See {{ drawing report-telegram }} here.")


def test_a_card_that_is_kept_is_what_is_made_anew_for_each_language_reader_place_and_day(on):
    facts = FACTS.replace("passed = 2026-07-20", "passed = 2026-07-20\nin_force_from = 2027-01-01")
    page = PageTexts("support/line", read_facts(facts), {"en": read_prose(PROSE)})
    guide = Guide.of({page.path: page})
    law, line = guide.records["provisions", "act-1"], guide.records["contacts", "line"]
    quiet = Placed(replace(line.record, channels=()), line.page)
    for day in (date(2026, 12, 31), date(2027, 1, 1), date(2026, 12, 31)):
        on(day)
        for language, at, reader, is_folded in product(
            LANGUAGES, (page, PageTexts("x")), ((), ("lgbtq",)), (True, False)
        ):
            place = Place(guide, language, at, reader)
            with translation.override(language):
                for placed, kind in ((law, "provision"), (line, "contact"), (quiet, "contact")):
                    kept = directives.kept_card(placed, place, kind, is_folded=is_folded)
                    assert kept == directives.card(placed, place, kind, is_folded=is_folded)
                    assert directives.kept_card(placed, place, kind, is_folded=is_folded) is kept
    assert guide.kept["cards"][0] == date(2026, 12, 31)
