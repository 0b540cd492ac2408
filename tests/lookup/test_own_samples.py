"""What the fixtures show as examples is recognised as what they say it is."""

from __future__ import annotations

from django.conf import settings

from kb.comparison import related
from kb.content.check_links import as_signature
from kb.content.load import read_fixtures
from kb.handbook import current
from kb.lookup.wording import matches_sample


def test_every_signature_matches_its_own_sample() -> None:
    rows = [row for row in read_fixtures(settings.FIXTURES) if row.model == "kb.signature"]
    assert rows
    assert [row for row in rows if not matches_sample(as_signature(row), row.fields["sample"])] == []


def test_the_sample_of_a_signature_that_is_more_than_a_hint_is_answered_with_its_entry_or_a_neighbour() -> None:
    handbook = current()
    wrong = []
    for row in read_fixtures(settings.FIXTURES):
        if row.model == "kb.signature" and row.fields["strength"] != "hint":
            code = row.fields["entry"][0]
            codes = [match.code for match in handbook.lookup(row.fields["sample"]).matches]
            if not set(codes[:1]) & related(handbook, code):
                wrong.append((code, row.fields["slug"], codes))
    assert wrong == []


def test_what_a_client_shows_is_answered_with_its_entry_or_a_named_neighbour_or_not_at_all() -> None:
    handbook = current()
    wrong = []
    for entry in handbook.document.entries:
        for symptom in entry.symptoms:
            matches = handbook.lookup(symptom.sample).matches
            if matches and matches[0].code not in related(handbook, entry.code):
                wrong.append((entry.code, symptom.client, symptom.slug, matches[0].code))
    assert wrong == []


def test_most_of_what_clients_show_is_answered_with_its_own_entry() -> None:
    handbook = current()
    shown = [(entry.code, symptom.sample) for entry in handbook.document.entries for symptom in entry.symptoms]
    right = [code for code, sample in shown if [m.code for m in handbook.lookup(sample).matches][:1] == [code]]
    assert len(right) >= 0.88 * len(shown)


def test_what_a_recorded_client_shows_is_never_ascribed_to_another_of_the_kind() -> None:
    """A curl transcript is not taken for a Python traceback, nor the other way round."""
    handbook = current()
    plain = {"python-sdk", "node-sdk", "curl", "claude-code"}
    wrong = [
        (entry.code, symptom.client, symptom.slug, found)
        for entry in handbook.document.entries
        for symptom in entry.symptoms
        if symptom.client in plain
        and (found := handbook.lookup(symptom.sample).facts.client) in plain
        and found != symptom.client
    ]
    assert wrong == []
