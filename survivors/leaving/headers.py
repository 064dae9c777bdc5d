"""The headers of every response. One policy for readers, one for staff (QUICK EXIT: docs/quick-exit.md)."""

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from survivors.leaving import inline

# Every feature that a page could ask a browser for, switched off: none is used, and an injected script gets none.
_FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment",
    "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "sync-xhr",
    "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in _FEATURES)

# In the shape of Django 6's SECURE_CSP; this middleware goes when the project moves to the LTS that has it.
_COMMON_CSP: Mapping[str, Sequence[str]] = {
    "default-src": ["'none'"],
    "img-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
STAFF_CSP = {
    **_COMMON_CSP,
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "frame-src": ["'self'"],  # previews
}


def reader_csp() -> Mapping[str, Sequence[str]]:
    """Only the inlined style and script, known by their hashes, may run."""
    return {
        **_COMMON_CSP,
        "script-src": [f"'{one}'" for one in inline.script_hashes()],
        "style-src": [f"'{one}'" for one in inline.style_hashes()],
    }


def preview_csp(style: str) -> Mapping[str, Sequence[str]]:
    """A reader's page in one of the staff's frames, with ``style`` in the place of its own."""
    beside = (inline.style(name) for name in ("forms", "parts", "pictures"))
    hashes = (inline.hash_of(one) for one in (style, *beside))
    return {**reader_csp(), "style-src": [f"'{one}'" for one in hashes], "frame-ancestors": ["'self'"]}


class ResponseHeaders:
    """Sets what every response carries; SecurityMiddleware adds Referrer-Policy, HSTS, nosniff and COOP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        is_staff = request.path_info.startswith(f"/{settings.ADMIN_PATH}/")
        headers.setdefault("Content-Security-Policy", policy(STAFF_CSP if is_staff else reader_csp()))
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("X-Frame-Options", "DENY")
        if not is_staff:
            headers["Request-OTR"] = "1"
        if response.get("Content-Type", "").startswith("text/html") or "Cache-Control" not in headers:
            headers["Cache-Control"] = "private, no-store"
        return response


def reader_headers() -> dict[str, str]:
    """What every finished answer to a reader carries. Content-Type, Content-Language and Vary are the server's."""
    return {
        "Content-Security-Policy": policy(reader_csp()),
        "Permissions-Policy": PERMISSIONS_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Request-OTR": "1",
        "Cache-Control": "private, no-store",
    }


def policy(directives: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
