"""What the records say of those who help: whom they tell, what they ask for, who runs them."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from tests.folders import own_guide as guide
from toolkit.rendering.directives import Place, card
from toolkit.rendering.guide import Placed, note
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import AT_RISK, YES_NO_UNKNOWN, Contact

# What each language calls the police, as its readers say it.
POLICE = {"en": "police", "ms": "polis", "ta": "போலீஸ", "zh-hans": "警方"}
# Who says, in a source of the last years, that what they hear goes on, or that they ask who one is.
TELLS = {"emergency-999", "talian-kasih", "jkm", "nsrc-997", "police-d11"}
ASKS = {"jbg", "tags"}


def contacts() -> list[tuple[Placed, Contact]]:
    return [(one, one.record) for one in guide().records.values() if isinstance(one.record, Contact)]


def card_of(placed: Placed, language: str) -> str:
    with translation.override(language):
        return card(placed, Place(guide(), language, guide().site[""]), "contact")


def test_every_contact_says_who_runs_it_whether_it_tells_the_police_and_whether_it_asks_for_papers():
    for placed, one in contacts():
        assert one.run_by, one.id
        assert one.tells_police in YES_NO_UNKNOWN and one.asks_for_id in YES_NO_UNKNOWN, one.id
        assert f'tells_police = "{one.tells_police}"' in text_of(placed), one.id


def text_of(placed: Placed) -> str:
    return (settings.CONTENT_DIR / placed.page.path / "page.toml").read_text()


def test_who_is_known_to_pass_on_what_they_hear_or_to_ask_who_she_is_says_so():
    assert {one.id for _, one in contacts() if one.tells_police == "yes"} == TELLS
    assert {one.id for _, one in contacts() if one.asks_for_id == "yes"} == ASKS


def test_nobody_is_said_to_keep_a_secret_without_a_source_of_the_last_years():
    assert not [one.id for _, one in contacts() if one.tells_police == "no"]
    assert [one.id for _, one in contacts() if one.asks_for_id == "no"] == ["befrienders"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_is_not_known_the_card_says_ask_them_first_and_where_it_is_the_card_says_that(language):
    for placed, one in contacts():
        shown = card_of(placed, language)
        with translation.override(language):
            ask, tell = gettext("Ask them first: do you tell the police?"), gettext("They tell the police.")
        assert (ask in shown, tell in shown) == (one.tells_police == "unknown", one.tells_police == "yes"), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_997_says_that_it_is_run_with_the_police(language):
    scam_line = guide().records["contacts", "nsrc-997"]
    assert POLICE[language] in note(scam_line, language).text.lower()
    assert POLICE[language] in scam_line.page.prose[language].body.lower()


def test_the_lines_for_those_at_risk_tell_nobody_that_we_know_of_and_ask_for_no_papers():
    lines = guide().ngo_lines
    assert [line.id for line in lines] == ["wao", "awam"]
    assert all(line.run_by == "ngo" and line.phones and not line.is_exposing for line in lines)


def test_an_app_that_leads_to_religious_officers_and_citizens_only_help_are_for_no_group_at_risk():
    served = {one.id: {*one.serves} for _, one in contacts()}
    for name in ("penang-app", "jbg"):
        assert not served[name] & {"everyone", *AT_RISK}


def test_a_card_of_a_service_for_those_at_risk_never_sends_them_to_the_police_or_a_ministry():
    for placed, one in contacts():
        if set(AT_RISK) & {*one.serves} and not one.phones:
            shown = card_of(placed, "en")
            assert "tel:999" not in shown and "tel:15999" not in shown, one.id
            assert "tel:+60330008858" in shown and "tel:+60162374221" in shown, one.id
