"""Fields of forms by their names, for the staff's templates."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()


@register.filter
def field(form: forms.Form, name: str) -> BoundField:
    return form[name]


@register.filter
def split_words(text: str) -> list[str]:
    return text.split()
