"""The parts of a model's name: what routes, platforms and people put around it, its family, its version."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

FAMILIES = ("opus", "sonnet", "haiku", "fable", "mythos")
CORRECTED = 75  # rapidfuzz ratio from which a word of a name is taken for a family, or for “claude”
MOST_WORDS = 12  # a name has no more; longer texts are no names
_ROUTE = re.compile(
    r"^[\w.:@~-]{1,200}(?:/[\w.:@~-]{1,200}){0,8}/(?=[\w.@:-]*(?:claude|opus|sonnet|haiku|fable|mythos))"
)
_VENDOR = re.compile(r"^(?:(?:us|eu|jp|au|apac|ca|sa|us-gov|global)\.)?(?:anthropic[.:/-])?|^model\s?[:=]\s?")
_SUFFIX = re.compile(
    r"(?:\[1m\]|[:@](?:thinking|beta|free|fast|online|nitro|floor|extended|\d{1,6}k?|default|latest)|-v\d(?::\d)?|@[\w-]{1,20}"
    r"|-latest|-thinking|-fast|-v\d@[\w-]{1,20})$"
)
_DATE = re.compile(r"-?20\d{6}$")
_DASHES = str.maketrans("‐‑‒–—―−﹣_ \t\n", "--------" + "----")
_TOKEN = re.compile(r"[a-z]+|\d+|[\u3400-\u9fff]+")
_QUOTES = "`'\".,;“”‘’「」《》()<>"
_CHINESE = re.compile("模型|版本|最新|那个|这个|目前|现在|当前|[的版款请用]|克劳德")
_FILLERS = {"claude", "anthropic", "model", "the", "v", "version", "latest", "newest", "current", "new", "one", "most"}


def trim(name: str) -> str:
    """Lower case, ordinary characters, without what stands around a name in a sentence."""
    return unicodedata.normalize("NFKC", name).strip().strip(_QUOTES).strip().lower()


def without_route(name: str) -> str:
    """What stands behind a router's path, an ARN or a resource name. `anthropic/…` is a spelling of its own."""
    rest = _ROUTE.sub("", name)
    routed = name[: len(name) - len(rest)]
    return f"anthropic/{rest}" if routed in ("anthropic/", "openrouter/anthropic/") else rest


def bare(name: str) -> str:
    """The name as the API would write it: no route, region, vendor or suffix, hyphens throughout."""
    name = _ROUTE.sub("", name).translate(_DASHES)
    for _ in range(3):
        name = _SUFFIX.sub("", _VENDOR.sub("", name))
    return re.sub(r"-{2,}", "-", name.replace(".", "-")).strip("-")


def undated(name: str) -> str:
    return _DATE.sub("", name)


class Words:
    """Reads a name word by word. `described`: words by which readers describe a model."""

    def __init__(self, described: Iterable[str]) -> None:
        self._described = sorted((word.replace(" ", "-") for word in described), key=len, reverse=True)
        self._spelt = {word.replace(" ", "-"): word for word in described}

    def read(self, name: str) -> tuple[str | None, str] | None:
        """The family and the version (`4-6`) that a name consists of; None when it says anything else."""
        words = _TOKEN.findall(_CHINESE.sub("-", name))
        if len(words) > MOST_WORDS or any(len(word) > 2 for word in words if word.isdigit()):
            return None
        families = [word for word in words if word in FAMILIES]
        numbers = [number for word in words if word.isdigit() for number in _parts(word)]
        strangers = [word for word in words if not word.isdigit() and word not in FAMILIES and word not in _FILLERS]
        nameless = bool(numbers) and not families and "claude" not in words
        if strangers or len(families) > 1 or len(numbers) > 2 or nameless:
            return None
        return (families[0] if families else None), "-".join(numbers)

    def description(self, name: str) -> tuple[str | None, str]:
        """The longest word that describes a model, and the name without any of them."""
        found = [word for word in self._described if word in name]
        for word in found:
            name = name.replace(word, "-")
        return (self._spelt[found[0]] if found else None), name

    def corrected(self, name: str) -> str:
        """The name with each word that is nearly a family, or nearly “claude”, written as that."""
        words = _TOKEN.findall(name)[:MOST_WORDS]
        return "-".join(_corrected(word) for word in words)


def _parts(word: str) -> str | list[str]:
    """`46` is 4 and 6; a number of one digit, or one with a leading zero or ten and more, is itself."""
    return list(word) if len(word) == 2 and word[0] in "3456789" else [word]


def _corrected(word: str) -> str:
    if len(word) < 4 or word in _FILLERS:
        return word
    best = max((*FAMILIES, "claude"), key=lambda known: fuzz.ratio(word, known))
    return best if fuzz.ratio(word, best) >= CORRECTED else word
