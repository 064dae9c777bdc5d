"""find-help for those whom the wrong door can hurt: their own people first, and never the police above them."""

from __future__ import annotations

import re

import brotli
import pytest
from django.utils import translation

from survivors import edition
from survivors.directories import matching
from survivors.directories.matching import Wish
from tests.survivors.test_directories import MONDAY_NOON, SUNDAY_NIGHT, ids, main_of
from toolkit.rendering import words
from toolkit.rendering.guide import Guide
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import AT_RISK, NEEDS


@pytest.fixture
def live(guide) -> Guide:
    return edition.current().guide


def cards_of(response) -> dict[str, str]:
    """The hits of an answer by the page they lead to, in their order."""
    hits = main_of(response).partition('<ol class="steps" role="list">')[2].partition("</ol>")[0].split("<li>")[1:]
    return {re.search(r'href="/[a-z-]+/(?:support|platforms)/([a-z0-9-]+)/"', hit)[1]: hit for hit in hits}


@pytest.mark.parametrize("serves", AT_RISK)
def test_whoever_is_at_risk_with_the_police_meets_her_own_people_first_then_ngos_and_the_police_last(live, serves):
    found = [placed.record for placed in matching.contacts(live, Wish(serves=serves), MONDAY_NOON)]
    exposing = [one.is_exposing for one in found]
    assert exposing == sorted(exposing) and {"police-d11", "nsrc-997", "emergency-999"} <= {
        one.id for one in found if one.is_exposing
    }
    own = [serves in one.serves and one.run_by != "government" for one in found]
    assert own == sorted(own, reverse=True) and own[0]
    names = [one.id for one in found]
    assert names.index("awam") < min(i for i, one in enumerate(found) if one.run_by == "government")


@pytest.mark.parametrize(
    ("serves", "first"),
    [
        ("lgbtq", {"seed", "justice-for-sisters", "pluho"}),
        ("migrants", {"tenaganita", "wao"}),
        ("refugees", {"refugees", "tenaganita", "wao"}),
    ],
)
def test_those_who_are_there_for_her_stand_at_the_top(live, serves, first):
    found = ids(matching.contacts(live, Wish(serves=serves), MONDAY_NOON))
    assert all(found.index(one) < found.index("awam") or one == "wao" for one in first), found


@pytest.mark.parametrize("need", ["", "legal", "talk", "counselling", "money", "police"])
@pytest.mark.parametrize("serves", AT_RISK)
def test_the_police_unit_and_the_scam_line_stand_above_nobody_who_keeps_her_secret(live, serves, need):
    found = [placed.record for placed in matching.contacts(live, Wish(serves=serves, need=need), MONDAY_NOON)]
    last_kept = max((i for i, one in enumerate(found) if not one.is_exposing), default=-1)
    assert all(i > last_kept for i, one in enumerate(found) if one.id in ("police-d11", "nsrc-997"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("serves", AT_RISK)
def test_a_card_without_a_number_sends_those_at_risk_to_ngos_and_never_to_the_police(guide, client, serves, language):
    cards = cards_of(client.post(f"/{language}/find-help/", {"serves": serves}))
    assert "tel:+60330008858" in cards["legal-aid-centres"] and "tel:+60162374221" in cards["legal-aid-centres"]
    for name, card in cards.items():
        if name not in ("emergency-999", "police-d11", "talian-kasih", "jkm", "tags"):
            assert 'href="tel:999"' not in card and 'href="tel:15999"' not in card, name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("serves", AT_RISK)
def test_with_every_need_the_answer_has_her_people_and_ngos_first_and_no_line_of_the_police_in_another_card(
    guide, client, live, serves, language
):
    exposing = {placed.page.path.partition("/")[2] for placed in matching.contacts(live, Wish(), MONDAY_NOON)
                if placed.record.is_exposing}  # fmt: skip
    lines = {"tel:999", "tel:997", "tel:15999"}
    for need in ("", *NEEDS):
        cards = cards_of(client.post(f"/{language}/find-help/", {"serves": serves, "need": need}))
        order = [name in exposing for name in cards]
        assert order == sorted(order), (need, list(cards))
        for name, card in cards.items():
            if name not in exposing:
                assert not lines & set(re.findall(r'href="(tel:[0-9]+)"', card)), (need, name)


def test_an_lgbtq_reader_meets_the_line_for_everyone_before_the_one_for_women(live):
    assert [one.id for one in live.lines_for(("lgbtq",))] == ["awam", "wao"]
    assert [one.id for one in live.lines_for(("migrants",))] == ["wao", "awam"]
    assert [one.id for one in live.lines_for(("men",))][:2] == ["emergency-999", "talian-kasih"]


@pytest.mark.parametrize("wish", [Wish(serves="children"), Wish(need="children")])
def test_someone_under_18_meets_a_child_line_first_and_the_police_never_before_it(live, wish):
    found = ids(matching.contacts(live, wish, SUNDAY_NIGHT))
    assert found[:2] == ["talian-kasih", "buddy-bear"]
    assert next(one.id for one in live.lines_for(("children",))) == "talian-kasih"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_for_women_only_says_so_wherever_it_is_offered_and_is_not_offered_to_men(
    guide, client, live, language
):
    for_women = [
        placed
        for placed in matching.contacts(live, Wish(), MONDAY_NOON)
        if "women" in placed.record.serves and not {"men", "everyone"} & set(placed.record.serves)
    ]
    cards = cards_of(client.post(f"/{language}/find-help/", {"serves": "women"}))
    with translation.override(language):
        women = words.serves_words()["women"]
    assert len(for_women) > 5
    for placed in for_women:
        assert women in cards[placed.page.path.partition("/")[2]].partition('class="quiet"')[2], placed.record.id
    men = {placed.record.id for placed in matching.contacts(live, Wish(serves="men"), MONDAY_NOON)}
    assert not men & {placed.record.id for placed in for_women}


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_nothing_chosen_those_who_cannot_be_called_are_names_and_the_answer_stays_light(
    guide, client, live, language
):
    answer = client.post(f"/{language}/find-help/", {}).content
    main = answer.decode()[answer.decode().index("<main") :]
    hits, _, named = main.partition("</ol>")
    for placed in matching.contacts(live, Wish(), MONDAY_NOON):
        part = hits if placed.record.phones else named.partition("</details>")[0]
        assert f'href="/{language}/{placed.page.path}/"' in part, placed.record.id
    assert_light(answer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_laws_for_anything_that_happened_stay_light(live, client, language):
    for kind in live.children("types"):
        asked = {"type": kind.path.rpartition("/")[2], "age": "child"}
        assert_light(client.post(f"/{language}/find-law/", asked).content)


def assert_light(answer: bytes) -> None:
    assert len(brotli.compress(answer, quality=5)) <= 14_600
