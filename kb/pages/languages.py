"""The languages of the pages: the required two, and what people type instead of them."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

CODES = tuple(code for code, _ in settings.LANGUAGES)
ALIASES = {"zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans", "cn": "zh-hans", "en-us": "en", "en-gb": "en"}


def language_of_path(path: str) -> str:
    """The language a path asks for, `en` when it asks for none."""
    first = path.lstrip("/").partition("/")[0]
    return first if first in CODES else "en"


def known_language(name: str) -> str | None:
    """Our code for a language name in any case or with a region; None when it is not one of ours."""
    name = name.strip().lower().replace("_", "-")
    return name if name in CODES else ALIASES.get(name)


def preferred_language(request: HttpRequest) -> str:
    """Cookie, then Accept-Language, then English."""
    cookie = known_language(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    if cookie:
        return cookie
    return known_language(get_language_from_request(request)) or "en"
