"""Model IDs with the status of today, and the right ID for a wrong one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from kb.handbook import current
from kb.handbook.current import today
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
    for day, status in ((date(2026, 11, 23), "deprecated"), (retiring.rule.retires, "retired")):
        monkeypatch.setattr("kb.pages.models.today", lambda day=day: day)
        assert retiring.rule.model_id in listed(f"?status={status}")


def listed(query: str = "", lang: str = "en") -> list[str]:
    """The IDs of the table in their order."""
    document = read(Client().get(f"/{lang}/models/{query}").content)
    assert (document.faults, document.inline) == ([], [])
    return [name for name in document.ids if name in current().models]


def test_without_a_wish_what_can_be_used_comes_first() -> None:
    states = [current().models[name].rule.status(today()) for name in listed()]
    assert list(dict.fromkeys(states)) == ["active", "legacy", "deprecated", "retired"]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("sort", ["id", "status", "date", "context"])
def test_every_column_sorts_both_ways(sort: str, lang: str) -> None:
    up, down = listed(f"?sort={sort}", lang), listed(f"?sort=-{sort}", lang)
    assert sorted(up) == sorted(down) == sorted(current().models)
    assert up[0] != down[0]


def test_by_id_means_alphabetically_and_by_date_the_longest_gone_first() -> None:
    assert listed("?sort=id") == sorted(current().models)
    assert current().models[listed("?sort=date")[0]].rule.retires == date(2024, 11, 6)


def test_filters_narrow_the_table_and_keep_to_each_other() -> None:
    found = listed("?status=legacy&family=opus&sort=id")
    assert found
    assert all(name.startswith("claude-opus") for name in found)
    assert {current().models[name].rule.status(today()) for name in found} == {"legacy"}


@pytest.mark.parametrize("query", ["?status=gone", "?family=gpt", "?status=active&family=claude"])
def test_filters_that_nothing_passes_say_so(query: str) -> None:
    assert listed(query) == []
    assert "No model passes these filters." in read(Client().get(f"/en/models/{query}").content).text


@pytest.mark.parametrize("query", ["?sort=price", "?sort=--id", "?sort=<b>", "?status=%00"])
def test_a_wish_that_cannot_be_met_breaks_nothing(query: str) -> None:
    assert Client().get(f"/en/models/{query}").status_code == 200


def test_the_links_of_the_headings_keep_the_filters_and_turn_the_order_round() -> None:
    content = Client().get("/en/models/?status=legacy&sort=id").content.decode()
    assert "?status=legacy&amp;sort=-id#all" in content
    assert 'aria-sort="ascending"' in content


def test_the_answer_says_which_model_is_meant_and_where_the_spelling_is_right() -> None:
    found = asked("us.anthropic.claude-sonnet-4-5-20250929-v1:0").text
    assert "It means Claude Sonnet 4.5, deprecated." in found
    assert "On Amazon Bedrock this spelling is right as it is." in found
    assert "claude-haiku-5-5" in asked("最便宜的", "zh-hans").texts["code"]


def test_a_key_in_the_box_is_taken_out_of_the_address() -> None:
    key = "sk-ant-api03-" + "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY" * 3
    response = Client().get("/en/models/", {"id": f"claude {key}", "sort": "id"})
    assert response.status_code == 302
    assert key[13:30] not in response["Location"] + response.content.decode()
    assert "sort=id" in response["Location"]


def test_an_answer_about_a_name_is_not_kept_by_caches() -> None:
    assert "no-store" in Client().get("/en/models/", {"id": "opus"})["Cache-Control"]


def test_limits_and_refusals_are_shown() -> None:
    document = read(Client().get("/en/models/").content)
    assert "1M, 128K" in document.text
    assert "forced tool use" in document.text
