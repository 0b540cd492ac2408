"""Every part of the benchmark runs on a few pastes. Nothing here asserts a time."""

from __future__ import annotations

from typing import Any

import pytest

from bench import __main__ as report
from bench import adversarial, scale, side_by_side, sizes, stages, texts
from bench.catalogue import corpus_rows, handbook
from bench.clock import summarise
from bench.hostile import GENERATORS
from bench.noise import around, byte_length
from bench.peers import fts5, fuzzy, postgres
from bench.peers.loop import Loop
from bench.peers.ours import Ours
from bench.synthetic import enlarge
from kb.lookup.engine import Engine

ROWS = corpus_rows()[::150]
INVALID_KEY = "anthropic.AuthenticationError: Error code: 401 - {'error': {'message': 'invalid x-api-key'}}"


@pytest.fixture(scope="module")
def source() -> texts.Source:
    return texts.gather(handbook().document.entries, handbook().document.rules)


@pytest.fixture(scope="module")
def hostile_words() -> Any:
    return adversarial.words([s.phrase for s in handbook().document.rules.signatures], ROWS)


def test_the_sealed_corpus_is_never_read() -> None:
    assert report.FILES == ("dev.jsonl", "own.jsonl", "wild.jsonl", "wild2.jsonl")


def test_quartiles_and_extremes_are_in_milliseconds() -> None:
    summary = summarise([1e6, 2e6, 3e6, 4e6, 5e6])
    assert (summary.low, summary.median, summary.high, summary.worst) == (2, 3, 4, 5)


def test_one_value_is_its_own_median_and_extreme() -> None:
    assert summarise([2e6]).p95 == summarise([2e6]).median == 2


def test_a_padded_paste_has_the_size_asked_for_and_still_holds_the_error() -> None:
    paste = around(INVALID_KEY, sizes.SMALL, seed=1)
    assert sizes.SMALL - 300 < byte_length(paste) <= sizes.SMALL
    assert INVALID_KEY in paste


def test_a_padded_paste_leads_to_the_same_entry() -> None:
    found = handbook().engine.lookup(around(INVALID_KEY, sizes.SMALL, seed=2), sizes.TODAY)
    assert found.matches[0].code == "401-invalid-api-key"


def test_the_sizes_are_measured_and_told_with_their_target() -> None:
    size = sizes.measure(handbook().engine, ROWS, sizes.SMALL, count=2, repeats=1)
    assert size.times.count == 2
    assert "| 2 KiB |" in sizes.table([size])[-1]


def test_every_stage_is_found_and_measured() -> None:
    result, missing = stages.profile(handbook().engine, [INVALID_KEY], repeats=1)
    assert not missing
    assert all(result[stage] > 0 for stage in ("redact", "clean", "facts: the rest", "rank", "total"))


def test_the_lookup_is_left_as_it_was_after_the_stages() -> None:
    before = Engine.__dict__["_read"]
    stages.profile(handbook().engine, [INVALID_KEY], repeats=1)
    assert Engine.__dict__["_read"] is before


def test_made_up_entries_are_the_same_every_time_and_keep_the_real_ones() -> None:
    rules = handbook().document.rules
    more = enlarge(rules, len(rules.entries) + 20)
    assert more == enlarge(rules, len(rules.entries) + 20)
    assert more.entries[: len(rules.entries)] == rules.entries
    assert len(more.signatures) == len(rules.signatures) + 70


def test_more_entries_are_measured_against_the_catalogue_alone() -> None:
    found = scale.measure(len(handbook().document.rules.entries) + 10, ROWS[:2], repeats=1)
    assert found.right[0] == found.right[1]
    assert "× the time" in scale.table(found)[-1]


@pytest.mark.parametrize("name", GENERATORS)
def test_a_hostile_paste_is_made_again_from_its_name_and_seed(name: str, hostile_words: Any) -> None:
    first = adversarial.case(name, 3, hostile_words)
    assert first.text == adversarial.case(name, 3, hostile_words).text
    assert 0 < byte_length(first.text) <= sizes.LARGE


def test_the_slowest_hostile_pastes_are_named() -> None:
    lines = adversarial.run(ROWS, count=3)
    assert lines[2].startswith("| `")
    assert "3 cases" in lines[-2]


def test_every_peer_in_process_knows_an_invalid_key(source: texts.Source) -> None:
    makers = (fts5.Fts5, fts5.Fts5Wordings, fts5.Fts5Trigram, fuzzy.partial, fuzzy.token_set, Loop)
    answers = [make(source).ask(INVALID_KEY) for make in makers]  # type: ignore[operator]
    assert all(answers)
    assert sum(answer[0].startswith("401-") for answer in answers if answer) >= 5


def test_postgresql_answers_when_it_is_installed(source: texts.Source) -> None:
    try:
        with postgres.server() as link:
            assert postgres.FullText(link, source).ask(INVALID_KEY) is not None
            assert postgres.Trigram(link, source).ask(INVALID_KEY) is not None
    except postgres.Missing as reason:
        pytest.skip(str(reason))


def test_chinese_is_searched_by_pairs_of_characters() -> None:
    assert texts.tokens("invalid 无效的令牌") == ["invalid", "无效", "效的", "的令", "令牌"]


def test_answers_below_the_threshold_count_as_silence() -> None:
    rows = [{"label": "a", "accept": []}, {"label": "none", "accept": []}]
    answers = [("a", 0.9), ("b", 0.4)]
    assert side_by_side.score(rows, answers, 0.0) == (1, 1)
    assert side_by_side.score(rows, answers, 0.5) == (1, 0)
    assert side_by_side.best_threshold(rows, answers) == 0.9


def test_peers_are_scored_side_by_side(source: texts.Source) -> None:
    asked = [Ours(handbook().engine, sizes.TODAY), fts5.Fts5(source)]
    ours, other = side_by_side.measure(asked, ROWS, rounds=1)
    assert ours.right >= other.right
    assert "× its time" in side_by_side.against(ours, other, len(ROWS))


def test_the_report_says_when_where_and_on_what_it_was_measured() -> None:
    lines = "\n".join(report.conditions(ROWS, quick=True))
    assert "UTC, commit " in lines
    assert "Python 3" in lines
    assert f"{len(ROWS)} pastes" in lines
