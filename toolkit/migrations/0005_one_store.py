"""The live text of a unit is one of its revisions, and no longer a copy in columns and tables."""

from django.db import migrations, models
from django.db.models import F, Max

COLUMNS = ("en", "ms", "ta", "zh_hans")
FACTS = ("aliases", "anchor_aliases", "checked", "help_lines", "position")
PROSE = ("body", "keywords", "labels", "notes", "review", "translated_from")


def point_at_the_live_revisions(apps, schema_editor):
    """The newest revision of a unit that readers ever got is what they get now: nothing else changed the copy."""
    revisions = apps.get_model("toolkit", "Revision").objects
    units = apps.get_model("toolkit", "UnitState").objects
    newest = revisions.filter(was_live=True).order_by().values_list("page", "part").annotate(Max("id"))
    known = {(page, part): pk for page, part, pk in units.values_list("page", "part", "pk")}
    for page, part, revision in newest:
        if (page, part) in known:
            units.filter(pk=known[page, part]).update(live=revision)
        else:
            units.create(page_id=page, part=part, live_id=revision)


def name_pages_by_what_readers_see(apps, schema_editor):
    """A page without a heading of its own is headed by its title."""
    for column in COLUMNS:
        untitled = apps.get_model("toolkit", "Page").objects.filter(**{f"heading_{column}": ""})
        untitled.update(**{f"heading_{column}": F(f"title_{column}")})


class Migration(migrations.Migration):
    dependencies = [("toolkit", "0004_live")]
    operations = [
        migrations.RunPython(point_at_the_live_revisions),
        migrations.RunPython(name_pages_by_what_readers_see),
        *(migrations.DeleteModel(name) for name in ("Channel", "Contact", "Figure", "Provision", "ReportRoute", "Source")),
        *(migrations.RemoveField("page", name) for name in FACTS),
        *(migrations.RemoveField("page", name) for name in PROSE),
        *(migrations.RemoveField("page", f"{name}_{column}") for name in PROSE for column in COLUMNS),
        *(migrations.AlterField("page", name, models.TextField(blank=True)) for name in ("title", "heading", "summary")),
        *(
            migrations.AlterField("page", f"{name}_{column}", models.TextField(blank=True, null=True))
            for name in ("title", "heading", "summary")
            for column in COLUMNS
        ),
    ]
