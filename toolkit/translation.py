"""Which columns of a page exist once in each language."""

from modeltranslation.translator import TranslationOptions, register
from modeltranslation.utils import build_localized_fieldname

from toolkit.models import Page

TRANSLATED = ("title", "heading", "summary")


@register(Page)
class PageTranslation(TranslationOptions):
    fields = TRANSLATED


def column(name: str, language: str) -> str:
    """``title``, ``zh-hans`` -> ``title_zh_hans``."""
    return build_localized_fieldname(name, language)
