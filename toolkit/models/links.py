from django.db import models


class Link(models.Model):
    """An address outside the guide that a record names, and how it answered when it was last asked."""

    url = models.CharField(max_length=600, unique=True)
    # The HTTP status, or what went wrong instead: "timed-out", "no-host"; "" while it was never asked.
    answer = models.CharField(max_length=100, blank=True)
    is_broken = models.BooleanField(default=False)
    is_ignored = models.BooleanField(default=False, help_text="Looked at by a person: it works though it answers badly")
    asked = models.DateTimeField(null=True)
    broken_since = models.DateTimeField(null=True)

    class Meta:
        ordering = ("url",)

    def __str__(self) -> str:
        return self.url


class Doubt(models.Model):
    """How many readers said on a day that something is wrong on a page, and what; nothing about them is known."""

    path = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=20)
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-day", "path", "reason")
        constraints = [models.UniqueConstraint(fields=["path", "reason", "day"], name="one_doubt_a_day")]

    def __str__(self) -> str:
        return f"{self.path} {self.reason} {self.day}"
