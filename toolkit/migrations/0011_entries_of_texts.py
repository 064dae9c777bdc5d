import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0010_the_desk")]

    operations = [
        migrations.AddField(
            model_name="auditentry",
            name="page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="toolkit.page",
            ),
        ),
        migrations.AddField("auditentry", "part", models.CharField(blank=True, default="", max_length=8)),
    ]
