"""Mistakes in the tables of the key and endpoint check, and in what refers to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import fixture_set
from tests.content.workshop import Workshop

Rows = list[dict[str, Any]]


def fields(rows: Rows, model: str) -> dict[str, Any]:
    return next(row["fields"] for row in rows if row["model"] == f"kb.{model}")  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("file", "edit", "said"),
    [
        ("endpoints.yaml", lambda rows: fields(rows, "keykind")["platforms"].append("nobody"), "no platform nobody"),
        ("endpoints.yaml", lambda rows: fields(rows, "keykind").update(prefixes=["sk-ant-api03-"]), "at most 12"),
        ("endpoints.yaml", lambda rows: fields(rows, "platform").update(route=["nowhere"]), "no route nowhere"),
        ("endpoints.yaml", lambda rows: fields(rows, "platform")["hosts"].append("api.example.org"), "stands already"),
        ("endpoints.yaml", lambda rows: fields(rows, "platform").update(path="/anthropic/"), "pattern"),
        ("endpoints.yaml", lambda rows: fields(rows, "endpointline").update(template="x"), "neither {root} nor {v1}"),
        ("endpoints.yaml", lambda rows: fields(rows, "endpointline").update(client=["none"]), "no client none"),
        ("gateways.yaml", lambda rows: fields(rows, "claim").update(claimed="soon"), "pattern"),
        ("gateways.yaml", lambda rows: fields(rows, "gateway").pop("verify"), "Field required"),
        ("howtos.yaml", lambda rows: fields(rows, "howto").update(steps=_both("{{page:moon}}")), "leads nowhere"),
    ],
)
def test_a_mistake_is_named_with_its_file(
    loaded: Workshop, file: str, edit: Callable[[Rows], object], said: str
) -> None:
    fixture_set.change(loaded.path(file), edit)
    refusal = loaded.refusal()
    assert file in refusal.said
    assert said in refusal.said


def _both(text: str) -> dict[str, str]:
    return {"zh-hans": text, "en": text}
