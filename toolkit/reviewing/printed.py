"""A pack as one HTML file for paper: nothing is fetched, nothing runs."""

from collections.abc import Sequence
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.timezone import localdate
from django.utils.translation import override

from toolkit.reviewing.pack import Sheet
from toolkit.reviewing.words import words_of


def write_printed(file: Path, of: str, sheets: Sequence[Sheet]) -> None:
    said = words_of(of)
    with override(said.language):
        context = {"sheets": sheets, "said": said, "today": localdate()}
        file.write_text(render_to_string("review_pack.html", context))
