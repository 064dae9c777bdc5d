"""The schema of facts as form fields, and its values in words."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.functional import lazystr
from django.utils.translation import gettext_lazy as _

from toolkit.admin.words.hours_field import HoursField
from toolkit.admin.words.picture_field import PictureInput
from toolkit.texts.records.facts import AFTER, is_required
from toolkit.texts.records.owner import ASK, LICENCES
from toolkit.texts.records.picture import read_image, read_yes
from toolkit.texts.records.values import ListOf, OneOf, Whole, read_day, read_flag, read_opening_hours, read_text

# Slugs of the pages below types/: known only when a form is made.
TYPE_FIELDS = ("types", "may_fit")

LABELS = {
    "act": _("Act"),
    "act_ms": _("Name of the act in Malay"),
    "act_number": _("Number of the act"),
    "acts_from": _("For acts from"),
    "acts_until": _("For acts until"),
    "age": _("Age of the person it is for"),
    "alerts_reported_person": _("Does the reported person learn of it?"),
    "asks_for_id": _("Do they ask for an identity card?"),
    "checked": _("Checked on"),
    "combine": _("Prison and fine"),
    "compensation_rm": _("Most compensation, RM"),
    "cost": _("Cost"),
    "daily_fine_rm": _("Fine for each day, RM"),
    "email": _("E-mail"),
    "fine": _("A fine of no stated amount"),
    "fine_rm": _("Most fine, RM"),
    "forum": _("Where one takes it"),
    "holidays_of": _("Whose public holidays they keep"),
    "hours": _("Opening hours"),
    "id": _("Short name for links: it stays the same for good"),
    "image": _("The picture"),
    "credit": _("Who made it, and what they allow"),
    "shows_nobody": _("No one can be recognised in it and it is nobody's private image"),
    "in_force_from": _("In force from"),
    "kind": _("Kind"),
    "language": _("Language"),
    "languages": _("Languages they speak"),
    "licence": _("Licence of the text"),
    "logo": _("Logo"),
    "may_fit": _("May fit these types"),
    "menu": _("Words to tap, one on a line"),
    "name": _("Name"),
    "needs": _("What they help with"),
    "no_account_ok": _("Does it work without an account?"),
    "online_safety_act": _("Online Safety Act"),
    "period": _("Year or period"),
    "platform": _("Platform"),
    "passed": _("Passed by both Houses on"),
    "assented": _("Royal assent on"),
    "superseded_by": _("What answers now: a number, or a contact's short name"),
    "within": _("How long"),
    "as_at": _("Text of the law as at"),
    "source": _("Source"),
    "says": _("The sentence in Malay"),
    "prison_months": _("Most prison, months"),
    "prison_years": _("Most prison, years"),
    "public_url": _("Public address of the guide"),
    "published": _("Published on"),
    "publisher": _("Publisher"),
    "report_may_delete_evidence": _("Can reporting delete the proof?"),
    "reveals_reporter": _("Is the reporter's name shown?"),
    "run_by": _("Who runs it"),
    "section": _("Section"),
    "serves": _("Whom they serve"),
    "sources": _("Sources"),
    "states": _("States"),
    "status": _("Status"),
    "strokes_min": _("Fewest strokes"),
    "tells_police": _("Do they tell the police?"),
    "title": _("Title"),
    "types": _("Types it is for"),
    "url": _("Web address"),
    "value": _("Number or address"),
    "website": _("Website"),
    "whipping": _("Whipping of no stated number"),
}
FURTHER_WORDS = {
    "usual_reply": _("When an answer usually comes"),
    "how_to_track": _("How to follow it"),
    "answer_looks_like": _("What an answer looks like"),
    "appeal": _("If they say no"),
    "if_silent": _("If nothing comes"),
    "sounds": _("How the sentence sounds"),
    "means": _("What the sentence means"),
}
_WITHIN = {
    **{name: FURTHER_WORDS[name] for name in AFTER},
    "act_text": _("Text of the law that the page relies on"),
}
HINTS = {
    "within": _("A number of hours, days, working days, weeks, months or years: 14 working days"),
    "hours": _("As they are said, in Malaysian time. Not known where no source says it."),
    "holidays_of": _("Only where the states above do not say it: of a national body, the state it sits in."),
    "value": _("A phone number as it is written, 03-3000 8858 or 15999: what readers see is always what is dialled"),
    "id": _("Small letters, digits and hyphens"),
    "image": _(
        "A drawing (plain SVG), or a photograph (JPEG, PNG or WebP). A photograph is made small, and what the camera "
        "wrote of place and time is taken out. When these facts are published, say what it shows in the words of each "
        "language, and put it into the text there."
    ),
}
KINDS = {
    "sources": _("Source"),
    "contacts": _("Contact"),
    "routes": _("Report route"),
    "provisions": _("Law"),
    "figures": _("Figure"),
    "counters": _("Sentence to show at a counter"),
    "pictures": _("Picture"),
    "channels": _("Way to reach them"),
    "drawings": _("Drawing"),
    **_WITHIN,
}
KINDS_MANY = {
    "sources": _("Sources"),
    "contacts": _("Contacts"),
    "routes": _("Report routes"),
    "provisions": _("Laws"),
    "figures": _("Figures"),
    "counters": _("Sentences to show at a counter"),
    "pictures": _("Pictures"),
    "channels": _("Ways to reach them"),
    **_WITHIN,
}


def in_words(value: str) -> str:
    """A value of a fixed list as staff read it: ``kuala-lumpur`` -> "Kuala lumpur"."""
    return str(VALUES.get(value) or value.replace("-", " ").capitalize())


VALUES: dict[str, Any] = {
    "everyone": _("Everyone"), "women": _("Women"), "men": _("Men"), "children": _("Children"),
    "lgbtq": _("LGBTQ+ people"), "migrants": _("Migrants"), "refugees": _("Refugees and asylum-seekers"),
    "community": _("The people it serves"), "ngo": _("A non-governmental organisation"), "un": _("The United Nations"),
    "embassy": _("An embassy"), "government": _("The government"), "muslim-women": _("Muslim women"),
    "disabilities": _("People with disabilities"), "all": _("All states"), "any": _("Any age"),
    "adult": _("Adult"), "under-18": _("Under 18"), "yes": _("Yes"), "no": _("No"), "unknown": _("Not known"),
    "covered": _("Covered"), "not-covered": _("Not covered"), "unclear": _("Unclear"),
    "private-messages-not-covered": _("Private messages are not covered"), "in-force": _("In force"),
    "not-commenced": _("A law, not in force yet"), "passed": _("Passed by Parliament"), "bill": _("A Bill"),
    "either": _("Prison or fine or both"),
    "both": _("Prison and fine"), "free": _("Free"), "charged": _("Charged"), "means-tested": _("By income"),
    "low-cost": _("Low cost"), "confirmed": _("Confirmed: shown to readers"),
    "unconfirmed": _("Not confirmed: not shown"), "superseded": _("Superseded: another answers now"),
    "tel": _("Phone"), "whatsapp": "WhatsApp", "sms": "SMS",
    "email": _("E-mail"), "web": _("Web form"), "app": _("App"), "walk-in": _("Office to go to"),
    "ms": "Bahasa Melayu", "en": "English", "ta": "தமிழ்", "zh": "中文", "danger": _("Danger"), "talk": _("Talking"),
    "counselling": _("Counselling"), "shelter": _("Shelter"), "legal": _("Legal help"), "police": _("Police"),
    "medical": _("Medical help"), "takedown": _("Taking content down"), "money": _("Money"),
    "technical": _("Accounts and devices"), "tribunal": _("Tribunal"), "welfare": _("Welfare"),
    "casework": _("Someone to go with them"), "mcmc": "MCMC", "court": _("Court"), "employer": _("Employer"),
    "platform": _("Platform"), "kuala-lumpur": "Kuala Lumpur",
    "penang": _("Penang"), "negeri-sembilan": "Negeri Sembilan",
    ASK: _("All rights reserved: ask before you copy"), **{key: name for key, (name, _address) in LICENCES.items()},
}  # fmt: skip


def form_field(one: Any, known: dict[str, list[tuple[str, str]]]) -> forms.Field:
    """A field of the schema -> a form field. ``known`` has the choices that depend on the page."""
    read = one.metadata["read"]
    shared: dict[str, Any] = {
        "label": LABELS.get(one.name, one.name),
        "help_text": HINTS.get(one.name, ""),
        "required": is_required(one),
    }
    if one.name in TYPE_FIELDS:
        return _several(known["types"], shared)
    if one.name == "source":
        return forms.ChoiceField(choices=[("", "—"), *known["sources"]], **shared)
    if one.name == "sources":
        return _several(known["sources"], shared)
    if isinstance(read, ListOf) and isinstance(read.read_one, OneOf):
        return _several(_choices(read.read_one), shared)
    if isinstance(read, ListOf):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **shared)
    if isinstance(read, OneOf):
        return forms.ChoiceField(choices=[("", "—"), *_choices(read)], **shared)
    if read is read_opening_hours:
        return HoursField(**shared)
    if read is read_day:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **shared)
    if read is read_image:
        return forms.CharField(widget=PictureInput, **shared)
    if isinstance(read, Whole):
        return forms.IntegerField(min_value=0, **shared)
    if read in (read_flag, read_yes):
        return forms.BooleanField(**shared | {"required": read is read_yes})
    return forms.CharField(**shared)


def schema_value(one: Any, value: Any) -> Any:
    """What a form field gave -> what the schema's reader takes; None for nothing."""
    read = one.metadata["read"]
    if isinstance(read, ListOf):
        return [row.strip() for row in value.splitlines() if row.strip()] if isinstance(value, str) else list(value)
    if read is read_text and value:
        return " ".join(value.split())
    return value if value not in ("", None, False, 0) or (value == 0 and is_required(one)) else None


def typed_value(value: Any, one: Any) -> list[str]:
    """A value of a record -> what a browser would post for it."""
    if isinstance(value, tuple):
        is_menu = isinstance(one.metadata["read"], ListOf) and one.metadata["read"].read_one is read_text
        return ["\n".join(value)] if is_menu else list(value)
    if isinstance(value, bool):
        return ["on"] if value else []
    return [str(value)] if value or is_required(one) else []


def kinds_within(kind: type[Any]) -> dict[str, type[Any]]:
    """The records that stand within a kind of record: field -> their kind."""
    return {one.name: one.metadata["kind"] for one in fields(kind) if "kind" in one.metadata}


def schema_fields(kind: type[Any]) -> list[Any]:
    """The fields of a kind of record that are values, not records, and that are still written."""
    known = [one for one in fields(kind) if "read" in one.metadata and "kind" not in one.metadata]
    return [one for one in known if not one.metadata.get("is_old")]


def _choices(read: OneOf) -> list[tuple[str, Any]]:
    return [(value, lazystr(VALUES.get(value) or in_words(value))) for value in read.choices]


def _several(choices: list[tuple[str, Any]], shared: dict[str, Any]) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
