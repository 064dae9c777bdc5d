"""What axe finds on a page in a real browser."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    # Else each node that passes travels too: four times as slow.
    "resultTypes": ["violations"],
}
# What other colours can change.
OF_COLOURS = {**RULES, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# What turns for ever has no end to wait for, and a window that another covers may draw no frame: its changes never end.
END_OF_CHANGES = """Promise.race([
    Promise.allSettled(document.getAnimations().map(one => one.finished)),
    new Promise(resolve => setTimeout(resolve, 2000)),
])"""
LOOK = """rules => Promise.race([
    axe.run(rules).then(found => found.violations),
    new Promise((_, reject) => setTimeout(reject, 120000, new Error("axe came to no end"))),
])"""
SCHEMES: list[dict[str, Any]] = [
    {"color_scheme": "light", "forced_colors": "none"},
    {"color_scheme": "dark", "forced_colors": "none"},
    {"color_scheme": "light", "forced_colors": "active"},
]


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[dict[str, Any]]:
    """The rules that the page breaks, with their nodes, as axe-core names them; axe is put into a page once.

    Colours that pass into others, as when the scheme changes, are looked at when they have.
    """
    page.evaluate(END_OF_CHANGES)
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(LOOK, rules)
    return found


def assert_accessible(page: Page, *about: str) -> None:
    """By all rules in light, by those about colours in dark and forced ones too."""
    for scheme, rules in zip(SCHEMES, (RULES, OF_COLOURS, OF_COLOURS), strict=True):
        page.emulate_media(**scheme)
        nodes = [(one["id"], one["nodes"][0]["html"][:160]) for one in violations(page, rules)]
        assert not nodes, (page.url, scheme, *about, nodes)
    page.emulate_media(**SCHEMES[0])
