"""What the rooms carry of others' scripts is what its README says, and has its licence."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from django.conf import settings

VENDORED = sorted((Path(settings.BASE_DIR) / "static" / "staff" / "vendor").iterdir())


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: folder.name)
def test_a_vendored_script_is_the_one_that_its_readme_names(folder):
    said = re.search(r"^sha256 `([0-9a-f]{64})`$", (folder / "README.md").read_text(), re.MULTILINE)
    assert said
    assert hashlib.sha256((folder / f"{folder.name}.js").read_bytes()).hexdigest() == said[1]
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text()
