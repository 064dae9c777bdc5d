import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0003_roles")]
    operations = [
        migrations.AddField(
            model_name="unitstate",
            name="live",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="live_units",
                to="toolkit.revision",
            ),
        ),
    ]
