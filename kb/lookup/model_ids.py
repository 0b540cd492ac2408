"""Any spelling of a model → the right ID, or nothing when it is not clear which is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz import fuzz, process

from kb.lookup.result import ModelSuggestion
from kb.lookup.rules import ModelRule, SpellingRule

_PREFIX = re.compile(
    r"^(?:(?:us|eu|jp|au|apac|us-gov|global)\.)?(?:anthropic[./:])?|^(?:~?anthropic|openrouter/anthropic|vertex[_-]ai|bedrock)/"
)
_SUFFIX = re.compile(
    r"(?:\[1m\]|:(?:thinking|beta|free|extended|\d{1,6}k?)|-v\d(?::\d)?|@[\w-]{1,20}|-latest|-thinking)$"
)
_DATE = re.compile(r"-?20\d{6}$")
_VERSION = re.compile(r"\d{1,2}(?:-\d{1,2})?")
FAMILIES = ("opus", "sonnet", "haiku", "fable", "mythos")
CLOSE = 84  # rapidfuzz ratio from which a mistyped ID is taken for the real one


class ModelIds:
    """The models fixture, asked by any spelling. `today` decides what is retired."""

    def __init__(self, models: Sequence[ModelRule], spellings: Sequence[SpellingRule]) -> None:
        self._by_id = {name: model for model in models for name in (model.model_id, *model.aliases)}
        self._by_platform = {name.lower(): model for model in models for name in model.platform_ids}
        self._by_spelling = {rule.wrong.lower(): self._by_id[rule.model_id] for rule in spellings}
        self._models = {model.model_id: model for model in models}
        self._current = {model.family: model for model in models if model.current}

    def state(self, name: str, today: date) -> str:
        """retired or not_retired, by exact ID or alias: what the native API would know."""
        model = self._by_id.get(_trim(name))
        return "retired" if model and model.status(today) == "retired" else "not_retired"

    def resolve(self, given: str, today: date) -> ModelSuggestion | None:
        """The suggestion for a spelling; None when the name means no model we know."""
        name = _trim(given)
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

    def _candidates(self, name: str) -> list[tuple[str, ModelRule | None]]:
        bare = _bare(name)
        undated = _DATE.sub("", bare)
        return [
            ("exact", self._by_id.get(name)),
            ("platform", self._by_platform.get(name)),
            ("spelling", self._by_spelling.get(name)),
            ("prefix", self._by_id.get(bare)),
            ("spelling", self._by_spelling.get(bare)),
            ("date", self._by_id.get(undated) or self._by_id.get(f"{undated}-0")),
            ("word_order", self._by_words(undated)),
            ("typo", self._close(undated)),
        ]

    def _by_words(self, name: str) -> ModelRule | None:
        family = next((family for family in FAMILIES if family in name), None)
        if family is None:
            return None
        version = _VERSION.search(name.replace(family, "-"))
        if version is None:
            return self._current.get(family) if name in (family, f"claude-{family}") else None
        number = version[0]
        for shape in (f"claude-{family}-{number}", f"claude-{number}-{family}", f"claude-{family}-{number}-0"):
            found = self._by_id.get(shape) or self._starting(shape)
            if found:
                return found
        return self._current.get(family)

    def _starting(self, shape: str) -> ModelRule | None:
        return next((m for m in self._models.values() if _DATE.sub("", m.model_id) == shape), None)

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


def _trim(name: str) -> str:
    return name.strip().strip("`'\".,;").lower()


def _bare(name: str) -> str:
    name = name.replace("_", "-").replace(" ", "-")
    for _ in range(3):
        name = _SUFFIX.sub("", _PREFIX.sub("", name))
    return re.sub(r"-{2,}", "-", name.replace(".", "-"))


def _reason(reason: str, status: str) -> str:
    if reason != "exact":
        return reason
    return status if status in ("retired", "deprecated") else "spelling"
