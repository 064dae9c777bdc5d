"""The rules of the plan as forms: a list of its questions and steps, one form for each, and the whole as one text.

All are ways of writing the same draft. What it holds is the whole text (``body``) and, in fields that begin with the
address of a piece, what was typed for that piece and is not in the text yet: while she types, or until it is right.
"""

from collections.abc import Iterator

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkit.admin.drafting.facts_form import as_posted, body_of
from toolkit.admin.drafting.plan_part import NEW, PartForm
from toolkit.admin.words.faults import said
from toolkit.drafting.drafts import Typed
from toolkit.texts.canonical import decode
from toolkit.texts.languages import TRANSLATIONS
from toolkit.texts.page import Site
from toolkit.texts.plans.plan import Plan, PlanText, read_plan_text
from toolkit.texts.plans.translated import pinned
from toolkit.texts.plans.written import QUESTIONS, ROUTES, STEPS, Table, Written
from toolkit.texts.problem import TextError

WHOLE = "whole"
# Whose words a translator may write in a piece: a mark, no field of it.
_ONLY = "only"


class PlanForm(forms.Form):
    """What "What do I do now?" asks, and the steps that follow (docs/content.md, "The plan")."""

    body = forms.CharField(label=_("Questions and steps"), widget=forms.Textarea(attrs={"rows": 40}))

    def __init__(self, typed: Typed, site: Site) -> None:
        super().__init__(as_posted(typed))
        self.typed, self.site = typed, site

    def text(self) -> str:
        """The canonical text with what was typed for its pieces, or "" with errors on the field or the pieces."""
        if not self.is_valid():
            return ""
        try:
            written = self._with_parts(Written.of(decode(self.cleaned_data["body"].encode())))
            if written is None:
                return ""
            follows = tuple(one for one in self.typed.get("translated", ()) if one in TRANSLATIONS)
            return pinned(read_plan_text(written.text), follows).text
        except TextError as error:
            self.add_error("body", _("Line %(line)s: %(fault)s") % {"line": error.line, "fault": said(error.fault)})
            return ""

    def written(self) -> Written | None:
        """The text in its pieces, without what is not in it yet; None where it cannot be read."""
        try:
            text = decode(body_of(self.typed).encode())
            read_plan_text(text)
            return Written.of(text)
        except TextError:
            return None

    def part(self, at: str, only: tuple[str, ...] = ()) -> PartForm | None:
        """The form of a piece, with what was typed for it; None where there is no such piece."""
        written = self.written()
        found = written.piece(at) if written else None
        if written is None or not (found or at == NEW):
            return None
        return _part(at, self.typed, found.table if found else {}, self.site, only, read_plan_text(written.text).rules)

    def errors_of_parts(self) -> Iterator[tuple[str, str]]:
        """Where, and what is wrong there."""
        for at in pending(self.typed):
            part = self.part(at)
            if part is not None and part.result() is None:
                for name, errors in part.errors.items():
                    label = f"{part.fields[name].label}: " if name in part.fields else ""
                    yield from ((at, f"{at.partition('/')[2]}: {label}{error}") for error in errors)

    def _with_parts(self, written: Written) -> Written | None:
        plan = read_plan_text(written.text).rules if pending(self.typed) else None
        for at in pending(self.typed):
            piece = written.piece(at)
            if plan is None or not (piece or at == NEW):
                continue
            part = _part(at, self.typed, piece.table if piece else {}, self.site, (), plan)
            if part.is_gone:
                written = written.without(at)
                continue
            table = part.result()
            if table is None:
                self.add_error(None, _("Something in %(part)s is not right yet.") % {"part": at.partition("/")[2]})
                return None
            written = written.with_table(f"{STEPS}/{table['id']}" if at == NEW else at, table, part.stands_after)
        return written


def _part(at: str, typed: Typed, table: Table, site: Site, only: tuple[str, ...], plan: Plan) -> PartForm:
    fields = {name.partition(".")[2]: values for name, values in typed.items() if name.startswith(f"{at}.")}
    marked = tuple(fields.pop(_ONLY, ()))
    return PartForm(at, table, fields, plan, site, only or marked)


def pending(typed: Typed) -> list[str]:
    """The pieces of which something was typed that is not in the text yet."""
    return list(dict.fromkeys(name.partition(".")[0] for name in typed if _is_of_part(name)))


def _is_of_part(name: str) -> bool:
    return name.startswith((f"{QUESTIONS}/", f"{STEPS}/", f"{ROUTES}."))


def typed_of(plan: PlanText | None) -> Typed:
    return {"body": [plan.text if plan else ""]}


def typed_with(before: Typed, posted: Typed, at: str, only: tuple[str, ...]) -> Typed:
    """The draft with what was posted for one piece in it, or for the whole; ``only``: a translator's languages."""
    if at in ("", WHOLE):
        kept = {name: values for name, values in before.items() if name != "translated"}
        ticked = [one for one in posted.get("translated", []) if not only or one in only]
        whole = {"body": posted["body"]} if "body" in posted and not only else {}
        # A whole text that was written out has taken the place of its pieces.
        return (whole or kept) | ({"translated": ticked} if ticked else {})
    kept = {name: values for name, values in before.items() if not name.startswith(f"{at}.")}
    mine = {name: values for name, values in posted.items() if name.startswith(f"{at}.") and not name.endswith(_ONLY)}
    if only:
        mine = {name: values for name, values in mine.items() if name.rpartition(".")[2] in only}
        mine[f"{at}.{_ONLY}"] = list(only)
    return kept | mine


def one_set_more(typed: Typed, at: str) -> Typed:
    """The same with an empty set of answers more in the form of a piece."""
    number = (typed.get(f"{at}.if-number") or ["1"])[0]
    return typed | {f"{at}.if-number": [str(int(number) + 1 if number.isdecimal() and len(number) < 4 else 1)]}


def settled(text: str) -> Typed:
    """What a draft holds once all that was typed is in its text."""
    return {"body": [text]}


def moved(typed: Typed, at: str, by: int) -> Typed:
    return typed | {"body": [Written.of(body_of(typed)).moved(at, by).text]}


def put_back(typed: Typed, at: str, live: PlanText | None) -> Typed:
    """A piece of the live text again as it stands there, where the draft has taken it away."""
    old = Written.of(live.text) if live else None
    piece = old.piece(at) if old else None
    written = Written.of(body_of(typed))
    if old is None or piece is None or written.piece(at):
        return typed
    row = [one.at for one in old.of_kind(piece.kind)]
    after = next((one for one in reversed(row[: row.index(at)]) if written.piece(one)), "")
    return typed | {"body": [written.with_piece(piece, after, is_first=not after).text]}
