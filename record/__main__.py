"""`make record`: a folder of its own for the service, then Django, then everything that needs it."""

from __future__ import annotations

import os
import tempfile

import django

if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="kb-record-") as var:
        os.environ |= {"KB_VAR": var, "KB_REPLAY": "on", "DJANGO_SETTINGS_MODULE": "kb.settings"}
        django.setup()
        from record.recording import main

        main()
