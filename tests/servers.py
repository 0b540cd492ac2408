"""`python -m tests.servers`: tests marked `servers`, once more on a PostgreSQL and a Redis of their own.

Where one of the two is not installed that is said, and nothing is run; whatever else is in the way is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from cluster.postgres import Postgres
from cluster.programs import ROOT, Missing
from cluster.redis import Redis

_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off")


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="kb-servers-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL's own user goes through it
        postgres, redis = Postgres(folder, settings=_FAST), Redis(folder)
        try:
            postgres.start()
            redis.start()
            return _pytest(postgres.url, redis.url)
        except Missing as reason:
            print(f"tests on PostgreSQL and Redis are skipped: {reason}")
            return 0
        finally:
            redis.stop()
            postgres.stop()


def _pytest(database: str, cache: str) -> int:
    command = [sys.executable, "-m", "pytest", "-m", "servers", *sys.argv[1:]]
    environment = {**os.environ, "KB_TEST_DATABASE_URL": database, "KB_TEST_REDIS_URL": cache}
    print("on PostgreSQL and Redis:", flush=True)
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
