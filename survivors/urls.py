from django.urls import path, register_converter

from survivors import find, finding, pages, plan
from toolkit.texts.languages import LANGUAGES


class LanguageConverter:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

handler404 = "survivors.pages.not_found"

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    path("<language:language>/plan/", plan.plan_page, name="plan"),
    path("<language:language>/find-help/", find.find_help_page, name="find_help"),
    path("<language:language>/find-route/", find.find_route_page, name="find_route"),
    path("<language:language>/find-law/", find.find_law_page, name="find_law"),
    path("<language:language>/search/", finding.search_page, name="search"),
    path("<language:language>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/<slug:name>/", pages.page, name="page"),
]
