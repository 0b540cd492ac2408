"""Any spelling of a model → the right ID, or nothing when it is not clear which is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz import fuzz, process

from kb.lookup.model_names import FAMILIES, Words, bare, trim, undated, without_route
from kb.lookup.result import ModelSuggestion
from kb.lookup.rules import ModelRule, SpellingRule

CLOSE = 84  # rapidfuzz ratio from which a mistyped ID is taken for the real one
_REGION = re.compile(r"^(?:us|eu|jp|au|apac|ca|sa|us-gov|global)\.(?=anthropic\.)")
Found = tuple[str, ModelRule | None]


class ModelIds:
    """The models fixture, asked by any spelling. `today` decides what is retired."""

    def __init__(self, models: Sequence[ModelRule], spellings: Sequence[SpellingRule]) -> None:
        self._by_id = {name: model for model in models for name in (model.model_id, *model.aliases)}
        self._by_platform = {name.lower(): model for model in models for name in model.platform_ids}
        self._by_spelling = {rule.wrong.lower(): self._by_id[rule.model_id] for rule in spellings}
        self._models = {model.model_id: model for model in models}
        self._current = {model.family: model for model in models if model.current}
        self._described = {word: model for model in models for word in model.words}
        self._words = Words(self._described)

    def state(self, name: str, today: date) -> str:
        """retired or not_retired, by exact ID or alias: what the native API would know."""
        model = self._by_id.get(trim(name))
        return "retired" if model and model.status(today) == "retired" else "not_retired"

    def resolve(self, given: str, today: date) -> ModelSuggestion | None:
        """The suggestion for a spelling; None when the name means no model we know."""
        name = trim(given)
        for reason, model in self._candidates(name):
            if model:
                status = model.status(today)
                exact = reason == "exact" and given == name
                suggested = self._replacement(model, today)
                if exact and suggested == model.model_id:
                    suggested = name  # an alias is as right as the ID
                return ModelSuggestion(
                    given.strip(), model.model_id, status, suggested, status if exact else _reason(reason, status)
                )
        return None

    def is_right_on(self, platform: str, name: str) -> bool:
        """Whether a platform takes this spelling: bedrock, vertex or openrouter. Each takes the API's own IDs as well,
        somewhere, so those are never called wrong there."""
        name = without_route(trim(name))
        model = self._by_id.get(name) or self._by_platform.get(_REGION.sub("", name))
        return model is not None and _REGION.sub("", name) in (model.model_id, *model.aliases, model.on(platform))

    def platform(self, name: str) -> str:
        """The platform whose spelling this is; empty when it is none's, or the API's as well."""
        plain = _REGION.sub("", without_route(trim(name)))
        model = None if plain in self._by_id else self._by_platform.get(plain)
        return next((p for p in ("bedrock", "vertex", "openrouter") if model and model.on(p) == plain), "")

    def _candidates(self, name: str) -> Iterator[Found]:
        yield "exact", self._by_id.get(name)
        yield "platform", self._by_platform.get(name)
        yield "spelling", self._by_spelling.get(name)
        yield "platform", self._by_platform.get(_REGION.sub("", without_route(name)))
        plain = bare(name)
        yield "prefix", self._by_id.get(plain)
        yield "spelling", self._by_spelling.get(plain)
        yield from self._by_meaning(plain)

    def _by_meaning(self, plain: str) -> Iterator[Found]:
        without_date = undated(plain)
        yield "date", self._by_id.get(without_date) or self._by_id.get(f"{without_date}-0")
        yield "word_order", self._named(without_date)
        yield "description", self._by_description(without_date)
        yield "typo", self._close(without_date)
        yield "typo", self._named(self._words.corrected(without_date))

    def _named(self, name: str) -> ModelRule | None:
        """The model of a family and a version, in any order; the current one for a version that never was."""
        read = self._words.read(name)
        if read is None:
            return None
        family, number = read
        if family is None:
            return self._by_id.get(f"claude-{number.replace('-', '.')}")
        if not number:
            return self._current.get(family)
        for shape in (f"claude-{family}-{number}", f"claude-{number}-{family}", f"claude-{family}-{number}-0"):
            found = self._by_id.get(shape) or self._starting(shape)
            if found:
                return found
        return self._current.get(family)

    def _by_description(self, name: str) -> ModelRule | None:
        """“the cheapest”: the model that its words describe. A family that is named as well decides."""
        word, rest = self._words.description(name)
        if word is None or self._words.read(rest) is None:
            return None
        return self._named(rest) or self._described[word]

    def _starting(self, shape: str) -> ModelRule | None:
        return next((m for m in self._models.values() if undated(m.model_id) == shape), None)

    def _close(self, name: str) -> ModelRule | None:
        if "cl" not in name and not any(fuzz.partial_ratio(family, name) >= CLOSE for family in FAMILIES):
            return None
        best = process.extractOne(name, list(self._by_id), scorer=fuzz.ratio, score_cutoff=CLOSE)
        return self._by_id[best[0]] if best else None

    def _replacement(self, model: ModelRule, today: date) -> str:
        seen = set()
        while model.status(today) in ("retired", "deprecated") and model.replacement and model.model_id not in seen:
            seen.add(model.model_id)
            model = self._models[model.replacement]
        return model.model_id


def _reason(reason: str, status: str) -> str:
    if reason != "exact":
        return reason
    return status if status in ("retired", "deprecated") else "spelling"
