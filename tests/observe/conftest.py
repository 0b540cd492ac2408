"""Metrics that begin at nothing, and everything that is logged."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.conf import LazySettings
from django.test import Client

from kb.observe import metrics
from kb.observe.lines import JsonLines, TextLines

Values = dict[str, float]


def read(text: str) -> Values:
    """Every sample of an exposition by its name and labels, as they are written."""
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.fixture
def counting(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Values]]:
    """Metrics are on; called, it reads them as Prometheus would."""
    settings.METRICS = True
    monkeypatch.setattr(metrics, "_meters", None)
    yield lambda: read(Client().get("/metrics").content.decode())


@pytest.fixture(params=[TextLines, JsonLines], ids=["text", "json"])
def logged(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """What stands in the log in either form, with every logger there is at DEBUG."""
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(request.param())
    loggers = [logging.getLogger(name) for name in ("", "kb.access", *logging.root.manager.loggerDict)]
    before = [(logger, logger.level, logger.filters[:]) for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
        logger.filters.clear()
    logging.root.addHandler(handler)
    yield out
    logging.root.removeHandler(handler)
    for logger, level, filters in before:
        logger.setLevel(level)
        logger.filters[:] = filters
