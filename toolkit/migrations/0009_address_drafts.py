from django.db import migrations


class Migration(migrations.Migration):
    """A draft may be of an address: since 0018 the list of parts says so."""

    dependencies = [("toolkit", "0008_doubts")]
