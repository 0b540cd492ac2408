"""gunicorn for production: `gunicorn -c deploy/gunicorn.conf.py`. `WEB_CONCURRENCY` sets the number of workers."""

import os
import runpy
from pathlib import Path

wsgi_app = "kb.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"  # systemd's socket and --bind take its place
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 2)  # one per core: answering is processor work
proc_name = "handbook"
control_socket_disable = True
preload_app = False  # a SIGHUP loads new code, and threads that watch for publishes start after the fork

worker_class = "gthread"
threads = 4
keepalive = 75  # seconds; longer than nginx keeps an idle connection, so that nginx is the one to close it
backlog = 1024
timeout = 30  # seconds without a sign of life, after which a worker is replaced
graceful_timeout = 20  # for requests under way when a worker is told to stop
max_requests = 0  # memory is flat under the soak test; a restart would only cost a warm cache

# A worker's sign of life is a file: in memory, or a full or slow disk would stop healthy workers.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
limit_request_line = 4094
limit_request_fields = 50
limit_request_field_size = 8190
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")

loglevel = "warning"
accesslog = None  # nginx keeps one, without query or body

# Metrics over all workers, lines as JSON: what `make run` does, too.
_shared = runpy.run_path(str(Path(__file__).resolve().parent.parent / "gunicorn.conf.py"))
on_starting, child_exit = _shared["on_starting"], _shared["child_exit"]
logconfig_dict = _shared.get("logconfig_dict", {})
