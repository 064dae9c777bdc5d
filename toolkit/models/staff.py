"""Who keeps the guide true, what they are writing, and what they have done."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toolkit.models.history import AppendOnly, AppendOnlyQuerySet, Revision
from toolkit.models.page import Page
from toolkit.texts.languages import ALL_PARTS


class StaffMember(models.Model):
    """What a staff account has beside Django's user: the languages she translates into, and that of her screens.

    ``wants_mail``: a word without content when something waits for her. ``mailed`` is when she last had one.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff_member")
    languages = models.JSONField(default=list, blank=True)
    screens = models.CharField(max_length=12, default="en")
    wants_mail = models.BooleanField(default=False)
    mailed = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class Batch(models.Model):
    """Drafts that are one piece of work: reviewed, published and taken back together. ``reason`` says why."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="batches")
    made = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=300)
    taken_back = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="batches_taken_back"
    )

    class Meta:
        ordering = ("-id",)
        default_permissions = ()

    def __str__(self) -> str:
        return self.reason


class Draft(models.Model):
    """Someone's text of a unit that readers do not see yet. Never deleted: it is published or set aside.

    ``typed`` is what stands in the fields of the form, right or wrong; ``text`` is the canonical text made of it, ""
    while it cannot be made. ``base`` is the digest of the live text that it was begun from ("" where there was none),
    ``follows`` that of the English text that a translation was written by. ``version`` grows with every save.
    Of another address for the page, ``part`` is ADDRESS and ``text`` that of a ``drafting.addresses.Wish``.
    """

    ADDRESS = "address"

    WRITING, REVIEW, PUBLISHED, SET_ASIDE = "writing", "review", "published", "set aside"
    OPEN = (WRITING, REVIEW)

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="drafts")
    part = models.CharField(max_length=8, choices=[(part, part) for part in (*ALL_PARTS, ADDRESS)])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    state = models.CharField(
        max_length=10, default=WRITING, choices=[(one, one) for one in (WRITING, REVIEW, PUBLISHED, SET_ASIDE)]
    )
    base = models.CharField(max_length=12, blank=True)
    follows = models.CharField(max_length=12, blank=True)
    typed = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    # A file's text that this draft combines with the site's: publishing it answers the conflict.
    answers = models.CharField(max_length=12, blank=True)
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, null=True, blank=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, blank=True, related_name="drafts")
    # Who read it and found it right; whoever changes it afterwards takes that away.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_drafts"
    )
    # The day on which it shall go live by itself, the Publisher who has set it, and what she said of the change
    # ("reason", "note", "is_minor"). ``refused``: why it did not on that day (drafting.scheduled).
    goes_live = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="set_drafts"
    )
    set_with = models.JSONField(default=dict, blank=True)
    refused = models.CharField(max_length=12, blank=True, default="")
    # Whether its author has seen what became of it.
    is_known = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-updated",)
        constraints = [
            models.UniqueConstraint(
                fields=["page", "part", "author"],
                condition=Q(state__in=("writing", "review")),
                name="one_open_draft_each",
            )
        ]
        permissions = [
            ("draft_own_languages", "Draft texts in her own languages"),
            ("draft_everything", "Draft texts in every language, and facts"),
            ("publish", "Publish, and decide between the files and the site"),
            ("manage_accounts", "Make accounts, and read the list of what was done"),
        ]

    def __str__(self) -> str:
        return f"{self.page} {self.part} by {self.author}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class OfNumber(AppendOnly):
    """Something of one number of a contact. ``number`` as the record has it (E.164, or a short number)."""

    contact = models.CharField(max_length=100)
    number = models.CharField(max_length=30)
    at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-id",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.contact} {self.number}"


class Call(OfNumber):
    """Someone dialled a number of a contact and says what answered: the second pair of eyes on a hotline.

    ``was_right`` False: something else answered.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="calls")
    was_right = models.BooleanField()
    remark = models.CharField(max_length=300, blank=True)
    caller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls")


class SkippedCall(OfNumber):
    """A number that went before readers without a second person's call: in an emergency, or with an older version.

    ``reason`` is what the Publisher said, "" where an older version brought it. Who wrote it cannot make up for it.
    """

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    publisher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Event(models.TextChoices):
    """What was done, and what staff call it."""

    LOGGED_IN = "logged-in", _("logged in")
    LOGGED_OUT = "logged-out", _("logged out")
    WRONG_PASSWORD = "wrong-password", _("wrong password")
    WRONG_CODE = "wrong-code", _("wrong code")
    LOCKED_OUT = "locked-out", _("locked out for half an hour")
    SECOND_FACTOR_SET_UP = "second-factor-set-up", _("second step set up")
    BACKUP_CODE_USED = "backup-code-used", _("backup code used")
    SECOND_FACTOR_RESET = "second-factor-reset", _("second step reset")
    ACCOUNT_MADE = "account-made", _("account made")
    ACCOUNT_CHANGED = "account-changed", _("account changed")
    PUBLISHED = "published", _("published")
    RESTORED = "restored", _("restored")
    KEPT_SITE = "kept-site", _("kept the site's text")
    USED_FILES = "used-files", _("used the files' text")
    STILL_CORRECT = "still-correct", _("still correct")
    SENT_FOR_REVIEW = "sent-for-review", _("sent for review")
    SENT_BACK = "sent-back", _("sent back")
    SET_ASIDE = "set-aside", _("discarded")
    READ = "read", _("read and found right")
    SETTLED = "settled", _("settled a remark")
    SET_FOR_A_DAY = "set-for-a-day", _("set for a day")
    DAY_TAKEN_AWAY = "day-taken-away", _("day taken away")
    NOT_PUBLISHED = "not-published", _("not published on its day")
    PAGE_BEGUN = "page-begun", _("began a page")
    OWNER_SET = "owner-set", _("set who publishes the guide")
    ADDRESS_CHANGED = "address-changed", _("changed the address of a page")
    READER_ASKED = "reader-asked", _("asked someone from outside to read")
    READER_EXTENDED = "reader-extended", _("gave an outside reader more days")
    READER_ENDED = "reader-ended", _("took an outside reader's link back")


class AuditEntry(AppendOnly):
    """One thing that was done: a log-in, a publication, a change of an account. No address, nothing of readers.

    ``page`` and ``part`` say of which text, where it was one: all staff may read those.
    """

    at = models.DateTimeField(auto_now_add=True)
    # The name as it was typed or stood then: an account that is renamed does not rewrite the list.
    who = models.CharField(max_length=150, blank=True)
    event = models.CharField(max_length=30)
    about = models.CharField(max_length=300, blank=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    part = models.CharField(max_length=8, blank=True, default="")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        default_permissions = ()
        verbose_name = "what was done"
        verbose_name_plural = "what was done"

    def __str__(self) -> str:
        return f"{self.who}: {self.event} {self.about}".strip()

    @classmethod
    def add(cls, who: User | AnonymousUser | str | None, event: Event, about: str = "", **text: Any) -> None:
        """``who`` is a user or the name that was typed at the log-in; ``text`` its page and part."""
        name = who if isinstance(who, str) else who.get_username() if who else ""
        cls.objects.create(who=name[:150], event=event, about=about[:300], **text)

    @classmethod
    def of_text(cls, who: User | AnonymousUser | None, event: Event, page: Page, part: str = "") -> None:
        cls.add(who, event, f"{page} {part}".strip(), page=page, part=part)
