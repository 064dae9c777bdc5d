"""Addresses as they are passed on: whatever was added to one on the way, it leads to the page that is meant."""

from __future__ import annotations

import pytest

from survivors.reading.language import meant_by
from tests.survivors.test_pages import Elements, address

PUNCTUATION = [
    "。", "，", "、", "；", "：", "！", "？", "”", "’", "）", "】", "」", "》", "…", ".", ",", ";", ":", "!", ")", "]", "}", ">", '"', "'",
    "`", "*", "**", "_", "~", "|", "\\", " ", "%20", "​", ").", "**)", "》。",
]  # fmt: skip


def leads_to(client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 301, (path, answer.status_code)
    assert client.get(answer["Location"]).status_code == 200
    return answer["Location"]


@pytest.mark.parametrize("mark", PUNCTUATION)
def test_punctuation_after_an_address_is_left_out(guide, client, mark):
    for language in ("zh-hans", "ta"):
        page = f"/{language}/types/fake-images/"
        assert leads_to(client, f"{page}{mark}") == page
        assert leads_to(client, f"{page[:-1]}{mark}") == page
        assert leads_to(client, f"{page[:-1]}{mark}/") == page


@pytest.mark.parametrize("mark", ["(", "“", "「", "[", "<", "**", "_", "'", "《"])
def test_punctuation_around_an_address_is_left_out(guide, client, mark):
    assert leads_to(client, f"/ms/{mark}types/fake-images/") == "/ms/types/fake-images/"
    assert leads_to(client, f"/ms/types/{mark}fake-images{mark}") == "/ms/types/fake-images/"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/zh-Hans/types/fake-images/", "/zh-hans/types/fake-images/"),
        ("/zh-Hans/", "/zh-hans/"),
        ("/EN/", "/en/"),
        ("/zh/", "/zh-hans/"),
        ("/zh_CN/types/", "/zh-hans/types/"),
        ("/zh-TW/laws/cma-233/", "/zh-hans/laws/cma-233/"),
        ("/cmn-Hans-MY/types/", "/zh-hans/types/"),
        ("/ms-MY/plan/", "/ms/plan/"),
        ("/tam/types", "/ta/types/"),
        ("/en-GB/search/", "/en/search/"),
        ("/En/Types/Fake-Images/", "/en/types/fake-images/"),
        ("/en/TYPES/FAKE_IMAGES", "/en/types/fake-images/"),
        ("/en/types/fake-images", "/en/types/fake-images/"),
        ("/en//types//fake-images//", "/en/types/fake-images/"),
        ("/en/types/fake-images/index.html", "/en/types/fake-images/"),
        ("/en/types/fake-images.html", "/en/types/fake-images/"),
        ("/en/fake-images/", "/en/types/fake-images/"),
        ("/en/laws/fake-images/", "/en/types/fake-images/"),
        ("/ｅｎ/types/", "/en/types/"),
        ("/en/types/fake-images。看这里", "/en/types/fake-images/"),
        ("/en/types/fake-images/](https://guide.example/x", "/en/types/fake-images/"),
        ("/en/types/fake-images/)[more]", "/en/types/fake-images/"),
        ("/en/types/fake-images/%0A", "/en/types/fake-images/"),
        ("/BM/types/", "/ms/types/"),
        ("/melayu/types/fake-images", "/ms/types/fake-images/"),
        ("/Bahasa_Melayu/", "/ms/"),
        ("/tamil/types/", "/ta/types/"),
        ("/cn/laws/cma-233/", "/zh-hans/laws/cma-233/"),
        ("/english/plan", "/en/plan/"),
        ("/en/types/fake-images，快看", "/en/types/fake-images/"),
        ("/en/types/fake%20images/", "/en/types/fake-images/"),
        ("/en/types/fake- images", "/en/types/fake-images/"),
        ("/en/types/fake–images", "/en/types/fake-images/"),
        ("/en/types/fake‑images/", "/en/types/fake-images/"),
        ("/en/laws/penal code 507a", "/en/laws/penal-code-507a/"),
        ("/en/types/fake-images/ see this", "/en/types/fake-images/"),
        ("/en／types／fake-images", "/en/types/fake-images/"),
        ("/en/zh-hans/types/fake-images/", "/zh-hans/types/fake-images/"),
        ("/fr/types/fake-images/", "/en/types/fake-images/"),
        ("/中文/types/fake-images", "/zh-hans/types/fake-images/"),
        ("/தமிழ்/types/", "/ta/types/"),
        ("/bahasa%20melayu/types", "/ms/types/"),
        ("/my/plan/", "/ms/plan/"),
    ],
)
def test_an_address_in_another_spelling_leads_to_its_page(guide, client, typed, meant):
    assert leads_to(client, typed) == meant


@pytest.mark.parametrize(("wish", "language"), [("ta", "ta"), ("zh-TW", "zh-hans"), ("id-ID", "ms"), ("fr", "en")])
def test_an_address_without_a_language_leads_to_the_readers(guide, client, wish, language):
    for path in ("types/fake-images/", "plan/", "support/talian-kasih"):
        target = leads_to(client, f"/{path}", **{"accept-language": wish})
        assert target == f"/{language}/{path.rstrip('/')}/"


@pytest.mark.parametrize(
    "path", ["/en//evil.example/", "/\\evil.example", "/en/../../etc/passwd", "/https://evil.example/"]
)
def test_no_address_leads_off_the_site(guide, client, path):
    answer = client.get(path)
    assert answer.status_code == 404 or answer["Location"].startswith(("/en/", "/ms/", "/ta/", "/zh-hans/"))


@pytest.mark.parametrize(
    ("typed", "page"),
    [
        ("/en/types/fake-image/", "/en/types/fake-images/"),
        ("/ta/types/fakeimages/", "/ta/types/fake-images/"),
        ("/zh-Hans/types/hidden-camera/", "/zh-hans/types/hidden-cameras/"),
        ("/ms/suport/talian-kasi/", "/ms/support/talian-kasih/"),
        ("/en/laws/penal-code-507/", "/en/laws/penal-code-507a/"),
    ],
)
def test_an_address_that_is_not_there_offers_the_pages_that_come_nearest(guide, client, typed, page):
    answer = client.get(typed)
    assert answer.status_code == 404
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    assert page in [link["href"] for link in Elements(main).all("a")][:4]
    assert client.get(page).status_code == 200


def test_an_address_that_is_like_no_other_offers_the_start_and_all_sections(guide, client):
    main = client.get("/en/qqqq/zzzz/").content.decode().partition("<main")[2].partition("</main>")[0]
    links = [link["href"] for link in Elements(main).all("a")]
    assert links[0] == "/en/" and address("en", "types") in links


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("in-ID", "ms"), ("id", "ms"), ("ind", "ms"), ("zsm", "ms"), ("zsm-Latn-MY", "ms"), ("msa", "ms"), ("may-MY", "ms"),
        ("ms-Arab-MY", "ms"), ("zlm", "ms"), ("yue-HK", "zh-hans"), ("cmn-Hans-MY", "zh-hans"), ("nan-Hant-TW", "zh-hans"),
        ("hak", "zh-hans"), ("zh-Hant", "zh-hans"), ("zh-yue", "zh-hans"), ("i-hak", "zh-hans"), ("zho", "zh-hans"),
        ("tam-MY", "ta"), ("ta-IN", "ta"), ("eng", "en"), ("en-MY", "en"), ("ta;q=0,*", "en"), ("en;q=0,*", "ms"),
        ("en;q=0, ms;q=0, *", "ta"), ("zh;q=0.000, zh-TW;q=0.5", "zh-hans"), ("ta;q=0", "en"), ("en;q=0", "ms"),
        ("fr, ta;q=0.3, ms;q=0.8", "ms"), ("", "en"), ("*", "en"), (",,;q=1", "en"), ("x" * 5000, "en"),
        ("ms;q=abc, ta", "ta"), ("fr-FR,fr;q=0.9", "en"),
    ],
)  # fmt: skip
def test_every_code_of_our_languages_is_understood_and_what_is_refused_is_not_taken(guide, client, wishes, language):
    answer = client.get("/", headers={"accept-language": wishes})
    assert answer["Location"] == f"/{language}/"


def test_a_code_of_another_language_is_not_one_of_ours():
    assert [meant_by(code) for code in ("fr", "types", "msn", "english", "", "plan")] == [""] * 6
