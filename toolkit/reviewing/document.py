"""A pack as a DOCX that can be filled in without a connection: boxes to tick, cells to write in."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import override
from docx import Document
from docx.document import Document as Made
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Row

from toolkit.rendering import words
from toolkit.reviewing.pack import Sheet, Statement
from toolkit.reviewing.words import PackWords, words_of

# Of A4 lying, within its margins, in millimetres: number, beside, text, right, wrong, better.
_WIDTHS = (34, 68, 68, 17, 17, 69)
_WITHOUT_BESIDE = (34, 90, 22, 22, 105)
# What spelling checkers take the words for.
_LOCALES = {"en": "en-GB", "ms": "ms-MY", "ta": "ta-IN", "zh-hans": "zh-CN"}
_BOX = (
    '<w:sdt xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox>'
    '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    "</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
)


def write_document(file: Path, of: str, sheets: Sequence[Sheet]) -> None:
    said = words_of(of)
    made = Document()
    _lay_out(made, said.language)
    with override(said.language):
        _first_page(made, said)
        for place, sheet in enumerate(sheets, start=1):
            _add_sheet(made, said, f"{place}. {sheet.name}", sheet)
    made.save(str(file))


def _lay_out(made: Made, language: str) -> None:
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(12)
    normal = made.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    marked = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        marked.set(qn(name), _LOCALES[language])
    normal.element.get_or_add_rPr().append(marked)


def _first_page(made: Made, said: PackWords) -> None:
    made.add_heading(said.title, 0)
    made.add_paragraph(words.day(localdate()))
    for line in said.told:
        made.add_paragraph(line, style="List Bullet")
    asked = made.add_table(len(said.asked), 2, style="Table Grid")
    for row, line in zip(asked.rows, said.asked, strict=True):
        row.cells[0].text = line


def _add_sheet(made: Made, said: PackWords, heading: str, sheet: Sheet) -> None:
    made.add_heading(heading, 1)
    checked = [words.day(sheet.checked)] if sheet.checked else []
    made.add_paragraph(" · ".join([sheet.path, sheet.version, *checked]))
    for source in sheet.sources:
        made.add_paragraph(source, style="List Bullet")
    heads = [said.number, said.beside, said.text, said.right, said.wrong, said.better]
    _add_table(made, [head for head in heads if head], sheet.statements)


def _add_table(made: Made, heads: Sequence[str], statements: Sequence[Statement]) -> None:
    has_beside = len(heads) == len(_WIDTHS)
    table = made.add_table(1, len(heads), style="Table Grid")
    table.autofit = False
    widths = _WIDTHS if has_beside else _WITHOUT_BESIDE
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    _mark(table.rows[0], "w:tblHeader")
    blank = _blank_row(table)
    for statement in statements:
        row = deepcopy(blank)
        table._tbl.append(row)
        cells = [cell.p_lst[0].r_lst for cell in row.tc_lst]
        for run, text in zip(cells[0], (statement.name, f"\n{statement.what}"), strict=True):
            run.text = text
        if has_beside:
            cells[1][0].text = statement.beside
        cells[1 + has_beside][0].text = statement.text


def _blank_row(table: Table) -> Any:
    """A row to copy for each statement: building each of some thousand anew takes half a minute."""
    row = table.add_row()  # type: ignore[no-untyped-call]
    _mark(row, "w:cantSplit")
    number, *beside, text, right, wrong, _ = [cell.paragraphs[0] for cell in row.cells]
    number.add_run()
    for paragraph in (number, *beside):
        paragraph.add_run().font.size = Pt(9)
    text.add_run()
    for paragraph in (right, wrong):
        paragraph._p.append(parse_xml(_BOX))
    table._tbl.remove(row._tr)
    return row._tr


def _mark(row: _Row, name: str) -> None:
    """A head that every page repeats, or a row that no page break cuts."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
