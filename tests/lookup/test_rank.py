"""From what was seen to ranked matches, with what was ruled out and why."""

from __future__ import annotations

import math
from typing import Any

import pytest

from kb.lookup import rank as ranking
from kb.lookup.rank import Clues, Entries, Seen, rank
from kb.lookup.result import Match, RuledOut
from tests.rules import entry

RULES = Entries(
    (
        entry("a", "401", error_types=("authentication_error",), exceptions=("AuthenticationError",)),
        entry("b", "429", error_codes=("quota",)),
        entry("general", "000", yields_to=("special",)),
        entry("special", "000"),
    )
)


def seen(code: str, strength: str = "decisive", **fields: Any) -> Seen:
    plain: dict[str, Any] = {"generic": False, "folded": False, "text": "…", "start": 0, "end": 9, "length": 9}
    return Seen(entry=code, strength=strength, **{**plain, **fields})


def reasons(ruled_out: tuple[RuledOut, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.reason) for one in ruled_out]


def judge(*sights: Seen, **clues: Any) -> tuple[tuple[Match, ...], tuple[RuledOut, ...]]:
    plain: dict[str, Any] = dict.fromkeys(("statuses", "types", "error_codes", "exceptions"), ())
    return rank(sights, Clues(**{**plain, "client": None, "context": "claude", **clues}), RULES)


def score(*sights: Seen, **clues: Any) -> float:
    matches, _ = judge(*sights, **clues)
    return matches[0].score if matches else 0.0


def test_nothing_seen_is_nothing_answered() -> None:
    assert judge(statuses=["401"], types=["authentication_error"], exceptions=["AuthenticationError"]) == ((), ())


def test_the_strength_of_the_wording_decides_the_confidence() -> None:
    levels = [judge(seen("a", strength))[0][0].confidence for strength in ("decisive", "strong", "hint")]
    assert levels == ["certain", "likely", "possible"]


def test_status_type_and_exception_support_the_wording() -> None:
    alone = score(seen("a", "strong"))
    clues: list[dict[str, Any]] = [
        {"statuses": ["401"]},
        {"types": ["authentication_error"]},
        {"exceptions": ["anthropic.AuthenticationError"]},
    ]
    assert all(alone < score(seen("a", "strong"), **clue) < 1 for clue in clues)


def test_support_is_shown_as_evidence_without_a_span() -> None:
    matches, _ = judge(seen("a", start=3, end=7), statuses=["401"], types=["authentication_error"])
    shown = [(e.kind, e.start, e.end) for e in matches[0].evidence]
    assert shown == [("message", 3, 7), ("type", None, None), ("status", None, None)]


def test_a_status_that_the_entry_never_has_contradicts_it() -> None:
    assert score(seen("a", "strong"), statuses=["500"]) < score(seen("a", "strong"))


def test_one_of_several_statuses_is_enough() -> None:
    assert score(seen("a"), statuses=["500", "401"]) > score(seen("a"))


def test_a_second_wording_adds_less_than_the_first() -> None:
    one, two = score(seen("a", "strong")), score(seen("a", "strong"), seen("a", "strong"))
    assert one < two < 1 - (1 - one) ** 2


def test_hints_alone_do_not_add_up_to_likely() -> None:
    matches, _ = judge(*[seen("a", "hint") for _ in range(3)])
    assert matches[0].confidence == "possible"


def test_wording_read_through_ocr_counts_less() -> None:
    assert score(seen("a", folded=True)) < score(seen("a"))


@pytest.mark.parametrize("stronger, weaker", [("claude", "none"), ("none", "host"), ("host", "other")])
def test_generic_wording_counts_by_what_else_the_paste_speaks_of(stronger: str, weaker: str) -> None:
    generic = seen("a", generic=True)
    assert score(generic, context=stronger) > score(generic, context=weaker)


def test_generic_wording_of_another_product_is_ruled_out() -> None:
    matches, ruled_out = judge(seen("a", generic=True), statuses=["401"], context="other")
    assert matches == ()
    assert reasons(ruled_out) == [("a", "other_product")]


def test_wording_that_is_not_generic_counts_beside_another_product() -> None:
    assert score(seen("a"), context="other") == score(seen("a"))


def test_a_general_entry_yields_to_the_special_one() -> None:
    matches, ruled_out = judge(seen("general"), seen("special"))
    assert [match.code for match in matches] == ["special"]
    assert reasons(ruled_out) == [("general", "yields_to:special")]


def test_a_general_entry_does_not_yield_to_a_mere_hint() -> None:
    matches, _ = judge(seen("general"), seen("special", "hint"))
    assert matches[0].code == "general"


def test_an_error_code_names_its_entry_without_any_wording() -> None:
    matches, _ = judge(error_codes=["quota"])
    assert [(m.code, m.evidence[0].kind, m.evidence[0].text) for m in matches] == [("b", "error_code", "quota")]


def test_what_is_too_weak_is_ruled_out() -> None:
    matches, ruled_out = judge(seen("a", "hint", generic=True), context="host", statuses=["500"])
    assert matches == ()
    assert reasons(ruled_out) == [("a", "too_weak")]


def test_the_best_score_comes_first_then_the_longer_then_the_earlier_wording() -> None:
    assert [m.code for m in judge(seen("a", "strong"), seen("b"))[0]] == ["b", "a"]
    assert [m.code for m in judge(seen("a", length=5), seen("b", length=8))[0]] == ["b", "a"]
    assert [m.code for m in judge(seen("a", start=50), seen("b", start=10))[0]] == ["b", "a"]


def test_the_order_does_not_depend_on_the_order_of_sight() -> None:
    sights = [seen("a", "strong"), seen("b", "strong", start=4), seen("special", "hint")]
    assert judge(*sights)[0] == judge(*reversed(sights))[0]


@pytest.mark.parametrize(
    ("value", "level"),
    [(0.999, "certain"), (ranking.SURE, "certain"), (0.87, "likely"), (ranking.FAIR, "likely"), (0.3, "possible")],
)
def test_confidence_is_read_off_the_score(value: float, level: str) -> None:
    assert ranking.confidence(value) == level


def test_a_score_never_reaches_one() -> None:
    matches, _ = judge(*[seen("b")] * 20, error_codes=["quota"], statuses=["429"])
    assert matches[0].score < 1


def test_the_score_is_what_the_evidence_and_the_factors_say() -> None:
    (match,), _ = judge(seen("a"), statuses=["500"])
    assert [(factor.reason, factor.value) for factor in match.factors] == [("other_status", ranking.OTHER_STATUS)]
    left = math.prod(1 - evidence.weight for evidence in match.evidence)
    assert match.score == pytest.approx((1 - left) * ranking.OTHER_STATUS, abs=0.001)


def test_what_is_ruled_out_keeps_its_evidence() -> None:
    _, (out,) = judge(seen("general"), seen("special"))
    assert out.score > 0
    assert [evidence.kind for evidence in out.evidence] == ["message"]


def test_a_wrapper_gives_way_to_an_error_told_by_its_own_wording_whatever_the_status() -> None:
    rules = Entries((entry("wrapper", "502", wrapper=True), entry("inner", "529")))
    plain: dict[str, Any] = dict.fromkeys(("types", "error_codes", "exceptions"), ())
    clues = Clues(**plain, statuses=["400"], client=None, context="claude")
    wrapped, ruled_out = rank([seen("wrapper"), seen("inner", "strong")], clues, rules)
    assert ([match.code for match in wrapped], reasons(ruled_out)) == (["inner"], [("wrapper", "yields_to:inner")])
    alone, _ = rank([seen("wrapper"), seen("inner", "strong", generic=True)], clues, rules)
    assert alone[0].code == "wrapper"
