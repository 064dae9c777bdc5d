from importlib import import_module

from django.apps import AppConfig


class ToolkitConfig(AppConfig):
    name = "toolkit"
    verbose_name = "Guide"

    def ready(self) -> None:
        import_module("toolkit.log_in_events")
