"""The typed facts of a page, one table a kind. Field names are those of toolkit/texts/facts.py."""

from __future__ import annotations

from django.db import models

from toolkit.models.page import Page
from toolkit.texts import facts


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Fact(models.Model):
    """What every record has: its page, its place there, its id and the day it was last compared with its sources."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE)
    place = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=80)
    checked = models.DateField()

    class Meta:
        abstract = True
        ordering = ("page", "place")
        # Unique in the whole guide, which the check sees to; not the database, or a record could not move to another
        # page, which takes two transactions.
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="%(class)s_once_on_a_page")]

    def __str__(self) -> str:
        return self.slug


class Source(Fact):
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    url = models.CharField(max_length=600)
    published = models.DateField(null=True, blank=True)
    language = models.CharField(max_length=12, default="en")


class Contact(Fact):
    name = models.CharField(max_length=200)
    website = models.CharField(max_length=600, blank=True)
    needs = models.JSONField(default=list, blank=True)
    serves = models.JSONField(default=list, blank=True)
    states = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    types = models.JSONField(default=list, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    cost = models.CharField(max_length=20, blank=True, choices=_choices(facts.COSTS))
    asks_for_id = models.CharField(max_length=3, blank=True, choices=_choices(facts.YES_NO))
    tells_police = models.CharField(max_length=3, blank=True, choices=_choices(facts.YES_NO))
    sources = models.JSONField(default=list)


class Channel(models.Model):
    """One way to reach a contact."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="channels")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=_choices(facts.CHANNEL_KINDS))
    value = models.CharField(max_length=300)
    display = models.CharField(max_length=100, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=_choices(facts.CHANNEL_STATUSES))

    class Meta:
        ordering = ("contact", "place")

    def __str__(self) -> str:
        return f"{self.kind} {self.display or self.value}"


class ReportRoute(Fact):
    platform = models.CharField(max_length=200)
    url = models.CharField(max_length=600, blank=True)
    menu = models.JSONField(default=list, blank=True)
    types = models.JSONField(default=list, blank=True)
    age = models.CharField(max_length=10, choices=_choices(facts.AGES))
    no_account_ok = models.CharField(max_length=7, choices=_choices(facts.YES_NO_UNKNOWN))
    reveals_reporter = models.CharField(max_length=7, choices=_choices(facts.YES_NO_UNKNOWN))
    alerts_reported_person = models.CharField(max_length=7, choices=_choices(facts.YES_NO_UNKNOWN))
    report_may_delete_evidence = models.CharField(max_length=7, choices=_choices(facts.YES_NO_UNKNOWN))
    online_safety_act = models.CharField(max_length=30, choices=_choices(facts.COVERAGE))
    sources = models.JSONField(default=list)


class Provision(Fact):
    act = models.CharField(max_length=200)
    act_ms = models.CharField(max_length=200, blank=True)
    act_number = models.CharField(max_length=20, blank=True)
    section = models.CharField(max_length=40, blank=True)
    types = models.JSONField(default=list, blank=True)
    may_fit = models.JSONField(default=list, blank=True)
    age = models.CharField(max_length=10, choices=_choices(facts.AGES))
    status = models.CharField(max_length=20, choices=_choices(facts.PROVISION_STATUSES))
    in_force_from = models.DateField(null=True, blank=True)
    acts_from = models.DateField(null=True, blank=True)
    acts_until = models.DateField(null=True, blank=True)
    forum = models.JSONField(default=list, blank=True)
    prison_years = models.PositiveIntegerField(default=0)
    prison_months = models.PositiveIntegerField(default=0)
    fine_rm = models.PositiveIntegerField(default=0)
    daily_fine_rm = models.PositiveIntegerField(default=0)
    strokes_min = models.PositiveIntegerField(default=0)
    compensation_rm = models.PositiveIntegerField(default=0)
    fine = models.BooleanField(default=False)
    whipping = models.BooleanField(default=False)
    combine = models.CharField(max_length=10, choices=_choices(facts.COMBINE))
    sources = models.JSONField(default=list)


class Figure(Fact):
    value = models.CharField(max_length=60)
    period = models.CharField(max_length=30, blank=True)
    sources = models.JSONField(default=list)
