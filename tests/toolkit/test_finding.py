"""One search over all texts: any script, numbers however spaced, drafts and earlier versions; each place is linked."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

import pytest

from bench.large_guide import made_up
from tests.staff import logged_in, make_staff
from tests.timing import timed
from toolkit.drafting import drafts
from toolkit.files import sync
from toolkit.finding import phrase
from toolkit.finding import search as finding
from toolkit.finding.search import LIVE, Within, search
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import Draft, Page
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import read_part

pytestmark = pytest.mark.usefixtures("plain_static")
PAGE = "types/found"


@pytest.fixture
def live(folder):
    folder.facts(PAGE, position=3)
    folder.english(PAGE, "## Stay safe {#safe}\n\nWrite to the **help line** today. It's a *real* line.\n")
    for language, body in (
        ("ms", "Tulis kepada talian bantuan."),
        ("ta", "உதவி எண்ணுக்கு எழுதுங்கள்."),
        ("zh-hans", "今天写信给求助热线。保存证据以后再说。"),
    ):
        folder.translate(PAGE, language, f"## {language} {{#safe}}\n\n{body}\n")
    sync.import_files(folder.root)
    return folder


def found(asked: str, **within) -> list[tuple[str, str, str]]:
    return [(one.where, one.part, one.place) for one in search(phrase.pattern(asked), Within(**within)).hits]


def change(old: str, new: str, part: str = "en") -> None:
    before = live_text(live_site(), PAGE, part) or ""
    assert old in before
    publish([Change.of(PAGE, part, read_part(part, before.replace(old, new)), digest(before))], origin="staff")


def drafted(user, text: str, part: str = "en", **more) -> Draft:
    page = Page.objects.get(path=PAGE)
    return drafts.save(user, page, part, {"body": [text]}, more.get("text", ""), version=0, base="", follows="")


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("HELP LINE today", "en"),
        ("to the help\n line", "en"),
        ("it’s a real", "en"),
        ("talian  bantuan", "ms"),
        ("எண்ணுக்கு எழுது", "ta"),
        (unicodedata.normalize("NFD", "எண்ணுக்கு"), "ta"),
        ("求助热线", "zh-hans"),
        ("热线。保存", "zh-hans"),
    ],
)
def test_the_exact_phrase_is_found_in_any_script(live, asked, part):
    assert found(asked, parts=LANGUAGES) == [(LIVE, part, "body")]


@pytest.mark.parametrize(
    "asked",
    ["03-1234 5678", "0312345678", "+60312345678", "+60 3-1234 5678", "(03) 1234 5678", "０３-１２３４ ５６７８"],
)
def test_a_number_is_found_however_it_is_spaced_and_from_abroad(live, asked):
    assert (LIVE, "facts", "contacts-0") in found(asked)


def test_words_that_stand_nowhere_are_not_found_and_nothing_is_asked_for_nothing(live):
    assert found("no such words") == []
    assert found("0312345679") == []
    assert phrase.pattern("  ") is None


def test_what_has_a_meaning_for_machines_is_searched_as_it_is_typed(live):
    assert found("{#safe}", parts=("en",)) == [(LIVE, "en", "body")]
    assert found("help.*line") == found("(((") == []


def test_drafts_and_earlier_versions_are_found_and_lines_that_stand_there_still_are_told_once(live):
    drafted(make_staff("Mei", "Editor"), "A sentence that only her draft has.")
    change("today", "tomorrow")
    change("tomorrow", "next week")
    assert found("only her draft") == [("draft", "en", "")]
    assert found("line** today") == [("earlier", "en", "body")]
    assert found("Stay safe") == [(LIVE, "en", "body")]
    assert found("tomorrow", where="earlier") == [("earlier", "en", "body")]
    assert (
        found("tomorrow", where="live") == found("tomorrow", parts=("ms",)) == found("tomorrow", section="laws") == []
    )


def test_only_the_newest_versions_are_looked_through_until_she_asks_for_older_ones(live, monkeypatch):
    change("today", "tomorrow")
    for number in range(3):
        change("tomorrow" if not number else f"in {number - 1} days", f"in {number} days")
    monkeypatch.setattr(finding, "NEWEST", 2)
    user = logged_in(None, make_staff("Mei", "Editor"))
    answer = user.get("/staff/find/?q=line today".replace(" ", "%20")).content.decode()
    assert "Look through older" in answer and "0 lines have this" in answer
    answer = user.get("/staff/find/?q=line%20today&older=1").content.decode()
    assert "1 line has this" in answer and "Look through older" not in answer


def test_every_place_leads_to_where_she_can_change_it_and_to_where_she_can_read_it_otherwise(live):
    editor, translator = (
        logged_in(None, make_staff("Mei", "Editor")),
        logged_in(None, make_staff("Siti", "Translator", languages=["ms"])),
    )

    def links(client, asked: str) -> list[str]:
        html = client.get(f"/staff/find/?q={quote(asked)}").content.decode()
        return re.findall(r'<li><a href="([^"]+)"', html.partition('<ol class="found"')[2].partition("</ol>")[0])

    assert links(editor, "help line today") == [f"/staff/pages/{PAGE}/en/#line-3"]
    assert f"/staff/pages/{PAGE}/ms/#id_summary" in links(editor, "Summary in ms")
    assert links(editor, "0312345678") == ["/staff/pages/-/facts/#contacts-0"]
    [there] = links(translator, "help line today")
    assert translator.get(there).status_code == 200 and there.startswith("/staff/history/")
    mine = drafted(make_staff("Lim", "Editor"), "What Lim is writing.")
    assert links(editor, "Lim is writing") == [f"/staff/drafts/{mine.pk}/"]
    assert "<mark>help line** today</mark>" in editor.get("/staff/find/?q=help+line+today").content.decode()


def test_the_search_stands_at_the_top_of_every_room_and_shows_its_finds_by_page(live):
    user = logged_in(None, make_staff("Mei", "Editor"))
    for room in ("/staff/", "/staff/pages/", "/staff/due/", f"/staff/pages/{PAGE}/en/", "/staff/find/"):
        assert 'role="search" action="/staff/find/"' in user.get(room).content.decode(), room
    assert user.get("/staff/find/?q=<script>&page=x").status_code == 200
    answer = user.get("/staff/find/?q=e&page=2")
    assert answer.context["shown"].number == 2 and len(answer.context["rows"]) > 0


def test_a_search_over_a_thousand_pages_is_answered_within_a_second(monkeypatch):
    site = {page.path: page for page in made_up(1000)}
    monkeypatch.setattr(finding, "live_site", lambda: site)
    for asked in ("03-3000 8858", "not there at all", "சாட்சி", "证据"):
        _, seconds = timed(lambda asked=asked: search(phrase.pattern(asked), Within(where=LIVE)))
        assert seconds < 1.0, asked
