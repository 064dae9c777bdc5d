"""Readers from outside: a link that is signed and ends, verdicts, drafts of her wordings, and who says *reviewed*."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.core import signing
from django.test import Client
from django.utils.timezone import now

from tests.staff import logged_in, make_staff
from toolkit import models
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.models import AuditEntry, Draft, Event, OutsideReader, Remark
from toolkit.rendering.guide import Guide
from toolkit.reviewing import asked
from toolkit.talking.remarks import waiting
from toolkit.texts.canonical import digest
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.page import write_part

pytestmark = pytest.mark.usefixtures("plain_static")
PAGE, OTHER = "types/outing", "types/private-details"
ROOM = "/staff/outside/"


@pytest.fixture
def people(guide):
    return {
        "mei": logged_in(None, make_staff("mei", "Editor")),
        "aminah": logged_in(None, make_staff("aminah", "Publisher")),
        "kavitha": logged_in(None, make_staff("kavitha", "Translator", languages=["ta"])),
    }


def ask(of: str = "ta", *texts: tuple[str, str], days: int = 30) -> OutsideReader:
    by = models.StaffMember.objects.first()
    user = by.user if by else make_staff("siti", "Editor")
    chosen = [list(one) for one in texts or [(PAGE, asked.part_for(of)), (OTHER, asked.part_for(of))]]
    return OutsideReader.objects.create(
        name="Puan Devi", of=of, texts=chosen, asked_by=user, expires=now() + timedelta(days=days)
    )


def address(reader: OutsideReader, *rest: object) -> str:
    return "/".join(["/staff/read", asked.token_for(reader), *map(str, rest), ""])


def at(reader: OutsideReader, number: int = 1) -> asked.Reading:
    return asked.reading(reader, Guide.of(live_site()), number)


def fields(statement, verdict: str = "", wording: str = "", words: str = "") -> dict[str, str]:
    """What the form of a sentence sends."""
    key = f"{statement.number}-{digest(statement.text)}"
    return ({f"verdict-{key}": verdict} if verdict else {}) | {f"wording-{key}": wording, f"words-{key}": words}


def say(reader: OutsideReader, statement, *said: str, number: int = 1, version: str = "", **more):
    posted = fields(statement, *said) | {"version": version or at(reader, number).version}
    return Client(enforce_csrf_checks=True).post(address(reader, number), posted, **more)


def judge_all(reader: OutsideReader, number: int = 1, verdict: str = Remark.RIGHT) -> None:
    Remark.objects.bulk_create(
        Remark(
            page=models.Page.objects.get(path=at(reader, number).page.path), part=at(reader, number).part_of(one),
            digest="0" * 12, sentence=one.text, verdict=verdict, reader=reader,
        )
        for one in at(reader, number).statements
    )  # fmt: skip


def change_live(path: str, language: str, change) -> None:
    prose = live_site()[path].prose[language]
    publish([Change.of(path, language, change(prose), digest(write_part(prose)))], origin="staff")


# ---- the link


@pytest.mark.parametrize("of", [*LANGUAGES, "law"])
def test_her_link_opens_what_she_was_asked_to_read_in_her_language(of, guide):
    texts = [("laws/penal-code-507a", "facts")] if of == "law" else [(PAGE, of)]
    reader = ask(of, *texts)
    language = "en" if of == "law" else of
    for rest in ((), (1,)):
        answer = Client().get(address(reader, *rest), headers={"accept-language": "ms"})
        assert answer.status_code == 200 and answer.headers["Content-Language"] == language
        assert f'<html lang="{language}">' in answer.content.decode()
    html = unescape(answer.content.decode())
    assert all(one.text in html and one.beside in html for one in at(reader).screens[0])


def test_nothing_about_her_is_kept_in_a_browser_or_told_to_anyone(guide):
    reader = ask()
    client = Client()
    answers = [
        client.get(address(reader)),
        client.get(address(reader, 1)),
        say(reader, at(reader).statements[0], "right"),
    ]
    for answer in answers:
        assert not answer.cookies
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("how", ["revoked", "expired"])
@pytest.mark.parametrize("of", LANGUAGES)
def test_a_link_that_has_ended_says_so_and_takes_nothing(how, of, guide):
    reader = ask(of, (PAGE, of), days=-1 if how == "expired" else 30)
    if how == "revoked":
        reader.revoked = now()
        reader.save()
    for answer in (
        Client().get(address(reader)),
        Client().get(address(reader, 1)),
        say(reader, at(reader).statements[0], "wrong"),
        say(reader, at(reader).statements[0], "wrong", headers={"accept": "application/json"}),
    ):
        assert answer.status_code == 410 and not answer.cookies
        assert answer.headers["Content-Language"] == of
    assert not Remark.objects.exists()


def test_a_link_that_was_changed_or_never_given_leads_nowhere(guide):
    reader, other = ask(), ask("ms")
    token = asked.token_for(reader)
    theirs = asked.token_for(other)
    changed = (
        token[:-1], token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token.partition(":")[0],
        theirs.partition(":")[0] + ":" + token.partition(":")[2], signing.Signer(salt="else").sign_object(reader.pk),
        signing.Signer(salt="outside-reader").sign_object(9_999),
    )  # fmt: skip
    for one in changed:
        assert Client().get(f"/staff/read/{one}/").status_code == 404, one
        assert Client().post(f"/staff/read/{one}/1/", {}).status_code == 404, one


def test_she_reads_nothing_but_the_texts_that_she_was_asked_for(guide):
    reader = ask("ta", (PAGE, "ta"))
    assert [Client().get(address(reader, *rest)).status_code for rest in ((0,), (2,), (1, 0), (1, 99))] == [404] * 4
    stranger = next(one for one in at(ask("ta", (OTHER, "ta"))).statements if one.what == "summary")
    say(reader, stranger, "wrong", "", "not mine")
    assert [(one.page.path, one.sentence, one.words) for one in Remark.objects.all()] == [(PAGE, "", "not mine")]


# ---- what she says


def test_what_she_says_is_kept_all_of_it_and_the_last_counts(guide):
    reader = ask()
    first, second = at(reader).statements[:2]
    for said in (
        ("right",),
        ("wrong", "", "Nobody says this.\r\nReally."),
        ("better", "Better words."),
        ("right",),
        ("right",),
    ):
        answer = say(reader, first, *said, headers={"accept": "application/json"})
        assert answer.json() == {"read": 1, "of": len(at(reader).statements)}
    kept = [(one.verdict, one.wording, one.words) for one in Remark.objects.filter(reader=reader)]
    assert kept == [
        ("right", "", ""), ("wrong", "", "Nobody says this.\nReally."), ("better", "Better words.", ""), ("right", "", ""),
    ]  # fmt: skip
    remark = Remark.objects.first()
    read = (remark.page.path, remark.part, remark.digest, remark.sentence, remark.author)
    assert read == (PAGE, "ta", digest(live_text(live_site(), PAGE, "ta")), first.text, None)
    say(reader, second, "", "", "A remark alone.")
    assert at(reader).read == 1 and Remark.objects.last().verdict == Remark.SAID


def test_one_button_saves_a_whole_page_without_a_script(guide):
    reader = ask()
    statements = at(reader).screens[0]
    posted = {"version": at(reader).version}
    for one in statements:
        posted |= fields(one, "better" if one.number == 3 else "right", "Hers." if one.number == 3 else one.text)
    posted |= fields(statements[4], "", statements[4].text)
    posted.pop(f"verdict-5-{digest(statements[4].text)}")
    answer = Client().post(address(reader, 1), posted, follow=True)
    assert answer.status_code == 200 and at(reader).read == len(statements) - 1
    assert [one.wording for one in Remark.objects.exclude(wording="")] == ["Hers."]
    html = answer.content.decode()
    assert html.count(" checked>") == html.count("✓ <b>") == len(statements) - 1 and ">Hers.</textarea>" in html


def test_she_goes_on_where_she_was(guide):
    reader = ask()
    judge_all(reader, 2)
    place = at(reader).statements[0]
    assert f'{address(reader, 1)}#s{place.number}"' in Client().get(address(reader)).content.decode()
    for one in at(reader).statements[:2]:
        say(reader, one, "right")
    assert f'{address(reader, 1)}#s{at(reader).statements[2].number}"' in Client().get(address(reader)).content.decode()


def test_a_sentence_that_changed_while_she_had_it_open_is_kept_as_she_read_it(guide):
    reader = ask()
    version, statement = at(reader).version, next(one for one in at(reader).statements if one.what == "summary")
    before = at(reader).digest_of("ta")
    change_live(PAGE, "ta", lambda prose: replace(prose, summary="இது புதியது."))
    say(reader, statement, "wrong", "", "Old.", version=version)
    remark = Remark.objects.get()
    assert (remark.sentence, remark.digest, remark.part) == (statement.text, before, "ta")
    assert at(reader).read == 0 and at(reader).gone == [remark]
    say(reader, replace(statement, text="never there"), "wrong", "", "Of what?", version="no version")
    assert list(Remark.objects.values_list("sentence", "words"))[1:] == [("", "Of what?")]


def test_what_is_too_long_or_too_much_is_refused_and_nothing_of_it_kept(guide, monkeypatch):
    reader = ask()
    one = at(reader).statements[0]
    assert say(reader, one, "better", "x" * 5_001).status_code == 400
    assert say(reader, one, "wrong", "", "x" * 2_001).status_code == 400
    assert say(reader, one, "maybe").status_code == 302 and not Remark.objects.exists()
    monkeypatch.setattr(asked, "MOST_REMARKS", 2)
    assert [say(reader, one, verdict).status_code for verdict in ("right", "wrong", "right")] == [302, 302, 429]
    assert Remark.objects.count() == 2


def test_of_the_law_she_reads_the_words_and_every_provision(guide):
    reader = ask("law", ("laws/penal-code-507a", "facts"))
    found = at(reader)
    fact = next(one for one in found.statements if one.is_fact)
    words = next(one for one in found.statements if one.what == "summary")
    say(reader, fact, "wrong", "", "Repealed.")
    say(reader, words, "right")
    assert [(one.part, one.sentence) for one in Remark.objects.all()] == [("facts", fact.text), ("en", words.text)]
    assert at(reader).read == 2


def test_the_words_of_the_plan_can_be_read_too(guide):
    reader = ask("zh-hans", ("", "plan"))
    found = at(reader)
    assert len(found.statements) > 200 and Client().get(address(reader, 1, 11)).status_code == 200
    say(reader, found.statements[0], "wrong")
    assert Remark.objects.get().part == "plan"


# ---- the room


def test_an_editor_asks_and_sees_the_link_and_how_far_she_is(people):
    mei = people["mei"]
    answer = mei.post(ROOM, {"name": "Puan Devi", "of": "ta", "which": "next", "days": "30"}, follow=True)
    reader = OutsideReader.objects.get()
    assert "http://testserver" + address(reader) in answer.content.decode()
    assert len(reader.texts) == 10 and reader.asked_by.username == "mei"
    judge_all(reader)
    assert f"{at(reader).read} of " in mei.get(ROOM).content.decode()
    mei.post(ROOM, {"name": "Puan Uma", "of": "ta", "which": "next", "days": "90"})
    texts = [{tuple(text) for text in one.texts} for one in OutsideReader.objects.all()]
    assert texts[0].isdisjoint(texts[1]), "two readers of a language get different pages"
    assert AuditEntry.objects.filter(event=Event.READER_ASKED).count() == 2


@pytest.mark.parametrize(
    "wish",
    [
        {"name": ""}, {"days": "91"}, {"days": "0"}, {"of": "fr"}, {"which": "section"}, {"which": "pages"},
        {"of": "law", "which": "pages", "pages": "plan"},
    ],
)  # fmt: skip
def test_a_wish_that_cannot_be_is_said_at_its_field(people, wish):
    answer = people["mei"].post(ROOM, {"name": "X", "of": "ta", "which": "next", "days": "30", "section": ""} | wish)
    assert answer.status_code == 422 and 'class="errorlist' in answer.content.decode()
    assert not OutsideReader.objects.exists()


def test_pages_are_chosen_by_name_or_by_section(people):
    mei = people["mei"]
    mei.post(ROOM, {"name": "A", "of": "ms", "which": "pages", "pages": ["plan", "-", PAGE], "days": "5"})
    mei.post(ROOM, {"name": "B", "of": "law", "which": "section", "section": "laws", "days": "5"})
    b, a = OutsideReader.objects.all()
    assert {tuple(one) for one in a.texts} == {("", "plan"), ("", "ms"), (PAGE, "ms")}
    assert all(path.startswith("laws") and part == "facts" for path, part in b.texts) and len(b.texts) > 5


def test_nobody_asks_who_may_not_write_every_text(people):
    reader = ask()
    for path in (ROOM, f"{ROOM}{reader.pk}/"):
        assert people["kavitha"].get(path).status_code == 403
        assert Client().get(path).status_code == 302


def test_a_link_is_taken_back_or_given_more_days(people):
    reader, mei = ask(days=1), people["mei"]
    here = f"{ROOM}{reader.pk}/"
    for days, lasts in (("45", 45), ("91", 45), ("0", 45), ("x", 45)):
        mei.post(here, {"action": "extend", "days": days})
        reader.refresh_from_db()
        assert (reader.expires - now()).days == lasts - 1
    mei.post(here, {"action": "revoke"})
    assert Client().get(address(reader)).status_code == 410
    mei.post(here, {"action": "extend", "days": "30"})
    assert Client().get(address(reader)).status_code == 410
    assert asked.token_for(reader) not in mei.get(here).content.decode()
    assert list(AuditEntry.objects.values_list("event", flat=True)) == [Event.READER_ENDED, Event.READER_EXTENDED]


# ---- her wordings


def test_a_draft_is_made_of_her_wordings_where_the_sentences_still_stand(people):
    reader, mei = ask(), people["mei"]
    summary = next(one for one in at(reader).statements if one.what == "summary")
    plain = [one for one in at(reader).statements if one.what.startswith("#") and "**" not in one.text][5]
    for one, wording in ((summary, "இதுவே சுருக்கம்."), (plain, "இது அவள் எழுதிய வாக்கியம்.")):
        say(reader, one, "better", wording)
    gone = at(reader).statements[-1]
    say(reader, gone, "better", "எங்கே?")
    change_live(PAGE, "ta", lambda prose: replace(prose, body=prose.body.replace(gone.text, "வேறு சொற்கள்.")))
    assert "No longer in the text" in mei.get(f"{ROOM}{reader.pk}/").content.decode()
    mei.post(f"{ROOM}{reader.pk}/", {"action": "draft:1"})
    draft = Draft.objects.get()
    assert (draft.author.username, draft.part, draft.state) == ("mei", "ta", Draft.WRITING)
    assert "summary: இதுவே சுருக்கம்." in draft.text and "இது அவள் எழுதிய வாக்கியம்." in draft.text
    assert "எங்கே?" not in draft.text and summary.text not in draft.text
    assert set(draft.remarks.values_list("sentence", flat=True)) == {summary.text, plain.text}
    assert live_text(live_site(), PAGE, "ta") != draft.text and waiting().count() == 3
    said = {"action": "publish", "version": draft.version, "size": "minor", "reason": "as she says"}
    people["aminah"].post(f"/staff/drafts/{draft.pk}/", said)
    assert live_text(live_site(), PAGE, "ta") == draft.text and [one.sentence for one in waiting()] == [gone.text]


def test_her_wordings_go_into_a_draft_that_is_open_and_leave_the_rest_of_it(people):
    reader, mei = ask(), people["mei"]
    say(reader, next(one for one in at(reader).statements if one.what == "summary"), "better", "இதுவே சுருக்கம்.")
    unit = f"/staff/pages/{PAGE}/ta/"
    passed = re.search(r'name="pass" value="([^"]+)"', mei.get(unit).content.decode())
    prose = live_site()[PAGE].prose["ta"]
    mei.post(
        unit,
        {"pass": passed[1], "title": prose.title, "summary": prose.summary, "body": prose.body + "\nபுதிய பத்தி.\n"},
    )
    mei.post(f"{ROOM}{reader.pk}/", {"action": "draft:1"})
    draft = Draft.objects.get()
    assert "புதிய பத்தி." in draft.text and "summary: இதுவே சுருக்கம்." in draft.text


# ---- reviewed


def test_only_a_publisher_says_reviewed_and_history_names_reader_and_day(people):
    reader = ask()
    judge_all(reader)
    here, posted = f"{ROOM}{reader.pk}/", {"action": "reviewed:1"}
    assert "Publish as reviewed" not in people["mei"].get(here).content.decode()
    assert people["mei"].post(here, posted).status_code == 403
    assert live_site()[PAGE].prose["ta"].review == "unreviewed"
    assert "Publish as reviewed" in people["aminah"].get(here).content.decode()
    people["aminah"].post(here, posted)
    assert live_site()[PAGE].prose["ta"].review == "reviewed"
    made = models.Revision.objects.first()
    assert made.author.username == "aminah" and made.reason.startswith("Compared with the English by Puan Devi, ")
    assert AuditEntry.objects.first().event == Event.PUBLISHED


def test_nothing_is_reviewed_while_a_sentence_of_today_is_not_right(people):
    reader = ask()
    judge_all(reader)
    aminah, here = people["aminah"], f"{ROOM}{reader.pk}/"
    one = at(reader).statements[3]
    say(reader, one, "wrong")
    aminah.post(here, {"action": "reviewed:1"})
    assert live_site()[PAGE].prose["ta"].review == "unreviewed"
    say(reader, one, "right")
    change_live(PAGE, "ta", lambda prose: replace(prose, summary="இது புதியது."))
    aminah.post(here, {"action": "reviewed:1"})
    assert live_site()[PAGE].prose["ta"].review == "unreviewed"


def test_a_text_is_right_once_her_own_wordings_are_published(people):
    reader = ask()
    judge_all(reader)
    summary = next(one for one in at(reader).statements if one.what == "summary")
    say(reader, summary, "better", "இது ஒன்று. இது இரண்டு.")
    assert not at(reader).is_right
    change_live(PAGE, "ta", lambda prose: replace(prose, summary="இது ஒன்று. இது இரண்டு."))
    assert at(reader).is_right
    people["aminah"].post(f"{ROOM}{reader.pk}/", {"action": "reviewed:1"})
    assert live_site()[PAGE].prose["ta"].review == "reviewed"


def test_english_and_the_law_are_never_called_reviewed(people):
    for reader in (ask("en", (PAGE, "en")), ask("law", ("laws/penal-code-507a", "facts"))):
        judge_all(reader)
        people["aminah"].post(f"{ROOM}{reader.pk}/", {"action": "reviewed:1"})
    assert not live_site()[PAGE].prose["en"].review
