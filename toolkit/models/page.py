from __future__ import annotations

from django.conf import settings
from django.db import models


class Page(models.Model):
    """A page: its address and who sees to it. Its texts are the live revisions of its units.

    Title, heading and summary are copies of what those say, one column for each language (toolkit/translation.py), for
    lists and searches; ``live.publish`` writes them. Never read or filter a bare column such as ``title``: it holds
    whatever language was active at save.
    """

    path = models.CharField(max_length=120, unique=True, blank=True, help_text="Address without the language")
    is_retired = models.BooleanField(default=False, help_text="Its address now leads to another page")
    # Who sees to this page, and who does when she is away. Not part of the texts.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="owned_pages"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="deputy_pages"
    )
    title = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    summary = models.TextField(blank=True)

    objects: models.Manager[Page] = models.Manager()

    class Meta:
        ordering = ("path",)

    def __str__(self) -> str:
        return f"/{self.path}/" if self.path else "/"
