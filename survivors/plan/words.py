"""A step of a plan in words: short, with the buttons that reach someone, and all else one tap away."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from survivors.plan import matching
from survivors.plan.matching import PlannedStep, Shown
from toolkit.rendering.directives import Place, after_report, plain_words
from toolkit.rendering.guide import Guide, Placed, Wording, label, wording
from toolkit.texts.plans.plan import ADULT, Answers, age_of
from toolkit.texts.records.facts import Channel, Contact, Route
from toolkit.texts.records.hours import ALWAYS
from toolkit.texts.words import markup

# How many ways to reach a contact a plan shows at first; then one. Her page has the others.
MOST_CHANNELS = 2
# What says when to look again: after how long an answer comes, and what to do when none did.
COME_BACK = ("usual_reply", "if_silent")


class StepWriter:
    """Puts planned steps into words: in one language, for one set of answers."""

    def __init__(self, answers: Answers, guide: Guide, language: str) -> None:
        self.answers, self.guide, self.language = answers, guide, language
        self.place = Place(guide, language, guide.site[""])
        self.met: set[str] = set()
        self.has_warned = self.has_said_then = False

    def step(self, planned: PlannedStep) -> dict[str, Any]:
        step = planned.step
        return {
            "id": step.id,
            "does": " ".join(step.does),
            "text": step.text[self.language],
            "note": step.note.get(self.language, ""),
            # Said where nothing else is: a plan must be short enough to be read.
            "why": step.why.get(self.language, "") if planned.shown and not step.note else "",
            "people": [self.person(one.placed) for one in planned.shown if one.kind == "contacts"],
            "routes": [self.route(one) for one in planned.shown if one.kind == "routes"],
            "laws": [self.named(one.placed) for one in planned.shown if one.kind == "provisions"],
            "links": [found for link in planned.links if (found := self.link(link))],
        }

    def named(self, placed: Placed) -> dict[str, Any]:
        return {"name": label(placed, self.language), "address": self.place.address(placed.page.path)}

    def person(self, placed: Placed) -> SafeString:
        """How to reach someone; at the first time told whole. The same few stand in most plans: made once."""
        contact = placed.record
        assert isinstance(contact, Contact)  # noqa: S101 (matching.made)
        key = (contact.id, contact.id not in self.met, self.language)
        self.met.add(contact.id)
        people: dict[tuple[str, bool, str], SafeString] = self.guide.kept.setdefault("people", {})
        if key not in people:
            people[key] = self._person(placed, contact, is_new=key[1])
        return people[key]

    def _person(self, placed: Placed, contact: Contact, *, is_new: bool) -> SafeString:
        shown = self.named(placed) | {
            "is_new": is_new,
            "short": wording(placed.page, self.language, "title"),
            "record": contact,
            "channels": _channels(contact)[: MOST_CHANNELS if is_new else 1],
            "hours": "" if contact.hours == ALWAYS else contact.hours,
        }
        return mark_safe(render_to_string("plan_person.html", {"one": shown}).removesuffix("\n"))

    def route(self, shown: Shown) -> dict[str, Any]:
        """A report route, and when to come back if nothing came of it."""
        route = matching.safe_record(shown.placed.record, self.answers)
        assert isinstance(route, Route)  # noqa: S101 (matching.made)
        after = {one.key: one for one in after_report(shown.placed, self.language) if one.key in COME_BACK}
        waits = [one.typed.within for key in COME_BACK if (one := after.get(key)) and one.typed and one.typed.within]
        silent = after.get("if_silent")
        warns = route.report_may_delete_evidence == "yes" and not self.has_warned
        self.has_warned |= warns
        return {
            "name": label(shown.placed, self.language),
            "address": self.place.address(shown.placed.page.path, "report"),
            "warns": warns,
            "within": waits[0] if waits else "",
            "then": self._then(silent.words if silent else None),
        }

    def _then(self, words: Wording | None) -> Wording | None:
        """What to do when nothing was removed: once, and for adults only, as what is sent again may be a picture."""
        if not words or self.has_said_then or age_of(self.answers) != ADULT:
            return None
        self.has_said_then = True
        return words

    def link(self, link: str) -> dict[str, str] | None:
        """A page of the guide by the name that it has, or that its section with the anchor has."""
        page = matching.page_of(link, self.guide)
        if page is None:
            return None
        anchor = link.partition("#")[2]
        prose = page.prose.get(self.language)
        headings = markup.headings(prose.body) if prose and anchor else []
        section = next((heading.text for heading in headings if heading.anchor == anchor), "")
        section = plain_words(section, self.place)
        title = wording(page, self.language, "h1").text
        return {"address": self.place.address(page.path, anchor), "name": section or title}


def _channels(contact: Contact) -> list[Channel]:
    """How they are reached: by voice and in writing, first what answers at any hour."""
    ways = sorted(contact.phones, key=lambda channel: (channel.hours or contact.hours) != ALWAYS)
    kinds: dict[str, Channel] = {}
    for channel in ways:
        kinds.setdefault(channel.kind, channel)
    return list(kinds.values())
