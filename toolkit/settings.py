"""Settings. Everything has a safe default; README.md lists the environment variables that change them."""

from pathlib import Path

from toolkit import env
from toolkit.texts.languages import SELF_NAMES, SOURCE

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
CONTENT_DIR = env.folder("CONTENT_DIR", BASE_DIR / "content")

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret_key("SECRET_KEY", DATA_DIR)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["localhost", ".localhost", "127.0.0.1", "[::1]"])
ADMIN_PATH = env.path_segment("ADMIN_PATH", default="staff")

INSTALLED_APPS = [
    "modeltranslation",  # before admin, whose classes it patches
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles, whose runserver would serve files by itself
    "django.contrib.staticfiles",
    "toolkit",
    "survivors",
]

MIDDLEWARE = [
    "survivors.headers.ResponseHeaders",  # first, so that even an error page carries them
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "survivors.language.ReaderLanguage",  # before anything that may fail with a page for the reader
    "django.middleware.common.CommonMiddleware",
    # The rest serves staff. None of it sets a cookie until a staff page asks for one (tested).
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "toolkit.urls"
WSGI_APPLICATION = "toolkit.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'toolkit.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at the start of a transaction: waiting for it then works, upgrading to it later does not.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}}

LANGUAGE_CODE = SOURCE
LANGUAGES = list(SELF_NAMES.items())
LOCALE_PATHS = [BASE_DIR / "locale"]
MODELTRANSLATION_DEFAULT_LANGUAGE = SOURCE
TIME_ZONE = "Asia/Kuala_Lumpur"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# The proxy in front ends TLS, redirects http to https and must set this header itself (README.md, "Deploy").
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600  # sent on https only
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.is_public(ALLOWED_HOSTS)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the redirect to https is the proxy's
    "security.W002",  # X-Frame-Options: ResponseHeaders sends frame-ancestors and X-Frame-Options itself
]

# Where the quick exit leads, by language of the page: pages without an app, an account or anything personal.
# Not editable by staff: whoever can change it can send every survivor anywhere (docs/quick-exit.md).
EXIT_URLS = {
    "en": "https://en.wikipedia.org/wiki/Main_Page",
    "ms": "https://ms.wikipedia.org/wiki/Laman_Utama",
    "ta": "https://ta.wikipedia.org/wiki/%E0%AE%AE%E0%AF%81%E0%AE%A4%E0%AE%B1%E0%AF%8D_%E0%AE%AA%E0%AE%95%E0%AF%8D%E0%AE%95%E0%AE%AE%E0%AF%8D",
    "zh-hans": "https://zh.wikipedia.org/wiki/Wikipedia:%E9%A6%96%E9%A1%B5",
}
# Links inside the guide replace the page in the tab's history, so that Back leaves the guide (docs/quick-exit.md).
ONE_ENTRY_NAVIGATION = True
if one_for_all := env.exit_url("EXIT_URL"):
    EXIT_URLS = dict.fromkeys(EXIT_URLS, one_for_all)

# Reading leaves no line anywhere: no access log (granian's is off), and errors name the exception, not the address
# or the person (SECURITY.md).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"no_address": {"()": "survivors.log.NoAddress"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_address"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # 4xx responses: who asked for what. Never written.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
    },
}
