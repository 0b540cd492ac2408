"""Secrets are taken out, however a terminal, a serializer or an input method disfigured them."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lookup.redact import find, redact

VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent.parent / "redaction_vectors.json").read_text())
MATERIAL = st.text("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", min_size=40, max_size=95)
MARGINS = st.sampled_from(["\n", "\r\n", "\n    ", "\n│ ", "\n> ", "\n# ", "\\n"])


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_vector_is_redacted_as_it_says(vector: dict[str, Any]) -> None:
    text, redactions = redact(vector["text"])
    assert text == vector["redacted"]
    assert {redaction.kind: redaction.count for redaction in redactions} == vector["kinds"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_redacting_twice_changes_nothing(vector: dict[str, Any]) -> None:
    assert redact(vector["redacted"]) == (vector["redacted"], ())


@given(MATERIAL, st.integers(16, 70), MARGINS)
def test_no_run_of_a_wrapped_key_is_left(material: str, width: int, margin: str) -> None:
    key = f"sk-ant-api03-{material}"
    wrapped = margin.join(key[i : i + width] for i in range(0, len(key), width))
    text, _ = redact(f'the key "{wrapped}" was refused')
    assert not any(material[i : i + 13] in text for i in range(len(material) - 12))


@given(st.text(max_size=400))
def test_any_text_is_taken_and_its_secrets_stand_in_order(text: str) -> None:
    found = find(text)
    assert all(0 <= secret.start < secret.end <= len(text) for secret in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_a_live_key_and_its_line_break_are_told() -> None:
    key = "sk-ant-api03-" + "aB3dE5fG7h" * 9
    [redaction] = redact(f"b'Bearer {key}\\n'")[1]
    assert redaction.live
    assert redaction.line_break


def test_a_placeholder_is_redacted_but_not_called_live() -> None:
    [redaction] = redact("sk-ant-api03-example-not-a-key-example-not-a-key")[1]
    assert not redaction.live
