"""What loading and publishing remember."""

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


class Publication(models.Model):
    """What was published: every node fetches the newest and serves it from a file of its own."""

    version = models.CharField(max_length=12)  # of the content, as the API tells it
    document = models.BinaryField()  # gzip of the document as JSON
    published = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.version}"
