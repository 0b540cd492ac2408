"""The lookup as a whole, on rules made by hand."""

from __future__ import annotations

import pytest

from kb.lookup.engine import Engine
from kb.lookup.result import Result
from kb.lookup.scan import BadPattern
from tests.rules import TODAY, lookup, rules, signature

TRACEBACK = (
    '  File "/srv/.venv/site-packages/anthropic/_base_client.py", line 1346\n'
    "anthropic.AuthenticationError: Error code: 401 - {'type': 'error', 'error': "
    "{'type': 'authentication_error', 'message': 'invalid x-api-key'}}"
)


def codes(result: Result) -> list[str]:
    return [match.code for match in result.matches]


def test_a_traceback_leads_to_its_entry_with_all_its_evidence() -> None:
    [match] = lookup(TRACEBACK).matches
    assert (match.code, match.confidence) == ("401-key", "certain")
    assert [e.kind for e in match.evidence] == ["message", "type", "exception", "status", "client"]


@pytest.mark.parametrize(
    "paste",
    [
        "",
        " ",
        "hello",
        "KeyError: 'content'",
        "Traceback (most recent call last):\nValueError: 3",
        "你好，请问怎么安装",
    ],
)
def test_what_is_no_error_of_ours_is_not_answered(paste: str) -> None:
    result = lookup(paste)
    assert (result.matches, result.status_page) == ((), None)


def test_another_products_error_is_not_answered() -> None:
    result = lookup("POST https://api.other.example/v1: Invalid token")
    assert result.matches == ()
    assert [(r.code, r.reason) for r in result.ruled_out] == [("401-token", "other_product")]


def test_the_same_words_beside_claude_are_answered() -> None:
    assert codes(lookup("Claude via the relay: Invalid token")) == ["401-token"]


@pytest.mark.parametrize("paste", ["连接失败 401", "API Error: 401", "401", "Claude 报错 401 怎么办"])
def test_a_status_alone_leads_to_its_page_when_several_entries_have_it(paste: str) -> None:
    result = lookup(paste)
    assert (result.matches, result.status_page) == ((), "401")


def test_a_status_alone_leads_to_the_only_entry_that_has_it() -> None:
    result = lookup("529")
    assert codes(result) == ["529-load"]
    assert (result.matches[0].confidence, result.status_page) == ("likely", "529")
    assert [e.kind for e in result.matches[0].evidence] == ["status"]


@pytest.mark.parametrize(
    "paste", ["529 from https://api.other.example", "529 {'message': 'the printer is on fire'}", "529 " * 80]
)
def test_a_status_with_other_words_does_not_lead_to_its_only_entry(paste: str) -> None:
    assert lookup(paste).matches == ()


def test_the_status_page_is_not_offered_beside_a_match_by_wording() -> None:
    assert lookup(TRACEBACK).status_page is None


@pytest.mark.parametrize(
    "paste",
    [
        TRACEBACK,
        r"2026-11-23 ERROR {\"error\":{\"message\":\"invalid x-api-key\"}}",
        "> \x1b[31minvalid x-\n> api-key\x1b[0m",
        "前面😀 invalid x-api-key 后面",
        "key sk-ant-api03-" + "Ab1" * 32 + " refused: invalid x-api-key",
        "1nvalid x-ap1-key",
        "身份验证失败， 请检 查密钥",
    ],
)
def test_a_span_cuts_the_evidence_out_of_the_redacted_text(paste: str) -> None:
    result = lookup(paste)
    spans = [e for match in result.matches for e in match.evidence if e.kind == "message"]
    assert spans
    for evidence in spans:
        assert evidence.start is not None
        assert evidence.end is not None
        assert 0 <= evidence.start < evidence.end <= len(result.text)
        cut = result.text[evidence.start : evidence.end]
        assert " ".join(cut.split()) == evidence.text
        assert cut[0].isalnum()
        assert cut[-1].isalnum()


def test_a_span_holds_the_whole_wording_across_an_escape() -> None:
    result = lookup(r"Invalid \u0074oken for claude")
    [evidence] = [e for e in result.matches[0].evidence if e.kind == "message"]
    assert evidence.text.startswith("Invalid ")
    assert evidence.text.endswith("oken")


def test_what_was_redacted_is_counted_and_the_text_holds_no_key() -> None:
    key = "sk-ant-api03-" + "Ab1" * 32
    result = lookup(f"ANTHROPIC_API_KEY={key} → 401 invalid x-api-key")
    assert "Ab1Ab1" not in result.text
    assert "[redacted:anthropic-api-key]" in result.text
    assert [(r.kind, r.count, r.live) for r in result.redactions] == [("anthropic-api-key", 1, True)]


def test_at_most_so_many_matches_are_returned_as_were_asked_for() -> None:
    paste = "Claude: invalid x-api-key. Overloaded. Invalid token. exceed your limit of 5 tokens per minute."
    assert len(lookup(paste, limit=10).matches) == 4
    assert len(lookup(paste).matches) == 3
    assert codes(lookup(paste, limit=1)) == codes(lookup(paste))[:1]


def test_an_alternative_much_weaker_than_the_best_is_left_out() -> None:
    assert codes(lookup("invalid x-api-key. slow down please, claude")) == ["401-key"]


@pytest.mark.parametrize(
    ("paste", "client"),
    [("anthropic.AuthenticationError: 401", "python-sdk"), ("curl: (28) timed out", "curl"), ("401 Claude", None)],
)
def test_the_client_is_known_by_its_cues(paste: str, client: str | None) -> None:
    assert lookup(paste).facts.client == client


def test_the_client_with_most_cues_wins() -> None:
    assert lookup("curl: (28) x\n" + TRACEBACK).facts.client == "python-sdk"


def test_a_given_client_overrides_the_cues() -> None:
    result = lookup(TRACEBACK, client="curl")
    assert result.facts.client == "curl"
    assert [e.text for e in result.matches[0].evidence if e.kind == "client"] == ["curl"]


def test_a_rule_that_does_not_compile_is_named() -> None:
    broken = rules()
    broken = type(broken)(**{**vars(broken), "signatures": (signature(pattern="(?=x)"),)})
    with pytest.raises(BadPattern):
        Engine(broken)


def test_the_same_paste_has_the_same_answer() -> None:
    engine = Engine(rules())
    assert engine.lookup(TRACEBACK, TODAY) == engine.lookup(TRACEBACK, TODAY) == lookup(TRACEBACK)


def test_rules_without_content_answer_nothing() -> None:
    empty = type(rules())((), (), (), (), (), ())
    assert Engine(empty).lookup(TRACEBACK, TODAY).matches == ()


@pytest.mark.parametrize(
    ("paste", "confidence"),
    [
        ("Overloaded", "likely"),
        ("Qdrant API error: Overloaded", "possible"),
        ("Got API Error: Overloaded", "likely"),
        ("Claude API Error: Overloaded", "likely"),
        ("Qdrant API Error behind Claude: Overloaded", "likely"),
    ],
)
def test_what_another_product_calls_its_error_is_hardly_ours(paste: str, confidence: str | None) -> None:
    matches = lookup(paste).matches
    assert (matches[0].confidence if matches else None) == confidence
