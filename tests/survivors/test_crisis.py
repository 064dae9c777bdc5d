"""Words of a crisis: whatever the language, script and spelling, help stands above everything else as taps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from survivors.search.crisis import heard_in
from tests.survivors.test_pages import Elements
from tests.survivors.test_search import asked
from toolkit.texts.languages import LANGUAGES

QUERIES = tomllib.loads((Path(__file__).parents[1] / "content" / "crisis_queries.toml").read_text())
# What is said by someone else, about something else: none of it is a crisis.
CALM = [
    "strangers call me slut in comments", "stranger sent me his penis", "whatsapp stranger send porn", "grape juice",
    "nombor saya ditampal di group lucah", "kawan diperas ugut macam mana nak tolong", "fake account", "akaun palsu",
    "telegram", "போலி கணக்கு", "poli kanakku", "பணம் கொடுத்துட்டேன் இன்னும் கேட்கிறான்", "weixie", "beidao zhanghao",
    "被打扰", "他一直打我电话", "前男友威胁要公开我的照片", "my adik account", "rapat", "diet", "dye my hair", "skill", "cut and paste",
]  # fmt: skip


def before_the_hits(html: str) -> list[str]:
    """The addresses of the links in <main> above the list of hits, after the form."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return [link["href"] for link in Elements(main.partition("</form>")[2].partition("<ol")[0]).all("a")]


@pytest.mark.parametrize(("kind", "query"), [(kind, query) for kind, some in QUERIES.items() for query in some])
def test_a_crisis_is_heard_in_every_language_script_and_spelling(kind, query):
    assert kind in [one.kind for one in heard_in(query)]


@pytest.mark.parametrize("query", CALM)
def test_what_only_looks_like_a_crisis_is_none(query):
    assert heard_in(query) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", QUERIES)
def test_help_that_fits_stands_above_the_hits_as_taps(guide, client, language, kind):
    for query in QUERIES[kind][::7]:
        links = before_the_hits(asked(client, query, language).content.decode())
        assert links and links[0].startswith(("tel:", "sms:", "https://wa.me/")), query
        assert "tel:15999" in links and "tel:999" in links, query


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_may_end_her_life_is_led_to_people_to_talk_to_before_999(guide, client, language):
    for query in ("i want to kill myself", "nak bunuh diri", "thatkolai", "想死"):
        links = before_the_hits(asked(client, query, language).content.decode())
        assert links.index("tel:+60376272929") < links.index("tel:15555") < links.index("tel:999"), query


def test_who_is_beaten_calls_999_first_and_can_write_instead(guide, client):
    links = before_the_hits(asked(client, "suami pukul saya", "ms").content.decode())
    assert links[0] == "tel:999"
    assert "sms:+60189888058" in links and "https://wa.me/60192615999" in links


def test_a_query_in_no_crisis_has_no_help_lines_above_its_hits(guide, client):
    assert before_the_hits(asked(client, "fake account").content.decode()) == []
