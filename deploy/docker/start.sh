#!/bin/sh
# Where the database is away or the fixtures have a mistake, prepare says so and what was published before is served.
set -eu
.venv/bin/python manage.py prepare
exec .venv/bin/gunicorn -c deploy/gunicorn.conf.py --bind 0.0.0.0:8000
