"""Words of a crisis: whatever the language, script and spelling, help stands above everything else as taps."""

from __future__ import annotations

import tomllib
from itertools import cycle
from pathlib import Path

import pytest

from survivors import edition
from survivors.search.crisis import hear
from tests.survivors.test_pages import Elements, address
from tests.survivors.test_search import asked, hit_list
from toolkit.rendering.directives import dial
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.records.facts import Contact

CONTENT = Path(__file__).parents[1] / "content"
QUERIES = tomllib.loads((CONTENT / "crisis_queries.toml").read_text())
HELD_OUT = tomllib.loads((CONTENT / "held_out_crisis.toml").read_text())
# In a crisis, and the police are a risk to her: without papers, lgbtq, in sex work, or afraid of them.
POLICE_A_RISK = [
    "my husband hit me im undocumented", "he beats me and i have no visa", "i was raped im a sex worker", "gay and want to die",
    "trans woman beaten", "he is a policeman and he hits me", "bf followed me home scared of police", "lesbian n want to kill myself",
    "suami pukul saya, saya takde permit", "nak bunuh diri sebab saya gay", "kena rogol saya pekerja seks", "saya pelarian kena rogol",
    "mak nyah kena pukul", "kena rogol takut nak report polis", "我没有准证被老公打", "我是同志不想活了", "被性侵 我是外勞", "被打 不敢報警",
    "跨性别 被强奸", "tharkolai panna poren naan gay", "kanavar adikkiraan visa illa", "திருநங்கை என்னை அடிக்கிறாங்க",
    "என்னை அடிக்கிறாங்க பாஸ்போர்ட் இல்லை", "கணவர் அடிக்கிறார் போலீஸ்கிட்ட போக பயமா இருக்கு",
]  # fmt: skip
# In a crisis, and nothing says that the police are a risk to her: 999 must stay.
NO_RISK = [
    "he beats me call police", "suami pukul saya nak report polis", "my guy hit me", "老公打我要报警", "they call me prostitute and hit me",
    "he hit me put me in hospital", "கணவர் அடிக்கிறார் போலீஸ்", "he hit me fair and square", "polis tolong suami pukul saya", "通知家人他打我",
]  # fmt: skip
# A child in danger, or a child who is in a crisis herself.
A_CHILD = [
    "uncle touching my 8 year old girl", "im 14 and he raped me", "bapak tiri raba adik saya", "umur saya 15 kena rogol", "குழந்தையை தப்பா தொடுறான்",
    "naan 14 vayasu ennai adikiranga", "继父摸我妹妹", "我15岁想自杀", "im 15 he raped me and i have no passport", "anak pelarian kena dera",
]  # fmt: skip
# What is said by someone else, about something else: none of it is a crisis.
CALM = [
    "strangers call me slut in comments", "stranger sent me his penis", "whatsapp stranger send porn", "grape juice",
    "nombor saya ditampal di group lucah", "kawan diperas ugut macam mana nak tolong", "fake account", "akaun palsu",
    "my ex told everyone", "he took my phone", "girl in my class made a fake account", "my leaked pics selling in tele grp",
    "anak saya guna tiktok", "dia tunggu saya bayar", "polis tak layan kes saya", "nk padam gmbr dri gugel", "bekas suami sebar gambar saya",
    "en account hack aayiduchu", "என் வீட்டுக்கு தெரிய கூடாது", "குழந்தைகளுக்கு பாதுகாப்பு", "有人跟我聊天", "他要跟我家人讲", "他打了一个假号", "他发照片给我家人",
    "telegram", "போலி கணக்கு", "poli kanakku", "பணம் கொடுத்துட்டேன் இன்னும் கேட்கிறான்", "weixie", "beidao zhanghao",
    "டெலிகிராம் குழுவில் என் வீடியோ", "被打扰", "他一直打我电话", "前男友威胁要公开我的照片", "my adik account", "rapat", "diet", "dye my hair", "skill", "cut and paste",
]  # fmt: skip


# Of blind lists too, with the pages of which one must be among the first three hits; and what is said in no crisis.
IN_A_CRISIS = tomllib.loads((CONTENT / "held_out_2.toml").read_text())["crisis"]


TOLD = tomllib.loads((CONTENT / "held_out_3.toml").read_text())


def before_the_hits(html: str) -> list[str]:
    """The addresses of the links in <main> above the list of hits, after the form."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return [link["href"] for link in Elements(main.partition("</form>")[2].partition("<ol")[0]).all("a")]


@pytest.mark.parametrize(("kind", "query"), [(kind, query) for kind, some in QUERIES.items() for query in some])
def test_a_crisis_is_heard_in_every_language_script_and_spelling(kind, query):
    assert kind in [one.kind for one in hear(query).crises]


@pytest.mark.parametrize("query", CALM)
def test_what_only_looks_like_a_crisis_is_none(query):
    assert hear(query).crises == ()


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


@pytest.mark.parametrize(("kind", "query"), [(kind, query) for kind, some in HELD_OUT.items() for query in some])
def test_a_crisis_in_words_that_search_was_not_made_with_is_heard(kind, query):
    assert kind in [one.kind for one in hear(query).crises]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crisis_in_a_chat_leads_to_help_lines_and_then_to_its_page(guide, client, language):
    missed = []
    for query, pages in IN_A_CRISIS[language].items():
        html = asked(client, query, language).content.decode()
        first = [link["href"].partition("#")[0] for link in hit_list(html)[:3]]
        fits = not {address(language, page) for page in pages}.isdisjoint(first)
        missed += [] if fits and "tel:999" in before_the_hits(html) else [(query, first)]
    assert missed == []


@pytest.mark.parametrize(("query", "language"), list(zip(POLICE_A_RISK, cycle(LANGUAGES), strict=False)))
def test_where_the_police_are_a_risk_to_her_nobody_who_tells_them_stands_above_the_hits(guide, client, query, language):
    exposing = [
        number for one in edition.current().guide.records.values() for number in _numbers_of_exposing(one.record)
    ]
    assert {"tel:999", "tel:15999"} <= set(exposing)
    links = before_the_hits(asked(client, query, language).content.decode())
    assert links[0].startswith(("tel:", "sms:", "https://wa.me/"))
    assert address(language, "first-response/when-reporting-is-risky") in links
    assert not set(exposing).intersection(links)


def _numbers_of_exposing(record) -> list[str]:
    """The addresses to call or write to somebody who tells the police or asks who she is."""
    is_exposing = isinstance(record, Contact) and record.is_exposing
    return [dial(one.kind, one.value) for one in record.phones] if is_exposing else []


@pytest.mark.parametrize("query", NO_RISK)
def test_who_does_not_say_that_the_police_are_a_risk_keeps_999(guide, client, query):
    assert "tel:999" in before_the_hits(asked(client, query).content.decode())


@pytest.mark.parametrize(("query", "language"), list(zip(A_CHILD, cycle(LANGUAGES), strict=False)))
def test_a_child_gets_and_keeps_a_childs_line(guide, client, query, language):
    assert "tel:15999" in before_the_hits(asked(client, query, language).content.decode())


def test_nobody_who_tells_the_police_is_offered_below_a_guess_where_they_are_a_risk(guide, client):
    main = asked(client, "undocumented blakmail").content.decode().partition("<main")[2].partition("</main>")[0]
    assert "tel:+60376272929" in main and "tel:999" not in main


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_tells_what_happens_has_whom_to_talk_to_above_the_hits_heard_or_not(guide, client, language):
    for query in TOLD[language]:
        links = before_the_hits(asked(client, query, language).content.decode())
        assert links[0].startswith(("tel:", "sms:", "https://wa.me/")), query


@pytest.mark.parametrize("query", ["someone took my old pictures", "有人用我的照片开假账号"])
def test_where_she_tells_what_happens_a_guess_repeats_no_help_line(guide, client, query):
    html = asked(client, query).content.decode()
    assert "tel:999" in before_the_hits(html)
    assert html.partition("<main")[2].partition("</main>")[0].count('href="tel:999"') == 1


def test_a_query_in_no_crisis_has_no_help_lines_above_its_hits(guide, client):
    assert before_the_hits(asked(client, "fake account").content.decode()) == []
