from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig


class StaffAdminConfig(SimpleAdminConfig):
    """Django's admin with our site in the place of its own.

    Not every admin that an app brings along: groups, phones of the second factor and counted log-ins are nobody's to
    edit. What is registered are the lists of this folder.
    """

    default_site = "toolkit.admin.site.StaffSite"

    def ready(self) -> None:
        super().ready()
        for name in ("entering.accounts", "entering.audit"):
            import_module(f"toolkit.admin.{name}")
