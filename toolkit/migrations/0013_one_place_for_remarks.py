from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0012_remarks_kept")]

    operations = [migrations.RemoveField(model_name="draft", name="remark")]
