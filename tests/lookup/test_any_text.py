"""Whatever is pasted, the lookup answers, within its own rules."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.handbook import current
from kb.lookup.result import Result
from tests.lookup.disguises import ONE

FRAGMENTS = [
    "invalid x-api-key", "Error code: 401 - ", "{'type': 'error', 'error': ", '"message":"', "model: claude-3-5-sonnet",
    "sk-ant-api03-AbCd1234EfGh5678", "\\n", "\\u", "\\u65e0", '\\"', "\\\\", "\n", "\r\n", " ", "\t", "}", "'}", "│ ",
    "> ", "\x1b[31m", "&quot;", "<br>", "无效的令牌", "状态码：", "529", "０", "rn", "0", "curl: (28) ", "https://",
    "api.openai.com", "retry-after: 99999999999999999999", "req_", "anthropic.", "Error", "[redacted:api-key]", "\x00",
    "\ud800", "😀", "\u0301", "\u202e", "İ", "ﬁ",
]  # fmt: skip
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=40).map("".join),
)
quick = settings(
    max_examples=250, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


@quick
@given(texts)
def test_the_answer_keeps_its_rules(text: str) -> None:
    result = current().lookup(text)
    scores = [round(match.score, 2) for match in result.matches]
    assert len(scores) <= 3
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert len({match.code for match in result.matches}) == len(scores)
    _spans_lie_inside(result)


@quick
@given(texts, st.sampled_from(sorted(ONE.keys() - {"Python bytes"})), st.integers(0, 99))
def test_a_disguised_text_is_answered_by_the_same_rules(text: str, name: str, seed: int) -> None:
    result = current().lookup(ONE[name](text, Random(seed)))
    _spans_lie_inside(result)
    result.text.encode()


@quick
@given(texts)
def test_what_comes_out_can_be_written_as_utf_8(text: str) -> None:
    result = current().lookup(text, limit=10)
    result.text.encode()
    repr(result.facts).encode()
    for match in result.matches:
        for evidence in match.evidence:
            evidence.text.encode()


@quick
@given(texts)
def test_looking_the_redacted_text_up_again_finds_no_further_secret(text: str) -> None:
    once = current().lookup(text)
    again = current().lookup(once.text)
    assert again.text == once.text


@quick
@given(st.text(max_size=80))
def test_any_model_name_is_resolved_or_not(name: str) -> None:
    found = current().resolve_model(name)
    assert found is None or found.suggested


def _spans_lie_inside(result: Result) -> None:
    for match in result.matches:
        for evidence in match.evidence:
            assert (evidence.start is None) == (evidence.end is None)
            if evidence.start is not None and evidence.end is not None:
                assert 0 <= evidence.start < evidence.end <= len(result.text)
