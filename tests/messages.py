"""Every message that pages and code mark for translation."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def marked() -> dict[str | tuple[str, ...], list[str]]:
    """msgid → where it stands."""
    found: dict[str | tuple[str, ...], list[str]] = {}
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "kb").rglob("*.py")]):
        source = path.read_text()
        if path.suffix == ".html":
            source = templatize(source)
        for _line, message, _comments, _context in extract("python", BytesIO(source.encode()), KEYWORDS):
            key = tuple(message) if isinstance(message, (list, tuple)) else message
            found.setdefault(key, []).append(str(path.relative_to(ROOT)))
    return found
