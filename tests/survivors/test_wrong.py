"""A reader says that something is wrong on a page: one of six reasons, counted without knowing her."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext

from survivors.wrong import counts, pages
from survivors.wrong.counts import MOST_A_DAY, MOST_A_MINUTE, Counts
from toolkit.files import sync
from toolkit.keeping import doubts
from toolkit.rendering.doubts import REASONS
from toolkit.texts.languages import LANGUAGES

PATH = "types/outing"
DAY = date(2026, 11, 12)


@pytest.fixture
def counted(folder, monkeypatch) -> Counts:
    sync.import_files(folder.root)
    monkeypatch.setattr(pages, "COUNTS", Counts())
    return pages.COUNTS


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_the_foot_of_a_page_to_thanks_and_back(counted, client, language):
    page, form = f"/{language}/{PATH}/", f"/{language}/wrong/{PATH}/"
    assert f'href="{form}"' in client.get(page).content.decode().partition("<footer>")[2]
    asked = client.get(form).content.decode()
    assert all(f'name="reason" value="{one}"' in asked for one in REASONS) and f'href="{page}"' in asked
    assert 'content="noindex"' in asked and "<textarea" not in asked and 'type="text"' not in asked
    thanked = client.post(f"/{language}/wrong/", {"page": PATH, "reason": "number", "name": "x"})
    with translation.override(language):
        assert gettext("Thank you") in thanked.content.decode()
    assert f'<a href="{page}">' in thanked.content.decode() and not thanked.cookies
    assert counted.take() == [(PATH, "number", localdate().isoformat(), 1)] and counted.take() == []


def test_no_other_page_reason_or_site_is_counted(counted, client):
    assert client.get("/en/wrong/no/such/").status_code == 404
    assert client.post("/en/wrong/", {"page": "no/such", "reason": "number"}).status_code == 404
    assert client.post("/en/wrong/", {"page": PATH, "reason": "she lives at"}).status_code == 200
    for told in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"}):
        assert client.post("/en/wrong/", {"page": PATH, "reason": "link"}, headers=told).status_code == 403
    assert counted.take() == []
    ours = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}
    assert client.post("/en/wrong/", {"page": PATH, "reason": "link"}, headers=ours).status_code == 200
    assert len(counted.take()) == 1


def test_more_than_the_limits_is_not_counted_whoever_presses():
    many = Counts()
    for number in range(MOST_A_MINUTE + 40):
        many.add(PATH, REASONS[number % 2], DAY)
    assert sum(number for *_, number in many.take()) == MOST_A_MINUTE
    one = Counts()
    for minute in range(3):
        one._in_minute = 0
        for _ in range(MOST_A_DAY):
            one.add(PATH, "number", DAY)
        assert sum(number for *_, number in one.take()) == (MOST_A_DAY if minute == 0 else 0)


def test_an_error_page_has_no_such_link(counted, client):
    assert "/wrong/" not in client.get("/en/nothing/at/all/").content.decode()


def test_only_whoever_has_the_key_takes_the_counts(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    assert not counts.may_take("")
    (tmp_path / "edition").mkdir()
    doubts._show_digest("a key")
    assert counts.may_take("a key") and not counts.may_take("another") and not counts.may_take("")
