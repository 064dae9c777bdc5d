"""The rules of the plan as a form: one text, because its words and rules stand side by side in it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkit.admin.drafting.facts_form import as_posted
from toolkit.admin.words.faults import said
from toolkit.drafting.drafts import Typed
from toolkit.texts.canonical import decode
from toolkit.texts.plans.plan import PlanText, read_plan_text
from toolkit.texts.problem import TextError


class PlanForm(forms.Form):
    """What "What do I do now?" asks, and the steps that follow (docs/content.md, "The plan")."""

    body = forms.CharField(label=_("Questions and steps"), widget=forms.Textarea(attrs={"rows": 40}))

    def __init__(self, typed: Typed) -> None:
        super().__init__(as_posted(typed))

    def text(self) -> str:
        """The canonical text, or "" with errors on the field."""
        if not self.is_valid():
            return ""
        try:
            return read_plan_text(decode(self.cleaned_data["body"].encode())).text
        except TextError as error:
            self.add_error("body", _("Line %(line)s: %(fault)s") % {"line": error.line, "fault": said(error.fault)})
            return ""


def typed_of(plan: PlanText | None) -> Typed:
    return {"body": [plan.text if plan else ""]}
