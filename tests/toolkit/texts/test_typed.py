"""Numbers, amounts and addresses come from records, however they are typed, in four languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.alone import check_text
from toolkit.texts.check import judge
from toolkit.texts.folder import read_folder
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.plans.check import check_plan
from toolkit.texts.words.typed import typed_email, typed_hosts, typed_number

CONTENT = Path(__file__).resolve().parents[3] / "content"
NUMBERS = [
    "(03) 1234 5678", "03-1234 5678", "03–1234–5678", "03.1234.5678", "03 - 1234 - 5678", "0312345678", "012/345 6789",
    "０３－１２３４ ５６７８", "（０３）１２３４５６７８", "௦௩-௧௨௩௪ ௫௬௭௮", "+60 3 1234 5678", "6012-345 6789", "0060 12 345 6789",
    "0 1 2 3 4 5 6 7 8 9", "03\u00a01234\u00a05678", "03\u20111234\u20115678", "1-300-88-2525", "1300 88 2525", "2282 3535", "2282-3535",
    "零三一二三四五六七八", "tel:0312345678",
]  # fmt: skip
AMOUNTS = [
    "RM5", "RM50,000", "rm 5", "ＲＭ５０", "RM\u00a050,000", "R.M. 50", "RM: 500", "MYR 50,000", "myr50", "ringgit 500", "500 ringgit",
    "5k ringgit", "50 ribu ringgit", "RM 5 juta", "lima puluh ribu ringgit", "fifty thousand ringgit", "RM lima ratus",
    "50,000令吉", "令吉 50", "五万令吉", "一千零吉", "马币500", "ரிங்கிட் 500", "௫௦௦ ரிங்கிட்", "500 ரிங்கிட்", "ஐம்பதாயிரம் ரிங்கிட்",
    "ரி.ம. 500", "US$50", "$ 50", "USD 50",
]  # fmt: skip
EMAILS = [
    "help@wao.example.my", "ｈｅｌｐ＠ｗａｏ．ｏｒｇ", "help [at] wao.example.my", "help(at)wao[dot]org", "help at wao dot org",
]  # fmt: skip
HOSTS = [
    "https://wao.example.my/help",
    "www.wao.example.my",
    "wao.org.my",
    "tiktok.com/report",
    "t.me",
    "ｗａｏ．ｏｒｇ",
    "X.COM",
]
NO_NUMBERS = [
    "2021 2022", "2020-2021", "2026-11-22", "22.11.2026", "Act 588", "Akta 574", "section 233(1)(a)", "10 to 20", "15–20", "18",
    "1,000,000 people", "24 hours, 365 days", "a few ringgit", "beberapa ringgit", "thousands of ringgit", "ribuan ringgit",
    "சில ரிங்கிட்", "几千令吉", "数万令吉", "一千人", "五个月", "Cyber999", "30 minit", "30 நிமிடங்கள்", "@username", "help.My friend",
    "e.g. this", "a.m.", "version 1.2",
]  # fmt: skip


@pytest.mark.parametrize("typed", [*NUMBERS, *AMOUNTS])
def test_a_number_in_a_sentence_is_found_however_it_is_typed(typed):
    found = typed_number(f"Word {typed} word")
    assert found
    assert found[1] >= 5 and found[0] in " ".join(f"Word {typed} word".split())


@pytest.mark.parametrize("typed", EMAILS)
def test_an_e_mail_address_is_found(typed):
    assert typed_email(f"Write to {typed} now")


@pytest.mark.parametrize("typed", HOSTS)
def test_a_web_address_is_found(typed):
    assert list(typed_hosts(f"See {typed}, now"))


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_or_address_of_anyone_is_left_alone(typed):
    words = f"Word {typed} word"
    assert (typed_number(words), typed_email(words), list(typed_hosts(words))) == (None, None, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "typed",
    ["０３－１２３４ ５６７８", "௫௦௦ ரிங்கிட்", "五万令吉", "MYR 50", "**03**-1234 5678", "03-1234\n5678", "a@b.example"],
)
def test_it_is_refused_on_its_line_in_every_language(language, typed):
    pins = "" if language == "en" else "translated_from: 0123456789ab\nreview: unreviewed\n"
    text = f"---\ntitle: A\nsummary: B\n{pins}---\nOne.\n\nTwo\nthree {typed} four.\n"
    found = [(one.line, one.code) for one in check_text(language, text)]
    assert found in (
        [(text.count("\n", 0, text.index("three")) + 1, code)] for code in ("typed-number", "typed-address")
    )


@pytest.mark.parametrize(
    "row", ["summary: Call 03-1234 5678", "note.line: It costs RM 50", "label.line: help@b.example"]
)
def test_it_is_refused_at_the_top_of_a_text_too(row):
    found = check_text("en", f"---\ntitle: A\nsummary: B\n{row}\n---\n".replace("summary: B\nsummary", "summary"))
    assert [one.code for one in found] in (["typed-number"], ["typed-address"])


def problems(folder) -> list[str]:
    return [str(one) for one in judge(read_folder(folder.root), {}).errors]


def test_a_host_may_be_named_where_a_record_of_the_page_has_it(folder):
    folder.english(
        "", "Check that it opens on line.example.org, then on news.example.org.\n", front="label.line: The line\n"
    )
    assert problems(folder) == []
    folder.english("types/outing", "Check that it opens on wao.org.my.\n\n## Do this {#do-first}\n")
    assert "types/outing/en.md:5: addresses come from records, not prose: wao.org.my" in problems(folder)


def test_a_short_number_that_a_contact_has_is_not_typed_into_a_sentence(folder):
    home = folder.file("", "facts")
    home.write_text(home.read_text().replace("+60312345678", "15999").replace("03-1234 5678", "15999"))
    folder.english("types/outing", "Call １５９９９ now. Not Line15999, and not 15998.\n\n## Do this {#do-first}\n")
    assert "types/outing/en.md:5: numbers come from records, not prose: １５９９９" in problems(folder)


def test_the_plan_names_records_too():
    text = (CONTENT / "plan.toml").read_text()
    head, steps, rest = text.partition("[[steps]]")
    spoilt = re.sub(r'\ben = "', 'en = "Call 999, 03-1234 5678, a@b.example or wao.org.my. ', rest, count=1)
    site = judge(read_folder(CONTENT), {}).site
    found = {str(one.fault).partition(": ")[2] for one in check_plan(head + steps + spoilt, site)}
    assert {
        "numbers come from records, not prose: 999", "numbers come from records, not prose: 03-1234 5678",
        "addresses come from records, not prose: a@b.example", "addresses come from records, not prose: wao.org.my",
    } <= found  # fmt: skip
    assert check_plan(text, site) == []
