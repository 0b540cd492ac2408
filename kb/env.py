"""Values of the environment; one that cannot be right stops the start with its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from kb.limits.rate import Rate, parse_rate
from kb.networks import Networks, parse_networks

LOOPBACK = ("localhost", "127.0.0.1", "::1")
SQLITE: dict[str, Any] = {  # readers of other processes go on while one writes; a writer waits instead of failing
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8192",
}
POSTGRES: dict[str, Any] = {  # nobody waits for long for a server that is gone or slow
    # An attempt to connect ends with the patience of who asked: the next one asks anew, instead of waiting ever longer.
    "pool": {"min_size": 0, "max_size": 4, "timeout": 3, "max_idle": 60, "reconnect_timeout": 3},
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=15000 -c lock_timeout=5000",
}


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    value = env(name, str(default)).lower()
    if value not in ("1", "true", "on", "yes", "0", "false", "off", "no"):
        raise ImproperlyConfigured(f"{name} is {value!r}: use on or off")
    return value in ("1", "true", "on", "yes")


def env_list(name: str, default: str) -> list[str]:
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_choice(name: str, values: tuple[str, ...], default: str) -> str:
    value = env(name, default).lower()
    if value not in values:
        raise ImproperlyConfigured(f"{name} is {value!r}: use {' or '.join(values)}")
    return value


def env_url(name: str) -> str:
    value = env(name).rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query):
        raise ImproperlyConfigured(f"{name} is {value!r}: use an origin such as https://errors.example.org")
    return value


def env_database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings of a `postgres://…` or `sqlite:///…` address; a SQLite file when there is none."""
    url = env(name) or f"sqlite:///{default}"
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        database = {}
    kind = str(database.get("ENGINE", "")).rpartition(".")[2]
    if kind not in ("sqlite3", "postgresql") or not database["NAME"]:
        raise ImproperlyConfigured(f"{name} cannot be read: use postgres://user:password@host:5432/name")
    options = SQLITE if kind == "sqlite3" else POSTGRES
    checked = {"CONN_HEALTH_CHECKS": True}  # a connection that died with the server is never handed out
    return database | checked | {"OPTIONS": options | database.get("OPTIONS", {})}


def env_caches(name: str, folder: Path) -> dict[str, Any]:
    """Redis of a `redis://…` address, shared by every node; without one, files that the workers of a node share."""
    url = env(name)
    if not url:
        backend = "django.core.cache.backends.filebased.FileBasedCache"
        return {"default": {"BACKEND": backend, "LOCATION": folder, "TIMEOUT": 600, "OPTIONS": {"MAX_ENTRIES": 1000}}}
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured(f"{name} cannot be read: use redis://host:6379/0")
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    short = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
    backend = "django.core.cache.backends.redis.RedisCache"
    return {"default": {"BACKEND": backend, "LOCATION": url, "TIMEOUT": 600, "KEY_PREFIX": "kb", "OPTIONS": short}}


def env_status_pages(name: str) -> tuple[tuple[str, str], ...]:
    """`name=https://…/api/v2/summary.json` parts; `official` is Claude's own page, whose address the fixtures know."""
    pages = []
    for part in env_list(name, ""):
        title, _, url = ("Claude", "", "") if part == "official" else part.partition("=")
        parts = urlsplit(url)
        if part != "official" and not (title and parts.hostname and is_encrypted_or_local(parts)):
            raise ImproperlyConfigured(f"{name} has {part!r}: use official or name=https://…/api/v2/summary.json")
        pages.append((title, url))
    return tuple(pages)


def is_encrypted_or_local(url: SplitResult) -> bool:
    """Whether nobody on the way can read what is sent there."""
    return url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)


def env_rate(name: str, default: str) -> Rate | None:
    try:
        return parse_rate(env(name, default).lower())
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from None


def env_networks(name: str, default: str) -> Networks:
    try:
        return parse_networks(env_list(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}: use addresses or networks such as 10.0.0.0/8") from None
