"""Any sequence of drafts, publications, decisions, restorations, file changes, syncs and exports loses no text."""

from __future__ import annotations

from django.contrib.auth.models import User
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import initialize, invariant, precondition, rule

from tests.staff import make_staff
from tests.toolkit.test_sync_machine import UNIT, UNITS, WORDS, Machine, _with_last_line
from toolkit import models
from toolkit.drafting import drafts, publishing
from toolkit.files import conflicts, sync
from toolkit.live import NotFitError, live_site
from toolkit.models import Draft
from toolkit.texts.canonical import digest

STAFF = st.sampled_from(["mei", "siti"])


class StaffMachine(Machine):
    @initialize()
    def start(self) -> None:
        super().start()
        # Accounts outlast an example, unlike the texts.
        known = {user.username: user for user in User.objects.all()}
        self.staff = {name: known.get(name) or make_staff(name, "Publisher") for name in ("mei", "siti")}
        self.written: set[tuple[str, str, str]] = set()

    @rule(unit=UNIT, words=WORDS, who=STAFF)
    def someone_writes_a_draft(self, unit, words, who) -> None:
        page, part = models.Page.objects.get(path=unit[0]), unit[1]
        before = self._live(unit)
        draft = drafts.open_draft(self.staff[who], page, part)
        text = _with_last_line(draft.text if draft else before, words)
        follows = live_site()[unit[0]].source_digest
        drafts.save(
            self.staff[who], page, part, {"body": [text]}, text,
            version=draft.version if draft else 0, base=draft.base if draft else digest(before), follows=follows,
        )  # fmt: skip
        assert self._live(unit) == before

    @rule(who=STAFF, is_minor=st.booleans())
    def a_draft_is_published_or_refused(self, who, is_minor) -> None:
        for draft in Draft.objects.filter(author=self.staff[who], state__in=Draft.OPEN)[:1]:
            unit = (draft.page.path, draft.part)
            before = self._live(unit)
            try:
                publishing.publish(draft, self.staff[who], reason="any", is_minor=is_minor)
            except (drafts.OvertakenError, NotFitError):
                draft.refresh_from_db()
                assert draft.is_open and self._live(unit) == before
                drafts.go_on_from_live(draft)
            else:
                assert self._live(unit) == draft.text

    @rule(who=STAFF)
    def a_draft_is_set_aside(self, who) -> None:
        for draft in Draft.objects.filter(author=self.staff[who], state__in=Draft.OPEN)[:1]:
            self.written.add((draft.page.path, draft.part, draft.text))
            drafts.set_aside(draft, self.staff[who])

    @rule(unit=UNIT, back=st.integers(0, 5))
    def an_older_version_is_restored(self, unit, back) -> None:
        versions = list(models.Revision.objects.filter(page__path=unit[0], part=unit[1]))
        chosen = versions[back % len(versions)]
        publishing.restore(chosen, self.staff["mei"])
        assert self._live(unit) == chosen.text

    @precondition(lambda self: conflicts.waiting())
    @rule(answer=st.sampled_from(["site", "files", "combine"]))
    def someone_decides(self, answer) -> None:
        state = conflicts.waiting()[0]
        unit, seen = (state.page.path, state.part), digest(state.held)
        before = self._live(unit)
        if answer == "site":
            conflicts.keep_the_sites(state, seen, self.staff["mei"])
            assert self._live(unit) == before
        elif answer == "files":
            conflicts.use_the_files(state, seen, self.staff["mei"], digest(before))
            assert self._live(unit) == state.held
        else:
            draft = drafts.open_draft(self.staff["mei"], state.page, state.part)
            if draft is None:
                draft = drafts.save(self.staff["mei"], state.page, state.part, {"body": [state.held]}, state.held,
                                    version=0, base=digest(before), follows="")  # fmt: skip
            conflicts.combine(draft, state)
            assert self._live(unit) == before

    @rule()
    def decided_and_exported_everything_agrees(self) -> None:
        """Whatever has happened: once every question is answered for the site, an export leaves nothing to do."""
        sync.import_files(self.folder.root)
        for state in conflicts.waiting():
            conflicts.keep_the_sites(state, digest(state.held), self.staff["mei"])
        sync.export_texts(self.folder.root, self.folder.root)
        for unit in UNITS:
            assert self.folder.file(*unit).read_text() == self._live(unit)

    @invariant()
    def no_draft_and_no_text_of_a_file_that_was_held_is_lost(self) -> None:
        known = set(Draft.objects.values_list("page__path", "part", "text"))
        assert self.written <= known
        kept = set(models.Revision.objects.values_list("page__path", "part", "text"))
        assert {(one.page.path, one.part, one.held) for one in conflicts.waiting()} <= kept
        published = Draft.objects.filter(state=Draft.PUBLISHED).values_list("page__path", "part", "revision__text")
        assert set(published) <= kept


class StaffMachineTest(StaffMachine.TestCase, TestCase):  # type: ignore[misc]
    settings = hypothesis_settings(max_examples=12, stateful_step_count=14, deadline=None)
