"""What colleagues and outside readers say of a sentence, and who may read from outside."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from toolkit.models.page import Page
from toolkit.models.staff import Draft
from toolkit.texts.languages import ALL_PARTS


class OutsideReader(models.Model):
    """A lawyer or a native reader without an account: a link that is signed, ends, and can be taken back.

    ``of`` is the language that she reads, or "law"; ``texts`` the (path, part) pairs that she was asked for, in her
    order: of the law a page's FACTS, read with what its English says.
    """

    name = models.CharField(max_length=100)
    of = models.CharField(max_length=8)
    texts = models.JSONField(default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="asked_readers")
    asked = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @property
    def may_read(self) -> bool:
        return self.revoked is None and timezone.now() < self.expires


class Remark(models.Model):
    """What someone says of a sentence. It stays for ever; only whether it is settled changes.

    ``digest`` names the text that was read, ``sentence`` what stood there ("": the whole text). ``wording`` is what
    she would write instead. A remark on a draft names it, as do the wordings from outside that it was made of; an
    answer names the remark that it ``answers``.
    """

    RIGHT, WRONG, BETTER, SAID = "right", "wrong", "better", "said"

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="remarks")
    part = models.CharField(max_length=8, choices=[(part, part) for part in ALL_PARTS])
    digest = models.CharField(max_length=12)
    sentence = models.TextField(blank=True)
    verdict = models.CharField(max_length=6, default=SAID, choices=[(o, o) for o in (RIGHT, WRONG, BETTER, SAID)])
    words = models.TextField(blank=True, max_length=2000)
    wording = models.TextField(blank=True, max_length=5000)
    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True)
    reader = models.ForeignKey(OutsideReader, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    written = models.DateTimeField(auto_now_add=True)
    settled = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="settled_remarks"
    )

    class Meta:
        ordering = ("id",)
        default_permissions = ()
        indexes = [models.Index(fields=["page", "part", "id"])]

    def __str__(self) -> str:
        return f"{self.page} {self.part}: {self.words or self.verdict}"

    @property
    def by(self) -> str:
        """Who said it, by the name that colleagues know."""
        return str(self.author or self.reader or "")
