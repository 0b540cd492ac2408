"""Rows are known by natural keys, never by numbers, so that fixtures read and diff well."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models


class NaturalKeyManager(models.Manager[Any]):
    def get_by_natural_key(self, *key: str) -> Any:
        return self.get(**dict(zip(self.model.KEY, key, strict=True)))


class NaturalKeyModel(models.Model):
    """A model whose identity is the values of ``KEY``, given as query look-ups."""

    KEY: ClassVar[tuple[str, ...]]

    objects: ClassVar[NaturalKeyManager] = NaturalKeyManager()

    class Meta:
        abstract = True

    def natural_key(self: Self) -> tuple[str, ...]:
        return tuple(str(_follow(self, path)) for path in self.KEY)

    def __str__(self) -> str:
        return " / ".join(self.natural_key())


def _follow(row: models.Model, path: str) -> Any:
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name)
    return value
