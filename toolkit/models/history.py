from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from toolkit.models.page import Page
from toolkit.texts.languages import ALL_PARTS


class AppendOnlyError(TypeError):
    """History is written once."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("what was written here is never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("what was written here is never deleted")


class AppendOnly(models.Model):
    """Rows that are written once and stay."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError("what was written here is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError("what was written here is never deleted")


class Cause(models.TextChoices):
    """Why the site itself made a version, and how staff say it."""

    FACT_GONE = "fact-gone", _("A fact was taken away")
    ENGLISH_ONLY = "english-only", _("The English changed, its meaning did not")
    STILL_CORRECT = "still-correct", _("Said to be still correct")
    CHECKED = "checked", _("Checked, still correct")
    FILES_CHOSEN = "files-chosen", _("The files' text was chosen")
    OWNER_SET = "owner-set", _("Who publishes the guide was set")
    PLACE_KEPT = "place-kept", _("A place on the page leads on to another")
    PAGE_RENAMED = "page-renamed", _("A page that it names has another address")
    TAKEN_BACK = "taken-back", _("A batch of changes was taken back")


class Revision(AppendOnly):
    """One version of one unit, for ever: its whole canonical text, who, when, from where and why.

    ``was_live`` is False for a file's text that waits, or waited, for a decision. ``note`` is what readers are told of
    a major change, in the language of the text (English for facts). ``reason`` is what a colleague wrote, ``cause`` a
    Cause where nobody did. ``author`` is who put it before readers.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="revisions")
    part = models.CharField(max_length=8, choices=[(part, part) for part in ALL_PARTS])
    digest = models.CharField(max_length=12)
    text = models.TextField()
    origin = models.CharField(max_length=10, choices=[(one, one) for one in ("files", "staff", "restored")])
    reason = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=20, blank=True, default="")
    note = models.CharField(max_length=300, blank=True)
    was_live = models.BooleanField(default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    # Of a draft that was published: who wrote it, and who read it before it went live (None: nobody but its writer).
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="written_revisions"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_revisions"
    )
    created = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["page", "part", "-id"])]

    def __str__(self) -> str:
        return f"{self.page} {self.part} {self.digest}"


class UnitState(models.Model):
    """A unit of a page: its live text, the digests on which file and site agreed (oldest first), and what is held.

    ``held`` is the file's text while it waits for a person's decision; ``hold`` says which decision.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="units")
    part = models.CharField(max_length=8, choices=[(part, part) for part in ALL_PARTS])
    live = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, related_name="live_units")
    agreed = models.JSONField(default=list)
    hold = models.CharField(max_length=10, blank=True, choices=[("conflict", "conflict"), ("rollback", "rollback")])
    held = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "part"], name="unit_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.part}"

    @property
    def base(self) -> str | None:
        """The digest on which file and site last agreed."""
        return self.agreed[-1] if self.agreed else None


class ContentVersion(models.Model):
    """One row: a number that grows with every change of what readers see. Pages in memory are checked against it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> int:
        return cls.objects.values_list("number", flat=True).filter(pk=1).first() or 0

    @classmethod
    def advance(cls) -> None:
        """Inside the transaction that changes what readers see."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(number=F("number") + 1)
