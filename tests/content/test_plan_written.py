"""The plan in its pieces: a change of one leaves every other line as it was, and two changes are brought together."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from tests.folders import own_guide
from toolkit.judging import judge
from toolkit.texts.folder import PLAN_FILE, ContentFile
from toolkit.texts.languages import PLAN
from toolkit.texts.plans.merged import brought_together
from toolkit.texts.plans.plan import read_plan, read_plan_text
from toolkit.texts.plans.translated import changed_parts, is_outdated, pinned
from toolkit.texts.plans.written import Written


@cache
def text() -> str:
    return (settings.CONTENT_DIR / "plan.toml").read_text()


def with_words(step: str, language: str, words: str, start: str = "") -> str:
    written = Written.of(start or text())
    piece = written.piece(f"steps/{step}")
    assert piece
    table = piece.table
    return written.with_table(piece.at, table | {"text": table["text"] | {language: words}}).text


def words_of(plan: str, step: str) -> dict[str, str]:
    return dict(next(one.text for one in read_plan(plan).steps if one.id == step))


def test_the_pieces_of_the_plan_are_the_whole_of_it_and_the_same_when_written_again():
    written = Written.of(text())
    assert written.text == text()
    anew = Written(tuple(piece for piece in written.pieces if piece.at))
    assert read_plan(anew.text) == read_plan(text())


def test_a_text_that_only_looks_cut_in_pieces_is_written_anew_and_says_the_same():
    odd = text().replace('en = "Yes"', 'en = """Yes\n[[steps]]\n"""', 1)
    assert Written.of(odd).text != odd
    assert read_plan(Written.of(odd).text) == read_plan(odd)


def test_a_moved_step_changes_places_with_its_neighbour_and_comments_stay():
    before = [step.id for step in read_plan(text()).steps]
    moved = Written.of(text()).moved(f"steps/{before[1]}", -1).text
    after = [step.id for step in read_plan(moved).steps]
    assert after[:2] == before[1::-1] and after[2:] == before[2:]
    assert moved.count("\n#") == text().count("\n#")


def test_the_translations_of_the_plan_follow_its_english_until_that_says_something_else():
    plan = pinned(read_plan_text(text()), ("ms", "ta", "zh-hans"))
    assert not any(is_outdated(plan.rules, language) for language in ("ms", "ta", "zh-hans"))
    later = read_plan(with_words("get-safe", "en", "Call.", plan.text))
    assert is_outdated(later, "ta") and changed_parts(plan.rules, later) == {"steps/get-safe"}
    assert not is_outdated(read_plan(with_words("get-safe", "ta", "அழையுங்கள்.", plan.text)), "ta")


def test_words_in_two_languages_of_one_step_are_both_kept_when_two_drafts_come_together():
    mine, live = with_words("get-safe", "ta", "அழையுங்கள்."), with_words("get-safe", "ms", "Hubungi.")
    both = words_of(brought_together(text(), mine, live), "get-safe")
    assert (both["ta"], both["ms"]) == ("அழையுங்கள்.", "Hubungi.")
    assert both["en"] == words_of(text(), "get-safe")["en"]


def test_what_both_changed_stays_as_the_draft_has_it_and_what_one_took_away_stays_away():
    mine = with_words("get-safe", "en", "Mine.", Written.of(text()).without("steps/rest").text)
    live = with_words("talk-now", "en", "Theirs.", with_words("get-safe", "en", "Live."))
    both = brought_together(text(), mine, live)
    assert words_of(both, "get-safe")["en"] == "Mine." and words_of(both, "talk-now")["en"] == "Theirs."
    assert "rest" not in {step.id for step in read_plan(both).steps}


def test_a_step_that_is_new_and_one_that_was_moved_are_in_their_places_when_drafts_come_together():
    written = Written.of(text())
    first = written.of_kind("steps")[0]
    new = written.with_table("steps/another", first.table | {"id": "another"}, first.at).text
    moved = written.moved(first.at, 1).text
    for mine, live in ((new, moved), (moved, new)):
        order = [step.id for step in read_plan(brought_together(text(), mine, live)).steps]
        assert order.count("another") == 1 and order.index("get-safe") == order.index("another") - 1
        assert order[0] == "get-safe-risky"


def test_the_check_names_each_language_whose_words_are_older_than_the_english():
    said = with_words("get-safe", "en", "Something else.", with_words("get-safe", "ta", "வேறு."))
    followed = pinned(read_plan_text(said), ("ta",)).text
    found = judge([ContentFile("", PLAN, PLAN_FILE, followed.encode())], own_guide().site).problems
    assert [str(one) for one in found if one.code == "plan-outdated"] == [
        f"plan.toml:1: warning: the words in {language} are older than the English (content_pin plan, once they follow)"
        for language in ("ms", "zh-hans")
    ]
