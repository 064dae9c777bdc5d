from django.contrib.auth.management import create_permissions
from django.db import migrations

from toolkit.roles import make_groups


def make_roles(apps, schema_editor):
    # Django makes permissions only after all migrations have run.
    toolkit = apps.get_app_config("toolkit")
    toolkit.models_module = True
    create_permissions(toolkit, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    toolkit.models_module = None
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("toolkit", "0002_staff"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
