"""The Containerfile: what it copies is all that a site needs, and what it runs comes up. (No engine builds it here.)"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.deploy.conftest import public_site
from tests.faults.conftest import waited_for
from tests.ready import ROOT

KNOWN = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"}
LINES = re.sub(r"\\\n\s*", " ", (ROOT / "deploy" / "Containerfile").read_text()).splitlines()
STEPS = [tuple(line.split(maxsplit=1)) for line in LINES if line and not line.startswith("#")]


def values(step: str) -> list[str]:
    return [value for name, value in STEPS if name == step]


def test_every_step_is_one_that_engines_know_and_nothing_runs_as_root():
    assert {name for name, _ in STEPS} <= KNOWN and STEPS[0][0] == "FROM"
    assert values("USER") == ["guide"] and [name for name, _ in STEPS].index("USER") > len(values("RUN"))
    assert "--require-hashes" in " ".join(values("RUN"))


def test_what_it_copies_is_there_and_nothing_that_is_ignored():
    ignored = (ROOT / ".dockerignore").read_text().split()
    copied = [name for value in values("COPY") for name in value.split()[:-1]]
    assert all((ROOT / name).exists() for name in copied) and not set(copied) & set(ignored)


def test_what_it_copies_comes_up_as_it_says(ready_guide: Path, tmp_path: Path):
    image = tmp_path / "image"
    image.mkdir()
    for value in values("COPY"):
        *names, target = value.split()
        for name in names:
            source, place = ROOT / name, image / (name if target == "./" else target)
            shutil.copytree(source, place) if source.is_dir() else shutil.copy(source, place)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    site = public_site(tmp_path, ready_guide)
    env = dict(one.split("=", 1) for one in shlex.split(values("ENV")[0]))
    env |= {"DATA_DIR": str(site.data), "HOST": "127.0.0.1", "PORT": str(site.readers), "STAFF_PORT": str(site.staff)}
    env |= {"PATH": programs, "ALLOWED_HOSTS": site.env["ALLOWED_HOSTS"], "CONTENT_DIR": str(site.content.root)}
    subprocess.run(values("RUN")[-1], shell=True, cwd=image, env=env, check=True)
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(json.loads(values("CMD")[0]), cwd=image, env=env, stdout=log, stderr=log)
    try:
        assert waited_for(site.answers, 90), (tmp_path / "log").read_text()
        assert waited_for(lambda: site.get("/staff/login/", port=site.staff).status == 200, 60)
        check = values("HEALTHCHECK")[0].split("CMD ", 1)[1].replace(":8000", f":{site.readers}")
        assert subprocess.run(check, shell=True, env=env).returncode == 0
    finally:
        process.terminate()
        process.wait(15)
