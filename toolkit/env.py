"""Settings from the environment: a valid value, or an error at start that names the variable."""

import os
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]", "::1")


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "true", "yes", "on", "0", "false", "no", "off"):
        return default if not value else value in ("1", "true", "yes", "on")
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}")


def hosts(name: str, default: list[str]) -> list[str]:
    """Comma-separated host names, without scheme, port or path."""
    found = [host.strip() for host in os.environ.get(name, "").split(",") if host.strip()]
    for host in found:
        if "/" in host or " " in host or (":" in host and not host.startswith("[")):
            raise ImproperlyConfigured(f"{name} takes host names such as guide.example.org, not {host!r}")
    return found or default


def folder(name: str, default: Path) -> Path:
    """A folder that need not exist yet."""
    value = os.environ.get(name, "").strip()
    path = Path(value).expanduser().resolve() if value else default
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(f"{name} must be a folder, and {path} is a file")
    return path


def database(name: str, default: str) -> Any:
    """A database address such as ``postgres://user:password@host/name`` -> Django's setting."""
    try:
        return dj_database_url.parse(
            os.environ.get(name, "").strip() or default, conn_max_age=600, conn_health_checks=True
        )
    except (ValueError, KeyError) as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}") from None


def path_segment(name: str, default: str) -> str:
    """One step of an address, without slashes: what staff addresses start with."""
    value = os.environ.get(name, "").strip().strip("/") or default
    if not all(char.isascii() and (char.isalnum() or char in "-_") for char in value):
        raise ImproperlyConfigured(f"{name} must be one step of an address, letters and hyphens, not {value!r}")
    return value


def public_url(name: str) -> str:
    """The address that readers know the guide by, such as ``https://guide.example.org``, or "" when not set."""
    value = os.environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    if value and (
        parts.scheme not in ("https", "http") or not parts.hostname or parts.path or parts.query or " " in value
    ):
        raise ImproperlyConfigured(f"{name} must be an address such as https://guide.example.org, not {value!r}")
    return value


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes, and from which address it comes; ``host`` "" where none is named."""

    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    sender: str = ""


def mail(name: str, sender: str) -> MailServer:
    """``smtp://user:password@host:587``, or ``smtps`` for TLS from the start; ``sender`` names that variable."""
    value, address = os.environ.get(name, "").strip(), os.environ.get(sender, "").strip()
    if not value:
        return MailServer()
    try:
        parts = urlsplit(value)
        host, port, is_tls = parts.hostname, parts.port, parts.scheme == "smtps"
    except ValueError:
        host = None
    if not host or parts.scheme not in ("smtp", "smtps") or parts.path.strip("/") or parts.query:
        # Without what it was: it may hold a password.
        raise ImproperlyConfigured(f"{name} must be an address such as smtp://user:password@mail.example.org:587")
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise ImproperlyConfigured(f"{sender} must be the e-mail address that mail comes from, not {address!r}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, port or (465 if is_tls else 587), user, password, is_tls, address)


def exit_url(name: str) -> str:
    """Where the quick exit leads, or "" when not set: https, or http on this machine for tests."""
    value = os.environ.get(name, "").strip()
    if value:
        check_exit_url(value, name)
    return value


def check_exit_url(value: str, name: str) -> None:
    parts = urlsplit(value)
    host = parts.hostname or ""
    is_local = host == "localhost" or host.endswith(".localhost")
    if not host or parts.username or not (parts.scheme == "https" or (parts.scheme == "http" and is_local)):
        raise ImproperlyConfigured(f"{name} must be an https address, not {value!r}")


def secret_key(name: str, data_dir: Path) -> str:
    """The key from the environment; else the one kept in ``data_dir``, made there at the first start."""
    if value := os.environ.get(name, "").strip():
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} must be at least 32 characters")
        return value
    file = data_dir / "secret_key"
    if not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        # Written whole before it gets its name, and never over another: two processes starting together agree on one.
        with NamedTemporaryFile("w", dir=data_dir) as new:
            new.write(secrets.token_urlsafe(48))
            new.flush()
            with suppress(FileExistsError):
                os.link(new.name, file)
    return file.read_text()


def is_public(hosts: list[str]) -> bool:
    """Whether the site is meant for others than this machine."""
    return any(host not in LOCAL_HOSTS and not host.endswith(".localhost") for host in hosts if host != "*")


def own_address(name: str) -> str:
    """Where a service of ours that listens at this address is reached from this machine."""
    host = os.environ.get(name, "").strip() or "127.0.0.1"
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104


def port(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise ImproperlyConfigured(f"{name} must be a port, 1 to 65535, not {value!r}")
    return int(value or default)
