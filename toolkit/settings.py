"""Settings. Everything has a safe default; README.md lists the environment variables that change them."""

from datetime import timedelta
from pathlib import Path

from toolkit import env
from toolkit.texts.languages import SELF_NAMES, SOURCE

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var")
CONTENT_DIR = env.folder("CONTENT_DIR", BASE_DIR / "content")

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.secret_key("SECRET_KEY", DATA_DIR)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["localhost", ".localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.public_url("PUBLIC_URL")
ADMIN_PATH = env.path_segment("ADMIN_PATH", default="staff")

INSTALLED_APPS = [
    "modeltranslation",  # before admin, whose classes it patches
    "toolkit.admin.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",  # before staticfiles, whose runserver would serve files by itself
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "toolkit",
    "toolkit.operating",
    "toolkit.reviewing",
    "survivors",
    "axes",
]

MIDDLEWARE = [
    "survivors.leaving.headers.ResponseHeaders",  # first, so that even an error page carries them
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "survivors.reading.language.ReaderLanguage",  # before anything that may fail with a page for the reader
    "django.middleware.common.CommonMiddleware",
    # The rest serves staff. None of it sets a cookie until a staff page asks for one (tested).
    "toolkit.admin.entering.sessions.StaffSessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "toolkit.admin.screen_language.ScreenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it puts its page in the place of whatever a locked-out log-in answered
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

# No longer does anyone wait for a database: then staff are told (toolkit/admin/entering/away.py). Readers need none.
WAIT_SECONDS = 5
DATABASES = {"default": env.database("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'toolkit.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # Take the write lock at the start of a transaction: waiting for it then works, upgrading to it later does not.
        "transaction_mode": "IMMEDIATE",
        "timeout": WAIT_SECONDS,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Whether a connection that was kept still works, a frozen server does not say: each request has its own, which is
    # refused after WAIT_SECONDS (toolkit/serving/frozen.py ends what freezes later).
    DATABASES["default"].update(CONN_MAX_AGE=0, CONN_HEALTH_CHECKS=False)
    # The TCP waits end a connection to a machine that has stopped answering without closing it.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=2,  # a page may try twice, and an answer is due within WAIT_SECONDS
        options=f"-c statement_timeout={WAIT_SECONDS}s -c lock_timeout={WAIT_SECONDS}s",
        keepalives_idle=2,
        keepalives_interval=1,
        keepalives_count=2,
        tcp_user_timeout=WAIT_SECONDS * 1000,
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# No upload ever touches the disk. What is larger than toolkit/serving/staff.py lets in does not come here at all.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}}}

LANGUAGE_CODE = SOURCE
LANGUAGES = list(SELF_NAMES.items())
# Readers' words, the staff's, and what Django's own translations lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "staff", BASE_DIR / "locale" / "django"]
FORMAT_MODULE_PATH = "toolkit.formats"
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

# The log-in of staff (docs/decisions/0006-log-in.md). Sessions end after 30 idle minutes, and with the browser.
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
SESSION_ENGINE = "toolkit.admin.entering.sessions"
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # so does this cookie
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "session", "form"
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{ADMIN_PATH}/"  # readers' pages neither get them nor set them
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Not Strict: a set-password link that is opened from a message redirects once and would arrive without its session.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = env.is_public(ALLOWED_HOSTS)
CSRF_FAILURE_VIEW = "toolkit.admin.entering.log_in.form_too_old"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no third cookie
PASSWORD_RESET_TIMEOUT = (
    24 * 3600
)  # of a set-password link, which an Administrator hands over; it is never sent by e-mail

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
# By name and address together: neither a stranger nor a colleague at the same address can lock anyone else out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that the time the page names stays true
AXES_CLIENT_IP_CALLABLE = "toolkit.admin.entering.log_in.client_address"
AXES_LOCKOUT_CALLABLE = "toolkit.admin.entering.log_in.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # a log-in that worked leaves no address behind
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
OTP_TOTP_ISSUER = "Online safety guide"  # the name in her authenticator app
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 1  # after n wrong codes in a row, 2 ** (n - 1) seconds of wait

SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # the redirect to https is the proxy's
    "security.W002",  # X-Frame-Options: ResponseHeaders sends frame-ancestors and X-Frame-Options itself
]

# Off unless a mail server is named. All that is ever sent: "something waits for you", to staff who asked for it
# (toolkit/admin/talking/nudge.py).
_mail = env.mail("EMAIL_URL", "EMAIL_FROM")
SENDS_MAIL = bool(_mail.host)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if SENDS_MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT, DEFAULT_FROM_EMAIL = _mail.host, _mail.port, _mail.sender
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL = _mail.is_tls
EMAIL_USE_TLS = SENDS_MAIL and not _mail.is_tls and _mail.host not in env.LOCAL_HOSTS
EMAIL_TIMEOUT = 10

# How long the link to a draft can be opened.
PREVIEW_HOURS = 48

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

# What the guide answers and with which headers, which the edition is made of (toolkit/edition/), and where this process
# takes it from: the database here, the written folder in the readers' process.
READER_ANSWERS = "survivors.answers.answers"
LIVES_COMPARED = "survivors.lives.compared.compared"
READER_HEADERS = "survivors.leaving.headers.reader_headers"
EDITION = "toolkit.edition.live.current"

# Where the readers' process answers on this machine: it is asked what readers said (toolkit/keeping/doubts.py).
READERS_AT = (env.own_address("HOST"), env.port("PORT", default=8000))

# How many days a fact may go without being compared with its sources, by what it costs a reader when it is wrong
# (docs/keeping-it-true.md). "prose" is the words of a page.
REVIEW_DAYS = {
    "contacts": 30, "routes": 60, "provisions": 180, "figures": 180, "counters": 365, "pictures": 365,
    "sources": 365, "prose": 365,
}  # fmt: skip
# How `manage.py check_links` names itself to the sites it asks: nothing of the guide's topic.
CHECK_LINKS_AGENT = "link-check/1.0"
CHECK_LINKS_ALLOW_LOCAL = False  # only tests ask this machine: a mistyped record must not reach what stands behind it

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
        # Names and addresses of who failed to log in: what staff may know of it is in their own list.
        "axes": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
    },
}
