"""Makes the pictures of docs/reading.md anew: each kind of page as a small phone shows it first, in four languages.

    .venv/bin/python -m docs.reader_screenshots [PICTURE…]

Above in light, below in dark. With names it writes those pictures only.
"""

from __future__ import annotations

import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable
from html import escape

import django
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import override
from playwright.sync_api import Page, sync_playwright

from docs.screenshots import IMAGES, WIDTH
from tests.browser.conftest import BROWSER_ARGUMENTS, ROOT
from tests.browser.find_chromium import HOW, find
from toolkit.texts.languages import LANGUAGES

PHONE, GAP = (320, 568), 8
Screen = Callable[..., str]
ABOVE = """async (shots) => {
  const canvas = document.createElement("canvas"), drawn = [];
  for (const shot of shots) { const one = new Image(); one.src = shot; await one.decode(); drawn.push(one); }
  canvas.width = drawn[0].width;
  canvas.height = 2 * drawn[0].height;
  drawn.forEach((one, row) => canvas.getContext("2d").drawImage(one, 0, row * one.height));
  return canvas.toDataURL("image/webp", 0.24);
}"""


def screens() -> dict[str, Screen]:
    """Picture -> what makes the page of its kind, of a guide and a language."""
    from survivors.directories import pages as directories
    from survivors.plan.pages import next_screen
    from survivors.reading import layout

    def page(path: str) -> Screen:
        return lambda guide, language: layout.page(guide, language, path)

    def asked(answer: Screen, form: str) -> Screen:
        return lambda guide, language: answer(guide, language, QueryDict(form))

    return {
        "read-home": page(""),
        "read-types": page("types"),
        "read-type": page("types/fake-images"),
        "read-danger": page("first-response/right-now"),
        "read-platform": page("platforms/telegram"),
        "read-help": page("support/wao"),
        "read-law": page("laws/cma-233"),
        "read-question": asked(next_screen, ""),
        "read-plan": asked(next_screen, "types=fake-images&age=adult&go=plan"),
        "read-found": asked(directories.help_directory, "need=legal&free=yes"),
    }


def phones(pages: list[str]) -> str:
    """The pages side by side, each in a window of its own."""
    width, height = PHONE
    frames = "".join(f'<iframe width="{width}" height="{height}" srcdoc="{escape(one)}"></iframe>' for one in pages)
    return f'<body style="margin:0;display:flex;gap:{GAP}px;background:#777"><style>iframe{{border:0}}</style>{frames}'


def take(window: Page, name: str, pages: list[str]) -> None:
    """One picture: light above dark."""
    shots = []
    for scheme in ("light", "dark"):
        window.emulate_media(color_scheme=scheme)
        window.set_content(phones(pages))
        shots.append("data:image/png;base64," + b64encode(window.screenshot(animations="disabled")).decode())
    file = IMAGES / f"{name}.webp"
    file.write_bytes(b64decode(window.evaluate(ABOVE, shots).partition(",")[2]))
    print(f"{file.stat().st_size:7} {file.relative_to(ROOT)}")


def main(wanted: set[str]) -> None:
    program = find()
    if not program:
        sys.exit(HOW)
    from toolkit.rendering.guide import Guide
    from toolkit.texts.check import judge
    from toolkit.texts.folder import read_folder

    guide = Guide.of(judge(read_folder(settings.CONTENT_DIR), {}).site)
    width = len(LANGUAGES) * (PHONE[0] + GAP) - GAP
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_ARGUMENTS)
        window = browser.new_page(
            viewport={"width": width, "height": PHONE[1]}, device_scale_factor=WIDTH / width - 0.001
        )
        for name, screen in screens().items():
            if wanted and name not in wanted:
                continue
            pages = []
            for language in LANGUAGES:
                with override(language):
                    pages.append(screen(guide, language))
            take(window, name, pages)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    django.setup()
    main(set(sys.argv[1:]))
