from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0010_the_desk")]
    operations = [
        migrations.AddField("auditentry", "page", models.ForeignKey("toolkit.page", models.PROTECT, blank=True, null=True, related_name="entries")),
        migrations.AddField("auditentry", "part", models.CharField(blank=True, default="", max_length=8)),
    ]
