"""Dashboard, alerts and documentation speak of metrics that there are, by the labels that they have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.test import Client

from kb.observe import metrics
from kb.observe.metrics import OUTCOMES
from tests.observe.conftest import Values

ROOT = Path(settings.BASE_DIR)
DASHBOARD = ROOT / "deploy/grafana/handbook.json"
ALERTS = ROOT / "deploy/prometheus/alerts.yml"
SCRAPE = ROOT / "deploy/prometheus/prometheus.yml"
OF_PROMETHEUS = {"instance", "job"}
NAME = re.compile(r"\bhandbook_[a-z_]+")


def _panels() -> list[dict[str, Any]]:
    return list(json.loads(DASHBOARD.read_text())["panels"])


def _rules() -> list[dict[str, Any]]:
    return [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]


def _expressions() -> Iterator[str]:
    yield from (target["expr"] for panel in _panels() for target in panel["targets"])
    yield from (rule["expr"] for rule in _rules())


@pytest.fixture
def exported(client: Client, counting: Callable[[], Values]) -> dict[str, set[str]]:
    """The name of every sample that the service can export, with its labels."""
    client.get("/en/")
    metrics.count_lookup("page", "certain", 0.001)
    metrics.count_page("kept")
    metrics.count_limited("page")
    metrics.count_outgoing("status.example.org", "ok")
    metrics.count_fault("redis")
    metrics.tell_snapshot("a", 1, 1.0)
    found: dict[str, set[str]] = {}
    for sample in counting():
        name, _, labels = sample.partition("{")
        found.setdefault(name, set()).update(re.findall(r'(\w+)="', labels))
    return found


def test_every_metric_of_dashboard_and_alerts_is_exported(exported: dict[str, set[str]]) -> None:
    for expression in _expressions():
        names = set(NAME.findall(expression)) or {"up"}
        assert names <= {*exported, "up"}, expression


def test_every_label_they_name_is_one_of_the_metric(exported: dict[str, set[str]]) -> None:
    for expression in _expressions():
        for name, selected in re.findall(r"\b(handbook_[a-z_]+)\{([^}]*)\}", expression):
            assert set(re.findall(r"(\w+)[=!]", selected)) <= exported[name] | OF_PROMETHEUS, expression
        known = set.union(OF_PROMETHEUS, *(exported.get(name, set()) for name in NAME.findall(expression)))
        for grouped in re.findall(r"by \(([^)]*)\)", expression):
            assert set(re.findall(r"\w+", grouped)) <= known, expression
        assert set(re.findall(r'outcome!?="(\w+)"', expression)) <= set(OUTCOMES)


def test_the_legends_name_labels_that_the_query_keeps() -> None:
    for panel in _panels():
        for target in panel["targets"]:
            grouped = re.findall(r"by \(([^)]*)\)", target["expr"])
            for label in re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]):
                assert not grouped or label in grouped[0], panel["title"]


def test_every_metric_is_on_the_dashboard_and_in_the_documentation(exported: dict[str, set[str]]) -> None:
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in exported}
    shown = {re.sub(r"_(bucket|sum|count)$", "", name) for text in _expressions() for name in NAME.findall(text)}
    assert families == shown
    assert families == set(NAME.findall((ROOT / "docs/observing.md").read_text()))


def test_the_dashboard_is_well_formed() -> None:
    panels = _panels()
    assert [panel["id"] for panel in panels] == list(range(1, len(panels) + 1))
    assert all(panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24 for panel in panels)
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)
    assert all(expression.count("(") == expression.count(")") for expression in _expressions())


def test_alerts_are_complete_and_are_loaded() -> None:
    names = [rule["alert"] for rule in _rules()]
    assert len(names) == len(set(names))
    for rule in _rules():
        assert {"alert", "expr", "for", "labels", "annotations"} == set(rule)
        assert rule["labels"]["severity"] in ("page", "warning")
    scrape = yaml.safe_load(SCRAPE.read_text())
    assert scrape["rule_files"] == [ALERTS.name]
    assert {job["job_name"] for job in scrape["scrape_configs"]} == set(re.findall(r'job="(\w+)"', ALERTS.read_text()))
