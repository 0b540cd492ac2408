"""What gunicorn does around the workers; read from the folder it is started in, and again on SIGHUP.

Nothing of `kb` is imported here: the process that starts workers would hand them old code after an upgrade.
"""

import json
import logging
import os
import shutil
import time
from pathlib import Path

_VAR = Path(os.environ.get("KB_VAR") or Path(__file__).resolve().parent / "var")
_METRICS = _VAR / "metrics"
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(_METRICS)  # each worker counts in files of its own

accesslog = None  # it would hold paths, into which anything may have been pasted; KB_ACCESS_LOG is ours


def on_starting(server):  # noqa: ANN001, ANN201
    """Counts begin anew with the service, not with a worker."""
    shutil.rmtree(_METRICS, ignore_errors=True)
    _METRICS.mkdir(parents=True)


def child_exit(server, worker):  # noqa: ANN001, ANN201
    """What a worker counted stays; what only a living one can say goes (as prometheus_client's mark_process_dead)."""
    for file in _METRICS.glob(f"gauge_live*_{worker.pid}.db"):
        file.unlink(missing_ok=True)


class _JsonLines(logging.Formatter):
    """For the process that starts workers; theirs are kb.observe.lines."""

    def format(self, record):  # noqa: ANN001, ANN202
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03d}Z"
        told = {"time": at, "level": record.levelname, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told)


if os.environ.get("KB_LOG", "").strip().lower() == "json":
    _console = {"class": "logging.StreamHandler", "formatter": "json"}
    logconfig_dict = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": _JsonLines}},
        "handlers": {"console": _console},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"gunicorn.error": {"handlers": ["console"], "propagate": False}},
    }
