"""Fields of forms by their names, for the staff's templates."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

register = template.Library()

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
