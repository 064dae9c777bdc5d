from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from toolkit.serving import frozen


class ToolkitConfig(AppConfig):
    name = "toolkit"
    verbose_name = "Guide"

    def ready(self) -> None:
        connection_created.connect(frozen.watch, dispatch_uid="frozen")
        import_module("toolkit.admin.entering.log_in_events")
        live, edition = import_module("toolkit.live"), import_module("toolkit.edition")
        live.rehearsing.connect(lambda site, **_: edition.rehearse(site), weak=False, dispatch_uid="rehearsal")
        live.published.connect(lambda **_: edition.write(), weak=False, dispatch_uid="edition")
