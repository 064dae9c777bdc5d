from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0003_roles")]
    operations = [
        migrations.AddField("unitstate", "live", models.ForeignKey("toolkit.revision", models.PROTECT, null=True, related_name="live_units")),
    ]
