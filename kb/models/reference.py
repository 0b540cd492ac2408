"""What many entries refer to: clients, how-tos, model IDs, facts, look-alikes, redirects."""

from __future__ import annotations

from django.db import models

from kb.models.base import NaturalKeyModel


class Client(NaturalKeyModel):
    """A program through which people meet the API; its slug is permanent."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    kind = models.CharField(max_length=12)
    platforms = models.CharField(max_length=120)
    shows = models.JSONField()
    cues = models.JSONField(default=list)
    sources = models.JSONField(default=list)
    checked = models.DateField()

    class Meta:
        ordering = ["position"]


class Howto(NaturalKeyModel):
    """Steps that several entries need, written once."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    title = models.JSONField()
    steps = models.JSONField()
    sources = models.JSONField(default=list)
    checked = models.DateField()

    class Meta:
        ordering = ["position"]


class ClaudeModel(NaturalKeyModel):
    """A model ID of the native API. Its status is computed from its dates; limits are in tokens."""

    KEY = ("model_id",)

    model_id = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    family = models.CharField(max_length=12)
    aliases = models.JSONField(default=list)
    current = models.BooleanField(default=False)
    restricted = models.BooleanField(default=False)
    deprecated = models.DateField(null=True, blank=True)
    retires = models.DateField(null=True, blank=True)
    not_before = models.DateField(null=True, blank=True)
    replacement = models.CharField(max_length=80, blank=True)
    bedrock = models.CharField(max_length=80, blank=True)
    vertex = models.CharField(max_length=80, blank=True)
    openrouter = models.CharField(max_length=80, blank=True)
    context = models.PositiveIntegerField(null=True, blank=True)
    output = models.PositiveIntegerField(null=True, blank=True)
    rejects = models.JSONField(default=list)
    words = models.JSONField(default=list)
    note = models.JSONField(null=True, blank=True)
    sources = models.JSONField(default=list)
    checked = models.DateField()

    class Meta:
        ordering = ["position"]


class Spelling(NaturalKeyModel):
    """A wrong model ID that people really send, and which model they mean."""

    KEY = ("wrong",)

    wrong = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    wanted = models.JSONField()
    model = models.ForeignKey(ClaudeModel, models.CASCADE)
    reason = models.JSONField()
    article_said = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["position"]


class Fact(NaturalKeyModel):
    """A value that prose refers to by name (`{{fact:api-host}}`), so that it lives once."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=80, unique=True)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    checked = models.DateField()

    class Meta:
        ordering = ["slug"]


class Lookalike(NaturalKeyModel):
    """Another product whose errors resemble Claude's; its cues make generic wording count for nothing."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    cues = models.JSONField()

    class Meta:
        ordering = ["slug"]


class WordGroup(NaturalKeyModel):
    """Words of descriptions, for the search: what means one thing, names a client or another product, says nothing."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    words = models.JSONField()

    class Meta:
        ordering = ["slug"]


class Redirect(NaturalKeyModel):
    """A published code that now answers with another entry."""

    KEY = ("old_code",)

    old_code = models.SlugField(max_length=80, unique=True)
    new_code = models.SlugField(max_length=80)

    class Meta:
        ordering = ["old_code"]
