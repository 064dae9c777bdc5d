from __future__ import annotations

from shutil import rmtree

import pytest

from tests.alone import check_text
from tests.folders import SOURCE_AND_CONTACT, Folder, small_guide
from toolkit.texts.check import alias_targets, judge, vanished_pages
from toolkit.texts.folder import read_folder

PAGE = "types/outing"
OLDER = ["older than the English text (content_pin, once it follows it again)"]


@pytest.fixture
def folder(tmp_path) -> Folder:
    return small_guide(tmp_path)


def problems(folder: Folder, live=None) -> list[str]:
    """But that the numbers of the small guide are nobody's."""
    found = map(str, judge(read_folder(folder.root), live or {}).problems)
    return [one for one in found if "no such number is known" not in one]


def spoil(folder: Folder, part: str, old: str, new: str, page: str = PAGE) -> None:
    path = folder.file(page, part)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_pin_that_looks_like_a_phone_number_is_none(folder):
    pin = folder.file(PAGE, "ta").read_text().partition("translated_from: ")[2][:12]
    spoil(folder, "ta", pin, "042984031234")
    assert problems(folder) == ["types/outing/ta.md:1: warning: " + said for said in OLDER]


def test_a_complete_guide_has_no_problems(folder):
    assert problems(folder) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        ("ta", "title:", "titel:", "types/outing/ta.md:2: unknown front matter key: titel"),
        ("ta", " {#do-first}", "", "types/outing/ta.md:9: heading without an anchor"),
        ("ta", "{#do-first}", "{#do first}", "types/outing/ta.md:9: heading without an anchor"),
        ("ta", "{#do-first}", "{#else}", "types/outing/ta.md:1: anchors differ from the English: do-first"),
        ("ta", "{{ contact line }}", "", "types/outing/ta.md:1: directives differ from the English: contact line"),
        ("ta", "What it is.", "See [x](/types/).", "types/outing/ta.md:1: links differ from the English"),
        ("en", "contact line", "contact lime", "types/outing/en.md:11: no contact lime"),
        ("en", "contact line", "contakt line", "types/outing/en.md:11: unknown directive: contakt"),
        ("en", "contact line", "drawing line", "types/outing/en.md:11: no drawing line"),
        ("en", "{{ contact line }}", "{{ contact 'line' }}", "types/outing/en.md:11: not a directive"),
        ("en", "What it is.", "What <b>it</b> is.", "types/outing/en.md:5: no HTML: <b>"),
        ("en", "What it is.", "[x](javascript:alert(1))", "types/outing/en.md:5: links go to pages of this guide"),
        ("en", "What it is.", "[x](https://example.org/)", "types/outing/en.md:5: links go to pages of this guide"),
        ("en", "What it is.", "See https://example.org/", "types/outing/en.md:5: links go to pages of this guide"),
        ("en", "What it is.", "[x](/types/nothing/)", "types/outing/en.md:5: no page /types/nothing/"),
        ("en", "What it is.", "[x](/types/threats/#no)", "types/outing/en.md:5: no anchor #no on /types/threats/"),
        ("en", "What it is.", "Call 03-3000 8858.", "types/outing/en.md:5: numbers come from records, not prose"),
        ("en", "What it is.", "A fine of RM500.", "types/outing/en.md:5: numbers come from records, not prose"),
        ("en", "What it is.", "# Big", "types/outing/en.md:5: headings in the text are ## or ###"),
        ("en", "What it is.", "![x](/types/)", "types/outing/en.md:5: pictures are not shown"),
        ("en", "What it is.", '!!! shout "x"', "types/outing/en.md:5: a box is one of"),
        ("en", "title: Page types/outing", "title: Sex", "types/outing/en.md:2: the title gives the topic away: Sex"),
        ("ms", "review: unreviewed\n", "", "types/outing/ms.md:2: a translation needs translated_from and review"),
        ("facts", "position = 1", "position = one", "types/outing/page.toml:1: not valid TOML"),
    ],
)
def test_a_fault_is_named_with_path_line_and_what_is_wrong(folder, part, old, new, said):
    spoil(folder, part, old, new)
    assert any(said in problem for problem in problems(folder)), problems(folder)


def test_a_bad_file_is_set_aside_and_every_other_one_is_good(folder):
    whole = judge(read_folder(folder.root), {})
    folder.file(PAGE, "ta").write_bytes(b"---\ntitle: \xff\n---\n")
    spoiled = judge(read_folder(folder.root), {})
    assert {read.file.name for read in whole.good} - {read.file.name for read in spoiled.good} == {f"{PAGE}/ta.md"}
    assert str(spoiled.errors[0]) == f"{PAGE}/ta.md:2: not valid UTF-8"


def test_a_text_that_leans_on_a_bad_file_is_judged_as_if_that_were_not_there(folder):
    folder.file("", "facts").write_text("position = ")
    said = problems(folder)
    assert "types/outing/en.md:11: no contact line" in said
    assert "types/threats/en.md:5: no contact line" in said


def test_a_text_that_leans_on_a_bad_file_is_good_while_the_record_is_still_live(folder):
    live = judge(read_folder(folder.root), {}).site
    folder.file("", "facts").write_text("position = ")
    assert problems(folder, live) == ["page.toml:1: not valid TOML: Invalid value"]


def test_an_outdated_translation_may_lag_behind_with_a_warning(folder):
    spoil(folder, "en", "{{ contact line }}", "New words.\n\n## More {#more}\n\n{{ contact line }}")
    said = problems(folder)
    assert "types/outing/ta.md:1: warning: anchors differ from the English: more" in said
    assert all("warning" in problem for problem in said)


def test_a_published_anchor_cannot_vanish_without_an_alias(folder):
    live = judge(read_folder(folder.root), {}).site
    for part in ("en", "ms", "ta", "zh-hans"):
        spoil(folder, part, "{#do-first}", "{#first}")
    spoil(folder, "en", "/types/outing/#do-first", "/types/outing/#first", page="types/threats")
    assert any("anchor #do-first was published and would vanish" in problem for problem in problems(folder, live))
    folder.facts(PAGE, "[anchor_aliases]\ndo-first = 'first'\n")
    assert not any("vanish" in problem for problem in problems(folder, live))


def test_an_anchor_alias_leads_to_an_anchor_of_the_page(folder):
    folder.facts(PAGE, "[anchor_aliases]\nold = 'nowhere'\n")
    assert "types/outing/page.toml:5: anchor alias old leads to #nowhere, which is not on the page" in problems(folder)


def test_a_published_page_cannot_vanish_without_an_alias(folder):
    live = judge(read_folder(folder.root), {}).site
    said = vanished_pages({"", "types", "types/threats"}, live, {})
    assert [problem.file for problem in said] == ["types/outing/page.toml"]
    assert vanished_pages({"", "types", "types/threats"}, live, {"types/outing": "types/threats"}) == []


def test_an_old_address_or_place_stays_for_ever(folder):
    folder.facts(PAGE, "[anchor_aliases]\nold = 'do-first'\n", top='aliases = ["types/old"]\ngone = ["types/gone"]')
    live = judge(read_folder(folder.root), {}).site
    folder.facts(PAGE)
    said = [problem for problem in problems(folder, live) if "would lead nowhere" in problem]
    assert [problem.split()[1] for problem in said] == ["/types/gone/", "/types/old/", "/types/outing/#old"]


def test_what_was_published_of_a_page_leads_on_from_the_one_that_takes_its_place(folder):
    live = judge(read_folder(folder.root), {}).site
    rmtree(folder.root / PAGE)
    folder.page("types/threats", "## Now {#now}\n", top=f'aliases = ["{PAGE}"]', position=2)
    (said,) = problems(folder, live)
    assert "/types/outing/#do-first was published and would lead nowhere" in said
    folder.facts("types/threats", "[anchor_aliases]\ndo-first = 'now'\n", top=f'aliases = ["{PAGE}"]', position=2)
    assert problems(folder, live) == []


def test_the_newer_of_two_places_with_one_short_link_is_refused(folder, monkeypatch):
    live = judge(read_folder(folder.root), {}).site
    monkeypatch.setattr(
        "toolkit.texts.lasting.short_links.code_of", lambda path, anchor="": "bbbbb" if "do-first" in anchor else path
    )
    folder.english("types/threats", "## Do this first {#do-first}\n")
    said = [problem for problem in problems(folder, live) if "short link" in problem]
    assert said == [
        f"types/threats/{file}:1: /types/threats/#do-first and /types/outing/#do-first have the same short link:"
        " give the newer one another anchor or address"
        for file in ("en.md", "page.toml")
    ]


def test_an_old_address_belongs_to_one_page_and_is_no_page_of_its_own(folder):
    folder.facts(PAGE, top='aliases = ["types/threats", "types/old"]')
    folder.facts("types/threats", top='aliases = ["types/old"]', position=2)
    said = "\n".join(problems(folder))
    assert "alias types/threats is the address of a page" in said
    assert "alias types/old belongs to two pages" in said
    assert alias_targets({}) == {}


def test_an_id_is_used_once_in_the_whole_guide(folder):
    folder.page(PAGE, "## Do this first {#do-first}\n", more=SOURCE_AND_CONTACT)
    assert any("id line is used on another page too" in problem for problem in problems(folder))


def test_an_address_that_gives_the_topic_away_is_refused(folder):
    folder.page("types/sexual-images")
    assert any("the address gives the topic away: sex" in problem for problem in problems(folder))


def test_one_text_can_be_checked_by_itself():
    assert [one.message for one in check_text("en", "---\ntitle: A\nsummary: B\n---\n## No anchor\n")] == [
        "heading without an anchor {#small-letters}: No anchor"
    ]
