"""A folder of its own for every test process, set before Django's settings are read (loaded with `-p`)."""

from __future__ import annotations

import os
import tempfile

os.environ["KB_VAR"] = tempfile.mkdtemp(prefix="kb-test-")
for name in ("KB_BASE_URL", "KB_ALLOWED_HOSTS", "KB_SECRET_KEY", "KB_CONTACT", "KB_DEBUG", "KB_STATUS_PAGES"):
    os.environ.pop(name, None)
os.environ["KB_REPLAY"] = "on"
