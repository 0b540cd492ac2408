"""Models → the rules of the lookup."""

from __future__ import annotations

from kb import models
from kb.lookup.rules import Cues, EntryRule, ModelRule, Rules, Signature, SpellingRule, WordGroup


def gather() -> Rules:
    """Everything the lookup is told, in the order of the fixtures."""
    return Rules(
        entries=tuple(_entry(row) for row in models.Entry.objects.filter(withdrawn__isnull=True)),
        signatures=tuple(_signature(row) for row in models.Signature.objects.select_related("entry")),
        clients=tuple(Cues(row.slug, tuple(row.cues)) for row in models.Client.objects.all()),
        lookalikes=tuple(Cues(row.slug, tuple(row.cues)) for row in models.Lookalike.objects.all()),
        models=tuple(model_rule(row) for row in models.ClaudeModel.objects.all()),
        spellings=tuple(
            SpellingRule(s.wrong, s.model.model_id) for s in models.Spelling.objects.select_related("model")
        ),
        words=tuple(WordGroup(row.slug, row.kind, tuple(row.words)) for row in models.WordGroup.objects.all()),
    )


def model_rule(row: models.ClaudeModel) -> ModelRule:
    return ModelRule(
        model_id=row.model_id,
        family=row.family,
        current=row.current,
        aliases=tuple(row.aliases),
        platform_ids=tuple(name for name in (row.bedrock, row.vertex, row.openrouter) if name),
        deprecated=row.deprecated,
        retires=row.retires,
        replacement=row.replacement,
        words=tuple(row.words),
    )


def _entry(row: models.Entry) -> EntryRule:
    classes = tuple(dict.fromkeys(code["exception"] for code in row.named_codes))
    return EntryRule(
        code=row.code,
        statuses=tuple(row.statuses),
        error_types=tuple(row.error_types),
        error_codes=(*row.error_codes, *(code["code"] for code in row.named_codes)),
        exceptions=(*row.exceptions, *(name for name in classes if name not in row.exceptions)),
        named_exceptions=classes,
        wrapper=row.wrapper,
        yields_to=tuple(neighbour["code"] for neighbour in row.neighbours if neighbour.get("yields")),
    )


def _signature(row: models.Signature) -> Signature:
    return Signature(
        entry=row.entry.code,
        slug=row.slug,
        phrase=row.phrase,
        pattern=row.pattern,
        strength=row.strength,
        generic=row.generic,
        scope=row.scope,
        model_state=row.model_state,
    )
