"""Settings, all from the environment; a value that cannot be right stops the start with its name."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from kb.env import (
    env,
    env_bool,
    env_caches,
    env_choice,
    env_database,
    env_list,
    env_networks,
    env_rate,
    env_status_pages,
    env_url,
)
from kb.observe.logs import logging_config

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("KB_VAR") or BASE_DIR / "var")
FIXTURES = BASE_DIR / "fixtures"


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
PORT = env("PORT", "8000")
REPLAY = env_bool("KB_REPLAY", False)
ADMIN = env_bool("KB_ADMIN", False)  # /admin/ for editors
LOOKUP_RATE = env_rate("KB_LOOKUP_RATE", "60/m")  # forms and lookups of one client address
TRUSTED_PROXIES = env_networks("KB_TRUSTED_PROXIES", "127.0.0.1,::1")
REDIS_URL = env("REDIS_URL")
ALLOWED_HOSTS = env_list("KB_ALLOWED_HOSTS", urlsplit(BASE_URL).hostname or "127.0.0.1,localhost,[::1]")

INSTALLED_APPS = ["kb", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "kb.observe.middleware.observed",
    "kb.observe.exposition.exposition",
    "kb.serving.answer.published",  # what stands in the node's file has passed through the others when it was made
    "kb.middleware.content_security_policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kb.middleware.problems",
    "kb.middleware.limits",
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
if ADMIN:
    INSTALLED_APPS += [
        "django.contrib.admin.apps.SimpleAdminConfig",
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "axes",
    ]
    MIDDLEWARE.insert(MIDDLEWARE.index("kb.middleware.limits") + 1, "kb.admin.middleware.ForEditors")
    TEMPLATES.append(  # after ours, so that public pages know nothing of users
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "NAME": "admin",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    )
    # Of the middlewares, which are called by ForEditors, and of the processors, which belong to the second engine.
    SILENCED_SYSTEM_CHECKS = [f"admin.E{number}" for number in (402, 404, 408, 409, 410)] + ["admin.W411", "axes.W002"]
    AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
    AUTH_PASSWORD_VALIDATORS = [
        {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
        for name, options in (
            ("UserAttributeSimilarityValidator", {}),
            ("MinimumLengthValidator", {"min_length": 12}),
            ("CommonPasswordValidator", {}),
            ("NumericPasswordValidator", {}),
        )
    ]
    LOGIN_URL = "/admin/login/"
    AXES_FAILURE_LIMIT = 5  # wrong passwords of one user name from one address
    AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
    AXES_COOLOFF_TIME = timedelta(minutes=15)
    AXES_RESET_ON_SUCCESS = True
    AXES_CLIENT_IP_CALLABLE = "kb.limits.requests.client_address"
    AXES_LOCKOUT_CALLABLE = "kb.admin.middleware.locked_out"
    AXES_VERBOSE = False

DATABASES = {"default": env_database("DATABASE_URL", VAR / "handbook.sqlite3")}
CACHES = env_caches("REDIS_URL", VAR / "cache")
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
FILE_UPLOAD_HANDLERS = ["kb.uploads.NoFiles"]

SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
COOKIE_PREFIX = "__Host-" if SECURE else ""
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}kb_csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}kb_session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 4 * 3600  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "kb.pages.errors.forbidden"
X_FRAME_OPTIONS = "DENY"
DEFAULT_EXCEPTION_REPORTER_FILTER = "kb.reporting.NoValues"

LOGGING = logging_config(env_choice("KB_LOG", ("text", "json"), "text"), env_bool("KB_ACCESS_LOG", False))
METRICS = env_bool("KB_METRICS", False)
METRICS_FROM = env_networks("KB_METRICS_FROM", "127.0.0.0/8,::1")
SENTRY_DSN = env("SENTRY_DSN")
if SENTRY_DSN:
    from kb.observe import sentry

    sentry.start(SENTRY_DSN)
