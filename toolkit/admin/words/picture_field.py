"""A picture in a form: what is kept of it in a hidden field, how it looks, and a file to choose in its place."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from toolkit.drafting.photograph import image_of
from toolkit.rendering.owner import picture_address
from toolkit.texts.problem import Fault, FaultError
from toolkit.texts.records.picture import read_image

_FILE = "-file"


class PictureInput(forms.Widget):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        try:
            address = picture_address(read_image(value)) if value else ""
        except FaultError:
            address = ""
        context = {"name": name, "value": value or "", "address": address, "file": name + _FILE, **(attrs or {})}
        return render_to_string("staff/picture_field.html", context)


def taken_in(files: Mapping[str, Any]) -> tuple[dict[str, list[str]], list[Fault]]:
    """What the chosen files put into the hidden fields, and what was wrong with those that put in nothing."""
    found: dict[str, list[str]] = {}
    faults = []
    for name, file in files.items():
        if name.endswith(_FILE):
            try:
                found[name.removesuffix(_FILE)] = [image_of(file.read())]
            except FaultError as error:
                faults.append(error.fault)
    return found, faults
