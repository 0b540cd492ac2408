"""Template filters for texts that are keyed by language."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kb.handbook import labels
from kb.handbook.types import Html, Text, in_language

register = template.Library()
_TICKS = re.compile(r"`([^`]+)`")
_JOINTS = re.compile(r"(?<=_)|(?<=[a-z])(?=[A-Z])")


@register.filter
def t(text: Text | None) -> str:
    """The text in the page's language; English where a partial language has none."""
    if not text:
        return ""
    return in_language(text, get_language() or "en")


@register.filter
def html(text: Html | None) -> SafeString:
    """Rendered content, cleaned when it was published."""
    return mark_safe(t(text))  # noqa: S308


@register.filter
def safe_html(code: str) -> SafeString:
    """Highlighted code, made by Pygments when it was published."""
    return mark_safe(code)  # noqa: S308


@register.filter
def ticks(text: str) -> SafeString:
    """A heading of plain text, with what stands between backticks set as code."""
    return mark_safe(_TICKS.sub(r"<code>\1</code>", escape(text)))  # noqa: S308


@register.filter
def breakable(name: str) -> SafeString:
    """A long name from code that may break after an underscore and before a capital."""
    return mark_safe("<wbr>".join(map(escape, _JOINTS.split(name))))  # noqa: S308


@register.filter
def tokens(count: int) -> str:
    """A limit in tokens as people say it: 1M, 200K, 4,096."""
    for unit, size in (("M", 1_000_000), ("K", 1_000)):
        if count % size == 0:
            return f"{count // size}{unit}"
    return f"{count:,}"


@register.filter
def label(value: str, kind: str) -> Any:
    """The word for a member of a closed set: `entry.side|label:"SIDES"`."""
    return getattr(labels, kind).get(value, value)
