"""Ways to reach Claude, what vendors claim, and the tables of the key and endpoint check."""

from __future__ import annotations

from django.db import models

from kb.models.base import NaturalKeyModel
from kb.models.reference import Client


class Listed(NaturalKeyModel):
    """A row known by its slug, in an order."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position", "slug"]


class Gateway(Listed):
    """A way to reach Claude: who sees what, under whose terms, who bills."""

    kind = models.CharField(max_length=12)
    name = models.JSONField()
    seen_by = models.JSONField()
    contract = models.JSONField()
    billing = models.JSONField()
    privacy = models.JSONField()
    regions = models.JSONField()
    verify = models.JSONField()
    errors = models.JSONField()
    sources = models.JSONField(default=list)
    checked = models.DateField()


class Claim(Listed):
    """What a vendor said of the official API and of itself, in which month. Not verified."""

    vendor = models.CharField(max_length=80)
    claimed = models.CharField(max_length=7)
    aspect = models.JSONField()
    of_official = models.JSONField()
    of_itself = models.JSONField()
    remark = models.JSONField()


class Platform(Listed):
    """Hosts that answer alike, with the path that comes before `/v1` there."""

    name = models.JSONField()
    route = models.ForeignKey(Gateway, models.CASCADE)
    hosts = models.JSONField()
    path = models.CharField(max_length=80, blank=True)
    speaks = models.CharField(max_length=10)
    note = models.JSONField()


class KeyKind(Listed):
    """How keys of one issuer begin, and where they belong."""

    name = models.JSONField()
    prefixes = models.JSONField()
    platforms = models.JSONField(default=list)
    perhaps = models.JSONField(default=list)
    note = models.JSONField()


class EndpointLine(Listed):
    """What to write where in one client, with a place for the address."""

    client = models.ForeignKey(Client, models.CASCADE)
    speaks = models.CharField(max_length=10)
    where = models.JSONField()
    template = models.TextField()
    note = models.JSONField(null=True, blank=True)
