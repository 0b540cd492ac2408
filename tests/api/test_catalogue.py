"""Entries, clients and models as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from kb.handbook import current
from kb.handbook.current import today
from tests.api.calls import is_problem

CODE = "401-invalid-api-key"
LISTS = ("entries", "clients", "models")
ADDRESSES = (*LISTS, f"entries/{CODE}", "models/resolve?id=claude-3.5-sonnet")


def get(address: str, **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client().get(f"/api/v1/{address}", headers=named)  # type: ignore[return-value]


def answer(address: str, **headers: str) -> dict[str, Any]:
    response = get(address, **headers)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    found: dict[str, Any] = json.loads(response.content)
    return found


def codes(query: str) -> set[str]:
    return {entry["code"] for entry in answer(f"entries?{query}")["entries"]}


def test_every_entry_is_listed_once_with_its_permalink() -> None:
    found = answer("entries")
    listed = [entry.code for entry in current().listed()]
    assert [entry["code"] for entry in found["entries"]] == listed
    assert found["total"] == len(listed)
    assert list(found["entries"][0]) == [
        "code", "title", "statuses", "error_types", "side", "retry", "url", "permalink", "checked",
    ]  # fmt: skip
    assert all(entry["permalink"] == f"http://testserver/e/{entry['code']}" for entry in found["entries"])


def test_the_list_is_filtered_as_the_index_page_is() -> None:
    handbook = current()
    assert codes("status=401") == {entry.code for entry in handbook.with_status("401")}
    assert codes("status=000") == codes("status=0") == {entry.code for entry in handbook.with_status("000")}
    assert codes("client=cursor") == {entry.code for entry in handbook.with_client("cursor")}
    assert codes("side=provider") == {entry.code for entry in handbook.listed() if entry.side == "provider"}
    assert codes("status=401&client=cursor&side=you") == codes("status=401") & codes("client=cursor") & codes(
        "side=you"
    )
    assert codes("client=nobody") == codes("status=999") == set()


@pytest.mark.parametrize("words", ["x-api-key", "API KEY not valid", "无效 key", "401-invalid-api-key"])
def test_words_find_what_the_search_of_the_page_finds_best_first(words: str) -> None:
    found = [entry["code"] for entry in answer(f"entries?q={words}")["entries"]]
    assert found == [entry.code for entry in current().search(words)]
    assert CODE in found[:3]


def test_words_and_filters_are_joined_and_the_answer_is_kept_nowhere() -> None:
    assert (
        codes("q=key&side=relay") == {entry.code for entry in current().search("key") if entry.side == "relay"} != set()
    )
    assert get("entries?q=key")["Cache-Control"] == "no-store"


def test_words_that_no_entry_has_find_nothing() -> None:
    assert answer("entries?q=zzzzqqq")["total"] == 0


def test_a_part_of_the_list_can_be_asked_for() -> None:
    everything = answer("entries")["entries"]
    part = answer("entries?limit=3&offset=2")
    assert part["entries"] == everything[2:5]
    assert part["total"] == len(everything)
    assert answer("entries?offset=99999")["entries"] == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("side=left", "side"),
        ("status=abc", "status"),
        ("status=4011", "status"),
        ("limit=0", "limit"),
        ("limit=x", "limit"),
        ("offset=-1", "offset"),
        ("lang=tlh", "lang"),
        ("q=" + "a" * 201, "q"),
        ("stauts=401", "unknown parameter"),
    ],
)
def test_a_parameter_that_cannot_be_right_is_named(query: str, named: str) -> None:
    assert is_problem(get(f"entries?{query}"), 422)["detail"].startswith(named)


@pytest.mark.parametrize("name", ["side", "status", "limit", "offset", "lang"])
def test_what_was_sent_is_not_repeated(name: str) -> None:
    assert "quokka" not in get(f"entries?{name}=quokka").content.decode()
    assert "quokka" not in get(f"entries?quokka={name}").content.decode()


def test_an_entry_tells_everything_its_page_shows() -> None:
    entry, found = current().entries[CODE], answer(f"entries/{CODE}")
    assert (found["code"], found["title"]) == (CODE, entry.title["en"])
    assert found["statuses"] == [401]
    assert found["meaning"] == {"text": entry.summary["en"], "html": entry.meaning["en"]}
    for name in ("causes", "remedies", "symptoms", "snippets", "neighbours", "sources", "faq", "named_codes"):
        assert len(found[name]) == len(getattr(entry, name)), name
    assert found["causes"][0]["url"] == f"http://testserver/en/errors/{CODE}/#{entry.causes[0].slug}"
    assert found["symptoms"][0]["sample"] == entry.symptoms[0].sample
    assert found["checked"] == entry.checked.isoformat()


def test_every_entry_can_be_told_in_every_language() -> None:
    for code in current().entries:
        assert answer(f"entries/{code}?lang=zh-hans")["lang"] == "zh-hans"
        assert answer(f"entries/{code}?lang=en")["statuses"] == [int(s) for s in current().entries[code].statuses]


def test_named_error_codes_lead_to_their_anchor() -> None:
    for entry in current().entries.values():
        for named, told in zip(entry.named_codes, answer(f"entries/{entry.code}")["named_codes"], strict=True):
            assert told["url"].endswith(f"/en/errors/{entry.code}/#{named.anchor}")
            assert (told["code"], told["status"]) == (named.code, int(named.status))


@pytest.mark.parametrize("code", ["999-nothing", "401-INVALID-API-KEY", "%00", "a" * 5000])
def test_a_code_that_is_not_there_is_a_problem(code: str) -> None:
    assert is_problem(get(f"entries/{code}"), 404)["title"] == "No such entry"


def test_a_code_that_has_moved_is_redirected_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(current().document.redirects, "401-older", CODE)
    response = get("entries/401-older?lang=zh-hans")
    assert response.status_code == 301
    assert response["Location"] == f"/api/v1/entries/{CODE}?lang=zh-hans"


def test_every_client_is_listed() -> None:
    found = answer("clients?lang=zh")["clients"]
    assert [client["slug"] for client in found] == list(current().clients)
    assert found[0]["name"] == next(iter(current().clients.values())).name["zh-hans"]


def test_every_model_is_listed_with_its_status_today() -> None:
    found = {model["id"]: model for model in answer("models")["models"]}
    assert list(found) == list(current().models)
    assert all(found[name]["status"] == model.rule.status(today()) for name, model in current().models.items())


def test_a_model_name_is_resolved() -> None:
    found = answer("models/resolve?id=claude-3.5-sonnet")
    wanted = current().resolve_model("claude-3.5-sonnet")
    assert wanted is not None
    assert found["known"] is True
    assert found["suggestion"]["suggested"] == wanted.suggested
    assert found["suggestion"]["url"] == f"http://testserver/en/models/#{wanted.suggested}"


def test_a_name_that_means_no_model_is_not_known() -> None:
    found = answer("models/resolve?id=gpt-4o")
    assert (found["known"], found["suggestion"]) == (False, None)


@pytest.mark.parametrize("query", ["", "?id=", "?id=" + "a" * 201])
def test_without_a_name_there_is_nothing_to_resolve(query: str) -> None:
    assert is_problem(get(f"models/resolve{query}"), 422)["detail"].startswith("id: ")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_language_is_asked_for_or_preferred(address: str) -> None:
    mark = "&" if "?" in address else "?"
    assert get(f"{address}{mark}lang=zh-CN")["Content-Language"] == "zh-hans"
    assert get(address, accept_language="zh-CN,zh;q=0.9")["Content-Language"] == "zh-hans"
    assert get(address)["Content-Language"] == "en"
    assert get(address)["Vary"].endswith("Accept-Language, Cookie")
    is_problem(get(f"{address}{mark}lang=fr"), 422)


@pytest.mark.parametrize("address", [*LISTS, f"entries/{CODE}"])
def test_an_answer_may_be_kept_and_is_not_sent_twice(address: str) -> None:
    first = get(address)
    assert first["Cache-Control"] == "public, max-age=300"
    again = get(address, if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert get(f"{address}?lang=zh", if_none_match=first["ETag"]).status_code == 200


def test_what_was_asked_about_a_model_is_kept_nowhere() -> None:
    assert get("models/resolve?id=sk-ant-api03-x")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_answered_as_get_without_a_body(address: str) -> None:
    head = Client().head(f"/api/v1/{address}")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) == len(get(address).content)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_can_be_written(address: str, method: str) -> None:
    is_problem(getattr(Client(), method)(f"/api/v1/{address}"), 405)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_no_query_is_made_and_no_cookie_set(address: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert not get(address).cookies


def test_addresses_stand_on_the_configured_origin() -> None:
    with override_settings(BASE_URL="https://errors.example.org"):
        assert answer("entries?limit=1")["entries"][0]["url"].startswith("https://errors.example.org/en/errors/")
