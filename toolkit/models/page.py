from __future__ import annotations

from django.conf import settings
from django.db import models


class Page(models.Model):
    """A page's live texts: one row, with a column for each language (toolkit/translation.py).

    Never read or filter a bare column such as ``title``: it holds whatever language was active at save.
    """

    path = models.CharField(max_length=120, unique=True, blank=True, help_text="Address without the language")
    is_retired = models.BooleanField(default=False, help_text="Its address now leads to another page")

    position = models.PositiveIntegerField(null=True)
    checked = models.DateField(null=True)
    # Who sees to this page, and who does when she is away. Not part of the texts.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_pages"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="deputy_pages"
    )
    aliases = models.JSONField(default=list, blank=True)
    help_lines = models.JSONField(default=list, blank=True)
    anchor_aliases = models.JSONField(default=dict, blank=True)

    title = models.CharField(max_length=200)
    heading = models.CharField(max_length=200, blank=True)
    summary = models.TextField()
    keywords = models.JSONField(default=list, blank=True)
    translated_from = models.CharField(max_length=12, blank=True)
    review = models.CharField(max_length=12, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    body = models.TextField(blank=True)

    objects: models.Manager[Page] = models.Manager()

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return f"/{self.path}/" if self.path else "/"
