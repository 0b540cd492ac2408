"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kb.settings")
application = get_wsgi_application()

from kb.serving.memory import one_arena  # noqa: E402, the applications must be ready
from kb.serving.watcher import watcher  # noqa: E402

one_arena()
os.register_at_fork(after_in_child=watcher.start)
watcher.start()
