"""Where the data of the guide lie."""

from toolkit.rendering.answers import DATA
from toolkit.rendering.directives import address
from toolkit.rendering.guide import Guide
from toolkit.rendering.owner import public_url

API = f"{DATA}v1"
# What stands for the home page, whose path is empty.
_HOME = "index"


def page_address(path: str) -> str:
    return f"{API}/pages/{path or _HOME}.json"


def feed_address(language: str, path: str) -> str:
    """The changes of a page and of those below it; of the home page: of the whole guide."""
    return f"{API}/feeds/{language}/{path or _HOME}.atom"


def version_address(language: str, path: str, number: int) -> str:
    return f"{address(language, path)}v/{number}/"


def whole(guide: Guide, place: str) -> str:
    """An address with the site in front of it, where the site's is known."""
    return public_url(guide) + place
