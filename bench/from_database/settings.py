"""Our settings with the middleware that `startproject` gives, compression on, and pages read from the database."""

from kb.settings import *  # noqa: F403
from kb.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [
    *(name for name in INSTALLED_APPS if name in ("kb", "django.contrib.staticfiles")),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kb.middleware.language",
]
ROOT_URLCONF = "bench.from_database.urls"
DATABASES["default"]["CONN_MAX_AGE"] = None  # nobody would open one for every request
