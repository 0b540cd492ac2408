"""Whether a base URL and the beginning of a key belong together. `static/endpoints.js` says the same in the browser."""

from __future__ import annotations

from dataclasses import dataclass

from kb.lookup.address import URL_LIMIT, Address, plain, read_address

KEY_LIMIT = 12  # characters of a key; more is refused, so that a whole key is never given
KEY_LEAST = 6  # characters below which a beginning says nothing
ELSEWHERE, LOCAL = "relay", "local"  # hosts that no table names: somebody's, and this machine or network
NO_API = ("own", "none")
SIGNS = ("your", "xxxx", "***", "...", "…", "example")  # of a placeholder


@dataclass(frozen=True)
class Platform:
    """`hosts` may hold one `*` each; `path` comes before `/v1` and has no slash at its end.

    `speaks`: `anthropic`, `openai` or `both`; `own` for a protocol of its own, `none` for what is no API for Claude.
    """

    slug: str
    hosts: tuple[str, ...]
    path: str
    speaks: str


@dataclass(frozen=True)
class KeyKind:
    """Keys that begin so, the platforms that take them and those of which the beginning cannot tell."""

    slug: str
    prefixes: tuple[str, ...]
    platforms: tuple[str, ...]
    perhaps: tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    platforms: tuple[Platform, ...] = ()
    keys: tuple[KeyKind, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What was found. Nothing of the key is in it; `root` is the address without `/v1`, empty when there is none.

    `verdict`: `belongs`, `likely`, `unsure`, `mismatch`, `wrong-host`, or nothing when host or key is missing.
    `platform` and `key` are slugs of the tables; also `relay`, `local` for other hosts and `unknown` for other keys.
    """

    findings: tuple[str, ...] = ()
    verdict: str = ""
    platform: str = ""
    speaks: str = ""
    key: str = ""
    root: str = ""


def check(tables: Tables, url: str, key: str) -> Verdict:
    """Read both. A key over `KEY_LIMIT` or an address over `URL_LIMIT` characters is refused unread."""
    if len(key) > KEY_LIMIT:
        return Verdict(("key-long",))
    if len(url) > URL_LIMIT:
        return Verdict(("url-long",))
    address = read_address(url, tuple(prefix for kind in tables.keys for prefix in kind.prefixes))
    platform = _platform(tables, address)
    address = address.corrected(platform.path if platform.slug not in (ELSEWHERE, LOCAL) else None, platform.speaks)
    kind, wrong = _key(tables, key)
    root = address.root if address.host and platform.speaks not in NO_API else ""
    verdict = _verdict(tables, platform, kind)
    return Verdict((*address.findings, *wrong), verdict, platform.slug, platform.speaks, kind, root)


def fill(template: str, root: str) -> str:
    """A line of a client's settings for an address: `{root}`, `{v1}`, `{host}`."""
    host = root.partition("://")[2].partition("/")[0]
    return template.replace("{root}", root).replace("{v1}", f"{root}/v1").replace("{host}", host)


def matches(pattern: str, host: str) -> bool:
    """Whether a host is the one named, `*` standing for any part of it."""
    head, star, tail = pattern.partition("*")
    if not star:
        return host == pattern
    return len(host) >= len(head) + len(tail) and host.startswith(head) and host.endswith(tail)


def _platform(tables: Tables, address: Address) -> Platform:
    if not address.host:
        return Platform("", (), "", "")
    for platform in tables.platforms:
        if any(matches(pattern, address.host) for pattern in platform.hosts):
            return platform
    return Platform(LOCAL if address.local else ELSEWHERE, (), "", "both")


def _key(tables: Tables, given: str) -> tuple[str, tuple[str, ...]]:
    """The slug of the key's kind, `unknown` or nothing, and what is wrong with how it was given."""
    key, wrong = plain(given)
    findings = ("key-dirty",) if wrong else ()
    if key.lower().startswith("bearer"):
        key, findings = key[len("bearer") :].removeprefix(":"), (*findings, "key-bearer")
    if any(sign in key.lower() for sign in SIGNS):
        return "", (*findings, "key-placeholder")
    if len(key) < KEY_LEAST:
        return "", (*findings, "key-short") if given else findings
    fitting = [(len(prefix), kind.slug) for kind in tables.keys for prefix in kind.prefixes if key.startswith(prefix)]
    return max(fitting)[1] if fitting else "unknown", findings


def _verdict(tables: Tables, platform: Platform, key: str) -> str:
    if not platform.slug or not key:
        return ""
    kind = next((kind for kind in tables.keys if kind.slug == key), None)
    if kind is None or platform.slug in kind.perhaps:
        return "wrong-host" if platform.speaks == "none" else "unsure"
    if platform.slug not in kind.platforms:
        return "mismatch"
    if platform.speaks == "none":
        return "wrong-host"
    return "likely" if platform.slug in (ELSEWHERE, LOCAL) else "belongs"
