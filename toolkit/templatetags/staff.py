"""Fields of forms by their names, for the staff's templates."""

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from toolkit.texts.compare import Row

register = template.Library()

# So much of a comparison, in bytes, is about two screens of a small phone in each language.
_AT_ONCE = 2_500

_PARTS_OF_A_PLAN = {"now": _("now"), "today": _("today"), "week": _("this week")}


@register.filter
def part_of_plan(name: str) -> str:
    return str(_PARTS_OF_A_PLAN.get(name, name))


@register.filter
def field(form: forms.Form, name: str) -> BoundField:
    return form[name]


@register.filter
def split_words(text: str) -> list[str]:
    return text.split()


@register.filter
def at_once(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of a comparison that are shown at once, and those that are folded below them."""
    size = 0
    for number, row in enumerate(rows, 1):
        size += sum(len(piece.text.encode()) for piece in row.pieces)
        if size > _AT_ONCE:
            return rows[:number], rows[number:]
    return rows, []
