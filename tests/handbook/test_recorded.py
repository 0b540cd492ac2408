"""Recordings on an entry: versions that print the same are one, and what was typed alike gives way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kb.content.recordings import Recording
from kb.handbook import current
from kb.handbook.recorded import MODES, as_symptoms, merged

TEXT = "anthropic.OverloadedError: Error code: 529 - Overloaded"
ONE = Recording("x", "python-sdk", "anthropic 0.84.0", "Python 3.11, Linux", "line", "python ask.py", date.min, TEXT)


def test_versions_that_print_the_same_are_one_the_newest_first() -> None:
    versions = ("anthropic 0.84.0", "anthropic 2.12.0", "anthropic 0.9.0")
    [symptom] = as_symptoms(replace(ONE, version=version) for version in versions)
    assert symptom.client_version == "anthropic 2.12.0 · 0.84.0 · 0.9.0, Python 3.11"
    assert (symptom.sample, symptom.provenance, symptom.platform) == (TEXT, "recorded", "Linux")


def test_versions_that_print_otherwise_stand_apart_the_newest_first() -> None:
    old = replace(ONE, version="anthropic 0.40.0", text="anthropic.InternalServerError")
    assert [one.sample for one in as_symptoms([old, ONE])] == [TEXT, old.text]


def test_the_error_alone_comes_before_a_whole_traceback() -> None:
    whole = replace(ONE, mode="traceback", text=f"Traceback\n{TEXT}")
    assert [one.sample for one in as_symptoms([whole, ONE])] == [TEXT, whole.text]


def test_what_was_typed_alike_gives_way_and_keeps_its_place_and_caption() -> None:
    typed = replace(as_symptoms([ONE])[0], slug="typed", provenance="illustration", where={"en": "a log"})
    [symptom], left = merged([typed], as_symptoms([ONE]))
    assert (symptom.slug, symptom.provenance, symptom.where, left) == ("typed", "recorded", {"en": "a log"}, ())


def test_a_traceback_typed_with_gaps_gives_way_to_the_error_itself() -> None:
    typed = replace(as_symptoms([ONE])[0], sample=f"Traceback …\n{TEXT}\n", where={"en": "gaps"})
    [symptom], left = merged([typed], as_symptoms([ONE]))
    assert (symptom.sample, left) == (TEXT, ())
    assert symptom.where != typed.where


def test_what_says_something_else_or_is_of_another_client_stays() -> None:
    other = replace(as_symptoms([ONE])[0], client="curl")
    recordings = as_symptoms([ONE])
    assert merged([other], recordings) == ((other,), tuple(recordings))


def test_every_mode_of_the_files_has_a_name_in_every_language() -> None:
    shown = [one for entry in current().listed() for one in (*entry.symptoms, *entry.recordings)]
    assert len([one for one in shown if one.provenance == "recorded"]) > 400
    assert all(one.where["en"] != one.where["zh-hans"] for entry in current().listed() for one in entry.recordings)
    assert len(set(MODES)) == len(MODES)
