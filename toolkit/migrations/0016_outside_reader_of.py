from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0015_days_of_drafts")]
    operations = [
        migrations.AddField("outsidereader", "of", models.CharField(default="en", max_length=8), preserve_default=False),
    ]
