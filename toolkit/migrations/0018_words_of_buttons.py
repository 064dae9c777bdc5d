from django.db import migrations, models

PARTS = ("facts", "en", "ms", "ta", "zh-hans", "plan", "buttons")


def part(*more):
    return models.CharField(choices=[(one, one) for one in (*PARTS, *more)], max_length=8)


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0017_skipped_calls")]
    operations = [
        migrations.AlterField("draft", "part", part("address")),
        *(migrations.AlterField(model, "part", part()) for model in ("remark", "revision", "unitstate")),
    ]
