"""What a reviewer wrote when she sent a draft back becomes a remark; what was done is known by its page and text."""

import hashlib

from django.conf import settings
from django.db import migrations

PARTS = {"facts", "en", "ms", "ta", "zh-hans", "plan"}


def name_texts(apps, schema_editor):
    """``/types/outing/ ms`` -> page and part, where there is such a page today. What was done of accounts has neither."""
    entries = apps.get_model("toolkit", "AuditEntry").objects.filter(page=None)
    pages = {page.path: page for page in apps.get_model("toolkit", "Page").objects.all()}
    for entry in entries.filter(about__startswith="/").iterator():
        path, _, part = entry.about.partition(" ")
        if page := pages.get(path.strip("/")):
            entry.page, entry.part = page, part if part in PARTS else ""
            entry.save()


def keep_remarks(apps, schema_editor):
    """Who wrote a remark is whoever sent a draft of that text back last; nobody's where that is not known."""
    entries = apps.get_model("toolkit", "AuditEntry").objects
    users = apps.get_model(settings.AUTH_USER_MODEL).objects
    remarks = apps.get_model("toolkit", "Remark").objects
    for draft in apps.get_model("toolkit", "Draft").objects.exclude(remark="").select_related("page"):
        about = f"{f'/{draft.page.path}/' if draft.page.path else '/'} {draft.part}"
        sent = entries.filter(event="sent-back", about=about).order_by("-pk").first()
        made = remarks.create(
            page=draft.page,
            part=draft.part,
            digest=hashlib.sha256(draft.text.encode()).hexdigest()[:12],
            words=draft.remark,
            draft=draft,
            author=users.filter(username=sent.who).first() if sent else None,
        )
        remarks.filter(pk=made.pk).update(written=sent.at if sent else draft.updated)


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0011_entries_of_texts")]

    operations = [
        migrations.RunPython(name_texts, migrations.RunPython.noop),
        migrations.RunPython(keep_remarks, migrations.RunPython.noop),
    ]
