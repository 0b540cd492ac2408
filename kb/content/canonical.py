"""One canonical form of a row, from a fixture or from the database, so that the two can be compared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kb.content.check import natural_key
from kb.content.schema import ROWS
from kb.content.yaml_files import Row

LATER = {
    "wrapper",
    "named_codes",
    "context",
    "output",
    "rejects",
    "words",
}  # keys added after rows had been loaded without them


def digest(model: str, fields: dict[str, Any]) -> str:
    """SHA-256 of the row with every default filled in; equal for a fixture and what it loaded.

    A later key counts only when it says something, so that a row loaded before it does not look edited.
    """
    counted = {key: value for key, value in complete(model, fields).items() if value or key not in LATER}
    text = json.dumps(counted, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def complete(model: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with every default filled in."""
    return ROWS[model].model_validate(fields).model_dump(mode="json")


def identity(row: Row) -> tuple[str, str]:
    return row.model, " / ".join(natural_key(row))


def database_rows() -> Iterator[Row]:
    """Every content row that stands in the database, in the shape of a fixture."""
    for model in ROWS:
        kind: type[models.Model] = apps.get_model(model)
        yield from rows_of(kind._default_manager.all())


def rows_of(found: models.QuerySet[Any]) -> Iterator[Row]:
    """Rows of one kind in the shape of a fixture, with what they refer to read along with them."""
    related = [field.name for field in found.model._meta.fields if isinstance(field, models.ForeignKey)]
    objects = serializers.serialize(
        "python",
        found.select_related(*related) if related else found,
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    for index, item in enumerate(json.loads(json.dumps(objects, cls=DjangoJSONEncoder))):
        yield Row("database", index, item["model"], item["fields"])
