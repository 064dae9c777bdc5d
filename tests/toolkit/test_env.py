from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from toolkit import env


@pytest.mark.parametrize(
    ("reader", "name", "value"),
    [
        (lambda: env.flag("DEBUG", False), "DEBUG", "perhaps"),
        (lambda: env.hosts("ALLOWED_HOSTS", []), "ALLOWED_HOSTS", "https://guide.example.org"),
        (lambda: env.path_segment("ADMIN_PATH", "staff"), "ADMIN_PATH", "a/b"),
        (lambda: env.exit_url("EXIT_URL"), "EXIT_URL", "http://example.org"),
        (lambda: env.exit_url("EXIT_URL"), "EXIT_URL", "javascript:alert(1)"),
        (lambda: env.exit_url("EXIT_URL"), "EXIT_URL", "https://user@example.org"),
    ],
)
def test_a_bad_value_is_refused_by_the_variables_name(monkeypatch, reader, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=name):
        reader()


@pytest.mark.parametrize("url", ["https://example.org/", "http://exit.localhost:9000/", "http://localhost/"])
def test_the_exit_may_lead_to_https_or_to_this_machine(monkeypatch, url):
    monkeypatch.setenv("EXIT_URL", url)
    assert env.exit_url("EXIT_URL") == url


def test_the_secret_key_is_made_once_kept_and_readable_by_its_owner_only(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    key = env.secret_key("SECRET_KEY", tmp_path / "data")
    assert len(key) > 50 and env.secret_key("SECRET_KEY", tmp_path / "data") == key
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_a_short_secret_key_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        env.secret_key("SECRET_KEY", tmp_path)


@pytest.mark.parametrize(("hosts", "public"), [(["localhost", ".localhost"], False), (["guide.example.org"], True)])
def test_cookies_are_secure_once_the_site_is_meant_for_others(hosts, public):
    assert env.is_public(hosts) is public


@pytest.mark.parametrize(
    ("name", "value"),
    [("EXIT_URL", "ftp://x"), ("DATABASE_URL", "nonsense://x"), ("ALLOWED_HOSTS", "a b"), ("DEBUG", "2")],
)
def test_a_bad_environment_stops_the_start_and_names_the_variable(tmp_path, name, value):
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env={**os.environ, name: value, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode != 0
    assert name in run.stderr.strip().splitlines()[-1]


def test_a_public_address_is_whole_and_has_no_path(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://guide.example.org/")
    assert env.public_url("PUBLIC_URL") == "https://guide.example.org"
    for wrong in ("guide.example.org", "https://guide.example.org/en", "ftp://x.example.org", "https://"):
        monkeypatch.setenv("PUBLIC_URL", wrong)
        with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
            env.public_url("PUBLIC_URL")
