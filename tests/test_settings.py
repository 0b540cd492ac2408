"""Settings come from the environment; a value that cannot be right stops the start with its name."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cluster.programs import ROOT, without_settings

PRODUCTION = {"KB_BASE_URL": "https://errors.example.org"}


def start(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with nothing of ours in its environment but what is given."""
    return subprocess.run(
        [sys.executable, *arguments],
        env={**without_settings(), "KB_VAR": str(var), **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def setting(var: Path, name: str, **environment: str) -> str:
    done = start(var, "-c", f"from kb import settings; print(settings.{name})", **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def listed(var: Path, name: str, **environment: str) -> str:
    done = start(var, "-c", f"from kb import settings; print(list(map(str, settings.{name})))", **environment)
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KB_DEBUG", "maybe"),
        ("KB_REPLAY", "perhaps"),
        ("KB_BASE_URL", "errors.example.org"),
        ("KB_BASE_URL", "ftp://errors.example.org"),
        ("KB_BASE_URL", "https://"),
        ("KB_BASE_URL", "https://errors.example.org/handbook"),
        ("KB_BASE_URL", "https://errors.example.org?x=1"),
        ("KB_STATUS_PAGES", "https://status.example.org/api/v2/summary.json"),
        ("KB_STATUS_PAGES", "official,Relay=http://status.example.org/api/v2/summary.json"),
        ("KB_STATUS_PAGES", "Relay=file:///etc/passwd"),
        ("KB_STATUS_PAGES", "=https://status.example.org/"),
        ("KB_LOG", "xml"),
        ("KB_ACCESS_LOG", "sometimes"),
        ("KB_METRICS", "yes please"),
        ("KB_METRICS_FROM", "prometheus.example.org"),
        ("KB_METRICS_FROM", "10.0.0.1/8"),
        ("DATABASE_URL", "mysql://kb@db.example.org/handbook"),
        ("DATABASE_URL", "handbook.sqlite3"),
        ("REDIS_URL", "cache.example.org:6379"),
        ("KB_LOOKUP_RATE", "60"),
        ("KB_LOOKUP_RATE", "on"),
        ("KB_TRUSTED_PROXIES", "proxy.example.org"),
        ("KB_TRUSTED_PROXIES", "10.0.0.1/8"),
    ],
)
def test_a_bad_value_stops_the_start_with_its_name(tmp_path: Path, name: str, value: str) -> None:
    done = start(tmp_path, "manage.py", "check", **{name: value})
    assert done.returncode != 0
    last = done.stderr.strip().splitlines()[-1]
    assert "ImproperlyConfigured" in last
    assert name in last
    assert "use " in last


def test_the_deployment_check_is_clean_in_the_production_environment(tmp_path: Path) -> None:
    environment = {**PRODUCTION, "KB_SECRET_KEY": secrets.token_urlsafe(64)}
    done = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **environment)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_https_in_the_base_url_turns_on_redirects_hsts_and_secure_cookies(tmp_path: Path) -> None:
    names = ("SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS > 0", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    for base, answer in (("https://errors.example.org", "True"), ("http://errors.example.org", "False"), ("", "False")):
        done = start(tmp_path, "-c", f"from kb import settings as s; print(*{{{', '.join('s.' + n for n in names)}}})",
                     KB_BASE_URL=base)  # fmt: skip
        assert done.stdout.strip() == answer


def test_hosts_default_to_that_of_the_base_url_or_to_this_machine(tmp_path: Path) -> None:
    assert setting(tmp_path, "ALLOWED_HOSTS", **PRODUCTION) == "['errors.example.org']"
    assert setting(tmp_path, "ALLOWED_HOSTS") == "['127.0.0.1', 'localhost', '[::1]']"
    assert setting(tmp_path, "ALLOWED_HOSTS", KB_ALLOWED_HOSTS="a.example, b.example,") == "['a.example', 'b.example']"


def test_a_secret_key_is_made_once_and_kept_for_this_user_alone(tmp_path: Path) -> None:
    first, second = (setting(tmp_path / "var", "SECRET_KEY") for _ in range(2))
    assert first == second
    assert len(first) >= 50
    path = tmp_path / "var" / "secret-key"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_given_secret_key_is_not_written_down(tmp_path: Path) -> None:
    assert setting(tmp_path / "var", "SECRET_KEY", KB_SECRET_KEY="given" * 12) == "given" * 12
    assert not (tmp_path / "var" / "secret-key").exists()


def test_debugging_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert setting(tmp_path, "DEBUG") == "False"
    assert setting(tmp_path, "DEBUG", KB_DEBUG="on") == "True"


def test_status_pages_are_off_or_those_that_are_named(tmp_path: Path) -> None:
    named = "official, Relay=https://status.example.org/s.json, Own=http://127.0.0.1:9/s.json"
    wanted = (("Claude", ""), ("Relay", "https://status.example.org/s.json"), ("Own", "http://127.0.0.1:9/s.json"))
    assert setting(tmp_path, "STATUS_PAGES") == "()"
    assert setting(tmp_path, "STATUS_PAGES", KB_STATUS_PAGES=named) == str(wanted)


def test_replay_is_off_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert setting(tmp_path, "REPLAY") == "False"
    assert setting(tmp_path, "REPLAY", KB_REPLAY="on") == "True"


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({}, "KB_REPLAY:-on"),
        ({"KB_BASE_URL": "https://errors.example.org"}, "KB_REPLAY:-off"),
        ({"KB_ALLOWED_HOSTS": "errors.example.org"}, "KB_REPLAY:-off"),
    ],
)
def test_make_run_turns_replay_on_only_where_this_machine_alone_is_answered(
    environment: dict[str, str], told: str
) -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    command = ["make", "--dry-run", "--always-make", "run"]
    done = subprocess.run(command, cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60)
    assert told in done.stdout


def test_the_database_is_a_file_unless_a_server_is_named(tmp_path: Path) -> None:
    assert setting(tmp_path, "DATABASES['default']['NAME']") == str(tmp_path / "handbook.sqlite3")
    named = {"DATABASE_URL": "postgres://kb:word@db.example.org:5433/handbook"}
    assert setting(tmp_path, "DATABASES['default']['HOST']", **named) == "db.example.org"
    assert setting(tmp_path, "DATABASES['default']['ENGINE']", **named) == "django.db.backends.postgresql"
    assert "pool" in setting(tmp_path, "DATABASES['default']['OPTIONS']", **named)


def test_the_cache_is_a_folder_unless_redis_is_named(tmp_path: Path) -> None:
    assert setting(tmp_path, "CACHES['default']['LOCATION']") == str(tmp_path / "cache")
    named = {"REDIS_URL": "redis://cache.example.org:6379/1"}
    assert setting(tmp_path, "CACHES['default']['LOCATION']", **named) == named["REDIS_URL"]
    assert setting(tmp_path, "CACHES['default']['BACKEND']", **named) == "django.core.cache.backends.redis.RedisCache"


def test_lookups_are_limited_unless_that_is_turned_off(tmp_path: Path) -> None:
    assert setting(tmp_path, "LOOKUP_RATE") == "Rate(count=60, period=60.0)"
    assert setting(tmp_path, "LOOKUP_RATE", KB_LOOKUP_RATE="10/s") == "Rate(count=10, period=1.0)"
    assert setting(tmp_path, "LOOKUP_RATE", KB_LOOKUP_RATE="off") == "None"


def test_only_this_machine_is_a_trusted_proxy_unless_others_are_named(tmp_path: Path) -> None:
    assert listed(tmp_path, "TRUSTED_PROXIES") == "['127.0.0.1/32', '::1/128']"
    named = listed(tmp_path, "TRUSTED_PROXIES", KB_TRUSTED_PROXIES="10.0.0.0/8, ::1")
    assert named == "['10.0.0.0/8', '::1/128']"
