"""What a host lists against the models fixture: new, changed, gone; and the fixture with that written in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kb.content.yaml_files import Row
from kb.lookup.model_ids import ModelIds
from kb.lookup.model_names import FAMILIES
from kb.upstream.models import Listed

KIND = "kb.claudemodel"
FIELDS = ("name", "context", "output", "deprecated", "retires")
OTHER_SPELLING = ("prefix", "spelling", "platform")  # reasons of the resolver for a name that is no new model
_ID = re.compile(r"claude-[a-z0-9]+(?:[-.][a-z0-9]+){0,8}")


@dataclass(frozen=True)
class Change:
    """A field of a row that the host gives another value."""

    model_id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Changes:
    """`gone`: what can still be used by its dates and is not listed. `ignored`: other products, other spellings."""

    new: tuple[Listed, ...]
    changed: tuple[Change, ...]
    gone: tuple[str, ...]
    ignored: tuple[str, ...]


def compare(rows: Sequence[Row], listed: Iterable[Listed], known: ModelIds, today: date) -> Changes:
    """The fixture's rows against a host's list."""
    mine = {row.fields["model_id"]: row.fields for row in rows if row.model == KIND}
    names = {name: fields for fields in mine.values() for name in _names(fields)}
    given = {one.model_id: one for one in listed}
    strangers = [one for name, one in given.items() if name not in names]
    new = tuple(one for one in strangers if _is_new(one, known, today))
    met = {names[name]["model_id"] for name in given if name in names}
    return Changes(
        new=new,
        changed=tuple(
            dict.fromkeys(c for name, one in given.items() if name in names for c in _changes(names[name], one))
        ),
        gone=tuple(name for name, fields in mine.items() if name not in met and _usable(fields, today)),
        ignored=tuple(one.model_id for one in strangers if one not in new),
    )


def with_changes(rows: Sequence[Row], changes: Changes, source: str, today: date) -> list[Row]:
    """The rows with new ones at the end of the models and changed ones changed; nothing is taken away."""
    changed: dict[str, dict[str, Any]] = {}
    for change in changes.changed:
        changed.setdefault(change.model_id, {})[change.field] = change.after
    models = [row for row in rows if row.model == KIND]
    last = max((row.fields["position"] for row in models), default=0)
    new = [_row(one, last + count, source, today) for count, one in enumerate(changes.new, 1)]
    kept = [_changed(row, changed.get(row.fields.get("model_id", ""), {}), source, today) for row in rows]
    end = max((index for index, row in enumerate(kept) if row.model == KIND), default=-1) + 1
    return [*kept[:end], *new, *kept[end:]]


def _names(fields: dict[str, Any]) -> Iterator[str]:
    yield fields["model_id"]
    yield from fields.get("aliases", [])
    yield from (fields[key] for key in ("bedrock", "vertex", "openrouter") if fields.get(key))


def _changes(fields: dict[str, Any], one: Listed) -> Iterator[Change]:
    for key in FIELDS:
        after = getattr(one, key)
        after = after.isoformat() if isinstance(after, date) else after
        if after is not None and after != fields.get(key):
            yield Change(fields["model_id"], key, fields.get(key), after)


def _is_new(one: Listed, known: ModelIds, today: date) -> bool:
    if not _ID.fullmatch(one.model_id) or len(one.model_id) > 80:
        return False
    meant = known.resolve(one.model_id, today)
    return meant is None or meant.reason not in OTHER_SPELLING


def _usable(fields: dict[str, Any], today: date) -> bool:
    return not fields.get("restricted") and not (fields.get("retires") and fields["retires"] <= today.isoformat())


def _row(one: Listed, position: int, source: str, today: date) -> Row:
    family = one.family if one.family in FAMILIES else next((f for f in FAMILIES if f in one.model_id), "claude")
    fields: dict[str, Any] = {"model_id": one.model_id, "position": position, "name": one.model_id, "family": family}
    given = {change.field: change.after for change in _changes(fields, one)}
    return Row("models.yaml", 0, KIND, {**fields, **given, **_seen([], source, today)})


def _changed(row: Row, values: dict[str, Any], source: str, today: date) -> Row:
    if row.model != KIND or not values:
        return row
    return replace(row, fields={**row.fields, **values, **_seen(row.fields.get("sources", []), source, today)})


def _seen(sources: list[dict[str, str]], source: str, today: date) -> dict[str, Any]:
    added = [] if any(old["title"] == source for old in sources) else [{"title": source}]
    return {"sources": [*sources, *added], "checked": today.isoformat()}
