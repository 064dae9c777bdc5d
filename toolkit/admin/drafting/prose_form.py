"""A page's words in one language as a form."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from toolkit.admin.drafting.facts_form import as_posted
from toolkit.admin.words import faults
from toolkit.admin.words.fields import FURTHER_WORDS
from toolkit.drafting.drafts import Typed
from toolkit.texts.canonical import LONGEST_LINE, tidy_block, tidy_line
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import LONGEST_BODY, take_in, write_part
from toolkit.texts.problem import TextError
from toolkit.texts.records.facts import Facts
from toolkit.texts.words.prose import FURTHER_KEYS, RECORD_KEYS, Prose, write_prose


def _line(label: Any, rows: int = 1, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    most = {"data-most": LONGEST_LINE}
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows, **most}) if rows > 1 else forms.TextInput(attrs=most)
    return forms.CharField(label=label, widget=widget, required=required, help_text=help_text)


class ProseForm(forms.Form):
    """The words of a page. ``records`` are (id, name) of the page's facts, which may be named and explained here."""

    def __init__(self, typed: Typed, language: str, records: list[tuple[str, str]]) -> None:
        super().__init__(as_posted(typed))
        self.language, self.records = language, records
        title_hint = _("Stands in the browser's history: it must not give the topic away")
        self.fields["title"] = _line(_("Title"), required=True, help_text=title_hint)
        self.fields["heading"] = _line(_("Heading"), help_text=_("Shown on the page; left empty, the title is shown"))
        self.fields["called"] = _line(
            _("Also called"),
            help_text=_("What the law, the press or helpers call it, when the heading says it in her words"),
        )
        self.fields["summary"] = _line(_("One sentence under the heading"), 2, required=True)
        self.fields["keywords"] = _line(_("Words people search for, with commas"), 3)
        self.fields["body"] = _line(_("Text"), 24)
        self.fields["body"].widget.attrs |= {"data-most": LONGEST_BODY, "data-most-line": LONGEST_LINE}
        for record, name in records:
            self.fields[f"label.{record}"] = _line(_("Name in this language: %(name)s") % {"name": name})
            self.fields[f"note.{record}"] = _line(_("What a reader should know of it: %(name)s") % {"name": name}, 2)
            for key, words in FURTHER_WORDS.items():
                if f"{key}.{record}" in typed:
                    self.fields[f"{key}.{record}"] = _line(f"{words} ({name})", 2)
        if language != SOURCE:
            self.fields["follows_today"] = forms.BooleanField(
                required=False, label=_("This translation follows today's English")
            )
            self.fields["reviewed"] = forms.BooleanField(
                required=False, label=_("A native speaker has compared it with the English")
            )

    def record_fields(self) -> Iterator[BoundField]:
        """All words about the records of the page, record by record: what is not on the screen would be lost."""
        for record, _name in self.records:
            for key in RECORD_KEYS:
                if f"{key}.{record}" in self.fields:
                    yield self[f"{key}.{record}"]

    def text(self, *, follows: str, pinned: str) -> str:
        """The canonical text, or "" with errors on the fields.

        ``follows`` is the digest of the English text it was written by, ``pinned`` that of the one it followed before.
        """
        if not self.is_valid():
            return ""
        said = self.cleaned_data
        values: dict[str, Any] = {name: tidy_line(said[name]) for name in ("title", "heading", "called", "summary")}
        if self.language != SOURCE:
            values["translated_from"] = follows if said["follows_today"] or not pinned else pinned
            values["review"] = "reviewed" if said["reviewed"] else "unreviewed"
        prose = Prose(
            **values,
            keywords=tuple(word for one in said["keywords"].split(",") if (word := tidy_line(one))),
            labels=self._words_of_records("label"),
            notes=self._words_of_records("note"),
            further={key: words for key in FURTHER_KEYS if (words := self._words_of_records(key))},
            body=tidy_block(said["body"].replace("\r\n", "\n")),
        )
        try:
            return write_part(take_in(self.language, write_prose(prose).encode())[1])
        except TextError as error:
            self.add_error(None, faults.said(error.fault))
            return ""

    def _words_of_records(self, kind: str) -> dict[str, str]:
        found = ((record, tidy_line(self.cleaned_data.get(f"{kind}.{record}", ""))) for record, _name in self.records)
        return {record: words for record, words in found if words}


def typed_of(prose: Prose | None, language: str, source: Prose | None, *, follows: str) -> Typed:
    """The words of a page as a browser would post them unchanged; a missing translation begins with the English."""
    begun = prose or source
    if begun is None:
        return {}
    typed: Typed = {name: [getattr(begun, name)] for name in ("title", "heading", "called", "summary")}
    typed["keywords"] = [", ".join(begun.keywords)] if prose else [""]
    typed["body"] = [begun.body]
    for key, said in begun.words_of_records().items():
        typed |= {f"{key}.{record}": [words] for record, words in said.items()}
    if language != SOURCE:
        typed["follows_today"] = ["on"] if prose is None or prose.translated_from == follows else []
        typed["reviewed"] = ["on"] if prose and prose.review == "reviewed" else []
    return typed


def records_of(facts: Facts | None, prose: Prose | None) -> list[tuple[str, str]]:
    """(id, name) of the records that a text may name: those of the page, and those it names already."""
    own = (
        [(one.id, getattr(one, "name", "") or getattr(one, "platform", "") or one.id) for one in facts.records()]
        if (facts)
        else []
    )
    named = prose.named_records if prose else set()
    return own + [(record, record) for record in sorted(named - {one for one, _name in own})]
