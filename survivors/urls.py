from django.urls import path, re_path, register_converter

from survivors.directories import pages as directories
from survivors.partners import pages as partners
from survivors.plan import pages as plan
from survivors.reading import pages, short_links, versions
from survivors.search import pages as search
from survivors.wrong import pages as wrong
from toolkit.texts.languages import LANGUAGES


class LanguageConverter:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LanguageConverter, "language")

handler404 = "survivors.reading.pages.not_found"

FILES = r"^(?:api/.*|sitemap\.xml|robots\.txt|llms\.txt|\.well-known/security\.txt)$"

urlpatterns = [
    path("", pages.home, name="home"),
    path("healthz", pages.healthz, name="healthz"),
    re_path(FILES, pages.data_file, name="data"),
    re_path(
        rf"^p/(?P<code>{short_links.CODE})(?:\.(?P<language>{LanguageConverter.regex}))?$",
        short_links.short_link,
        name="short_link",
    ),
    path("<language:language>/plan/", plan.plan_page, name="plan"),
    path("<language:language>/find-help/", directories.find_help_page, name="find_help"),
    path("<language:language>/find-route/", directories.find_route_page, name="find_route"),
    path("<language:language>/find-law/", directories.find_law_page, name="find_law"),
    path("<language:language>/search/", search.search_page, name="search"),
    path("<language:language>/v/<int:number>/", versions.version_page, name="version"),
    path("<language:language>/<path:path>/v/<int:number>/", versions.version_page, name="version"),
    path("<language:language>/wrong/", wrong.wrong_page, name="wrong"),
    path("<language:language>/wrong/<path:path>/", wrong.wrong_page),
    path("<language:language>/partners/book/", partners.book_page, name="book"),
    path("<language:language>/partners/qr/link.svg", partners.qr_file, name="qr"),
    path("<language:language>/partners/qr/<int:pixels>.png", partners.qr_file, name="qr_png"),
    path("<language:language>/partners/qr/<path:path>/link.svg", partners.qr_file, name="qr"),
    path("<language:language>/partners/qr/<path:path>/<int:pixels>.png", partners.qr_file, name="qr_png"),
    path("<language:language>/partners/<slug:kind>/", partners.sheet_page, name="sheet"),
    path("<language:language>/partners/<slug:kind>/<path:path>/", partners.sheet_page, name="sheet"),
    path("<language:language>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/", pages.page, name="page"),
    path("<language:language>/<slug:section>/<slug:name>/", pages.page, name="page"),
]
