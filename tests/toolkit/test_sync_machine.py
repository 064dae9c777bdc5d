"""Any sequence of file edits, staff edits, syncs and exports: no text is lost, and the live text is never empty."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.folders import empty_the_database, small_guide
from toolkit import models
from toolkit.files import sync
from toolkit.judging import Change
from toolkit.live import live_site, live_text, publish
from toolkit.texts.canonical import digest
from toolkit.texts.decide import Decision
from toolkit.texts.page import read_part

UNITS = [("types/outing", "en"), ("types/outing", "ta"), ("types/threats", "zh-hans")]
UNIT = st.sampled_from(UNITS)
WORDS = st.integers(0, 3).map(lambda number: f"Words number {number}.")


class Machine(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        empty_the_database()
        self.place = tempfile.TemporaryDirectory()
        self.folder = small_guide(Path(self.place.name))
        self.published: dict[tuple[str, str], set[str]] = {unit: set() for unit in UNITS}
        sync.import_files(self.folder.root)
        self._note()

    @rule(unit=UNIT, words=WORDS)
    def someone_edits_the_file(self, unit, words) -> None:
        path = self.folder.file(*unit)
        path.write_text(_with_last_line(path.read_text(), words))

    @rule(unit=UNIT, words=WORDS)
    def staff_edit_the_site(self, unit, words) -> None:
        before = self._live(unit)
        text = _with_last_line(before, words)
        if text != before:
            publish([Change.of(*unit, read_part(unit[1], text), digest(before))], origin="staff")

    @rule(unit=UNIT)
    def the_file_is_spoiled_and_synced(self, unit) -> None:
        path = self.folder.file(*unit)
        good = path.read_bytes()
        path.write_bytes(b"---\ntitle: \xff")
        before = self._live(unit)
        sync.import_files(self.folder.root)
        assert self._live(unit) == before
        path.write_bytes(good)

    @rule()
    def sync_files(self) -> None:
        before = {unit: self._live(unit) for unit in UNITS}
        report = sync.import_files(self.folder.root)
        for unit in UNITS:
            if (
                report.decisions[self.folder.file(*unit).relative_to(self.folder.root).as_posix()]
                is not Decision.IMPORT
            ):
                assert self._live(unit) == before[unit]

    @rule()
    def export_texts(self) -> None:
        sync.export_texts(self.folder.root, self.folder.root)

    @rule(unit=UNIT)
    def someone_decides_for_the_file(self, unit) -> None:
        sync.import_files(self.folder.root, take=[self.folder.file(*unit).relative_to(self.folder.root).as_posix()])
        assert self._live(unit) == self.folder.file(*unit).read_text()

    @invariant()
    def nothing_that_was_live_is_lost(self) -> None:
        self._note()
        for unit, texts in self.published.items():
            kept = set(models.Revision.objects.filter(page__path=unit[0], part=unit[1]).values_list("text", flat=True))
            assert texts <= kept

    @invariant()
    def the_live_text_is_never_empty(self) -> None:
        assert all(self._live(unit) for unit in UNITS)

    def _note(self) -> None:
        for unit in UNITS:
            self.published[unit].add(self._live(unit))

    def _live(self, unit: tuple[str, str]) -> str:
        return live_text(live_site(), *unit) or ""

    def teardown(self) -> None:
        self.place.cleanup()


def _with_last_line(text: str, words: str) -> str:
    """The text with its one changeable sentence replaced."""
    kept = [line for line in text.split("\n") if not line.startswith("Words number")]
    return "\n".join(kept).rstrip("\n") + f"\n\n{words}\n"


class SyncMachineTest(Machine.TestCase, TestCase):  # type: ignore[misc]
    settings = hypothesis_settings(max_examples=15, stateful_step_count=12, deadline=None)
