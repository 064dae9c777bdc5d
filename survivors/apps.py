from importlib import import_module

from django.apps import AppConfig


class SurvivorsConfig(AppConfig):
    name = "survivors"

    def ready(self) -> None:
        import_module("toolkit.rendering.buttons").wrap_catalogues()
