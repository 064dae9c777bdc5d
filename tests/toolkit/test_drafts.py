"""Drafts: nothing that is written is lost, nothing that is not published is seen, and nobody overwrites anybody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from tests.folders import Folder
from tests.staff import make_staff
from toolkit import models
from toolkit.admin.drafting import facts_form, prose_form
from toolkit.drafting import drafts, publishing
from toolkit.drafting.changing import Said
from toolkit.drafting.together import publish_together
from toolkit.files import conflicts, sync
from toolkit.judging import Change
from toolkit.live import NotFitError, change_notes, live_site, live_text, publish
from toolkit.models import AuditEntry, Draft, Event
from toolkit.texts.canonical import digest
from toolkit.texts.languages import FACTS, SOURCE, TRANSLATIONS
from toolkit.texts.page import TranslationState, read_part, write_part
from toolkit.texts.words.pins import pin_of
from toolkit.texts.words.prose import read_prose

PAGE = "types/outing"


@pytest.fixture
def staff(folder: Folder):
    sync.import_files(folder.root)
    return {
        name: make_staff(name, role) for name, role in (("aminah", "Publisher"), ("mei", "Editor"), ("siti", "Editor"))
    }


def live(part: str = SOURCE, path: str = PAGE) -> str:
    return live_text(live_site(), path, part) or ""


def begin(user, part: str = SOURCE, change=lambda value: value, path: str = PAGE) -> Draft:
    """A draft of a text with ``change`` made to what it says."""
    site = live_site()
    value = change(read_part(part, live(part, path)))
    source = site[path].prose[SOURCE]
    follows = site[path].source_digest
    typed = facts_form.typed_of(value) if part == FACTS else prose_form.typed_of(value, part, source, follows=follows)
    page = models.Page.objects.get(path=path)
    return drafts.save(
        user, page, part, typed, write_part(value), version=0, base=digest(live(part, path)), follows=follows
    )


def words(text: str):
    return lambda prose: replace(prose, body=prose.body + f"\n{text}\n")


def number(value: str):
    def change(facts):
        contact = facts.contacts[0]
        channel = replace(contact.channels[0], value=value)
        return replace(facts, contacts=(replace(contact, channels=(channel,)),))

    return change


def pins() -> dict[str, TranslationState]:
    page = live_site()[PAGE]
    return {language: page.state(language) for language in TRANSLATIONS}


def test_a_draft_never_touches_the_live_text(staff):
    before, version = live(), models.ContentVersion.current()
    draft = begin(staff["mei"], change=words("New."))
    drafts.ask_for_review(draft)
    assert live() == before and models.ContentVersion.current() == version


def test_publishing_makes_it_live_and_keeps_who_why_and_what_readers_are_told(staff):
    draft = begin(staff["mei"], change=words("New."))
    revision = publishing.publish(draft, staff["aminah"], reason="A reader asked", note="There is a new step.")
    assert "New." in live()
    draft.refresh_from_db()
    assert (draft.state, draft.revision) == (Draft.PUBLISHED, revision)
    assert (revision.author, revision.reason) == (staff["aminah"], "A reader asked")
    assert [one.note for one in change_notes()[PAGE]] == ["There is a new step."]
    assert AuditEntry.objects.filter(who="aminah", event=Event.PUBLISHED).count() == 1


@pytest.mark.parametrize("first", ["mei", "siti"])
def test_of_two_people_on_one_text_the_second_is_told_and_keeps_hers(staff, first):
    second = "siti" if first == "mei" else "mei"
    mine = {name: begin(staff[name], change=words(f"By {name}.")) for name in ("mei", "siti")}
    publishing.publish(mine[first], staff["aminah"], reason="first")
    assert drafts.is_overtaken(mine[second], live_site())
    with pytest.raises(drafts.OvertakenError):
        publishing.publish(mine[second], staff["aminah"], reason="second")
    mine[second].refresh_from_db()
    assert mine[second].is_open and f"By {second}." in mine[second].text
    assert f"By {first}." in live() and f"By {second}." not in live()


@pytest.mark.parametrize("order", [("ms", "ta"), ("ta", "ms")])
def test_two_people_on_different_languages_of_a_page_are_never_in_each_others_way(staff, order):
    mine = {"ms": begin(staff["mei"], "ms", words("Baru.")), "ta": begin(staff["siti"], "ta", words("புதிது."))}
    for language in order:
        publishing.publish(mine[language], staff["aminah"], reason="new")
    assert "Baru." in live("ms") and "புதிது." in live("ta")


def test_a_major_change_of_the_english_makes_translations_older_and_a_minor_one_does_not(staff):
    assert set(pins().values()) == {TranslationState.UNREVIEWED}
    publishing.publish(begin(staff["mei"], change=words("A typo.")), staff["aminah"], reason="typo", is_minor=True)
    assert set(pins().values()) == {TranslationState.UNREVIEWED}
    publishing.publish(begin(staff["mei"], change=words("A new meaning.")), staff["aminah"], reason="law", note="New.")
    assert set(pins().values()) == {TranslationState.OUTDATED}


def test_a_minor_change_does_not_make_an_older_translation_current(staff):
    publishing.publish(begin(staff["mei"], change=words("New meaning.")), staff["aminah"], reason="law", note="New.")
    publishing.publish(begin(staff["mei"], change=words("A comma.")), staff["aminah"], reason="typo", is_minor=True)
    assert set(pins().values()) == {TranslationState.OUTDATED}


def test_a_translators_draft_outlives_a_minor_change_of_the_english(staff):
    draft = begin(staff["siti"], "ta", words("புதிது."))
    publishing.publish(begin(staff["mei"], change=words("A comma.")), staff["aminah"], reason="typo", is_minor=True)
    assert not drafts.is_overtaken(draft, live_site())
    publishing.publish(draft, staff["aminah"], reason="new")
    assert "புதிது." in live("ta") and pins()["ta"] is TranslationState.UNREVIEWED


def test_still_correct_says_so_for_the_languages_named_and_no_other(staff):
    publishing.publish(begin(staff["mei"], change=words("New meaning.")), staff["aminah"], reason="law", note="New.")
    page = models.Page.objects.get(path=PAGE)
    assert publishing.still_correct(page, ["ms", "ta"], staff["aminah"]) == ["ms", "ta"]
    assert publishing.still_correct(page, ["ms"], staff["aminah"]) == []
    assert pins() == {
        "ms": TranslationState.UNREVIEWED, "ta": TranslationState.UNREVIEWED, "zh-hans": TranslationState.OUTDATED
    }  # fmt: skip


def test_a_phone_number_is_live_in_every_language_at_once(staff, client):
    publishing.publish(
        begin(staff["mei"], FACTS, number("+60387654321"), path=""),
        staff["aminah"],
        reason="new number",
        no_call="no phone here",
    )
    for language in (SOURCE, *TRANSLATIONS):
        html = client.get(f"/{language}/types/outing/").content.decode()
        assert "+60387654321" in html and "+60312345678" not in html


def test_a_fact_checked_by_another_meanwhile_keeps_the_later_day(staff):
    draft = begin(staff["mei"], FACTS, lambda facts: replace(facts, position=5), path="")
    facts = live_site()[""].facts
    checked = replace(facts, contacts=(replace(facts.contacts[0], checked=date.today()),))
    publish([Change.of("", FACTS, checked, digest(live(FACTS, "")))], origin="staff")
    publishing.publish(draft, staff["aminah"], reason="order")
    after = live_site()[""].facts
    assert (after.position, after.contacts[0].checked) == (5, date.today())


def test_a_changed_fact_does_not_inherit_the_day_on_which_the_old_one_was_checked(staff):
    draft = begin(staff["mei"], FACTS, number("+60387654321"), path="")
    facts = live_site()[""].facts
    checked = replace(facts, contacts=(replace(facts.contacts[0], checked=date.today()),))
    publish([Change.of("", FACTS, checked, digest(live(FACTS, "")))], origin="staff")
    publishing.publish(draft, staff["aminah"], reason="new number", no_call="no phone here")
    assert live_site()[""].facts.contacts[0].checked == date(2026, 11, 22)


def test_a_record_that_other_texts_name_cannot_be_taken_away(staff):
    draft = begin(staff["mei"], FACTS, lambda facts: replace(facts, contacts=(), help_lines=()), path="")
    with pytest.raises(NotFitError) as told:
        publishing.publish(draft, staff["aminah"], reason="gone")
    assert any(one.file == "types/outing/en.md" and "contact line" in one.message for one in told.value.problems)


def test_a_record_that_nobody_names_goes_with_its_words_in_every_language(staff, folder: Folder):
    for path in ("types/outing", "types/threats"):
        folder.page(path, "Words.\n\n## Do this first {#do-first}\n\nBreathe.\n")
    pin = ""
    for part in ("en", *TRANSLATIONS):
        file = folder.file("", part)
        text = file.read_text().replace("\nlabel.line:", "\nif_silent.line: Ask again.\nlabel.line:")
        file.write_text(re.sub("(?<=translated_from: ).+", pin, text))
        pin = pin_of(read_prose(text)) if part == "en" else pin
    sync.import_files(folder.root)
    assert live_site()[""].prose["ta"].further == {"if_silent": {"line": "Ask again."}}
    draft = begin(staff["mei"], FACTS, lambda facts: replace(facts, contacts=(), help_lines=()), path="")
    publishing.publish(draft, staff["aminah"], reason="gone")
    home = live_site()[""]
    assert not home.facts.contacts and not any(prose.named_records for prose in home.prose.values())
    assert all(home.state(language) is TranslationState.UNREVIEWED for language in TRANSLATIONS)
    assert "label.line" in models.Revision.objects.filter(page__path="", part="ta").last().text


def test_a_draft_with_a_dead_link_or_a_typed_number_is_not_published(staff):
    for body in ("See [this](/types/nothing/).", "Call 03-2615 5599."):
        draft = begin(staff["mei"], change=words(body))
        with pytest.raises(NotFitError):
            publishing.publish(draft, staff["aminah"], reason="new")
        drafts.set_aside(draft, staff["mei"])


def test_what_another_window_saved_is_not_written_over(staff):
    draft = begin(staff["mei"], change=words("One."))
    page = draft.page
    second = drafts.save(
        staff["mei"], page, SOURCE, {"body": ["Two."]}, "", version=draft.version, base=draft.base, follows=""
    )
    with pytest.raises(drafts.OtherWindowError) as told:
        drafts.save(
            staff["mei"], page, SOURCE, {"body": ["Three."]}, "", version=draft.version, base=draft.base, follows=""
        )
    assert told.value.draft == second
    second.refresh_from_db()
    assert second.typed == {"body": ["Two."]}


def test_the_same_text_saved_twice_is_no_other_window(staff):
    draft = begin(staff["mei"], change=words("One."))
    again = drafts.save(
        staff["mei"], draft.page, SOURCE, draft.typed, draft.text, version=0, base=draft.base, follows=draft.follows
    )
    assert (again.pk, again.version) == (draft.pk, 1)


def test_what_its_author_has_saved_since_is_not_published_unread(staff):
    draft = begin(staff["mei"], change=words("Read."))
    text = draft.text.replace("Read.", "Not read.")
    drafts.save(staff["mei"], draft.page, SOURCE, {"body": [text]}, text, version=1, base=draft.base, follows="")
    with pytest.raises(drafts.OtherWindowError):
        publishing.publish(draft, staff["aminah"], reason="read")
    assert "Not read." not in live()


def test_restoring_makes_an_old_version_live_as_a_new_one(staff):
    first = models.Revision.objects.get(page__path=PAGE, part=SOURCE)
    publishing.publish(begin(staff["mei"], change=words("New.")), staff["aminah"], reason="new", note="New.")
    restored = publishing.restore(first, staff["aminah"])
    assert live() == first.text and restored.pk > first.pk and restored.origin == "restored"
    assert models.Revision.objects.filter(page__path=PAGE, part=SOURCE).count() == 3


def in_conflict(folder: Folder, staff) -> models.UnitState:
    """The English of a page, changed on the site and in its file."""
    publishing.publish(begin(staff["mei"], change=words("On the site.")), staff["aminah"], reason="new", note="New.")
    path = folder.file(PAGE, SOURCE)
    path.write_text(path.read_text() + "\nIn the files.\n")
    sync.import_files(folder.root)
    return models.UnitState.objects.get(page__path=PAGE, part=SOURCE, hold="conflict")


def test_a_conflict_can_be_answered_for_the_site(staff, folder: Folder):
    state = in_conflict(folder, staff)
    conflicts.keep_the_sites(state, digest(state.held), staff["aminah"])
    sync.import_files(folder.root)
    assert "On the site." in live() and not conflicts.waiting()
    sync.export_texts(folder.root, folder.root)
    assert folder.file(PAGE, SOURCE).read_text() == live()
    assert any("In the files." in one.text for one in models.Revision.objects.filter(page__path=PAGE, part=SOURCE))


def test_a_conflict_can_be_answered_for_the_files(staff, folder: Folder):
    state = in_conflict(folder, staff)
    conflicts.use_the_files(state, digest(state.held), staff["aminah"], digest(live()))
    assert "In the files." in live() and not conflicts.waiting()
    assert live() == folder.file(PAGE, SOURCE).read_text()


def test_a_conflict_can_be_answered_by_combining(staff, folder: Folder):
    state = in_conflict(folder, staff)
    draft = begin(staff["aminah"], change=words("In the files."))
    conflicts.combine(draft, state)
    sync.import_files(folder.root)
    assert conflicts.waiting()
    publishing.publish(draft, staff["aminah"], reason="both")
    sync.import_files(folder.root)
    assert "On the site." in live() and "In the files." in live() and not conflicts.waiting()
    sync.export_texts(folder.root, folder.root)
    assert folder.file(PAGE, SOURCE).read_text() == live()


def test_an_answer_to_a_page_that_is_out_of_date_is_refused(staff, folder: Folder):
    state = in_conflict(folder, staff)
    seen = digest(state.held)
    path = folder.file(PAGE, SOURCE)
    path.write_text(path.read_text() + "\nAgain.\n")
    sync.import_files(folder.root)
    for answer in (
        lambda: conflicts.keep_the_sites(state, seen, staff["aminah"]),
        lambda: conflicts.use_the_files(state, seen, staff["aminah"], digest(live())),
    ):
        with pytest.raises(conflicts.AnsweredError):
            answer()
    assert conflicts.waiting()


def test_what_is_in_history_or_in_the_list_of_what_was_done_can_be_neither_changed_nor_deleted(staff):
    publishing.publish(begin(staff["mei"], change=words("New.")), staff["aminah"], reason="new", note="New.")
    for row in (models.Revision.objects.first(), AuditEntry.objects.first()):
        with pytest.raises(TypeError):
            row.save()
        with pytest.raises(TypeError):
            row.delete()
        with pytest.raises(TypeError):
            type(row).objects.all().delete()
        with pytest.raises(TypeError):
            type(row).objects.all().update(pk=1)


def alone(draft: Draft, user) -> None:
    publishing.publish(draft, user, reason="any")


def in_a_batch(draft: Draft, user) -> None:
    publish_together([draft], user, Said("any"))


@pytest.mark.parametrize("publish", [alone, in_a_batch])
@pytest.mark.parametrize("says", ["an older English", "today's English"])
def test_a_new_translation_follows_the_english_that_its_writer_says_and_no_other(staff, folder, publish, says):
    folder.page("types/new", "Words.\n", position=3)
    folder.file("types/new", "ms").unlink()
    assert sync.import_files(folder.root).errors == []
    today = live_site()["types/new"].source_digest
    other = live_site()["types/new"].prose["ta"]
    prose = replace(other, title="Baharu", translated_from=today if says == "today's English" else "0123456789ab")
    page = models.Page.objects.get(path="types/new")
    draft = drafts.save(staff["mei"], page, "ms", {}, write_part(prose), version=0, base="", follows=today)
    publish(draft, staff["aminah"])
    state = live_site()["types/new"].state("ms")
    assert (state is TranslationState.OUTDATED) == (says == "an older English")
