"""The rules of the house, held by tests: arrows, sizes, pins, and documentation that keeps up."""

from __future__ import annotations

import ast
import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from toolkit.texts.records import facts
from toolkit.texts.words import prose
from toolkit.texts.words.markup import DIRECTIVE_KINDS

ROOT = Path(settings.BASE_DIR)
CODE = sorted(path for folder in ("toolkit", "survivors", "tests", "bench") for path in (ROOT / folder).rglob("*.py"))
CODE = [path for path in CODE if "migrations" not in path.parts]


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


OURS = {path: ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in CODE}
MODULES = {name: path for path, name in OURS.items() if name.split(".")[0] in ("toolkit", "survivors")}
# What the folders and modules of toolkit/ may know of each other. Those that are not here are the two ends: settings and
# commands, which know all.
MAY_KNOW = {
    "texts": set(),
    "models": {"texts"},
    "rendering": {"texts"},
    "roles": {"texts"},
    "judging": {"texts"},
    "live": {"judging", "models", "rendering", "texts", "translation"},
    "edition": {"live", "models", "rendering", "texts"},
    "files": {"judging", "live", "models", "texts"},
    "drafting": {"judging", "live", "models", "roles", "talking", "texts"},
    "talking": {"live", "models", "rendering", "reviewing", "roles", "texts"},
    "finding": {"drafting", "judging", "live", "models", "texts"},
    "reviewing": {"judging", "live", "models", "rendering", "texts"},
    "keeping": {"judging", "live", "models", "rendering", "texts"},
    "admin": {
        "drafting",
        "files",
        "finding",
        "keeping",
        "live",
        "models",
        "rendering",
        "reviewing",
        "roles",
        "talking",
        "texts",
    },
    "serving": set(),
}
# What survivors/ may know: never models. A draft is shown as readers would get it, to staff, in their process.
SURVIVORS_MAY_KNOW = {"texts", "rendering"}
IN_THE_PROCESS_OF_STAFF = {
    "survivors.settings": {"settings"},
    "survivors.preview": {"drafting"},
    "survivors.serving.answering": {"serving"},
    "survivors.serving.process": {"serving"},
    "survivors.serving.questions": {"serving"},
    "survivors.serving.readers": {"serving"},
}


def needs(module: str) -> set[str]:
    """The modules of ours that one imports, those within functions too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[module].read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {one if (one := f"{node.module}.{alias.name}") in MODULES else node.module for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return (found & MODULES.keys()) - {module}


def circle(needed: dict[str, set[str]]) -> list[str]:
    """Some modules that need each other in a circle; none if there are none."""
    left = dict(needed)
    while ready := [module for module, names in left.items() if names.isdisjoint(left)]:
        left = {module: names for module, names in left.items() if module not in ready}
    return sorted(left)


def test_no_modules_need_each_other():
    assert circle({module: needs(module) for module in MODULES}) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_imports_go_one_way():
    wrong = []
    for module in MODULES:
        top, _, rest = module.partition(".")
        here = rest.split(".")[0]
        for other in needs(module):
            there = other.split(".")[1] if "." in other else other
            if top == "survivors" and other.startswith("toolkit."):
                may = SURVIVORS_MAY_KNOW | IN_THE_PROCESS_OF_STAFF.get(module, set())
                wrong += [(module, other)] if there not in may else []
            elif top == "toolkit" and here in MAY_KNOW and there != here and there not in MAY_KNOW[here]:
                wrong.append((module, other))
    assert wrong == []


@pytest.mark.parametrize(
    "folder", sorted({path.parent for path in MODULES.values()}), ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_folder_has_more_than_twelve_modules(folder):
    assert len([path for path in folder.glob("*.py") if path.name != "__init__.py"]) <= 12


def test_names_say_what_a_module_is_about():
    loose = {"utils", "util", "helpers", "helper", "managers", "manager", "common", "misc"}
    assert {path.name for path in CODE if path.stem in loose or path.parent.name in loose} == set()


def test_no_request_and_no_user_is_just_anything():
    for path in MODULES.values():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.arg) and node.arg in ("request", "user"):
                assert node.annotation is None or ast.unparse(node.annotation) != "Any", f"{path}:{node.lineno}"


def test_a_view_that_shows_a_page_is_called_so():
    from toolkit.admin.rooms import ROOMS

    said = {view.__name__ for _address, view, _name, _may in ROOMS}
    # The others do something, then lead to a page, or answer with a file.
    assert {name for name in said if not name.endswith("_page")} == {
        "call", "choose", "compared", "confirm", "download", "page_owner", "say", "section_owner", "seen",
    }  # fmt: skip


def test_survivors_is_never_imported_from_the_toolkit():
    for path in CODE:
        if path.is_relative_to(ROOT / "toolkit"):
            assert not any(name.split(".")[0] == "survivors" for name in imports(path)), path


def test_the_texts_know_no_django():
    for path in (ROOT / "toolkit" / "texts").rglob("*.py"):
        assert not any(name.split(".")[0] == "django" for name in imports(path)), path


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_over_400_lines_and_no_function_over_60(path):
    source = path.read_text()
    assert source.count("\n") <= 400
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 60, node.name


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-postgres.txt", "requirements-dev.txt"])
def test_requirements_are_pinned_with_hashes_and_name_no_index(name):
    text = (ROOT / name).read_text()
    pinned = [row for row in text.splitlines() if re.match(r"[a-z0-9]", row)]
    assert pinned and all(re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+( ; .+)? \\$", row) for row in pinned)
    assert text.count("==") <= text.count("--hash=sha256:")
    assert not re.search(r"https?://|--(extra-)?index", text)


def test_every_environment_variable_has_its_line_in_the_readme():
    used = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "toolkit/settings.py").read_text()))
    assert {"SECRET_KEY", "DATABASE_URL", "EXIT_URL"} <= used
    readme = (ROOT / "README.md").read_text()
    assert {name for name in used | {"PORT", "HOST"} if f"`{name}`" not in readme} == set()


def test_every_command_of_ours_has_its_line_in_the_readme():
    ours = {name for name, app in get_commands().items() if app.split(".")[0] in ("toolkit", "survivors")}
    readme = (ROOT / "README.md").read_text()
    assert {name for name in ours if f"`manage.py {name}" not in readme} == set()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)) - {"prepare", "machine"}
    assert {name for name in targets if f"`make {name}`" not in readme} == set()


def test_every_key_field_and_directive_is_in_the_description_of_content():
    described = (ROOT / "docs/content.md").read_text()
    names = {*prose.KEYS, *prose.RECORD_KEYS, *DIRECTIVE_KINDS}
    for record in (
        facts.Facts,
        facts.Source,
        facts.Channel,
        facts.Contact,
        facts.Route,
        facts.Provision,
        facts.Figure,
        facts.AfterReport,
        facts.ActText,
        facts.Counter,
        facts.Picture,
        facts.Owner,
    ):
        names |= {one.name for one in fields(record)}
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", described)} == set()


def test_nothing_names_this_machine_or_a_package_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    forbidden = re.compile("pypi" r"\.org|pythonhosted" r"\.org|registry\.npm" r"js|/(?:root|work)/")
    found = [
        name
        for name in listed
        if not name.endswith((".png", ".webp", ".po")) and forbidden.search((ROOT / name).read_text())
    ]
    assert found == []
