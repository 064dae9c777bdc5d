from django.urls import path, re_path, register_converter
from django.urls.converters import StringConverter

from survivors.directories import pages as directories
from survivors.partners import pages as partners
from survivors.plan import pages as plan
from survivors.reading import pages, short_links, versions
from survivors.search import pages as search
from survivors.wrong import pages as wrong
from toolkit.texts.languages import LANGUAGES


class LanguageConverter(StringConverter):
    regex = "|".join(LANGUAGES)


class PageConverter:
    """The path of a page with the slash that ends it: home has neither."""

    regex = "(?:[a-z0-9-]+/)*"

    def to_python(self, value: str) -> str:
        return value.removesuffix("/")

    def to_url(self, value: str) -> str:
        return value and f"{value}/"


register_converter(LanguageConverter, "language")
register_converter(PageConverter, "reader_page")

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
    path("<language:language>/<reader_page:path>v/<int:number>/", versions.version_page, name="version"),
    path("<language:language>/wrong/<reader_page:path>", wrong.wrong_page, name="wrong"),
    path("<language:language>/partners/book/", partners.book_page, name="book"),
    path("<language:language>/partners/qr/<reader_page:path>link.svg", partners.qr_file, name="qr"),
    path("<language:language>/partners/qr/<reader_page:path><int:pixels>.png", partners.qr_file, name="qr_png"),
    path("<language:language>/partners/<slug:kind>/<reader_page:path>", partners.sheet_page, name="sheet"),
    path("<language:language>/<reader_page:path>", pages.page, name="page"),
]
