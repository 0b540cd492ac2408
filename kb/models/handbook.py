"""Entries and everything that belongs to one: what an editor writes in `fixtures/entries/<code>.yaml`."""

from __future__ import annotations

from django.db import models

from kb.models.base import NaturalKeyModel
from kb.models.reference import Client, Howto


class Entry(NaturalKeyModel):
    """One error, known for ever by its code. Dictionaries keyed by language hold its texts."""

    KEY = ("code",)

    code = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    message = models.TextField(blank=True)
    statuses = models.JSONField(default=list)
    error_types = models.JSONField(default=list)
    error_codes = models.JSONField(default=list)
    named_codes = models.JSONField(default=list)
    exceptions = models.JSONField(default=list)
    side = models.CharField(max_length=10)
    retry = models.CharField(max_length=12)
    wrapper = models.BooleanField(default=False)
    retry_note = models.JSONField()
    meaning = models.JSONField()
    response = models.JSONField(null=True, blank=True)
    neighbours = models.JSONField(default=list)
    faq = models.JSONField(default=list)
    article_note = models.JSONField(null=True, blank=True)
    sources = models.JSONField(default=list)
    checked = models.DateField()
    withdrawn = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "entries"


class Belonging(NaturalKeyModel):
    """Something that stands inside one entry, in an order."""

    entry = models.ForeignKey(Entry, models.CASCADE)
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True
        ordering = ["entry", "position"]


class Cause(Belonging):
    """Why it happens, how to check that, what mends it. The slug is a permanent anchor."""

    KEY = ("entry__code", "slug")

    slug = models.SlugField(max_length=80)
    title = models.JSONField()
    check_steps = models.JSONField()
    fix_steps = models.JSONField()

    class Meta(Belonging.Meta):
        unique_together = [("entry", "slug")]


class Remedy(Belonging):
    """What to do about the entry in one client, when that client needs its own steps."""

    KEY = ("entry__code", "client__slug")

    client = models.ForeignKey(Client, models.CASCADE)
    steps = models.JSONField()
    howtos = models.JSONField(default=list)

    class Meta(Belonging.Meta):
        unique_together = [("entry", "client")]
        verbose_name_plural = "remedies"


class Symptom(Belonging):
    """What one client shows: a verbatim sample with its provenance."""

    KEY = ("entry__code", "client__slug", "slug")

    client = models.ForeignKey(Client, models.CASCADE)
    slug = models.SlugField(max_length=80)
    sample = models.TextField()
    where = models.JSONField()
    provenance = models.CharField(max_length=12)
    command = models.CharField(max_length=300, blank=True)
    client_version = models.CharField(max_length=60, blank=True)
    platform = models.CharField(max_length=60, blank=True)
    seen = models.DateField()
    source = models.CharField(max_length=300, blank=True)

    class Meta(Belonging.Meta):
        unique_together = [("entry", "client", "slug")]


class Signature(Belonging):
    """Wording by which the lookup knows the entry: a phrase, or an RE2 pattern."""

    KEY = ("entry__code", "slug")

    slug = models.SlugField(max_length=80)
    phrase = models.TextField(blank=True)
    pattern = models.TextField(blank=True)
    strength = models.CharField(max_length=10)
    generic = models.BooleanField(default=False)
    scope = models.CharField(max_length=10, default="text")
    model_state = models.CharField(max_length=12, blank=True)
    sample = models.TextField()

    class Meta(Belonging.Meta):
        unique_together = [("entry", "slug")]


class Snippet(NaturalKeyModel):
    """Code that a reader copies; it stands in one entry or one how-to."""

    KEY = ("slug",)

    slug = models.SlugField(max_length=80, unique=True)
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, blank=True)
    howto = models.ForeignKey(Howto, models.CASCADE, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=12)
    title = models.JSONField()
    code = models.TextField()
    runnable = models.BooleanField(default=False)
    needs = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["position", "slug"]
