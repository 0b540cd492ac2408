"""A hash of what pages are made by: code, templates, texts, styles, and the settings that show on them."""

from __future__ import annotations

import hashlib
from functools import cache

from django.conf import settings

FOLDERS = (("kb", "*.py"), ("templates", "*"), ("locale", "*.po"), ("static", "*"))
SHOWN = ("CONTACT", "REPLAY", "STATUS_PAGES", "DEBUG", "SECURE")


@cache
def code_hash() -> str:
    """Taken once in a process, which goes on with the code that it was started with."""
    total = hashlib.sha256(repr([getattr(settings, name) for name in SHOWN]).encode())
    for folder, pattern in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if path.is_file():
                total.update(f"\0{path.relative_to(settings.BASE_DIR)}\0".encode() + path.read_bytes())
    return total.hexdigest()[:32]
