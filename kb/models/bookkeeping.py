"""What the loader remembers, so that it notices edits made in the database since."""

from __future__ import annotations

from django.db import models


class LoadedRow(models.Model):
    """The hash of one row as the last load wrote it."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=260)
    digest = models.CharField(max_length=64)

    class Meta:
        unique_together = [("model", "key")]

    def __str__(self) -> str:
        return f"{self.model} {self.key}"
