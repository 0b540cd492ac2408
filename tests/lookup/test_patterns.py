"""Patterns are RE2, are tried on the text or on its messages, and may ask for a model's state."""

from __future__ import annotations

import pytest

from kb.lookup.scan import BadPattern, compile_pattern
from kb.lookup.signatures import PatternBook
from tests.rules import lookup, signature


@pytest.mark.parametrize("pattern", [r"(?<=a)b", r"(a)\1", r"a(?!b)", "(unclosed", "[z-a]", r"a{2000}"])
def test_what_re2_cannot_do_is_refused_with_a_reason(pattern: str) -> None:
    with pytest.raises(BadPattern, match=r"not an RE2 pattern: \w+"):
        compile_pattern(pattern)


def test_a_pattern_is_tried_without_regard_to_case() -> None:
    [hit] = PatternBook([signature(pattern=r"error (\d+): lost")]).find("so: ERROR 17: Lost.")
    assert (hit.start, hit.end) == (4, 18)


def test_a_pattern_that_matches_nothing_but_emptiness_is_no_hit() -> None:
    assert not list(PatternBook([signature(pattern="x*")]).find("abc"))


def test_the_group_model_is_caught() -> None:
    book = PatternBook([signature(pattern=r"model: (?P<model>\S+)")])
    assert [hit.model for hit in book.find("model: claude-x")] == ["claude-x"]


@pytest.mark.parametrize(
    "paste",
    [
        '{"type":"error","error":{"type":"not_found_error","message":"model: claude-opus-9"}}',
        "{'type': 'error', 'error': {'type': 'not_found_error', 'message': 'model: claude-opus-9'}}",
        r"{\"error\":{\"message\":\"model: claude-opus-9\"}}",
        "API Error: 404 model: claude-opus-9",
        "model: claude-opus-9",
        '{"error":{"message":"model: claude-\nopus-9"}}',
    ],
)
def test_a_pattern_on_messages_sees_each_message_whole(paste: str) -> None:
    assert [match.code for match in lookup(paste).matches] == ["404-model"]


def test_a_pattern_on_messages_does_not_see_the_rest_of_the_text() -> None:
    assert not lookup("config:\n  model: claude-opus-9\n  temperature: 1\n").matches


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("claude-3-5-sonnet-20241022", "404-old-model"),
        ("claude-sonnet-4-0", "404-old-model"),
        ("claude-opus-4-6", "404-model"),
        ("claude-sonnet-4-6", "404-model"),
        ("claude-opus-9", "404-model"),
        ("gpt-9", "404-model"),
    ],
)
def test_the_state_of_the_model_decides_between_two_entries(given: str, code: str) -> None:
    assert [match.code for match in lookup('{"message":"model: ' + given + '"}').matches] == [code]
