"""Settings of the readers' process: no database, no accounts, no sessions, no uploads.

Whatever of these a page for readers would need, it must not need (docs/decisions/0011-readers-process.md).
"""

from toolkit.settings import *  # noqa: F403
from toolkit.settings import BASE_DIR

INSTALLED_APPS = ["survivors"]
MIDDLEWARE = [
    "survivors.leaving.headers.ResponseHeaders",
    "django.middleware.security.SecurityMiddleware",
    "survivors.reading.language.ReaderLanguage",
    "django.middleware.common.CommonMiddleware",
]
ROOT_URLCONF = "survivors.urls"
DATABASES = {}
EDITION = "survivors.edition.from_folder"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "libraries": {"words": "toolkit.templatetags.words"},
        },
    },
]
# What is sent never lies on a disk. The server lets no file through anyway (survivors/serving/readers.py).
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
