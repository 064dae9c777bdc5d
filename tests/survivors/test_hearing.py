"""What sounds the same is the same: romanised Tamil, pinyin, chat spelling, Jawi; and nothing true is set right."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from survivors.search.checking import problems, problems_of_lists
from survivors.search.hearing import chat, jawi, pinyin, tamil
from survivors.search.index import Index
from tests.survivors.test_pages import address
from tests.survivors.test_search import asked, first_three, hit_list
from tests.survivors.test_spellings import index  # noqa: F401 (a fixture)
from toolkit.texts.languages import LANGUAGES

CHAT = tomllib.loads((Path(__file__).parents[1] / "content" / "chat_queries.toml").read_text())
# Real words that are in none of our pages, or in few: each was once "set right" to a word of another meaning.
REAL = [
    ("tunang", "ms"), ("tenang", "ms"), ("banana", "en"), ("mushroom", "en"), ("pisang", "ms"), ("வாழைப்பழம்", "ta"),
    ("牧师", "zh-hans"), ("神父", "zh-hans"), ("法术", "zh-hans"), ("安娣", "zh-hans"), ("中二", "zh-hans"), ("报馆", "zh-hans"),
    ("客家话", "zh-hans"), ("打手枪", "zh-hans"), ("telanjang", "ms"), ("aurat", "ms"),
    ("aside", "zh-hans"), ("american", "zh-hans"), ("deciding", "zh-hans"), ("sentiasa", "zh-hans"), ("selia", "zh-hans"),
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_in_chats_finds_its_page_among_the_first_three(index: Index, language):  # noqa: F811
    queries = CHAT[language]
    missed = [
        f"{query}: {wanted}, not {found}"
        for query, wanted in queries.items()
        if not set(found := first_three(index, query, language)) & {*([wanted] if isinstance(wanted, str) else wanted)}
    ]
    assert len(queries) >= 60
    assert len(missed) <= len(queries) * 0.05, "\n".join(missed)
    every = sum(map(len, CHAT.values()))
    assert every >= 250


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("thatkolai", "தற்கொலை"), ("tharkolai", "தற்கொலை"), ("tarkkolai", "தற்கொலை"), ("udhavi", "உதவி"), ("uthavi", "உதவி"),
        ("kuzhandhai", "குழந்தை"), ("kulanthai", "குழந்தை"), ("vanmurai", "வன்முறை"), ("poli", "போலி"), ("pooli", "போலி"),
        ("kaval thurai", "காவல் துறை"), ("aabathu", "ஆபத்து"), ("aapaththu", "ஆபத்து"), ("ondru", "ஒன்று"), ("maai", "மாய்"),
    ],
)  # fmt: skip
def test_tamil_in_latin_letters_has_the_key_of_its_script(typed, written):
    assert any(tamil.keys(one) & tamil.keys(other) for one, other in zip(typed.split(), written.split(), strict=True))


@pytest.mark.parametrize(
    ("typed", "syllables"),
    [("luozhao", ["luo", "zhao"]), ("xian", ["xian"]), ("qiangjian", ["qiang", "jian"]), ("lushi", ["lu", "shi"])],
)
def test_pinyin_is_split_into_the_fewest_syllables(typed, syllables):
    assert next(pinyin.splits(typed)) == syllables
    assert next(pinyin.splits("telegram"), None) is None


def test_a_character_is_read_as_in_its_phrase():
    assert pinyin.readings("银行") == ["yin", "hang"]
    assert pinyin.readings("重复行动") == ["chong", "fu", "xing", "dong"]


@pytest.mark.parametrize(
    ("typed", "written"), [("qawan", "kawan"), ("kene", "kena"), ("bole", "boleh"), ("balek", "balik")]
)
def test_malay_as_it_is_heard_has_the_key_of_what_is_written(typed, written):
    assert chat.key(typed) == chat.key(written)


def test_malay_without_vowels_and_in_jawi_is_read_by_its_consonants():
    assert chat.skeleton("gmbr") == chat.skeleton("gambar") == jawi.skeleton("ݢمبر")
    assert chat.skeleton("tlg") == chat.skeleton("tolong")


@pytest.mark.parametrize(("word", "language"), REAL)
def test_a_real_word_is_never_set_right(index: Index, word, language):  # noqa: F811
    assert index.find(word, language).instead == ()


@pytest.mark.parametrize("typed", ["thatkolai", "tharkolai", "rogol", "zisha"])
def test_a_word_of_a_crisis_is_never_taken_for_another(index: Index, typed):  # noqa: F811
    for language in LANGUAGES:
        answer = index.find(typed, language)
        assert answer.crises
        assert set(answer.instead) <= {"自杀"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guess_is_said_can_be_undone_and_comes_with_help_lines(guide, client, language):
    html = asked(client, "telegrm", language).content.decode()
    assert "<b>telegram</b>" in html and 'name="as-typed" value="yes"' in html
    main = html.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:15999"' in main
    again = client.post(address(language, "search"), {"q": "telegrm", "as-typed": "yes"}).content.decode()
    assert "<b>telegram</b>" not in again and not hit_list(again)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_was_replaced_says_which_one_answers_now(guide, client, language):
    html = asked(client, "03-7956 3488", language).content.decode()
    main = html.partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:+60330008858"' in main.partition("<ol")[0]
    assert "7956" not in main.replace("03-7956 3488", "", 1)
    assert hit_list(html)[0]["href"] == address(language, "support/wao")


def test_the_language_data_is_as_it_should_be(index: Index):  # noqa: F811
    assert problems(index.guide) == []


def test_what_is_wrong_in_the_language_data_is_said_with_its_file(tmp_path):
    (tmp_path / "ms").mkdir()
    (tmp_path / "ms" / "chat.tsv").write_text("sy\tsaya\nsy\taku\nno tab\n")
    (tmp_path / "ms" / "words.txt").write_text("# a remark\nKucing\nanjing\n")
    assert problems_of_lists(tmp_path) == [
        "ms/chat.tsv: 'sy' stands there more than once",
        "ms/chat.tsv: 'no tab' must have one tab",
        "ms/words.txt: 'Kucing' must be in small letters and simplified characters",
    ]
