"""Model IDs with the status of today, and the right ID for a wrong one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from kb.handbook import current
from tests.markup import Page, read
from tests.pages.reader import LANGUAGES


def asked(name: str, lang: str = "en") -> Page:
    response = Client().get(f"/{lang}/models/", {"id": name})
    assert response.status_code == 200
    document = read(response.content)
    assert (document.faults, document.inline) == ([], [])
    return document


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_model_and_every_wrong_spelling_is_listed(lang: str) -> None:
    document = read(Client().get(f"/{lang}/models/").content)
    assert set(current().models) <= set(document.ids)
    for spelling in current().document.spellings:
        assert {spelling.wrong, spelling.model_id} <= set(document.texts["code"])


def test_a_wrong_spelling_is_answered_with_the_right_id() -> None:
    for spelling in current().document.spellings:
        found = current().resolve_model(spelling.wrong)
        assert found is not None
        assert spelling.model_id in (found.model_id, found.suggested)
        assert found.suggested in asked(spelling.wrong).texts["code"]


def test_a_right_id_is_called_right() -> None:
    for model_id, model in current().models.items():
        if model.rule.status(date(2026, 11, 23)) == "active":
            assert "is right." in asked(model_id).text


def test_no_wrong_spelling_leads_to_a_retired_model() -> None:
    today = date(2026, 11, 23)
    for spelling in current().document.spellings:
        found = current().engine.models.resolve(spelling.wrong, today)
        assert found is not None
        assert current().models[found.suggested].rule.status(today) in ("active", "legacy")


@pytest.mark.parametrize("name", ["gpt-4", "你好", "<script>alert(1)</script>", "\x00", "x" * 5000])
def test_a_name_that_means_nothing_is_said_so(name: str) -> None:
    assert "No model is known" in asked(name).text


def test_the_status_is_that_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    retiring = next(m for m in current().models.values() if m.rule.retires and m.rule.retires > date(2026, 11, 23))
    assert retiring.rule.retires is not None
    for day, heading in ((date(2026, 11, 23), "deprecated"), (retiring.rule.retires, "retired")):
        monkeypatch.setattr("kb.pages.reference.today", lambda day=day: day)
        document = read(Client().get("/en/models/").content)
        ids = document.ids
        before = [
            name
            for name in ids[: ids.index(retiring.rule.model_id)]
            if name in ("active", "legacy", "deprecated", "retired")
        ]
        assert before[-1] == heading
