"""What is wrong with an address is a code and no longer a sentence."""

from django.db import migrations

ANSWERS = {
    "no such host": "no-host",
    "timed out": "timed-out",
    "no connection": "no-connection",
    "certificate not valid": "bad-certificate",
    "no safe connection": "not-safe",
    "not on the public internet": "private",
    "not a web address": "no-address",
    "redirected too often": "too-many",
    "leads into an app": "into-app",
}


def name_by_codes(apps, schema_editor):
    for words, code in ANSWERS.items():
        apps.get_model("toolkit", "Link").objects.filter(answer=words).update(answer=code)


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0006_codes")]
    operations = [migrations.RunPython(name_by_codes)]
