"""A page that gives way to another: which one, and where each of its parts leads then."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from toolkit.drafting.addresses import GIVE_WAY, Wish, left_anchors
from toolkit.models import Page
from toolkit.texts.languages import SOURCE
from toolkit.texts.page import PageTexts, Site
from toolkit.texts.words.markup import MARKED, headings

_PART = "part-"


class GiveWayForm(forms.Form):
    """Once the other page is chosen, a field for each part that it has none of the same name for."""

    to = forms.ChoiceField(label=_("Page that takes its place"))

    def __init__(self, data: Any, page: Page, site: Site, titles: dict[str, str]) -> None:
        super().__init__(data)
        texts = site.get(page.path) or PageTexts(page.path)
        others = sorted((title, path) for path, title in titles.items() if path and path != page.path)
        choices = [("", ""), *((path, f"{title} (/{path}/)") for title, path in others)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        other = site.get(data.get("to", "")) if data else None
        self.parts = list(_headings(texts))
        if other and data["to"] not in ("", page.path):
            self._ask_for_parts(texts, other)

    def _ask_for_parts(self, texts: PageTexts, other: PageTexts) -> None:
        left = set(left_anchors(texts, other))
        self.parts = [(anchor, words) for anchor, words in self.parts if anchor in left]
        choices = [("", ""), *_headings(other)]
        for anchor, words in self.parts:
            label = gettext("The part “%(heading)s” leads to") % {"heading": words}
            self.fields[_PART + anchor] = forms.ChoiceField(label=label, choices=choices)

    @property
    def is_half(self) -> bool:
        """Whether the page is chosen, and nothing was said of its parts yet."""
        return len(self.fields) > 1 and not any(name.startswith(_PART) for name in self.data)

    @property
    def wish(self) -> Wish:
        led = {anchor: self.cleaned_data[_PART + anchor] for anchor, _words in self.parts}
        return Wish(GIVE_WAY, self.cleaned_data["to"], led)


def _headings(texts: PageTexts) -> Iterator[tuple[str, str]]:
    """Anchor and words of each part of a page."""
    for heading in headings(texts.prose[SOURCE].body) if SOURCE in texts.prose else ():
        if heading.anchor:
            yield heading.anchor, MARKED.sub("…", heading.text)
