"""What gunicorn serves as the peer. `STORED_HTML=on`: Markdown is rendered once and kept."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.from_database.settings"
application = get_wsgi_application()
