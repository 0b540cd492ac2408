"""Error codes and SDK classes that one entry alone names, wherever they stand in a paste."""

from __future__ import annotations

import pytest

from kb.lookup.engine import Engine
from kb.lookup.result import Match, Result
from kb.lookup.rules import Cues, Rules
from tests.rules import TODAY, entry

ENTRIES = (
    entry("404-thread", "404", error_codes=("thread_not_found",), exceptions=("ThreadNotFoundError",),
          named_exceptions=("ThreadNotFoundError",)),
    entry("409-name", "409", error_codes=("name_taken", "quota"), exceptions=("NameTakenError", "ConflictError"),
          named_exceptions=("NameTakenError", "ConflictError")),
    entry("409-other", "409", error_types=("conflict_error",), exceptions=("ConflictError",)),
)  # fmt: skip
ENGINE = Engine(Rules(ENTRIES, (), (), (Cues("other", (r"\bapi\.other\.example\b",)),), (), ()))


def lookup(text: str) -> Result:
    return ENGINE.lookup(text, TODAY)


def first(text: str) -> Match:
    return lookup(text).matches[0]


@pytest.mark.parametrize(
    "paste",
    [
        "thread_not_found",
        "报错thread_not_found，怎么办",
        "Claude said: THREAD_NOT_FOUND.",
        "anthropic: error.details={error_code:thread_not_found}",
        "claude: the state is gone (thread_not\n_found)",
    ],
)
def test_an_error_code_names_its_entry_wherever_it_stands(paste: str) -> None:
    match = first(paste)
    assert match.code == "404-thread"
    assert [(e.kind, e.text) for e in match.evidence] == [("error_code", "thread_not_found")]
    assert match.confidence in ("certain", "likely")


def test_an_error_code_inside_a_longer_name_says_nothing() -> None:
    assert lookup('File "anthropic/types/thread_not_found_error.py"').matches == ()
    assert lookup("anthropic: no_thread_not_found").matches == ()


def test_a_code_of_one_word_does_not_stand_for_itself() -> None:
    assert lookup("claude quota").matches == ()
    assert first('claude {"error_code": "quota"}').code == "409-name"


@pytest.mark.parametrize("name", ["ThreadNotFoundError", "anthropic.types.thread_not_found_error.ThreadNotFoundError"])
def test_a_class_that_one_entry_names_is_as_telling_as_strong_wording(name: str) -> None:
    match = first(f"anthropic, raised {name}")
    assert (match.code, match.confidence) == ("404-thread", "likely")
    assert [(e.kind, e.text, e.weight) for e in match.evidence] == [("exception", "ThreadNotFoundError", 0.72)]


def test_a_class_of_several_entries_only_supports() -> None:
    assert lookup("anthropic.ConflictError").matches == ()
    both = first("anthropic.ConflictError name_taken")
    assert [e.kind for e in both.evidence] == ["error_code", "exception"]


def test_code_and_class_together_are_certain() -> None:
    match = first("anthropic.ThreadNotFoundError: Error code: 404 - {'error_code': 'thread_not_found'}")
    assert match.confidence == "certain"
    assert sorted(e.kind for e in match.evidence) == ["error_code", "exception", "status"]


def test_where_another_product_is_spoken_of_a_name_does_not_count() -> None:
    assert lookup("api.other.example: name_taken, NameTakenError").matches == ()


def test_a_code_that_an_entry_names_is_the_fact_even_beside_another() -> None:
    assert lookup("{'code': 'upstream_failed', 'inner': thread_not_found}").facts.error_code == "thread_not_found"
    assert lookup("claude {'code': 'unheard_of'}").facts.error_code == "unheard_of"


def test_the_span_of_a_name_leads_to_it_in_the_paste() -> None:
    result = lookup("Claude, ＮameTakenError:\u200b name_taken")
    [code] = (e for e in result.matches[0].evidence if e.kind == "error_code")
    assert result.text[code.start : code.end] == "name_taken"


def test_each_name_counts_once_however_often_it_stands_there() -> None:
    assert first("claude " + "name_taken " * 500) == first("claude name_taken")


def test_without_any_names_nothing_is_found() -> None:
    assert Engine(Rules((), (), (), (), (), ())).lookup("thread_not_found", TODAY).matches == ()
