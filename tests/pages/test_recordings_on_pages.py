"""The entry page shows what real clients printed, a card or two at a time, and marks what was not recorded."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from kb.handbook import current
from kb.handbook.labels import DRAWN, PROVENANCE
from kb.pages.entries import shown
from tests.pages.reader import LANGUAGES, page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_further_recordings_are_folded_with_how_and_by_what_they_were_made(lang: str) -> None:
    entry = current().entries["529-overloaded"]
    cards, folded = shown(entry, "python-sdk")
    text = page(f"/{lang}/errors/{entry.code}/?client=python-sdk").text
    assert 1 <= len(cards) <= 3
    assert len(folded) >= 3
    assert ("%s more recordings" if lang == "en" else "另有 %s 份实录") % len(folded) in text
    for recording in folded:
        assert recording.client_version in text
        assert recording.sample.splitlines()[-1] in text


def test_a_client_of_which_nothing_was_typed_shows_its_best_recording() -> None:
    cards, folded = shown(current().entries["429-rate-limited"], "langchain")
    assert [card.provenance for card in cards] == ["recorded"]
    assert cards[0].sample.splitlines()[-1].startswith("langchain_anthropic.chat_models.AnthropicRateLimitError")
    assert all(recording.client == "langchain" for recording in folded)


def test_no_client_shows_a_heap_of_cards() -> None:
    heaps = [
        (entry.code, client)
        for entry in current().listed()
        for client in entry.clients
        if sum(card.provenance == "recorded" for card in shown(entry, client)[0]) > 6
    ]
    assert heaps == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("provenance", DRAWN)
def test_a_card_that_was_not_recorded_is_marked_in_its_bar_and_below(lang: str, provenance: str) -> None:
    entry = next(e for e in current().listed() if any(s.provenance == provenance for s in e.symptoms))
    text = page(f"/{lang}/errors/{entry.code}/").text
    with override(lang):
        assert str(DRAWN[provenance]) in text
        assert str(PROVENANCE[provenance]) in text
