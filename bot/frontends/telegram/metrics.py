"""Prometheus metrics of a webhook process."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)


class PrometheusMetrics:
    """Updates by kind and outcome (refusals are outcome="abstain"), and how long they took."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._updates = Counter("reportbot_updates", "Updates handled", ("kind", "outcome"), registry=self._registry)
        self._seconds = Histogram(
            "reportbot_update_seconds", "Seconds to handle an update", ("kind",),
            registry=self._registry, buckets=_SECONDS,
        )  # fmt: skip

    def update(self, kind: str, outcome: str, seconds: float) -> None:
        """Count one update."""
        self._updates.labels(kind, outcome).inc()
        self._seconds.labels(kind).observe(seconds)

    @property
    def exposition(self) -> bytes:
        """All metrics, as Prometheus reads them."""
        return generate_latest(self._registry)
