"""Descriptions in a reader's own words: searched for only when nothing else answered, and never more than likely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.lookup.engine import Engine
from kb.lookup.result import Result
from kb.lookup.rules import EntryText, WordGroup
from tests.rules import TODAY, entry, rules

GROUPS = (
    WordGroup("expired", "trouble", ("过期", "expired")),
    WordGroup("login", "thing", ("登录", "log in", "login")),
    WordGroup("model", "thing", ("模型", "model")),
    WordGroup("retired", "trouble", ("下线", "retired")),
    WordGroup("curl", "client", ("curl",)),
    WordGroup("claude", "noise", ("claude", "一直", "my", "keeps", "happening")),
    WordGroup("alarm", "alarm", ("报错", "怎么办", "error", "not")),
    WordGroup("products", "elsewhere", ("mysql", "微信")),
)
TEXTS = (
    EntryText("401-token", {"title": "登录已过期\nThe login has expired\n401"}),
    EntryText(
        "404-old-model",
        {
            "title": "模型已下线\nThe model has been retired\n404",
            "cause": "A retired model",
            "meaning": "The model was retired",
        },
    ),
    EntryText("404-model", {"title": "找不到模型\nModel unknown\n404"}),
    EntryText("curl-login", {"title": "curl 的登录凭证早就过期了\ncurl: the login expired long ago", "client": "curl"}),
    *(
        EntryText(f"599-{word}", {"title": f"{word} of something else that takes many words"})
        for word in ("alpha", "beta", "gamma", "delta")
    ),
)


def lookup(text: str, client: str | None = None) -> Result:
    known = rules()
    known = replace(known, entries=(*known.entries, entry("curl-login")), words=GROUPS)
    return Engine(known, TEXTS).lookup(text, TODAY, client)


def codes(text: str, client: str | None = None) -> list[str]:
    return [match.code for match in lookup(text, client).matches]


@pytest.mark.parametrize(
    "text", ["claude 登录过期", "my Claude login expired", "登录过期 怎么办", "claude 一直登录 expired"]
)
def test_a_description_leads_to_the_entry_that_is_about_it(text: str) -> None:
    assert codes(text)[0] == "401-token"


def test_the_evidence_is_of_the_kind_search_and_says_where_the_words_stand() -> None:
    result = lookup("claude login 一直 expired")
    evidence = [e for e in result.matches[0].evidence if e.kind == "search"]
    assert [e.text for e in evidence] == ["login", "expired"]
    assert all(result.text[e.start : e.end] == e.text for e in evidence)


def test_it_is_likely_at_most_and_only_when_it_speaks_of_claude_and_nothing_else_is_near() -> None:
    assert lookup("claude 模型 retired").matches[0].confidence == "likely"
    assert lookup("模型 retired").matches[0].confidence == "possible"
    assert lookup("claude login expired").matches[0].confidence == "possible"


def test_a_client_that_is_named_brings_its_own_entry_to_the_front_and_becomes_a_fact() -> None:
    result = lookup("curl 登录过期")
    assert result.matches[0].code == "curl-login"
    assert result.facts.client == "curl"
    assert codes("登录过期", "curl")[0] == "curl-login"


def test_a_known_wording_is_not_searched_for() -> None:
    result = lookup("claude login expired: Overloaded")
    assert [e.kind for e in result.matches[0].evidence] == ["message"]


@pytest.mark.parametrize("text", ["401", "连接失败 401", "Claude 报错 401 怎么办"])
def test_a_bare_status_still_leads_to_its_page(text: str) -> None:
    result = lookup(text)
    assert (result.matches, result.status_page) == ((), "401")


def test_a_status_keeps_out_entries_that_never_have_it() -> None:
    assert codes("claude 404 login expired") == []
    assert codes("claude 401 login expired") == ["401-token"]


@pytest.mark.parametrize(
    "text",
    [
        "mysql login expired",
        "微信登录过期",
        "login expired at https://api.unknown.example",
        "https://api.other.example login expired",
    ],
)
def test_another_product_or_an_unknown_host_finds_nothing(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "login",
        "claude login",
        "expired",
        "claude",
        "curl",
        "curl 报错",
        "hello",
        "报错 怎么办",
        "how is the weather, login expired or whatever they say about the train to the city",
    ],
)
def test_what_says_too_little_or_too_much_else_finds_nothing(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "claude login expired " * 10,
        "claude\nlogin\nexpired\nagain",
        '{"claude": "login expired"}',
        "LoginExpiredError from claude: login expired",
        "claude login_expired(401) && login expired;",
    ],
    ids=["long", "lines", "JSON", "exception", "code"],
)
def test_what_a_machine_printed_is_no_description(text: str) -> None:
    assert codes(text) == []


def test_without_texts_nothing_is_searched_for() -> None:
    assert Engine(rules()).lookup("claude login expired", TODAY).matches == ()
