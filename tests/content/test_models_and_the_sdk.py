"""The models fixture knows what the installed SDK knows: every ID, and every date of its deprecation table."""

from __future__ import annotations

import re
import typing
from datetime import date, datetime

import pytest
from anthropic.resources.messages.messages import DEPRECATED_MODELS
from anthropic.types import Model

from kb.handbook import current
from kb.lookup.rules import ModelRule


def listed() -> list[str]:
    """The IDs of the SDK's `Model`, a Literal beside `str`."""
    literal = next(part for part in typing.get_args(Model) if part is not str)
    return list(typing.get_args(literal))


def known() -> dict[str, ModelRule]:
    return {
        name: model.rule for model in current().models.values() for name in (model.rule.model_id, *model.rule.aliases)
    }


def day(text: str) -> date:
    """`November 6th, 2024` as a date."""
    return datetime.strptime(re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text), "%B %d, %Y").date()


def test_the_sdk_lists_models() -> None:
    assert len(listed()) >= 20
    assert len(DEPRECATED_MODELS) >= 20


@pytest.mark.parametrize("name", listed())
def test_every_id_of_the_sdk_is_in_the_fixture(name: str) -> None:
    assert name in known()


@pytest.mark.parametrize("name", sorted(DEPRECATED_MODELS))
def test_every_end_of_life_of_the_sdk_is_the_fixtures(name: str) -> None:
    assert known()[name].retires == day(DEPRECATED_MODELS[name])


def test_what_the_sdk_lists_and_does_not_call_deprecated_is_not_retired() -> None:
    wrong = [name for name in listed() if name not in DEPRECATED_MODELS and known()[name].retires]
    assert wrong == []


def test_every_model_that_is_not_retired_has_its_limits_and_what_it_rejects() -> None:
    bare = [m.rule.model_id for m in current().models.values() if not m.rule.retires and not (m.context and m.output)]
    assert bare == []
    assert [m.rule.model_id for m in current().models.values() if not m.rule.retires and not m.rejects] == []


def test_every_replacement_leads_to_a_model_of_today() -> None:
    for model in current().models.values():
        if model.rule.replacement:
            assert current().models[model.rule.replacement].rule.current, model.rule.model_id
