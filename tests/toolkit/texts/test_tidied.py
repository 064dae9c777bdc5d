"""What a keyboard or a paste does to a text is put right; the rest stays as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alone import check_text
from toolkit.texts.page import canonical_part
from toolkit.texts.words.tidied import tidied, tidied_body, without_invisible

TIDIED = {
    "## 保存证据{#save-evidence}": "## 保存证据 {#save-evidence}",
    "##保存证据 {#save-evidence}": "## 保存证据 {#save-evidence}",
    "＃＃ 保存证据 ｛＃save-evidence｝": "## 保存证据 {#save-evidence}",
    "＃＃＃சேமி{# Save-Evidence }": "### சேமி {#save-evidence}",
    "１． 深呼吸。": "1. 深呼吸。",
    "１．深呼吸。": "1. 深呼吸。",
    "1、深呼吸。": "1. 深呼吸。",
    "１２）深呼吸。": "12. 深呼吸。",
    "1) Bernafas.": "1. Bernafas.",
    "1.Breathe.": "1. Breathe.",
    "• Breathe.": "- Breathe.",
    "•Breathe.": "- Breathe.",
    "●\tமூச்சு விடுங்கள்.": "- மூச்சு விடுங்கள்.",
    "– Bernafas.": "- Bernafas.",
    "－ 深呼吸。": "- 深呼吸。",
    "    • Two": "    - Two",
    "｛｛ phone line ｝｝": "{{ phone line }}",
    "拨打｛｛phone　line｝｝。": "拨打{{ phone line }}。",
    "Call {{phone line}} or {{ Phone\u00a0line }}.": "Call {{ phone line }} or {{ phone line }}.",
    "｛｛ ｐｈｏｎｅ ｌｉｎｅ ｝｝": "{{ phone line }}",
    "看［首页］（/types/outing/）。": "看[首页](/types/outing/)。",
    "看[首页]（/types/outing/#do-first）。": "看[首页](/types/outing/#do-first)。",
    "See [home] (/).": "See [home](/).",
    "！！！ danger “Stop”": '!!! danger "Stop"',
    "!!!danger 「停」": '!!! danger "停"',
    "!!! save 'a'": "!!! save \"'a'\"",
    "＊＊停＊＊。": "**停**。",
    "｜ 名字 ｜ 号码 ｜": "| 名字 | 号码 |",
    "｜－－－｜－－－｜": "|---|---|",
    "＞ 有人说": "> 有人说",
    "A\u00a0word\u202fand\u3000more": "A word and more",
    "\ufeffA\u200b wo\u2060rd\u00ad\u200e.": "A word.",
    "One\u2028Two": "One\nTwo",
}
# What could mean something else, or is right already.
LEFT = [
    "## Save {#save-evidence}", "1. Breathe.", "- One", "  - Two", "* One", "{{ phone line }}", "[home](/types/)", '!!! save "A"',
    '!!! save "He said “no”"', "**bold**", "| a | b |", "> a", "#MeToo", "＃MeToo", "1.5 million", "１．５", "2026. Then", "(1) of",
    "— a friend", "[name] (optional)", "［name］（optional）", "{{ phone }}", "｛｛ 电话 ｝｝", "a：b", "！！ 注意", "5 > 3", "க்‌ஷ",
    "👩‍👧", "全角（括号）、１２３。", "一个 * 星",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted"), TIDIED.items(), ids=range(len(TIDIED)))
def test_what_a_keyboard_or_a_paste_does_is_put_right(typed, wanted):
    assert tidied_body(typed) == wanted


@pytest.mark.parametrize("typed", LEFT)
def test_what_could_mean_something_else_is_left(typed):
    assert tidied_body(typed).rstrip() == typed.rstrip()


SIGNS = '#＃{}｛｝[]［］()（）/*＊!！|｜－-–•1１.．、>＞：:"“” \u00a0\u3000\u200b\tabc phone line 号\n'


@given(st.text(SIGNS, max_size=60) | st.lists(st.sampled_from([*TIDIED, *LEFT]), max_size=4).map("\n".join))
def test_a_tidied_text_stays_as_it_is(typed):
    once = tidied_body(typed)
    assert tidied_body(once) == once


@given(st.text(max_size=80))
def test_words_are_never_lost(typed):
    def words(text: str) -> str:
        return "".join(one for one in without_invisible(text).lower() if one.isalpha() and one.isascii())

    assert words(tidied_body(typed)) == words(typed)


def test_the_top_of_a_file_is_put_right_too():
    typed = "\ufeff———\ntitle：保存\u00a0证据\nsummary :先保存\n－－－\n＃＃保存{#save}\n\n１．截图\n"
    assert canonical_part("en", tidied("en", typed)) == (
        "---\ntitle: 保存 证据\nsummary: 先保存\n---\n## 保存 {#save}\n\n1. 截图\n"
    )


def test_of_facts_only_what_cannot_be_seen_is_taken_away():
    typed = 'name = "A\u200b\u00a0Line，１"\n• x\n'
    assert tidied("facts", typed) == 'name = "A Line，１"\n• x\n'


@pytest.mark.parametrize("language", ["ms", "ta", "zh-hans"])
def test_a_text_as_it_is_typed_on_a_chinese_keyboard_is_good_once_it_is_tidied(language):
    front = "---\ntitle：保存\nsummary：先保存\ntranslated_from：0123456789ab\nreview：unreviewed\n---\n"
    typed = (
        f"{front}！！！ save “先保存”\n\n    看［首页］（/types/）。\n\n＃＃保存证据｛#save｝\n\n"
        "１．截图。\n２．拨打｛｛ phone line ｝｝。\n"
    )
    assert [str(one) for one in check_text(language, typed)] != []
    assert [str(one) for one in check_text(language, tidied(language, typed))] == []
