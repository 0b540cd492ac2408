"""Language, client and limit of a lookup over JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kb.handbook import current
from tests.api.calls import URL, Post, is_problem

MESSAGE = "invalid x-api-key"
MANY = (
    "Claude: invalid x-api-key | Invalid bearer token | Overloaded | Your credit balance is too low to access the "
    "Anthropic API | prompt is too long: 300000 tokens > 200000 maximum"
)


def matches(post: Post, body: dict[str, Any], **headers: str) -> list[dict[str, Any]]:
    response = post(body, **headers)
    assert response.status_code == 200
    found: list[dict[str, Any]] = json.loads(response.content)["matches"]
    return found


@pytest.mark.parametrize(
    ("lang", "accepted", "answered"),
    [
        ("zh-hans", "en", "zh-hans"),
        ("en", "zh-CN", "en"),
        ("zh-CN", "", "zh-hans"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        (None, "zh-TW", "zh-hans"),
        (None, "de, zh;q=0.5", "zh-hans"),
        (None, "en-US,en;q=0.9", "en"),
        (None, "de", "en"),
        (None, "", "en"),
    ],
)
def test_the_language_is_that_of_the_body_then_of_the_header_then_english(
    post: Post, lang: str | None, accepted: str, answered: str
) -> None:
    response = post({"text": MESSAGE, "lang": lang}, Accept_Language=accepted)
    match = json.loads(response.content)["matches"][0]
    assert match["title"] == current().entries[match["code"]].title[answered]
    assert f"/{answered}/errors/" in match["url"]
    assert response["Content-Language"] == answered


@pytest.mark.parametrize("lang", ["fr", "", "zh-hans; drop", "english"])
def test_a_language_that_is_not_ours_is_refused(post: Post, lang: str) -> None:
    assert "lang" in is_problem(post({"text": MESSAGE, "lang": lang}), 422)["detail"]


def test_what_the_body_does_not_say_the_query_may(post: Post) -> None:
    query = f"{URL}?lang=zh-hans&client=cursor"
    said = json.loads(post({"text": MESSAGE, "lang": "en", "client": "curl"}, url=query).content)["matches"][0]
    unsaid = json.loads(post({"text": MESSAGE}, url=query).content)["matches"][0]
    assert ("/en/" in said["url"], said["client"]) == (True, "curl")
    assert ("/zh-hans/" in unsaid["url"], unsaid["client"]) == (True, "cursor")
    assert "lang" in is_problem(post({"text": MESSAGE}, url=f"{URL}?lang=fr"), 422)["detail"]


def test_a_given_client_decides_the_link(post: Post) -> None:
    [match] = matches(post, {"text": MESSAGE, "client": "cursor"})
    assert match["client"] == "cursor"
    assert match["url"].endswith("/errors/401-invalid-api-key/?client=cursor#client")
    assert match["permalink"].endswith("/e/401-invalid-api-key/cursor")


def test_a_client_that_the_entry_says_nothing_about_leads_to_the_entry(post: Post) -> None:
    [match] = matches(post, {"text": MESSAGE, "client": "vertex"})
    assert match["client"] is None
    assert match["url"].endswith("/errors/401-invalid-api-key/")
    assert match["permalink"].endswith("/e/401-invalid-api-key")


@pytest.mark.parametrize("slug", ["nobody", "", None])
def test_an_unknown_client_is_as_good_as_none(post: Post, slug: str | None) -> None:
    [match] = matches(post, {"text": MESSAGE, "client": slug})
    assert match["client"] is None


@pytest.mark.parametrize(("limit", "count"), [(1, 1), (2, 2), (2.0, 2), (4, 4), (10, 4)])
def test_at_most_so_many_matches_come_as_were_asked_for(post: Post, limit: float, count: int) -> None:
    assert len(matches(post, {"text": MANY, "limit": limit})) == count


def test_without_a_limit_there_are_at_most_three(post: Post) -> None:
    assert len(matches(post, {"text": MANY})) == 3


@pytest.mark.parametrize("limit", [0, -1, 11, "3", 2.5, True, None, [1]])
def test_a_limit_outside_one_to_ten_is_refused(post: Post, limit: object) -> None:
    assert "limit" in is_problem(post({"text": MESSAGE, "limit": limit}), 422)["detail"]
