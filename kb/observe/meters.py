"""The metrics themselves, on prometheus-client. Imported only where metrics are on.

Labels are words of closed lists, names of views, or hosts that the configuration names. With the workers of gunicorn
each process writes a file in `PROMETHEUS_MULTIPROC_DIR` (gunicorn.conf.py), and any of them answers for all.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, cached_property

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

REQUEST_BUCKETS = (0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # seconds
LOOKUP_BUCKETS = (0.00025, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.1)  # seconds


class Meters:
    """One set of metrics. What labels lead to is kept: finding it costs as much as counting."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._told: tuple[str, str] | None = None
        self.request = cache(self._histogram("request_duration", "Requests answered", REQUEST_BUCKETS).labels)
        self.lookup_time = self._unlabelled("lookup_duration", "Lookups, without the page around them", LOOKUP_BUCKETS)
        self.lookup = cache(self._counter("lookups", "Lookups by what they found", "door", "outcome").labels)
        self.page = cache(self._counter("pages", "Where the answer to a GET came from", "source").labels)
        self.outgoing = cache(self._counter("outgoing_calls", "Calls to other hosts", "host", "outcome").labels)
        self.limited = cache(self._counter("limited_requests", "Requests over the rate", "door").labels)
        self.fault = cache(self._counter("backend_faults", "Failures of what stands behind", "backend").labels)
        self._gauge("workers", "Worker processes that are alive", "livesum").set(1)

    def tell_snapshot(self, version: str, publication: int, made: float) -> None:
        told = (version, str(publication))
        if told == self._told:
            return
        self._told = told
        self._publication.set(publication)
        self._made.set(made)

    def text(self) -> bytes:
        """All of it, of every worker, as Prometheus reads it."""
        registry = CollectorRegistry() if "PROMETHEUS_MULTIPROC_DIR" in os.environ else self.registry
        if registry is not self.registry:
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry) + generate_latest(self)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """What this process serves; a version is a label, which a file shared by workers would keep for ever."""
        if self._told:
            info = GaugeMetricFamily("handbook_snapshot_info", "The snapshot served", labels=("version", "publication"))
            info.add_metric(self._told, 1)
            yield info

    @cached_property
    def _publication(self) -> Gauge:
        """Made when first told: until then it would say 0."""
        return self._gauge("publication_id", "The publication served, of the worker furthest behind", "livemin")

    @cached_property
    def _made(self) -> Gauge:
        return self._gauge("snapshot_made_timestamp_seconds", "When what is served was made on this node", "livemin")

    def _counter(self, name: str, text: str, *labels: str) -> Counter:
        return Counter(f"handbook_{name}", text, labels, registry=self.registry)

    def _histogram(self, name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
        labels = ("route", "status")
        return Histogram(f"handbook_{name}_seconds", text, labels, buckets=buckets, registry=self.registry)

    def _unlabelled(self, name: str, text: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"handbook_{name}_seconds", text, buckets=buckets, registry=self.registry)

    def _gauge(self, name: str, text: str, mode: str) -> Gauge:
        return Gauge(f"handbook_{name}", text, registry=self.registry, multiprocess_mode=mode)  # type: ignore[arg-type]
