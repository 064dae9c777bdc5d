"""What a native reader or a lawyer is given: written by the command, opened again, every sentence read."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document

from toolkit.live import live_site
from toolkit.rendering.guide import Guide
from toolkit.reviewing import asked
from toolkit.reviewing.law import law_pack
from toolkit.reviewing.pack import PLAN_SHEET, pack_in
from toolkit.texts.languages import LANGUAGES
from toolkit.texts.words.markup import MARKED, parsed

TRANSLATED = [one for one in LANGUAGES if one != "en"]


def written(of: str, folder: Path, **options: int) -> Path:
    call_command("review_pack", of, folder, stdout=(folder / "log").open("w"), **options)
    return folder / f"review-{of}.docx"


def rows_of(document: Path) -> dict[str, list[str]]:
    """Number of a sentence -> the other cells of its row, of the whole document."""
    tables = Document(str(document)).tables[1:]  # the first asks for name and date
    found = {}
    for table in tables:
        for row in table._tbl.tr_lst[1:]:
            name, *cells = ["\n".join(one.text for one in cell.p_lst) for cell in row.tc_lst]
            assert name.partition("\n")[0] not in found
            found[name.partition("\n")[0]] = cells
    return found


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_document_holds_every_sentence_of_the_guide(language, guide, tmp_path):
    rows = rows_of(written(language, tmp_path))
    sheets = pack_in(Guide.of(live_site()), language)
    assert [(one.name, one.text) for sheet in sheets for one in sheet.statements] == [
        (name, cells[-4]) for name, cells in rows.items()
    ]
    for path, page in live_site().items():
        printed = letters(
            "".join(cells[-4] for name, cells in rows.items() if name.rpartition(" ")[0] == (path or "home"))
        )
        for block in parsed(page.prose[language].body).words:
            said = [letters(part) for part in MARKED.split(block.value)[::2]]
            assert all(part in printed for part in said), (path, block.value)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_english_stands_beside_every_sentence_or_the_one_before_it(language, guide):
    for sheet in pack_in(Guide.of(live_site()), language):
        assert sheet.statements[0].english
        assert all(one.text for one in sheet.statements), sheet.path
    plan = pack_in(Guide.of(live_site()), language)[0]
    assert (plan.path, plan.statements[0].english) == (PLAN_SHEET, "Is anyone in danger right now?")


@pytest.mark.parametrize("of", [*LANGUAGES, "law"])
def test_each_sentence_has_two_boxes_to_tick_and_a_cell_to_write_in(of, guide, tmp_path):
    document = written(of, tmp_path, first=3)
    rows = rows_of(document)
    assert Document(str(document)).element.xml.count("<w14:checkbox>") == 2 * len(rows)
    assert {cells[-1] for cells in rows.values()} == {""}


def test_a_sentence_has_the_same_number_whenever_the_same_text_is_written(guide):
    site = Guide.of(live_site())
    assert pack_in(site, "ta") == pack_in(site, "ta")
    for sheet in pack_in(site, "ta"):
        assert [one.name for one in sheet.statements] == [f"{sheet.path} {n + 1}" for n in range(len(sheet.statements))]


def test_what_hurts_soonest_is_read_first(guide):
    paths = [sheet.path for sheet in pack_in(Guide.of(live_site()), "ms")]
    assert paths[:2] == ["plan", "home"]
    assert paths.index("first-response/right-now") < 12
    assert paths.index("types/shared-images") < paths.index("platforms/discord")
    assert paths.index("first-response/when-reporting-is-risky") < paths.index("what-is-ogbv/myths")
    assert len(paths) == len(set(paths)) == len(live_site()) + 1


def test_a_lawyer_finds_source_and_day_beside_every_statement(guide, tmp_path):
    rows = rows_of(written("law", tmp_path))
    assert all(re.search(r"compared \d+ \w+ \d{4}", cells[0]) for cells in rows.values())
    assert any("text of s. " in cells[0] and " as at " in cells[0] for cells in rows.values())
    everything = "".join(paragraph.text for paragraph in Document(str(tmp_path / "review-law.docx")).paragraphs)
    for sheet in law_pack(Guide.of(live_site())):
        assert all(source in everything for source in sheet.sources)


def test_a_lawyer_reads_every_provision_as_its_card_says_it(guide):
    sheets = {sheet.path: sheet for sheet in law_pack(Guide.of(live_site()))}
    for path, page in live_site().items():
        for provision in page.facts.provisions:
            said = " ".join(one.text for one in sheets[path].statements if one.what == provision.id)
            assert provision.act in said and "age of the person harmed" in said, provision.id
    assert "The most a court can give" in " ".join(one.text for one in sheets["laws/penal-code-507a"].statements)


def test_nothing_published_is_said_and_nothing_is_written(folder, tmp_path):
    with pytest.raises(CommandError, match="nothing is published"):
        call_command("review_pack", "ta", tmp_path / "pack")
    assert not (tmp_path / "pack").exists()


@pytest.mark.parametrize("process", ["survivors.settings", "toolkit.settings"])
def test_no_process_that_serves_loads_what_makes_documents(process):
    look = "import django, sys; django.setup(); from django.urls import get_resolver as r; r().url_patterns; print('docx' in sys.modules)"
    environment = {"DJANGO_SETTINGS_MODULE": process, "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", look], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
    )
    assert ran.stdout.strip() == "False", ran.stderr


def test_on_a_phone_every_sentence_stands_in_one_short_part_which_begins_with_a_heading_where_it_can(guide):
    whole = Guide.of(live_site())
    for sheet in (*pack_in(whole, "ta"), *law_pack(whole)):
        reading = asked.Reading(1, "ta", whole.site[""], "ta", sheet, {})
        assert [one for part in reading.screens for one in part] == reading.statements
        assert all(len(part) <= asked.AT_ONCE for part in reading.screens)
        for before, part in zip(reading.screens, reading.screens[1:], strict=False):
            heading = part[0].what.partition(" ")[0]
            below = [one for one in reading.statements if one.what.partition(" ")[0] == heading]
            assert heading != before[-1].what.partition(" ")[0] or len(below) > asked.AT_ONCE
