"""Settings, all from the environment; a value that cannot be right stops the start with its name."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("KB_VAR") or BASE_DIR / "var")
FIXTURES = BASE_DIR / "fixtures"


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    value = env(name, str(default)).lower()
    if value not in ("1", "true", "on", "yes", "0", "false", "off", "no"):
        raise ImproperlyConfigured(f"{name} is {value!r}: use on or off")
    return value in ("1", "true", "on", "yes")


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_url(name: str) -> str:
    value = env(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise ImproperlyConfigured(f"{name} is {value!r}: use an origin such as https://errors.example.org")
    return value


def env_status_pages(name: str) -> tuple[tuple[str, str], ...]:
    """`name=https://…/api/v2/summary.json` parts; `official` is Claude's own page, whose address the fixtures know."""
    pages = []
    for part in env_list(name, ""):
        title, _, url = ("Claude", "", "") if part == "official" else part.partition("=")
        parts = urlsplit(url)
        inner = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
        if part != "official" and not (title and parts.hostname and (parts.scheme == "https" or inner)):
            raise ImproperlyConfigured(f"{name} has {part!r}: use official or name=https://…/api/v2/summary.json")
        pages.append((title, url))
    return tuple(pages)


def kept_secret() -> str:
    """A key generated once and kept in `var/`, for a machine where none was set."""
    path = VAR / "secret-key"
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    return path.read_text()


DEBUG = env_bool("KB_DEBUG", False)
SECRET_KEY = env("KB_SECRET_KEY") or kept_secret()
BASE_URL = env_url("KB_BASE_URL")
CONTACT = env("KB_CONTACT")
STATUS_PAGES = env_status_pages("KB_STATUS_PAGES")  # shown on pages; none are asked unless they are named
MODEL_HOSTS = env_list("KB_MODEL_HOSTS", "")  # name=https://host, for sync_models
REPLAY = env_bool("KB_REPLAY", False)
ALLOWED_HOSTS = env_list("KB_ALLOWED_HOSTS", urlsplit(BASE_URL).hostname or "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = ["kb", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "kb.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kb.middleware.problems",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kb.middleware.language",
]
ROOT_URLCONF = "kb.urls"
WSGI_APPLICATION = "kb.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": ["kb.pages.context.site"],
            "builtins": ["kb.templatetags.handbook"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader"],
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "handbook.sqlite3"}}
CACHES = {  # on disk, so that every worker counts with the others
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "kb_lang"
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG

LOOKUP_BYTES = 64 * 1024  # of UTF-8 text in one paste
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # of one request; the page trims larger pastes to head and tail
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SECURE = SECURE
CSRF_FAILURE_VIEW = "kb.pages.errors.forbidden"
X_FRAME_OPTIONS = "DENY"
DEFAULT_EXCEPTION_REPORTER_FILTER = "kb.reporting.NoValues"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"faults": {"()": "kb.reporting.not_replayed"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {
            "level": "ERROR",
            "filters": ["faults"],
        },  # not the paths of 404s, into which anything may have been pasted
    },
}
