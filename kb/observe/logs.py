"""The logging configuration of a process."""

from __future__ import annotations

from typing import Any

FORMATS = {"text": "kb.observe.lines.TextLines", "json": "kb.observe.lines.JsonLines"}


def logging_config(form: str, access: bool) -> dict[str, Any]:
    """Everything goes to standard error through one handler; `form` is a key of FORMATS."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": FORMATS[form]}},
        "filters": {"faults": {"()": "kb.reporting.not_replayed"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line"},
            "none": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR", "filters": ["faults"]},  # not every 404
            "django.server": {"handlers": ["none"], "propagate": False},  # runserver would print paths and queries
            "psycopg.pool": {"level": "ERROR"},  # a database that is away is told once, by the watcher
            "gunicorn.error": {"handlers": [], "propagate": True},  # of workers; the level is gunicorn's own
            "kb.access": {"level": "INFO" if access else "CRITICAL"},
        },
    }
