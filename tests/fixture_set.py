"""A small fixture set made by hand: one row of every kind, right in every respect."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

Files = dict[str, list[dict[str, Any]]]
CHECKED = "2026-11-23"


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh-hans": zh, "en": en}


def row(model: str, /, **fields: Any) -> dict[str, Any]:
    return {"model": f"kb.{model}", "fields": fields}


def files() -> Files:
    """Every file of the set, by its path in the fixtures folder."""
    return {
        "facts.yaml": [row("fact", slug="api-host", value="api.example.org", source="made up", checked=CHECKED)],
        "lookalikes.yaml": [row("lookalike", slug="other", name="Other API", cues=[r"\bapi\.other\.example\b"])],
        "words.yaml": [
            row("wordgroup", slug="expired", kind="trouble", words=["过期", "expired"]),
            row("wordgroup", slug="second", kind="client", words=["the second"]),
        ],
        "clients.yaml": [_client(), _client("second", 2)],
        "models.yaml": [_model(), _model("claude-old-1", 2), _spelling()],
        "howtos.yaml": [_howto(), _snippet("howto-code", howto=["set-the-key"])],
        "gateways.yaml": [_gateway(), _claim()],
        "endpoints.yaml": _endpoints(),
        "entries/401-first.yaml": _first_entry(),
        "entries/429-second.yaml": [entry("429-second")],
        "redirects.yaml": [row("redirect", old_code="401-older", new_code="401-first")],
    }


class _Plain(yaml.SafeDumper):
    """Writes a list that stands twice in full, as a person would."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def write(folder: Path, content: Files) -> Path:
    for name, rows in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _dump(path, rows)
    return folder


def change(path: Path, edit: Callable[[list[dict[str, Any]]], object]) -> None:
    """Read a written file, let `edit` change its rows, write it again."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(rows)
    _dump(path, rows)


def _dump(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(yaml.dump(rows, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")


def entry(code: str, **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "code": code,
        "title": both("标题", f"The title of {code}"),
        "statuses": [code[:3]],
        "side": "you",
        "retry": "never",
        "retry_note": both("不用重试。", "Retrying is of no use."),
        "meaning": both("含义。", "What it means, at {{fact:api-host}}."),
        "neighbours": [],
        "sources": [{"title": "A source", "url": "https://example.org/source"}],
        "checked": CHECKED,
    }
    return row("entry", **{**plain, **fields})


def _first_entry() -> list[dict[str, Any]]:
    mine: dict[str, Any] = {"entry": ["401-first"], "position": 1}
    near = {"code": "429-second", "difference": both("不同。", "That one is about limits.")}
    steps, where = both("步骤。", "Steps, with {{model:sonnet}}."), both("终端。", "In the terminal.")
    asked = {"question": both("问？", "Why at {{fact:api-host}}?"), "answer": both("答。", "Because.")}
    return [
        entry("401-first", message="no such key", error_types=["authentication_error"], neighbours=[near], faq=[asked],
              error_codes=["key_lost"], named_codes=[_named_code()]),
        row("cause", **mine, slug="mistyped", title=both("原因", "Mistyped"), check_steps=steps, fix_steps=steps),
        row("remedy", **mine, client=["python-sdk"], steps=steps, howtos=["set-the-key"]),
        row("symptom", **mine, client=["python-sdk"], slug="line", sample="Error code: 401 - no such key", where=where,
            provenance="observed", seen=CHECKED),
        row("signature", **mine, slug="message", phrase="no such key", strength="decisive", sample="no such key"),
        row("signature", **(mine | {"position": 2}), slug="pattern", pattern=r"key \d+ is unknown", strength="strong",
            sample="key 17 is unknown"),
        _snippet("entry-code", entry=["401-first"]),
    ]  # fmt: skip


def _named_code() -> dict[str, Any]:
    means, fix = both("没有这个 Key。", "There is no such `key`."), both("换一个 Key。", "Take another key.")
    return {"code": "key_unknown", "status": "401", "exception": "KeyUnknownError", "means": means, "fix": fix}


def _client(slug: str = "python-sdk", position: int = 1) -> dict[str, Any]:
    shows = both("显示。", "What it shows.")
    return row("client", slug=slug, position=position, name=both("客户端", slug), kind="sdk", platforms="Linux",
               shows=shows, cues=[rf"\b{slug}\b"], checked=CHECKED)  # fmt: skip


def _model(model_id: str = "claude-sonnet-9", position: int = 1) -> dict[str, Any]:
    fields: dict[str, Any] = {"model_id": model_id, "position": position, "name": "A model", "checked": CHECKED}
    if model_id == "claude-old-1":
        return row("claudemodel", **fields, family="claude", retires="2024-11-06", replacement="claude-sonnet-9")
    return row("claudemodel", **fields, family="sonnet", current=True)


def _spelling() -> dict[str, Any]:
    return row("spelling", wrong="claude-9-sonet", position=1, wanted=both("要的", "Sonnet 9"),
               model=["claude-sonnet-9"], reason=both("拼写。", "A typing mistake."))  # fmt: skip


def _howto() -> dict[str, Any]:
    steps = both("步骤。", "See {{entry:401-first}} and {{client:python-sdk}}.")
    return row("howto", slug="set-the-key", position=1, title=both("设置", "Set the key"), steps=steps, checked=CHECKED)


def _snippet(slug: str, **owner: list[str]) -> dict[str, Any]:
    return row("snippet", slug=slug, **owner, position=1, language="python", title=both("代码", "Code"),
               code='print("{{fact:api-host}}")\n')  # fmt: skip


def _gateway() -> dict[str, Any]:
    short, long = both("谁。", "Somebody."), both("见 {{fact:api-host}}。", "See {{page:endpoint-check}}.")
    return row("gateway", slug="official", position=1, kind="official", name=both("官方", "Official"), seen_by=short,
               contract=short, billing=short, privacy=long, regions=long, verify=long, errors=long,
               sources=[{"title": "A source"}], checked=CHECKED)  # fmt: skip


def _claim() -> dict[str, Any]:
    said = both("说。", "Says so.")
    return row("claim", slug="speed", position=1, vendor="A vendor", claimed="2026-04", aspect=both("快", "Speed"),
               of_official=said, of_itself=said, remark=said)  # fmt: skip


def _endpoints() -> list[dict[str, Any]]:
    note = both("说明。", "A note on {{fact:api-host}}.")
    return [
        row("platform", slug="official", position=1, name=both("官方", "Official"), route=["official"],
            hosts=["api.example.org"], speaks="both", note=note),
        row("keykind", slug="official", position=1, name=both("官方", "Official"), prefixes=["sk-official-"],
            platforms=["official"], perhaps=["local"], note=note),
        row("endpointline", slug="python", client=["python-sdk"], position=1, speaks="anthropic",
            where=both("代码", "Code"), template='Client("{root}")', note=note),
    ]  # fmt: skip
