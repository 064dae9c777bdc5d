"""Files and site: which texts are not the same in both, what will come of it, and taking the site's changes home."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from toolkit import roles
from toolkit.admin.room import Room
from toolkit.admin.showing import part_name, require, show
from toolkit.admin.words.faults import told
from toolkit.files import export, sync
from toolkit.live import live_site
from toolkit.models import AuditEntry, Event, UnitState
from toolkit.texts.decide import Decision
from toolkit.texts.folder import file_name, strangers
from toolkit.texts.languages import ALL_PARTS, FILE_NAMES, SOURCE
from toolkit.texts.page import Site

UNDECIDED = (Decision.CONFLICT, Decision.ROLLBACK)


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that is not the same in file and site. ``is_live``: it can be looked up there."""

    file: str
    name: str
    path: str
    part: str
    is_live: bool
    is_held: bool


def files_page(request: HttpRequest) -> HttpResponse:
    """POST takes over the files' changes now."""
    root = settings.CONTENT_DIR
    if request.method == "POST":
        return _take_over(request)
    try:
        report = sync.look(root)
    except FileNotFoundError:
        return _without_folder(request)
    site = live_site()
    groups = _groups(report, site)
    gone = set(report.named(Decision.MISSING_FILE))
    return show(
        request,
        "files",
        gettext("Site and saved files"),
        groups=groups,
        # A page without a folder is named above, as a question and not as a fault.
        errors=[told(one) for one in report.errors if one.file not in gone],
        strangers=strangers(root),
        may_take_over=roles.may_publish(request.user) and any(group["comes"] for group in groups),
        same=len(report.named(Decision.IN_SYNC)),
        pages=len(site),
    )


def download(request: HttpRequest) -> HttpResponse:
    """What staff changed and the files do not have yet, as a zip. Changes nothing."""
    try:
        texts = export.changed_texts(settings.CONTENT_DIR)
    except FileNotFoundError:
        texts = {}
    if not texts:
        messages.info(request, gettext("There is nothing to download."))
        return HttpResponseRedirect(reverse("admin:files"))
    name = f"changes-{timezone.localdate():%Y-%m-%d}.zip"
    return HttpResponse(
        export.packed(settings.CONTENT_DIR, texts),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _take_over(request: HttpRequest) -> HttpResponse:
    require(roles.may_publish(request.user))
    try:
        report = sync.import_files(settings.CONTENT_DIR)
    except sync.BusyError:
        messages.warning(request, gettext("Someone else is taking the files over just now. Try again in a minute."))
        return HttpResponseRedirect(reverse("admin:files"))
    except FileNotFoundError:
        return _without_folder(request)
    taken, waiting = report.named(Decision.IMPORT), report.named(*UNDECIDED)
    if taken:
        AuditEntry.add(request.user, Event.USED_FILES, ", ".join(taken))
    said = ngettext(
        "%(n)d text was taken over from the files.", "%(n)d texts were taken over from the files.", len(taken)
    )
    messages.success(request, said % {"n": len(taken)})
    if waiting:
        said = ngettext("%(n)d text needs a decision.", "%(n)d texts need a decision.", len(waiting))
        messages.warning(request, said % {"n": len(waiting)})
    return HttpResponseRedirect(reverse("admin:files"))


def _without_folder(request: HttpRequest) -> TemplateResponse:
    return show(request, "files", gettext("Site and saved files"), is_missing=True)


def _groups(report: sync.Report, site: Site) -> list[dict[str, Any]]:
    """What differs, the most pressing first. ``comes``: the files have something that the site has not seen."""
    units = UnitState.objects.exclude(hold="").values_list("page__path", "part")
    held = {file_name(path, part) for path, part in units}
    found = []
    for decision, title, hint in _words():
        differences = [_difference(name, site, held) for name in report.named(decision)]
        comes = decision is Decision.IMPORT or (decision in UNDECIDED and not all(one.is_held for one in differences))
        if differences:
            found.append(
                {
                    "title": title,
                    "hint": hint,
                    "differences": differences,
                    "comes": comes,
                    "needs_decision": decision in UNDECIDED,
                    "look": "bad" if decision in (*UNDECIDED, Decision.MISSING_FILE) else "work",
                    "is_export": decision is Decision.EXPORT,
                }
            )
    return found


def _words() -> list[tuple[Decision, str, str]]:
    return [
        (
            Decision.CONFLICT,
            gettext("Changed in both: needs a decision"),
            gettext("Readers see the site's text until a Publisher has decided."),
        ),
        (
            Decision.ROLLBACK,
            gettext("The files went back to an older text: needs a decision"),
            gettext("Readers see the site's text until a Publisher has decided."),
        ),
        (
            Decision.MISSING_FILE,
            gettext("Its file is gone: the site keeps the text"),
            gettext(
                "Is the page to be retired? Then another page has to name its address among its old ones. "
                "If not, the file has to come back."
            ),
        ),
        (
            Decision.EXPORT,
            gettext("Changed on the site, not in the files yet"),
            gettext("Download these changes and give them to whoever keeps the files."),
        ),
        (
            Decision.IMPORT,
            gettext("Changed in the files, not on the site yet"),
            gettext("Comes with the next update of the site."),
        ),
    ]


def _difference(name: str, site: Site, held: set[str]) -> Difference:
    path, _, last = name.rpartition("/")
    part = next(one for one in ALL_PARTS if FILE_NAMES[one] == last)
    page = site.get(path)
    title = page.prose[SOURCE].h1 if page and SOURCE in page.prose else f"/{path}/"
    is_live = page is not None and page.part(part) is not None
    return Difference(name, f"{title}, {part_name(part)}", path, part, is_live, name in held)


ROOMS: list[Room] = [
    ("files/", files_page, "files", None),
    ("files/changes.zip", download, "changes", roles.may_confirm),
]
