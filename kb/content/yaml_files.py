"""Reading fixture files: plain YAML, without duplicate keys."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

try:  # libyaml reads the fixtures several times faster; PyYAML's wheels have it
    from yaml import CSafeLoader as SafeLoader
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

ORDER = (
    "facts.yaml",
    "lookalikes.yaml",
    "words.yaml",
    "clients.yaml",
    "models.yaml",
    "howtos.yaml",
    "gateways.yaml",
    "endpoints.yaml",
    "entries/*.yaml",
    "redirects.yaml",
)


@dataclass(frozen=True)
class Row:
    """One object of a fixture file: `file` is relative to the fixtures folder, `index` counts from 0."""

    file: str
    index: int
    model: str
    fields: dict[str, Any]


class StrictLoader(SafeLoader):
    """A SafeLoader that refuses a key given twice (YAML would silently keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key: Any = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def fixture_paths(folder: Path) -> list[Path]:
    """Every fixture file in loading order."""
    return [path for pattern in ORDER for path in sorted(folder.glob(pattern))]


def read_rows(folder: Path, path: Path) -> tuple[list[Row], list[str]]:
    """The rows of one file, and what is wrong with its form ("file: key: reason")."""
    name = str(path.relative_to(folder))
    try:
        return parse(name, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        return [], [f"{name}: {_one_line(error)}"]


def parse(name: str, text: str) -> tuple[list[Row], list[str]]:
    """The rows of a file's text, and what is wrong with its form; `name` is what complaints call the file."""
    try:
        data = yaml.load(text, StrictLoader)  # noqa: S506 (a SafeLoader)
    except yaml.YAMLError as error:
        return [], [f"{name}: {_one_line(error)}"]
    if not isinstance(data, list):
        return [], [f"{name}: the file is not a list of rows"]
    rows, mistakes = [], []
    for index, item in enumerate(data):
        if isinstance(item, dict) and set(item) == {"model", "fields"} and isinstance(item["fields"], dict):
            rows.append(Row(name, index, str(item["model"]), item["fields"]))
        else:
            mistakes.append(f"{name}: [{index}]: a row has exactly the keys model and fields")
    return rows, mistakes


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
