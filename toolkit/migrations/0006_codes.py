"""What was done, and why the site itself made a version, is a code and no longer a sentence."""

from django.db import migrations, models

EVENTS = {
    "kept the site's text": "kept-site",
    "used the files' text": "used-files",
    **{
        event: event.replace(" ", "-")
        for event in (
            "logged in", "logged out", "wrong password", "wrong code", "locked out", "second factor set up",
            "backup code used", "second factor reset", "account made", "account changed", "still correct",
            "sent for review", "sent back", "set aside",
        )
    },
}
CAUSES = {
    "a fact was taken away": "fact-gone",
    "the English changed, its meaning did not": "english-only",
    "still correct": "still-correct",
    "checked, still correct": "checked",
    "the files' text": "files-chosen",
}


def name_by_codes(apps, schema_editor):
    for words, code in EVENTS.items():
        apps.get_model("toolkit", "AuditEntry").objects.filter(event=words).update(event=code)
    for words, code in CAUSES.items():
        apps.get_model("toolkit", "Revision").objects.filter(reason=words).update(cause=code)


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0005_one_store")]
    operations = [
        migrations.AddField("revision", "cause", models.CharField(blank=True, default="", max_length=20)),
        migrations.AlterField("auditentry", "event", models.CharField(max_length=30)),
        migrations.RunPython(name_by_codes),
    ]
