from importlib import import_module

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "toolkit"
    verbose_name = "Guide"

    def ready(self) -> None:
        import_module("toolkit.admin.entering.log_in_events")
        live, edition = import_module("toolkit.live"), import_module("toolkit.edition")
        live.rehearsing.connect(lambda site, **_: edition.rehearse(site), weak=False, dispatch_uid="rehearsal")
        live.published.connect(lambda **_: edition.write(), weak=False, dispatch_uid="edition")
