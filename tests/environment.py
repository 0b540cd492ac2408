"""A folder of its own for every test process, set before Django's settings are read (loaded with `-p`).

`tests.servers` names a PostgreSQL and a Redis; every test process has a logical database of its own in that Redis.
"""

from __future__ import annotations

import os
import tempfile

os.environ["KB_VAR"] = tempfile.mkdtemp(prefix="kb-test-")
for name in (
    "KB_BASE_URL",
    "KB_ALLOWED_HOSTS",
    "KB_SECRET_KEY",
    "KB_CONTACT",
    "KB_DEBUG",
    "KB_STATUS_PAGES",
    "SENTRY_DSN",
    "KB_METRICS",
    "KB_LOG",
):
    os.environ.pop(name, None)
os.environ["KB_REPLAY"] = "on"
os.environ["KB_ADMIN"] = "on"  # the harder case for what public pages may cost
os.environ["KB_LOOKUP_RATE"] = "off"  # tests ask more often than a person does
os.environ["DATABASE_URL"] = os.environ.get("KB_TEST_DATABASE_URL", "")
os.environ["REDIS_URL"] = ""
if os.environ.get("KB_TEST_REDIS_URL"):
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = f"{os.environ['KB_TEST_REDIS_URL'].rpartition('/')[0]}/{process}"
