from django.urls import path, register_converter

from survivors import pages
from toolkit.texts.languages import LANGUAGES


class LanguageConverter:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    path("<language:language>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/<slug:name>/", pages.page, name="page"),
]
