"""What every page knows about itself: language, address in each language, contact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def origin(request: HttpRequest) -> str:
    """The origin that links are made absolute with: configured, or the one the request came to."""
    return settings.BASE_URL or f"{request.scheme}://{request.get_host()}"


def site(request: HttpRequest) -> dict[str, Any]:
    lang = get_language() or "en"
    rest = request.path_info.lstrip("/").partition("/")[2]
    base = origin(request)
    asked = request.META.get("QUERY_STRING", "")
    return {
        "lang": lang,
        "html_lang": "zh-Hans" if lang == "zh-hans" else lang,
        "base": base,
        "canonical": f"{base}/{lang}/{rest}",
        "alternates": [
            {
                "code": code,
                "hreflang": "zh-Hans" if code == "zh-hans" else code,
                "name": name,
                "path": f"/{code}/{rest}",
                "switch": f"/{code}/{rest}" + (f"?{asked}" if asked else ""),
            }
            for code, name in settings.LANGUAGES
        ],
        "rest": rest,
        "contact": settings.CONTACT,
    }
